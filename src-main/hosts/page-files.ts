import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { CodedError } from '../contract/errors.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

export interface PageFile {
  readonly contentType: string;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** The built file that the path of an address names; undefined where there is none. */
export type ReadPageFile = (pathname: string) => Promise<PageFile | undefined>;

/**
 * The built window, read once as a list of names. A path that is not on the list does not exist,
 * so no way of writing ".." leads out of the folder.
 */
export function openPageFiles(folder: string): ReadPageFile {
  const files = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files.set(`/${relative(folder, path).split(sep).join('/')}`, path);
  }
  if (!files.has('/index.html')) {
    throw new CodedError('internal', { problem: `there is no built window in ${folder}` });
  }
  return async (pathname) => {
    const path = files.get(pathname === '/' ? '/index.html' : pathname);
    const contentType = path && CONTENT_TYPES[extname(path)];
    return contentType ? { contentType, body: await readFile(path) } : undefined;
  };
}

/** Headers of every file of the window; `connect` lists where its scripts may connect to. */
export function pageHeaders(contentType: string, connect: string): Record<string, string> {
  return {
    'Content-Type': contentType,
    // Nothing inline and nothing from elsewhere: injected markup stays dead text.
    'Content-Security-Policy': [
      "default-src 'self'",
      `connect-src ${connect}`,
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  };
}
