import { expectedLogGrowth, mean, median } from '../../domain/stats/metrics.ts';
import { entriesOf, liquidations, sumsOf, type Outcomes } from './outcomes.ts';
import type { PolicyResult } from '../../contract/evaluation.ts';
import type { Policy } from './choices.ts';
import type { Docket } from './docket.ts';

/** JSON has no NaN: a share of no cases is none. */
export const orNull = (value: number) => (Number.isNaN(value) ? null : value);

/** What a way of choosing sizes came to over some trades, at least one. */
export function policyResult(
  docket: Docket,
  rows: Int32Array,
  how: Policy,
  { fates, returns, regrets, shares }: Outcomes,
): PolicyResult {
  const hits = liquidations(docket, rows, fates);
  const taken = hits.count.reduce((sum, count) => sum + count, 0);
  const ofRows = entriesOf(rows, returns);
  return {
    ...how,
    taken,
    stoodAside: rows.length - taken,
    realised: orNull(hits.mean),
    realisedInterval: docket.bootstrap.interval(hits),
    meanReturn: mean(ofRows),
    meanReturnInterval: docket.bootstrap.interval(sumsOf(docket, rows, returns)),
    medianReturn: median(ofRows),
    logGrowth: expectedLogGrowth(ofRows),
    regret: mean(entriesOf(rows, regrets)),
    meanShare: mean(entriesOf(rows, shares)),
  };
}
