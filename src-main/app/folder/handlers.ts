import { DEFAULT_SETTINGS } from './default-settings.ts';
import { readVersion } from './resources.ts';
import type { HandlersOf } from '../../contract/calls.ts';
import type { Rooms } from '../rooms.ts';

/** What the shell around the app does that the app cannot. */
export interface Shell {
  readonly name: 'electron' | 'browser' | 'command-line';
  /** Of a shell that opens windows itself. */
  readonly newWindow?: (() => void) | undefined;
}

export function folderHandlers(
  { store, publish }: Rooms,
  { name, newWindow }: Shell,
): HandlersOf<'app' | 'settings'> {
  const read = () => store.settings.read(DEFAULT_SETTINGS);
  return {
    'app.about': () => ({ version: readVersion(), shell: name, dataFolder: store.folder }),
    'app.newWindow': () => {
      newWindow?.();
      return { isOpened: newWindow !== undefined };
    },
    'settings.read': read,
    'settings.write': (patch) => {
      store.settings.write(patch);
      const settings = read();
      publish('settings.changed', settings);
      return settings;
    },
  };
}
