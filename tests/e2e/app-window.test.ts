import { once } from 'node:events';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { startHost } from '../support/browser-host.ts';
import { expect, test } from './running-app.ts';

test.describe('the app window', () => {
  test.skip(process.platform !== 'linux', 'the stand-in for a browser is a shell script');

  test('is an installed browser on a profile of its own, and the app ends with it', async ({
    dataFolder,
  }) => {
    const bin = join(dataFolder, 'bin');
    await mkdir(bin);
    await writeFile(join(bin, 'google-chrome'), `#!/bin/sh\nprintf '%s\\n' "$@" > "$ARGS"\n`);
    await chmod(join(bin, 'google-chrome'), 0o755);
    const ARGS = join(dataFolder, 'arguments');
    const PATH = `${bin}:${process.env.PATH}`;
    const host = startHost(['--data', dataFolder], { ...process.env, PATH, ARGS, DISPLAY: ':0' });
    const ended = once(host, 'exit');
    const printed = await text(host.stdout);
    expect(await ended).toEqual([0, null]);
    expect(printed).toContain('Shell: browser');
    // The address works once, and the window has used it.
    expect(printed).not.toContain('token');
    const args = (await readFile(ARGS, 'utf8')).split('\n');
    expect(args[0]).toMatch(/^--app=http:\/\/127\.0\.0\.1:\d+\/open\?token=[\w-]{43}$/);
    expect(args[1]).toBe(`--user-data-dir=${join(dataFolder, 'window')}`);
  });
});

test.describe('a second start', () => {
  test('on the same data folder is refused in words', async ({ app, dataFolder }) => {
    expect(app.origin).toContain('127.0.0.1');
    const second = startHost(['--data', dataFolder, '--no-open']);
    const ended = once(second, 'exit');
    expect(await text(second.stderr)).toContain('is using the data folder');
    expect(await ended).toEqual([1, null]);
  });

  test('with a wrong argument is refused with exit code 2', async () => {
    const host = startHost(['--port', 'many']);
    const ended = once(host, 'exit');
    expect(await text(host.stderr)).toContain('"many" is not a port');
    expect(await ended).toEqual([2, null]);
  });
});
