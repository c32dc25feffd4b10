import { SIZE_COUNT } from '../../domain/size.ts';
import type { Bars } from '../../domain/bars/bars.ts';
import type { LadderModel } from '../ladder-model.ts';
import type { JudgedTrade } from './judged-trades.ts';

/** What a model says of every trade; whole ladders of 30 sizes, one after the other. */
export interface Opinions extends Pick<LadderModel, 'name' | 'kind'> {
  /** Unbiased P(liquidation), infeasible rungs included; null where it states none. */
  readonly p: Float64Array | null;
  /** Mean return as a share of equity; null where it states none. */
  readonly meanReturn: Float64Array | null;
  /** The rung that it picks by itself, cut at capacity; null where P decides. */
  readonly picks: Uint8Array | null;
}

/** Asks the model about each trade; `onTrade` hears the number of trades asked about before. */
export function opinionsOf(
  model: LadderModel,
  bars: Bars,
  trades: readonly JudgedTrade[],
  onTrade: (done: number) => void,
): Opinions {
  const { name, kind } = model;
  const ladders = () => new Float64Array(trades.length * SIZE_COUNT);
  let p: Float64Array | null = null;
  let meanReturn: Float64Array | null = null;
  let picks: Uint8Array | null = null;
  trades.forEach((trade, row) => {
    onTrade(row);
    const opinion = model.predict(bars, trade.entry, trade.direction, trade);
    if (opinion.p) (p ??= ladders()).set(opinion.p, row * SIZE_COUNT);
    if (opinion.meanReturn) (meanReturn ??= ladders()).set(opinion.meanReturn, row * SIZE_COUNT);
    if (opinion.pick) {
      (picks ??= new Uint8Array(trades.length))[row] = Math.min(opinion.pick, trade.feasible);
    }
  });
  return { name, kind, p, meanReturn, picks };
}
