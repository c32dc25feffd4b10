import { fileURLToPath } from 'node:url';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));

export default defineConfig({
  main: {
    build: {
      rolldownOptions: {
        input: {
          electron: path('src-main/hosts/electron/main.ts'),
          browser: path('src-main/hosts/browser/main.ts'),
          worker: path('src-main/jobs/worker.ts'),
          'cell-worker': path('src-main/jobs/cell-worker.ts'),
          'example-worker': path('src-main/jobs/example-worker.ts'),
        },
      },
    },
  },
  preload: {
    build: {
      rolldownOptions: {
        input: path('src-main/hosts/electron/preload.ts'),
        // A sandboxed preload script is CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: path('src-renderer'),
    plugins: [svelte({ configFile: path('src-renderer/svelte.config.js') })],
    build: {
      minify: true,
      // The content security policy allows no data: addresses.
      assetsInlineLimit: 0,
      rolldownOptions: { input: path('src-renderer/index.html') },
    },
  },
});
