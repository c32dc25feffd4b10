import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { cliProcess, cliProcessJson, startCli } from '../../../support/cli-process.ts';
import { dataFolder } from '../../../support/data-folder.ts';

/** The other tests of the command line run it in their own process; these start one. */
describe('the command line as a process', () => {
  it('ends with 0 and its answer on stdout', async () => {
    const { code, stdout, stderr } = await cliProcess('--help');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^size-picker COMMAND \[options\]\n/);
  });

  it('prints JSON and nothing else where it is asked for', async () => {
    const told = await cliProcessJson<{ name: string }[]>('models', '--data', dataFolder());
    expect(told).toMatchObject([{ name: 'V3-cross-gold-2022' }]);
  });

  it('ends with 2 and one line on stderr where the words are wrong', async () => {
    const { code, stdout, stderr } = await cliProcess('recomend');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^size-picker: .*\n$/);
  });

  it('ends with 1 and the fault as JSON on stderr where the work fails', async () => {
    const words = ['models', '--use', 'none', '--json', '--data', dataFolder()];
    const { code, stdout, stderr } = await cliProcess(...words);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'no-such-model' } });
  });

  it.skipIf(process.platform === 'win32')('ends its work on Ctrl C, and says so', async () => {
    const folder = dataFolder();
    const words = ['--name', 'long', '--trades', '1000000', '--data', folder, '--json'];
    const { child, ended } = startCli('generate', ...words);
    onTestFinished(() => void child.kill('SIGKILL'));
    await vi.waitFor(() => expect(existsSync(join(folder, 'size-picker.db'))).toBe(true), 30_000);
    child.kill('SIGINT');
    const { code, stdout, stderr } = await ended;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'cancelled' } });
  });
});
