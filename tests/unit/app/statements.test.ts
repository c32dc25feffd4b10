import { setImmediate as turn } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { openApp } from '../../../src-main/app/open-app.ts';
import { answer } from '../../../src-main/contract/transport.ts';
import { dataFolder } from '../../support/data-folder.ts';
import { metatrader4, trade } from '../../support/statement-files.ts';
import type { CallName, CallOutput } from '../../../src-main/contract/calls.ts';

const SETTINGS = { account: null, goldNames: [], contract: null, clock: 'auto' };

async function opened() {
  const app = await openApp({ dataFolder: dataFolder(), shell: 'browser' });
  onTestFinished(() => app.close());
  const ask = async <Name extends CallName>(name: Name, payload: unknown) => {
    const told = await answer(app.handlers, name, payload);
    if (!told.ok) throw Object.assign(new Error(told.fault.happened), told.fault);
    return told.value as CallOutput<Name>;
  };
  const stage = async (fileName: string, text: string) => {
    const piece = Buffer.from(text).toString('base64');
    return (await ask('import.stage', { upload: null, fileName, piece })).upload;
  };
  return { ask, stage };
}

it('a long statement is read while the app goes on with other things', async () => {
  const { ask, stage } = await opened();
  const trades = Array.from({ length: 3_000 }, (_, i) => trade(i + 1));
  const upload = await stage('Statement.htm', metatrader4(trades));
  let isDone = false;
  const looked = ask('statements.preview', { upload, settings: SETTINGS }).finally(
    () => (isDone = true),
  );
  let turns = 0;
  for (; !isDone; turns++) await turn();
  expect(await looked).toMatchObject({ closed: 3_000, added: 3_000 });
  // Each turn could have answered a window.
  expect(turns).toBeGreaterThan(100);
});

it('what is wrong with a statement is told as if it were read here', async () => {
  const { ask, stage } = await opened();
  const page = metatrader4([trade(1), trade(2)]);
  const upload = await stage('Statement.htm', page.slice(0, page.lastIndexOf('</table>') - 40));
  await expect(ask('statements.commit', { upload, settings: SETTINGS })).rejects.toMatchObject({
    code: 'statement-cut',
  });
  expect(await ask('statements.list', {})).toEqual([]);
});
