import { expect, it } from 'vitest';
import { exitWord } from '../../../../src-main/domain/exits/exit-rule.ts';
import { ownExits } from '../../../../src-main/domain/exits/own-exits.ts';
import { cliJson } from '../../../support/cli.ts';
import { dataFolder } from '../../../support/data-folder.ts';

it('own holding times go from trades to a dataset, a model and its judgement', async () => {
  const told = ownExits(Array.from({ length: 40 }, (_, i) => ({ bars: 2 * i, ended: i % 5 > 0 })));
  if (told.kind === 'refused') throw new Error(told.reason);
  const exit = exitWord(told.rule);
  const text = 'own 2 to 78 bars, from 32 trades';
  const data = ['--data', dataFolder()];
  const demo = 'resources/demo/synthetic-gold-h1.csv';
  await cliJson('import', 'candles', demo, '--symbol', 'DEMO', '--clock', 'utc', ...data);

  const dataset = ['generate', '--name', 'mine', '--trades', '2000', '--exit', exit];
  await cliJson(...dataset, ...data);
  const [made] = await cliJson<{ exit: string; command: string }[]>('datasets', ...data);
  expect(made!.exit).toBe(text);
  // The command that it names makes the same again: here it finds it made.
  expect(made!.command).toBe(
    `size-picker generate --name=mine --trades 2000 --exit ${exit} --seed 1`,
  );
  await cliJson(...made!.command.split(' ').slice(1), ...data);

  const training = ['--name', 'of mine', '--preset', 'quick', '--epochs', '1'];
  const trial = ['--judge-on', 'DEMO_H1', '--from', '2023-06-01'];
  const trained = await cliJson<{ evaluation: { exit: string } }>(
    'train',
    '--dataset',
    'mine',
    ...training,
    ...trial,
    ...data,
  );
  expect(trained.evaluation.exit).toBe(text);
  await cliJson('models', '--use', 'of mine', ...data);
  const account = ['--series', 'DEMO_H1', '--equity', '500', '--direction', 'long'];
  expect(await cliJson('recommend', ...account, ...data)).toMatchObject({ model: { exit: text } });
});
