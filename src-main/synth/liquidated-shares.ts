import { pathOf, type Bars } from '../domain/bars/bars.ts';
import { prepareExits } from '../domain/exits/exits.ts';
import { randomStream } from '../domain/stats/random.ts';
import { excursion } from '../domain/simulate/simulate.ts';
import type { ExitRule } from '../domain/exits/exit-rule.ts';
import type { Direction } from '../domain/units.ts';

/** Effective leverages that are told. */
export const LEVERAGES = [2, 3, 5, 7, 10, 14, 20] as const;
/** The study's stop-out: what a position may lose of the equity at entry. */
const LARGEST_LOSS = 0.7;
/** An entry in both directions at every so many bars that the rule allows. */
const EVERY = 6;
/** Holding times of the rule `hold`. */
const SEED = 1;
const DIRECTIONS: readonly Direction[] = ['long', 'short'];

export interface LiquidatedShares {
  readonly trades: number;
  /** Empty where the rule let no trade begin. */
  readonly liquidated: { readonly leverage: number; readonly share: number }[];
}

/**
 * How many trades of a rule are liquidated at each effective leverage L, without costs: those whose
 * worst move against them reaches 0.70 / L before the exit. Trades overlap: shares are exact, but
 * say less than as many trades apart would.
 */
export function liquidatedShares(market: Iterable<Bars>, rule: ExitRule): LiquidatedShares {
  const counts = LEVERAGES.map(() => 0);
  let trades = 0;
  const holding = randomStream(SEED);
  for (const bars of market) {
    const exits = prepareExits(bars, rule);
    for (const direction of DIRECTIONS) {
      const path = pathOf(bars, direction);
      for (let entry = 0; entry < bars.close.length; entry += EVERY) {
        if (!exits.mayEnter(entry, direction)) continue;
        const exit = exits.exitOf(entry, direction, holding.uniform());
        const { adverse } = excursion(path, entry, exit);
        trades++;
        LEVERAGES.forEach((leverage, i) => {
          if (adverse >= LARGEST_LOSS / leverage) counts[i]!++;
        });
      }
    }
  }
  return {
    trades,
    liquidated:
      trades === 0
        ? []
        : LEVERAGES.map((leverage, i) => ({ leverage, share: counts[i]! / trades })),
  };
}
