import { emptyBars, pathOf } from '../../src-main/domain/bars/bars.ts';
import { STUDY_RULES } from '../../src-main/domain/account/broker.ts';
import { simulatePlainly } from '../../src-main/domain/simulate/simulate-plain.ts';
import { emptyLadderOutcome, simulateLadder } from '../../src-main/domain/simulate/simulate.ts';
import { SIZES } from '../../src-main/domain/size.ts';
import type { Money } from '../../src-main/domain/units.ts';
import { median, print, spread, timeRuns } from './measure.ts';

const TRADES = 100_000;
const BARS = 200;
/** The plain simulator is timed on a part of the trades: all of them would take a minute a run. */
const PLAIN_TRADES = 4_000;

/** One long random walk of hourly gold; trade i runs over its own 200 bars, wrapping round. */
function walk(length: number) {
  const bars = emptyBars(length, 3600);
  let state = 12345;
  const uniform = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  let price = 2000;
  for (let i = 0; i < length; i++) {
    const open = price;
    price *= Math.exp((uniform() + uniform() + uniform() - 1.5) * 0.003);
    bars.time[i] = i * 3600;
    bars.open[i] = open;
    bars.close[i] = price;
    bars.high[i] = Math.max(open, price) * (1 + uniform() * 0.001);
    bars.low[i] = Math.min(open, price) * (1 - uniform() * 0.001);
    // Keep the walk near 2,000 so that every trade is of one kind.
    if (price < 1000 || price > 4000) price = 2000;
  }
  return bars;
}

export function benchSimulation(): void {
  const bars = walk(2_000_000);
  const path = { ...pathOf(bars, 'long'), direction: 'long' as const };
  const out = emptyLadderOutcome();
  const entryOf = (i: number) => (i * 613) % (bars.close.length - BARS - 1);
  const equityOf = (i: number) => (200 + (i % 1800)) as Money;

  let liquidated = 0;
  const onePass = timeRuns(() => {
    liquidated = 0;
    for (let i = 0; i < TRADES; i++) {
      const entry = entryOf(i);
      simulateLadder(path, entry, entry + BARS, equityOf(i), STUDY_RULES, out);
      for (let size = 0; size < out.feasible; size++)
        if (out.liquidatedAt[size]! >= 0) liquidated++;
    }
  });
  const plain = timeRuns(() => {
    for (let i = 0; i < PLAIN_TRADES; i++) {
      const entry = entryOf(i);
      const trade = { entry, exit: entry + BARS, direction: 'long' as const };
      for (const size of SIZES) simulatePlainly(bars, trade, size, equityOf(i), STUDY_RULES);
    }
  }, 3);

  const rate = TRADES / median(onePass);
  const plainRate = PLAIN_TRADES / median(plain);
  print({
    name: `one pass: ${TRADES} trades x ${BARS} bars x 30 sizes`,
    value: rate,
    unit: 'trades/s',
    target: '≥ 1,000,000',
    met: rate >= 1e6,
    note: `${liquidated} liquidations; ${spread(onePass)}`,
  });
  print({ name: 'bar by bar, size by size', value: plainRate, unit: 'trades/s' });
  print({ name: 'one pass over plain', value: rate / plainRate, unit: 'times' });
}
