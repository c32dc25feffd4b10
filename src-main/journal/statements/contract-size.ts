import { INSTRUMENTS } from '../../domain/instrument.ts';
import type { Ounces } from '../../domain/units.ts';
import type { ClosedTrade, StatementTrade } from '../statement.ts';

/** Ounces of one unit (a lot, or an ounce) of the sizes of a symbol, and how that is known. */
export interface ContractSize {
  readonly symbol: string;
  readonly unit: StatementTrade['unit'];
  readonly ounces: Ounces;
  readonly source: 'file' | 'given' | 'profits' | 'standard';
  /** Why, in a sentence. */
  readonly evidence: string;
}

/** One row alone may be wrong. */
const FEWEST_ROWS = 2;
/** Share of the rows that must agree: a statement may hold a corrected one. */
const AGREEING = 0.95;
/** Cents are rounded, and so are the prices of a statement: with less the ratio is noise. */
const LEAST_PROFIT = 0.5;
const CENT = 0.0101;

/**
 * The contract size of trades of one symbol and unit: `given`, else what the profits show, else the
 * standard one. In a USD account profit = (close - open) · size · contract, so profits prove it; in
 * another currency they prove nothing.
 */
export function contractSize(
  trades: readonly StatementTrade[],
  closed: readonly ClosedTrade[],
  currency: string,
  given: Ounces | null,
): ContractSize {
  const { symbol, unit } = trades[0]!;
  const shown = currency === 'USD' ? shownByProfits(closed) : null;
  const proof =
    shown && `${shown.agreeing} of ${shown.rows} profits are the move × size × ${shown.ounces}`;
  const size = (ounces: number, source: ContractSize['source'], evidence: string) =>
    ({ symbol, unit, ounces: ounces as Ounces, source, evidence }) as const;
  const unless = (ounces: number) => (shown && shown.ounces !== ounces ? `; but ${proof}.` : '.');

  if (unit === 'ounces') return size(1, 'file', `The file tells ounces${unless(1)}`);
  if (given !== null) return size(given, 'given', `As given${unless(given)}`);
  if (shown) return size(shown.ounces, 'profits', `${proof}.`);
  const why =
    currency === 'USD'
      ? 'the closed trades are too few to show it, or their profits do not agree'
      : `profits in ${currency || 'an unknown currency'} do not show it`;
  return size(INSTRUMENTS.gold.contractSize, 'standard', `As usual: ${why}.`);
}

interface Shown {
  readonly ounces: number;
  readonly agreeing: number;
  readonly rows: number;
}

/** The roundest contract size that nearly all profits agree with. */
function shownByProfits(closed: readonly ClosedTrade[]): Shown | null {
  const rows = closed.map(({ direction, openPrice, closePrice, size, profit }) => ({
    earned: (direction === 'long' ? closePrice - openPrice : openPrice - closePrice) * size,
    profit,
  }));
  const ratios = rows
    .filter(({ earned, profit }) => Math.abs(profit) >= LEAST_PROFIT && earned !== 0)
    .map(({ earned, profit }) => profit / earned)
    .sort((a, b) => a - b);
  const median = ratios[Math.floor(ratios.length / 2)] ?? 0;
  if (ratios.length < FEWEST_ROWS || median <= 0) return null;
  for (const digits of [1, 2, 3, 4]) {
    const ounces = Number(median.toPrecision(digits));
    const agreeing = rows.filter(
      ({ earned, profit }) => Math.abs(earned * ounces - profit) <= CENT,
    ).length;
    if (agreeing >= AGREEING * rows.length) return { ounces, agreeing, rows: rows.length };
  }
  return null;
}
