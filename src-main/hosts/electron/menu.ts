import { Menu, type MenuItemConstructorOptions } from 'electron';
import {
  commandsOf,
  commandText,
  MENUS,
  type CommandId,
  type MenuName,
} from '../../contract/commands.ts';

/** What the shell itself puts at the end of a menu. */
const OWN: { readonly [Name in MenuName]?: readonly MenuItemConstructorOptions[] } = {
  File: [{ type: 'separator' }, { role: 'close' }, { role: 'quit' }],
  View: [
    { type: 'separator' },
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { role: 'togglefullscreen' },
  ],
};

/** The menu of every window, out of the one table of commands; only the window can follow most of them. */
export function setMenu(choose: (item: CommandId) => void): void {
  const menus = MENUS.map((label) => ({
    label,
    submenu: [...commandsOf(label).map((id) => itemOf(id, choose)), ...(OWN[label] ?? [])],
  }));
  const [file, ...others] = menus;
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(process.platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
      file!,
      { role: 'editMenu' },
      ...others,
      { role: 'windowMenu' },
    ]),
  );
}

/** Keys are shown and not registered: the page hears them, and leaves letters to a field in use. */
function itemOf(id: CommandId, choose: (item: CommandId) => void): MenuItemConstructorOptions {
  const { label, keys } = commandText(id);
  const accelerator = keys?.replace('Ctrl', 'CmdOrCtrl').replace(/^Arrow/, '');
  const isShown = accelerator !== undefined && process.platform !== 'darwin';
  return {
    label,
    click: () => choose(id),
    ...(isShown && { accelerator, registerAccelerator: false }),
  };
}
