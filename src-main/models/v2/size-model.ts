import { z } from 'zod';
import { LEVERAGE_AT_LARGEST } from '../../domain/account/broker.ts';
import { accountsBeside, unbiased, type SizeCurve } from '../../domain/risk/risk-curve.ts';
import { SIZE_COUNT } from '../../domain/size.ts';
import { ladderModelOf, type LadderModel } from '../ladder-model.ts';
import { storedFields } from '../stored-model.ts';
import { PlainWindowNetwork, WINDOW_FEATURE_NAMES, WINDOW_INPUTS } from '../window.ts';
import type { Bars } from '../../domain/bars/bars.ts';
import type { Direction } from '../../domain/units.ts';

const schema = z.object({ kind: z.literal('v2'), ...storedFields });
export type StoredV2 = z.infer<typeof schema>;

/**
 * V2, two heads on the window: from its candles and the account, logits of the penalised
 * P(liquidation) of the 30 sizes, then their mean returns.
 */
export const sizeKind = {
  schema,
  net: { features: WINDOW_FEATURE_NAMES, inputs: WINDOW_INPUTS, outputs: 2 * SIZE_COUNT },
  openLadder: openSizeModel,
  openCurve: openSizeCurve,
};

const { from, to } = LEVERAGE_AT_LARGEST;
const ACCOUNTS = 20;
/** Equal ratios over all accounts that were trained on. */
const GRID = Array.from({ length: ACCOUNTS }, (_, i) => from * (to / from) ** (i / (ACCOUNTS - 1)));

/**
 * A stored V2, ready to draw the curve of a trade entered at the close of a bar, from the bars up to
 * it, in accounts of the given leverages at 4.50 oz. The same bits for the same candles. Throws
 * `too-few-bars`.
 */
export function openSizeCurve(stored: StoredV2) {
  const network = new PlainWindowNetwork(stored);
  return (
    bars: Bars,
    at: number,
    direction: Direction,
    leverages: readonly number[] = GRID,
  ): SizeCurve => {
    const outputsAt = network.lookAt(bars, at, direction);
    const p: number[] = [];
    const meanReturn: number[] = [];
    for (const leverage of leverages) {
      const outputs = outputsAt(leverage);
      for (let i = 0; i < SIZE_COUNT; i++) {
        p.push(unbiased(1 / (1 + Math.exp(-outputs[i]!))));
        meanReturn.push(outputs[SIZE_COUNT + i]!);
      }
    }
    return { kind: 'sizes', leverages, p, meanReturn };
  };
}

/**
 * Asked about the 30 sizes of a trade, it is read between the same two accounts as the whole curve
 * is, so that what is evaluated is what the desk states.
 */
function openSizeModel(stored: StoredV2): LadderModel {
  const draw = openSizeCurve(stored);
  return ladderModelOf(stored, (bars, at, direction, leverage) => {
    const beside = accountsBeside(GRID, Math.min(to, Math.max(from, leverage)));
    const accounts = [...new Set(beside)].map((account) => GRID[account]!);
    return draw(bars, at, direction, accounts);
  });
}
