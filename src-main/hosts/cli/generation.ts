import { z } from 'zod';
import {
  generate,
  shardOf,
  WHOLE,
  type Generation,
  type Shard,
} from '../../app/datasets/generate.ts';
import { withWorkspace } from '../../app/folder/workspace.ts';
import { STUDY_RULES } from '../../domain/account/broker.ts';
import * as option from './options.ts';
import { textTable } from './table.ts';
import type { GenerationPlan } from '../../contract/datasets.ts';
import type { Invocation } from './command.ts';

/** `3/16`: the third of sixteen machines. */
const shard = option.custom<Shard>(
  'I/N',
  'draw only the share of machine I of N, such as 3/16',
  z.string().transform((word, context) => {
    const [, number, of] = /^(\d+)\/(\d+)$/.exec(word) ?? [];
    const parsed = shardOf.safeParse({ number: Number(number), of: Number(of) });
    if (parsed.success) return parsed.data;
    context.addIssue('must be I/N with I from 1 to N, such as 3/16');
    return z.NEVER;
  }),
);

/** What every run of generation may be given. */
export const generationOptions = {
  exit: option.byDefault(option.exitRule, 'cross'),
  leverage: option.byDefault(option.leverage, STUDY_RULES.leverage),
  market: option.market,
  seed: option.seed,
  shard: option.byDefault(shard, WHOLE, 'all of it'),
  take: option.optional(option.text('DIR', 'take finished shards out of this data folder too')),
  threads: option.optional(
    option.wholeNumber('N', 'threads that draw (default: one a core)', { from: 1, to: 256 }),
  ),
};

type Given = Invocation<typeof generationOptions>;

/** Generates what a plan asks for and tells what came of it. */
export function runGeneration(
  { options, dataFolder, print, progress, signal }: Given,
  wanted: Pick<GenerationPlan, 'kind' | 'name' | 'trades'>,
): Promise<void> {
  const { exit, leverage, market, seed, shard: share, take, threads } = options;
  const plan: GenerationPlan = { ...wanted, exit, seed, leverage, market };
  return withWorkspace(dataFolder, 'write', async (store) => {
    const made = await generate(store, plan, {
      shard: share,
      ...(take === undefined ? {} : { take }),
      ...(threads === undefined ? {} : { threads }),
      run: { signal, onProgress: (done, total) => progress('Generating', done, total, 'trades') },
    });
    print(made, textOf);
  });
}

function textOf({ datasets, cellsMissing, cellsTaken }: Generation): string {
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
