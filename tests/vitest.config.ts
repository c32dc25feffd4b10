import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

// Processes and threads that a test starts read what an earlier one has compiled.
process.env.NODE_COMPILE_CACHE ??= `${root}node_modules/.cache/compiled`;

/** Tests of functions alone: nothing of one file can stay behind for the next in the same process. */
const PURE = [
  'tests/unit/{domain,charts,market,journal,synth,datasets}',
  'tests/{property,reference}',
].map((folder) => `${folder}/**/*.test.ts`);

/** What takes a minute: rates over thousands of histories, apps killed at every stage, whole years. */
const LONG = [
  'tests/long/**/*.test.ts',
  'tests/crash/{generation,training}.test.ts',
  'tests/unit/jobs/walk-forward.test.ts',
];

export default defineConfig({
  root,
  plugins: [svelte({ configFile: `${root}src-renderer/svelte.config.js` })],
  resolve: { conditions: ['browser'] },
  test: {
    environment: 'node',
    // By itself it leaves a core to a person at work.
    maxWorkers: '100%',
    testTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'pure', include: PURE, isolate: false } },
      {
        extends: true,
        test: {
          name: 'others',
          include: ['tests/{unit,crash}/**/*.test.ts'],
          exclude: [...PURE, ...LONG],
          setupFiles: ['tests/support/checked-outputs.ts'],
        },
      },
      { extends: true, test: { name: 'long', include: LONG } },
    ],
  },
});
