import type { MonthSums } from '../../domain/stats/bootstrap.ts';
import { DEFAULT_APPETITE } from '../../domain/risk/decision.ts';
import { VOLATILITY_RULE } from '../../contract/evaluation-words.ts';
import { ofTheDesk } from './choices.ts';
import { liquidations, sumsOf, type Judged } from './outcomes.ts';
import { logLosses } from './scores.ts';
import type { PairedDifference } from '../../contract/evaluation.ts';
import type { Docket } from './docket.ts';
import type { Opinions } from './opinions.ts';

type Measure = PairedDifference['measure'];

/** Of one model, by measure and month, what is compared with another; null where it states no P. */
export interface Compared extends Pick<Opinions, 'name' | 'kind'> {
  readonly sums: Readonly<Record<Measure, MonthSums | null>>;
}

/** Sizes are those that the desk would have named at the default threshold. */
export function comparedOf(
  docket: Docket,
  rows: Int32Array,
  { name, kind, p }: Opinions,
  judged: readonly Judged[],
): Compared {
  const { fates, returns, regrets } = ofTheDesk(judged, DEFAULT_APPETITE.threshold).outcomes;
  const pairs = Uint8Array.from(docket.trades, ({ feasible }) => feasible);
  return {
    name,
    kind,
    sums: {
      logLoss: p && sumsOf(docket, rows, logLosses(docket.trades, p), pairs),
      realised: liquidations(docket, rows, fates),
      meanReturn: sumsOf(docket, rows, returns),
      regret: sumsOf(docket, rows, regrets),
    },
  };
}

const OF_THE_FIRST: readonly Measure[] = ['logLoss', 'realised', 'meanReturn', 'regret'];

/**
 * Paired differences on the same trades: log loss of every model against the volatility rule, then
 * all measures of the first model against each other one.
 */
export function differencesOf(
  { bootstrap }: Docket,
  models: readonly Compared[],
): PairedDifference[] {
  const isRule = ({ name, kind }: Compared) => kind === 'baseline' && name === VOLATILITY_RULE;
  const [first, ...others] = models;
  const rule = models.find(isRule);
  return [
    ...(rule
      ? models.filter((model) => model !== rule).flatMap((model) => pair(model, rule, 'logLoss'))
      : []),
    ...others.flatMap((other) =>
      OF_THE_FIRST.filter((measure) => other !== rule || measure !== 'logLoss').flatMap((measure) =>
        pair(first!, other, measure),
      ),
    ),
  ];

  function pair(model: Compared, against: Compared, measure: Measure): PairedDifference[] {
    const [of, less] = [model.sums[measure], against.sums[measure]];
    const difference = of && less ? of.mean - less.mean : NaN;
    if (Number.isNaN(difference)) return [];
    const interval = bootstrap.difference(of!, less!);
    return [{ model: model.name, against: against.name, measure, difference, interval }];
  }
}
