import { effectiveLeverage, STUDY_RULES } from '../domain/account/broker.ts';
import type { ModelKind, PSource } from '../domain/models/kinds.ts';
import { emptyLadder, settle } from '../domain/risk/ladder.ts';
import { riskAt, type RiskCurve } from '../domain/risk/risk-curve.ts';
import { LARGEST_SIZE } from '../domain/size.ts';
import type { Bars } from '../domain/bars/bars.ts';
import type { Direction, Money, SizeIndex, UsdPerOunce } from '../domain/units.ts';

/** The account that a trade is evaluated in, under the study's broker rules. */
export interface LadderAccount {
  readonly price: UsdPerOunce;
  readonly equity: Money;
}

/** What a model predicts of the 30 sizes of a trade; arrays are reused from call to call. */
export interface LadderPrediction {
  /** Unbiased P(liquidation) of every size, those beyond the margin included; null where it states none. */
  readonly p: Float64Array | null;
  /** Mean return of every size as a share of equity; null where it states none. */
  readonly meanReturn: Float64Array | null;
  /** The size that it picks by itself, before margin cuts it; null where P decides. */
  readonly pick: SizeIndex | null;
}

/** Anything that can be asked about the 30 sizes of a trade: a trained model or a simple rule. */
export interface LadderModel {
  readonly name: string;
  readonly kind: PSource;
  /** Of a trade entered at the close of bar `at`, from the bars up to it. */
  predict(bars: Bars, at: number, direction: Direction, account: LadderAccount): LadderPrediction;
}

/**
 * The curve of a trade entered at the close of bar `at`, from the bars up to it: the same bits for
 * the same candles. Throws `too-few-bars`.
 */
export type DrawCurve = (bars: Bars, at: number, direction: Direction) => RiskCurve;

/**
 * A model that draws a curve, as one that predicts the 30 sizes under the study's rule. `draw` may
 * look at `leverageAtLargest`, that of 4.50 oz in the account.
 */
export function ladderModelOf(
  { name, kind }: { readonly name: string; readonly kind: ModelKind },
  draw: (bars: Bars, at: number, direction: Direction, leverageAtLargest: number) => RiskCurve,
): LadderModel {
  const settled = emptyLadder();
  return {
    name,
    kind,
    predict(bars, at, direction, { price, equity }) {
      const curve = draw(bars, at, direction, effectiveLeverage(LARGEST_SIZE, equity, price));
      settle(riskAt(curve), { price, equity, direction, rules: STUDY_RULES }, settled);
      return { ...settled, pick: null };
    },
  };
}

/** A model for each calendar year (UTC) as one model: a trade is that of its entry year's model. */
export function byYear(name: string, models: ReadonlyMap<number, LadderModel>): LadderModel {
  const [first] = models.values();
  return {
    name,
    kind: first!.kind,
    predict(bars, at, direction, account) {
      const year = new Date(bars.time[at]! * 1000).getUTCFullYear();
      return models.get(year)!.predict(bars, at, direction, account);
    },
  };
}
