import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findElectron } from '../../../src-main/hosts/start/electron-binary.ts';

describe('the Node that starts it', () => {
  const checkNode = (version: string) => {
    const script = fileURLToPath(
      new URL('../../../src-main/hosts/start/check-node.js', import.meta.url),
    );
    const pretend = `Object.defineProperty(process, 'versions', { value: { node: '${version}' } });
      await import(${JSON.stringify(script)});`;
    return spawnSync(process.execPath, ['--input-type=module', '-e', pretend], {
      encoding: 'utf8',
    });
  };

  it.each(['20.20.2', '22.17.9', '18.0.0'])('is refused in one line: %s', (version) => {
    const { status, stderr } = checkNode(version);
    expect(status).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([expect.stringContaining(`this is ${version}`)]);
  });

  it.each(['22.18.0', '24.21.0'])('is taken without a word: %s', (version) => {
    expect(checkNode(version)).toMatchObject({ status: 0, stdout: '', stderr: '' });
  });
});

describe('a signal to npm', () => {
  it('ends the app, although the shell between them dies without passing it on', async () => {
    const script = fileURLToPath(
      new URL('../../../src-main/hosts/start/end-with-npm.js', import.meta.url),
    );
    const app = `process.send('up'); setTimeout(() => console.log('outlived npm'), 10_000);`;
    const shell = `const { spawn } = require('node:child_process');
      const args = ['--import', ${JSON.stringify(script)}, '-e', ${JSON.stringify(app)}];
      const stdio = ['ignore', 'inherit', 'inherit', 'ipc'];
      spawn(process.execPath, args, { stdio }).once('message', () => process.exit());`;
    const ran = spawn(process.execPath, ['-e', shell], {
      env: { ...process.env, npm_lifecycle_event: 'start' },
    });
    // Both write to the same pipe: it ends when the second of them has.
    expect(await text(ran.stdout)).toBe('');
  });
});

describe('looking for Electron', () => {
  let root: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'size-picker-'));
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', undefined);
  });

  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(root, { recursive: true });
  });

  const put = (path: string, text = '') => {
    const whole = join(root, path);
    mkdirSync(join(whole, '..'), { recursive: true });
    writeFileSync(whole, text);
    return whole;
  };

  it('finds none in a package that has fetched none', () => {
    put('node_modules/electron/package.json', '{}');
    put('node_modules/electron/path.txt', 'electron');
    expect(findElectron(root)).toBeNull();
  });

  it('finds the one that was fetched, by the name in path.txt', () => {
    put('node_modules/electron/path.txt', 'electron-here\n');
    const binary = put('node_modules/electron/dist/electron-here');
    expect(findElectron(root)).toBe(binary);
  });

  it('finds the one in the folder that the environment names', () => {
    put('node_modules/electron/path.txt', 'electron-here');
    const binary = put('elsewhere/electron-here');
    vi.stubEnv('ELECTRON_OVERRIDE_DIST_PATH', join(root, 'elsewhere'));
    expect(findElectron(root)).toBe(binary);
  });
});
