import { DEFAULT_KIND } from '../../domain/models/kinds.ts';
import { availableParallelism } from 'node:os';
import { CodedError } from '../../contract/errors.ts';
import { LEVERAGE_AT_LARGEST, STUDY_RULES } from '../../domain/account/broker.ts';
import { ruleOf } from '../../domain/exits/exit-rule.ts';
import { PATH_BARS, TRADES_A_PATH } from '../../datasets/spec.ts';
import { instrumentOf } from '../../domain/instrument.ts';
import { runInWorker } from '../../jobs/run-in-worker.ts';
import type { RunOptions } from '../../jobs/terms.ts';
import { FULL_MIX } from '../../synth/parameters.ts';
import { wallClock as now } from '../../jobs/queue.ts';
import { presetConfig } from '../training/presets.ts';
import type { WalkedForward, WalkForwardPlan } from '../../contract/evaluation.ts';
import type { Store } from '../../store/store.ts';

/** Years of bars that the first model is made from, unless a later year is asked for. */
const YEARS_BEFORE = 2;

/**
 * Walks through the years of a series: each is judged by a model whose market was fitted to, and whose
 * training began from, the bars before that year. Keeps nothing. Throws `no-series`, `bad-argument`
 * where no year is left or its bars are too few, `cancelled`.
 */
export async function walkForward(
  store: Store,
  { series, exit, every, seed, trades, fromYear }: WalkForwardPlan,
  run: RunOptions,
): Promise<WalkedForward> {
  const order = {
    folder: store.folder,
    refit: {
      series: { name: series, instrument: instrumentOf(store.series.info(series))?.id ?? null },
      spec: {
        seed,
        exit: ruleOf(exit),
        mix: FULL_MIX,
        pathBars: PATH_BARS,
        tradesAPath: TRADES_A_PATH.natural,
        leverage: LEVERAGE_AT_LARGEST,
        brokerLeverage: STUDY_RULES.leverage,
      },
      trades,
      config: presetConfig(DEFAULT_KIND, 'standard'),
      threads: availableParallelism(),
      madeAt: now(),
    },
    years: yearsOf(store, series, fromYear),
    judging: { exit, every, seed },
  };
  return runInWorker('walk-forward', order, run);
}

function yearsOf(store: Store, series: string, fromYear: number | null): number[] {
  const { from, to } = store.series.info(series);
  const year = (time: number) => new Date(time * 1000).getUTCFullYear();
  const first = fromYear ?? year(from) + YEARS_BEFORE;
  if (first > year(from) && first <= year(to)) {
    return Array.from({ length: year(to) - first + 1 }, (_, i) => first + i);
  }
  const span = `${series} holds bars of ${year(from)} to ${year(to)}`;
  const problem = `${span}: no year is left to judge that has whole years before it`;
  throw new CodedError('bad-argument', { problem });
}
