/**
 * The worker's entry: worker.ts beside this file, or out/main/worker.js once it is built, wherever
 * in out/main the bundle put this code.
 */
export function workerUrl(): URL {
  const here = import.meta.url;
  if (here.endsWith('.ts')) return new URL('worker.ts', here);
  const built = '/out/main/';
  return new URL('worker.js', here.slice(0, here.lastIndexOf(built) + built.length));
}
