import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';

const SHARED = new URL('../../../shared/', import.meta.url);

/** Path of a file of real data that lies beside the checkout, never in it. */
export const sharedFile = (path: string) => fileURLToPath(new URL(path, SHARED));

/** Tests on real data: run where it lies beside the checkout, skipped loudly where it does not. */
export function describeShared(name: string, body: () => void): void {
  if (existsSync(SHARED)) {
    describe(name, body);
    return;
  }
  console.warn(`SKIPPED "${name}": ../shared with the real data is not beside this checkout.`);
  // The body would read the data as it is collected, skipped or not.
  describe.skip(name, () => it.todo('on real data'));
}
