import { mean } from '../../domain/stats/metrics.ts';
import { SIZE_COUNT } from '../../domain/size.ts';
import { picksUnder, type Policy } from './choices.ts';
import { outcomesOf, sharesOfCapacity } from './outcomes.ts';
import { policyResult } from './policy.ts';
import type { Evaluation } from '../../contract/evaluation.ts';
import type { Docket } from './docket.ts';
import type { Opinions } from './opinions.ts';

/** Mean size, as a share of the largest that margin allows, at which all are compared. */
export const EQUAL_SHARE = 0.7;
const HALVINGS = 30;

/**
 * What a model comes to at the threshold of its own at which it trades the same mean size as the
 * others. One that names its sizes itself has no threshold: all of them grow or shrink alike.
 */
export function atEqualSize(
  docket: Docket,
  rows: Int32Array,
  { name, kind, p, meanReturn, picks }: Opinions,
): Evaluation['equalSize'][number] {
  const { trades } = docket;
  const scaled = (scale: number) =>
    Uint8Array.from(trades, ({ feasible }, row) =>
      Math.min(feasible, Math.max(1, Math.round(picks![row]! * scale))),
    );
  const chosenAt = p ? (limit: number) => picksUnder({ p, meanReturn }, trades, limit) : scaled;
  let low = 0;
  let high = p ? 1 : SIZE_COUNT;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (mean(sharesOfCapacity(trades, chosenAt(middle))) < EQUAL_SHARE) low = middle;
    else high = middle;
  }
  const how: Policy = {
    policy: p ? 'largest-safe' : kind === 'baseline' ? 'fixed' : 'most-likely',
    threshold: p ? high : null,
    safetyFactor: 1,
    corrected: false,
  };
  const outcomes = outcomesOf(trades, chosenAt(high));
  return { model: name, ...policyResult(docket, rows, how, outcomes) };
}
