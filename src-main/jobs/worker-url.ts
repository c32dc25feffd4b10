/**
 * A worker's entry: the file of that name beside this one, or in out/main once it is built, wherever
 * in out/main the bundle put this code.
 */
export function workerUrl(name: 'worker' | 'cell-worker' | 'example-worker'): URL {
  const here = import.meta.url;
  if (here.endsWith('.ts')) return new URL(`${name}.ts`, here);
  const built = '/out/main/';
  return new URL(`${name}.js`, here.slice(0, here.lastIndexOf(built) + built.length));
}
