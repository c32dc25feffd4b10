import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('..', import.meta.url));

export default defineConfig({
  root,
  plugins: [svelte({ configFile: `${root}src-renderer/svelte.config.js` })],
  resolve: { conditions: ['browser'] },
  test: {
    include: ['tests/{unit,property,reference,crash}/**/*.test.ts'],
    environment: 'node',
    testTimeout: 60_000,
  },
});
