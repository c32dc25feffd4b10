import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder of bundled files. It lies beside src-main in a checkout and beside out in a build, so
 * the first folder upwards that has it is the one.
 */
function resourcesFolder(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    const candidate = join(folder, 'resources');
    if (existsSync(candidate)) return candidate;
    if (folder === dirname(folder)) throw new Error('the resources folder is missing');
  }
}

export const readResource = (path: string) => readFileSync(join(resourcesFolder(), path));
export const hasResource = (path: string) => existsSync(join(resourcesFolder(), path));
export const readVersion = () => {
  const packageFile = join(dirname(resourcesFolder()), 'package.json');
  return (JSON.parse(readFileSync(packageFile, 'utf8')) as { version: string }).version;
};
