import { fileURLToPath } from 'node:url';
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import tseslint from 'typescript-eslint';
import svelteConfig from '../src-renderer/svelte.config.js';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What a pure function may not ask for: the time and chance are arguments. */
const impure = [
  { object: 'Math', property: 'random', message: 'Chance comes in as a seed.' },
  { object: 'Date', property: 'now', message: 'Time comes in as an argument.' },
];

export default defineConfig(
  { basePath: root, ignores: ['out/', 'node_modules/', 'test-results/'] },
  js.configs.recommended,
  tseslint.configs.recommended,
  svelte.configs.recommended,
  {
    rules: {
      eqeqeq: 'error',
      'no-console': 'error',
      // TypeScript finds undefined names, and knows the globals of each side.
      'no-undef': 'off',
      // Published constants keep all the digits that they were published with.
      'no-loss-of-precision': 'off',
      // A checked index needs `!` where a loop's bounds already prove it.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
    },
  },
  {
    // Rules that need types: a forgotten await is a lost error.
    basePath: root,
    files: ['src-main/**/*.ts', 'tests/**/*.ts'],
    ignores: ['tests/unit/renderer/**'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    basePath: root,
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser, svelteConfig } },
  },
  {
    basePath: root,
    files: ['src-main/{domain,synth,contract,charts}/**'],
    rules: { 'no-restricted-properties': ['error', ...impure] },
  },
  {
    // Hosts and benchmarks speak to a terminal.
    basePath: root,
    files: ['src-main/hosts/**', 'tests/bench/**', 'tests/support/**', '.ci/**'],
    rules: { 'no-console': 'off' },
  },
);
