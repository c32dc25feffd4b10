import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store } from '../../store/store.ts';
import { keepFittedBars } from '../datasets/fit.ts';
import { keepBundledModel, keepScopes } from '../training/model-registry.ts';

/** The user's data folder by the platform's custom; `--data DIR` overrides it. */
export function defaultDataFolder(env: NodeJS.ProcessEnv = process.env): string {
  const name = 'Size Picker';
  switch (process.platform) {
    case 'win32':
      return join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), name);
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', name);
    default:
      return join(env.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'size-picker');
  }
}

/**
 * The store of a data folder (null: the user's own) with the bundled model in it. To read, another
 * app may have the folder open; to write, this one must have it alone.
 */
export function openWorkspace(dataFolder: string | null, purpose: 'read' | 'write'): Store {
  const folder = dataFolder ?? defaultDataFolder();
  const isNew = !existsSync(join(folder, 'size-picker.db'));
  if (purpose === 'read' && !isNew) return openStore(folder, { readonly: true });
  const store = openStore(folder);
  try {
    keepBundledModel(store);
    keepScopes(store);
    keepFittedBars(store);
    // What was deleted could be brought back while the app ran that deleted it.
    store.datasets.purge();
    return store;
  } catch (error) {
    store.close();
    throw error;
  }
}
