import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setUpNative } from './native-backend.ts';
import { TENSORFLOW } from './tensorflow-libraries.ts';

/** `npm run setup:native`: opt-in, safe to repeat, and never a reason for anything else to fail. */
const root = fileURLToPath(new URL('../../..', import.meta.url));
const caches = process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache');

try {
  const done = setUpNative({
    packageFolder: join(root, 'node_modules', '@tensorflow', 'tfjs-node'),
    headersFolder: join(root, 'node_modules', 'node-api-headers', 'include'),
    cacheFolder: join(caches, 'size-picker'),
    platform: `${process.platform}-${process.arch}`,
    wheel: TENSORFLOW,
    tell: console.log,
  });
  console.log(
    done === 'already' ? 'Native training is set up already.' : 'Native training is set up.',
  );
} catch (error) {
  console.log(`wasm stays: ${(error as Error).message}`);
}
