import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A small built window in a temporary folder, with a secret beside it that no host may hand out. */
export function builtWindow(): string {
  const parent = mkdtempSync(join(tmpdir(), 'size-picker-'));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  const folder = join(parent, 'renderer');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<title>Size Picker</title>');
  writeFileSync(join(folder, 'assets', 'index.js'), 'export {};');
  writeFileSync(join(folder, 'assets', 'notes.exe'), 'unknown kind');
  writeFileSync(join(parent, 'secret.json'), '"secret"');
  return folder;
}

/** Ways to write a path out of the window's folder. */
export const WAYS_OUT = [
  '/../secret.json',
  '/%2e%2e/secret.json',
  '/..%2fsecret.json',
  '/assets/../../secret.json',
  '/assets/..%5c..%5csecret.json',
  '//secret.json',
  '/assets/',
  '/assets/notes.exe',
  '/index.html%00.js',
];
