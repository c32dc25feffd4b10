import { homedir } from 'node:os';
import { join } from 'node:path';

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
