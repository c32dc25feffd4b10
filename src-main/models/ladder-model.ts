import type { ModelKind } from '../contract/models.ts';
import type { Bars } from '../domain/bars/bars.ts';
import type { Direction, Money, SizeIndex, UsdPerOunce } from '../domain/units.ts';

/** The account that a trade is judged in, under the study's broker rules. */
export interface LadderAccount {
  readonly price: UsdPerOunce;
  readonly equity: Money;
}

/** What a model says of the 30 sizes of a trade; arrays are reused from call to call. */
export interface LadderOpinion {
  /** Unbiased P(liquidation) of every size, those beyond the margin included; null where it states none. */
  readonly p: Float64Array | null;
  /** Mean return of every size as a share of equity; null where it states none. */
  readonly meanReturn: Float64Array | null;
  /** The size that it picks by itself (V1), before margin cuts it; null where P decides. */
  readonly pick: SizeIndex | null;
}

/** Anything that can be asked about the 30 sizes of a trade: a trained model or a baseline. */
export interface LadderModel {
  readonly name: string;
  readonly kind: ModelKind | 'baseline';
  /** Of a trade entered at the close of bar `at`, from the bars up to it. */
  opinionAt(bars: Bars, at: number, direction: Direction, account: LadderAccount): LadderOpinion;
}
