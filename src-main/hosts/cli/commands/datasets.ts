import { z } from 'zod';
import { generationShard, WHOLE } from '../../../contract/datasets.ts';
import { DATASET_TRADES, TRADES_OF_A_CLASS } from '../../../domain/limits.ts';
import { STUDY_RULES } from '../../../domain/account/broker.ts';
import { isoTime } from '../../../domain/time/time.ts';
import { command, type Invocation } from '../command.ts';
import * as option from '../options.ts';
import { textTable } from '../table.ts';
import type {
  GeneratedShare,
  GenerationPlan,
  GenerationShard,
} from '../../../contract/datasets.ts';

/** `3/16`: the third of sixteen machines. */
const shardOption = option.custom<GenerationShard>(
  'I/N',
  'draw only the share of machine I of N, such as 3/16',
  z.string().transform((word, context) => {
    const [, number, of] = /^(\d+)\/(\d+)$/.exec(word) ?? [];
    const parsed = generationShard.safeParse({ number: Number(number), of: Number(of) });
    if (parsed.success) return parsed.data;
    context.addIssue('must be I/N with I from 1 to N, such as 3/16');
    return z.NEVER;
  }),
);

/** What every run of generation may be given. */
const generationOptions = {
  exit: option.byDefault(option.exitRule, 'cross'),
  leverage: option.byDefault(option.leverage, STUDY_RULES.leverage),
  market: option.market,
  seed: option.seed,
  shard: option.byDefault(shardOption, WHOLE, 'all of it'),
  take: option.optional(option.text('DIR', 'take finished shards out of this data folder too')),
  threads: option.optional(
    option.wholeNumber('N', 'threads that draw (default: one a core)', { from: 1, to: 256 }),
  ),
};

export const generate = command({
  name: 'generate',
  summary: 'Generate one dataset of synthetic trades, in their natural mix',
  options: {
    name: option.required(option.text('NAME', 'name of the dataset')),
    trades: option.byDefault(
      option.number('N', 'trades', { ...DATASET_TRADES, from: 100 }),
      30_000,
    ),
    ...generationOptions,
  },
  writes: true,
  run: (invocation) => {
    const { name, trades } = invocation.options;
    return runGeneration(invocation, { kind: 'natural', name, trades });
  },
});

export const generateV2 = command({
  name: 'generate v2',
  summary: 'Generate the five datasets: small, mid and big best sizes, balanced and the rest',
  options: {
    'per-class': option.byDefault(
      option.number('N', 'trades of each class', TRADES_OF_A_CLASS),
      100_000,
    ),
    ...generationOptions,
  },
  writes: true,
  run: (invocation) => {
    const { 'per-class': trades } = invocation.options;
    return runGeneration(invocation, { kind: 'by-class', name: null, trades });
  },
});

async function runGeneration(
  { options, call, print }: Invocation<typeof generationOptions>,
  wanted: Pick<GenerationPlan, 'kind' | 'name' | 'trades'>,
): Promise<void> {
  const { exit, leverage, market, seed, shard, take = null, threads = null } = options;
  const plan = { ...wanted, exit, seed, leverage, market };
  const shown = { label: 'Generating', unit: 'trades' };
  print(await call('datasets.make', { ...plan, shard, take, threads }, shown), madeText);
}

function madeText({ datasets, cellsMissing, cellsTaken }: GeneratedShare): string {
  if (!datasets) {
    const taken = cellsTaken > 0 ? `${cellsTaken} parts were taken over. ` : '';
    return `This share is done. ${taken}${cellsMissing} parts of other shards are missing: run those with the same data folder, or name theirs with --take.`;
  }
  const [first] = datasets;
  return [
    textTable(
      ['Dataset', 'Trades', 'Small', 'Mid', 'Big', 'Checksum'],
      datasets.map(({ name, trades, mix, checksum }) => [
        name,
        trades,
        mix.small,
        mix.mid,
        mix.big,
        checksum.slice(0, 12),
      ]),
    ),
    `From ${first!.simulated.toLocaleString('en')} simulated trades, exit ${first!.exit}, seed ${first!.seed}.`,
    ...(first!.generators.bootstrap > 0
      ? []
      : ['The bars that the market was fitted to are not imported: no blocks of them are in it.']),
  ].join('\n');
}

export const datasets = command({
  name: 'datasets',
  summary: 'List the datasets of synthetic trades, oldest first',
  options: {},
  run: async ({ call, print }) => {
    const stored = await call('datasets.list', {});
    print(
      stored.map(({ madeAt, ...info }) => ({ ...info, madeAt: isoTime(madeAt) })),
      (list) =>
        list.length === 0
          ? 'No datasets yet. Generate some with: size-picker generate v2'
          : textTable(
              ['Name', 'Trades', 'Small', 'Mid', 'Big', 'Exit', 'Seed', 'kB', 'Checksum'],
              list.map(({ name, trades, mix, exit, seed, bytes, checksum }) => [
                name,
                trades,
                mix.small,
                mix.mid,
                mix.big,
                exit,
                seed,
                Math.ceil(bytes / 1000),
                checksum.slice(0, 12),
              ]),
            ),
    );
  },
});

export const exportDataset = command({
  name: 'export dataset',
  summary: 'Write a dataset into a Parquet or CSV file',
  files: ['NAME'],
  options: {
    out: option.required(option.text('FILE', 'file to write: .parquet or .csv by its ending')),
    'with-windows': option.flag('with the 640 candle features of each trade (Parquet)'),
  },
  run: async ({ options, files, call, print }) => {
    const [name] = files as [string];
    const { out: file, 'with-windows': windows } = options;
    const shown = { label: 'Exporting', unit: 'trades' };
    await call('datasets.exportTo', { name, file, windows }, shown);
    print({ name, file }, () => `${name} is in ${file}; its columns stand in .github/DATASETS.md.`);
  },
});

export const importDataset = command({
  name: 'import dataset',
  summary: 'Keep the dataset of a Parquet file that Size Picker wrote',
  files: ['FILE'],
  options: {},
  writes: true,
  run: async ({ files, call, print }) => {
    const shown = { label: 'Importing', unit: 'trades' };
    const kept = await call('datasets.importFile', { file: files[0]! }, shown);
    print(kept, ({ name, trades }) => `${name}: ${trades} trades are kept.`);
  },
});

export const deleteDataset = command({
  name: 'delete dataset',
  summary: 'Delete a dataset for good; the command that made it makes it again',
  files: ['NAME'],
  options: {},
  writes: true,
  run: async ({ files, call, print }) => {
    const [name] = files as [string];
    const stored = await call('datasets.list', {});
    const words = stored.find((dataset) => dataset.name === name)?.command ?? '';
    // Closing the folder makes it final: until then it could be restored.
    await call('datasets.delete', { name });
    print(
      { deleted: name, command: words },
      () => `${name} is deleted. With the same bars imported, this makes it again: ${words}`,
    );
  },
});
