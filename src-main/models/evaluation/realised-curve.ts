import { DEFAULT_APPETITE, limitOf } from '../../domain/risk/decision.ts';
import { picksUnder } from './choices.ts';
import { fatesOf, liquidations, type Fates } from './outcomes.ts';
import { orNull } from './policy.ts';
import type { JudgedModel } from '../../contract/evaluation.ts';
import type { Fraction } from '../../domain/units.ts';
import type { Docket } from './docket.ts';
import type { Opinions } from './opinions.ts';

/** 1% to 25%: all that a trader can set. */
const THRESHOLDS = Array.from({ length: 25 }, (_, i) => ((i + 1) / 100) as Fraction);

/** The largest safe rungs of all trades at one threshold: without the margin of safety, and with it. */
interface AtThreshold {
  readonly threshold: Fraction;
  readonly raw: Fates;
  readonly withFactor: Fates;
}

/** What came of all trades at every threshold; nothing where no P is stated. */
export function fatesByThreshold(
  { trades }: Docket,
  { kind, p, meanReturn }: Opinions,
): AtThreshold[] {
  if (!p) return [];
  const { safetyFactor } = DEFAULT_APPETITE;
  const under = (limit: number) => fatesOf(trades, picksUnder({ p, meanReturn }, trades, limit));
  return THRESHOLDS.map((threshold) => ({
    threshold,
    raw: under(threshold),
    withFactor: under(limitOf({ threshold, safetyFactor }, kind)),
  }));
}

/** Realised liquidations against the threshold over some trades. */
export function realisedCurve(
  docket: Docket,
  rows: Int32Array,
  all: readonly AtThreshold[],
): JudgedModel['realised'] {
  return all.map(({ threshold, raw, withFactor }) => {
    const careful = liquidations(docket, rows, withFactor);
    return {
      threshold,
      raw: orNull(liquidations(docket, rows, raw).mean),
      withFactor: orNull(careful.mean),
      interval: docket.bootstrap.interval(careful),
    };
  });
}
