import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openStore, type Store } from '../../store/store.ts';
import { defaultDataFolder } from './data-folder.ts';
import { keepBundledModel } from '../training/model-registry.ts';

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
    // What was deleted could be brought back while the app ran that deleted it.
    store.datasets.purge();
    return store;
  } catch (error) {
    store.close();
    throw error;
  }
}

/** Runs some work on a data folder and closes it, whatever happens. */
export async function withWorkspace<Result>(
  dataFolder: string | null,
  purpose: 'read' | 'write',
  work: (store: Store) => Promise<Result> | Result,
): Promise<Result> {
  const store = openWorkspace(dataFolder, purpose);
  try {
    return await work(store);
  } finally {
    store.close();
  }
}
