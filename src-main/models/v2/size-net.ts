import { LEVERAGE_AT_LARGEST } from '../../domain/account/broker.ts';
import { accountsBeside, unbiased, type SizeCurve } from '../../domain/risk/risk-curve.ts';
import { SIZE_COUNT } from '../../domain/size.ts';
import { ladderModelOf } from '../curve-ladder.ts';
import { PlainWindowNetwork } from '../plain-window-network.ts';
import type { Bars } from '../../domain/bars/bars.ts';
import type { Direction } from '../../domain/units.ts';
import type { LadderModel } from '../ladder-model.ts';
import type { StoredV2 } from '../model-file.ts';

/** A stored V2 model made ready to be read. */
export interface SizeNet {
  readonly stored: StoredV2;
  readonly network: PlainWindowNetwork;
}

export const openSizeNet = (stored: StoredV2): SizeNet => ({
  stored,
  network: new PlainWindowNetwork(stored),
});

const { from, to } = LEVERAGE_AT_LARGEST;
const ACCOUNTS = 20;
/** Equal ratios over all accounts that were trained on. */
const GRID = Array.from({ length: ACCOUNTS }, (_, i) => from * (to / from) ** (i / (ACCOUNTS - 1)));

/**
 * What the net says of a trade entered at the close of bar `at`, from the bars up to it, in accounts
 * of the given leverages at 4.50 oz. The same bits for the same candles. Throws `too-few-bars`.
 */
export function sizeCurve(
  { network }: SizeNet,
  bars: Bars,
  at: number,
  direction: Direction,
  leverages: readonly number[] = GRID,
): SizeCurve {
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
}

/**
 * The net as a model to be asked about the 30 sizes of a trade: read between the same two accounts as
 * the whole curve is, so that what is judged is what the desk states.
 */
export const asLadderModel = (net: SizeNet): LadderModel =>
  ladderModelOf(net.stored, (bars, at, direction, leverage) => {
    const beside = accountsBeside(GRID, Math.min(to, Math.max(from, leverage)));
    const accounts = [...new Set(beside)].map((account) => GRID[account]!);
    return sizeCurve(net, bars, at, direction, accounts);
  });
