import { Menu } from 'electron';
import type { EventPayload } from '../../contract/events.ts';

/** Items that only the window can follow: it is told of them. */
type WindowItem = EventPayload<'menu.chosen'>['item'];

export function setMenu(choose: (item: WindowItem) => void): void {
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(process.platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
      { role: 'fileMenu' },
      { role: 'editMenu' },
      {
        label: 'View',
        submenu: [
          { role: 'resetZoom' },
          { role: 'zoomIn' },
          { role: 'zoomOut' },
          { type: 'separator' },
          { role: 'togglefullscreen' },
        ],
      },
      { label: 'Model', submenu: [{ label: 'Retrain…', click: () => choose('retrain') }] },
      { role: 'windowMenu' },
    ]),
  );
}
