import { protocol } from 'electron';
import { openPageFiles, pageHeaders } from '../page-files.ts';

const SCHEME = 'app';
const HOST = 'size-picker';

export const PAGE = `${SCHEME}://${HOST}/`;

/** Whether an address lies in the window's own origin (Node's URL gives app: no origin to compare). */
export function isOwnAddress(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === `${SCHEME}:` && url.host === HOST;
}

/** Before Electron is ready: a real origin, unlike file://, so that 'self' in the policy holds. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true } },
  ]);
}

/** Serves the built window in `folder`, and nothing else, as app://size-picker/. */
export function servePage(folder: string): void {
  const readPageFile = openPageFiles(folder);
  protocol.handle(SCHEME, async ({ url, method }) => {
    if (!isOwnAddress(url) || method !== 'GET') return new Response('Refused.', { status: 403 });
    const file = await readPageFile(new URL(url).pathname);
    if (!file) return new Response('No such file.', { status: 404 });
    return new Response(file.body, { headers: pageHeaders(file.contentType, "'none'") });
  });
}
