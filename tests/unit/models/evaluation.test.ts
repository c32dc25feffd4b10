import { describe, expect, it } from 'vitest';
import { sliceBars } from '../../../src-main/domain/bars.ts';
import { CLIP } from '../../../src-main/domain/metrics.ts';
import { baselineModels } from '../../../src-main/models/baselines.ts';
import { evaluate, type EvaluationInput } from '../../../src-main/models/evaluation/evaluate.ts';
import { judgedTrades } from '../../../src-main/models/evaluation/judged-trades.ts';
import { predictionLines } from '../../../src-main/models/evaluation/predictions.ts';
import { asRiskModel, openRiskNet } from '../../../src-main/models/v3/risk-net.ts';
import { randomWalk, SHORT_CROSS, untrained } from './fixtures.ts';
import type { Fraction, UtcSeconds } from '../../../src-main/domain/units.ts';
import type { RiskModel } from '../../../src-main/models/risk-model.ts';

/** Ten weeks, wild enough that many sizes are liquidated. */
const bars = randomWalk(1_700, 4, 0.012);
const span = {
  bars,
  exitRule: SHORT_CROSS,
  from: bars.time[0] as UtcSeconds,
  to: (bars.time.at(-1)! + 1) as UtcSeconds,
  every: 3,
  seed: 1,
};
const trades = judgedTrades(span);
const fixed = (name: string, p: number): RiskModel => ({
  name,
  curveAt: () => () => p as Fraction,
});
/** Knows each trade's excursion. */
const clairvoyant: RiskModel = {
  name: 'clairvoyant',
  curveAt: (_bars, at, direction) => {
    const trade = trades.find((one) => one.entry === at && one.direction === direction)!;
    return (move) => (trade.mae >= move ? 1 : 0) as Fraction;
  },
};
const net = untrained(3);
const real = [asRiskModel(openRiskNet(net)), ...baselineModels(net.baselines, SHORT_CROSS)];
const judgeBy = (models: readonly RiskModel[], more: Partial<EvaluationInput> = {}) =>
  evaluate({ ...span, models, ...more });

describe('the trades that a span is judged on', () => {
  it('are a long and a short every third bar, from the first with a window to the cap before the end', () => {
    const entries = trades
      .filter(({ direction }) => direction === 'long')
      .map(({ entry }) => entry);
    expect(entries[0]).toBe(127);
    expect(entries.every((entry) => (entry - 127) % 3 === 0)).toBe(true);
    expect(entries.at(-1)! + SHORT_CROSS.cap).toBeLessThan(1_700);
    expect(entries.at(-1)! + 3 + SHORT_CROSS.cap).toBeGreaterThanOrEqual(1_700);
    expect(trades.length).toBe(2 * entries.length);
  });

  it('have accounts with 5 to 40 times at 4.50 oz, and the rungs that 20 times allows', () => {
    for (const { leverageMax, feasible, equity, price } of trades) {
      expect(leverageMax).toBeGreaterThanOrEqual(5);
      expect(leverageMax).toBeLessThan(40);
      expect((4.5 * price) / equity).toBeCloseTo(leverageMax, 9);
      expect(feasible).toBe(Math.min(30, Math.floor((20 / leverageMax) * 30)));
    }
  });

  it('are liquidated exactly where the excursion reached 0.7 / L', () => {
    let liquidated = 0;
    for (const trade of trades) {
      for (let rung = 1; rung <= trade.feasible; rung++) {
        const reached = trade.mae >= 0.7 / ((trade.leverageMax * rung) / 30);
        expect(Boolean(trade.liquidated[rung - 1])).toBe(reached);
        liquidated += Number(reached);
      }
    }
    expect(liquidated).toBeGreaterThan(100);
  });

  it('keep their accounts when the span begins elsewhere', () => {
    const later = judgedTrades({ ...span, from: bars.time[127 + 300] as UtcSeconds });
    expect(later.length).toBeGreaterThan(100);
    expect(later).toEqual(trades.filter(({ entry }) => entry >= 427));
  });

  it('are refused where there are none', () => {
    const empty = { to: bars.time[100] as UtcSeconds };
    expect(() => judgeBy(real, empty)).toThrow('0 trades were found where at least 1 are needed.');
  });
});

describe('an evaluation', () => {
  it('gives a model that knows the future no loss, and no liquidation whatever the threshold', () => {
    const { groups } = judgeBy([clairvoyant]);
    const { scores, policies } = groups[0]!.models[0]!;
    expect(scores.logLoss).toBeLessThan(2 * CLIP);
    expect(scores).toMatchObject({ auc: 1, violations: 0 });
    for (const { realised, taken } of policies) {
      expect(realised).toBe(0);
      expect(taken).toBeGreaterThan(0);
    }
  });

  it('scores a model that always says the same as can be counted by hand', () => {
    const { groups } = judgeBy([fixed('always 20%', 0.2)]);
    const pairs = trades.reduce((sum, { feasible }) => sum + feasible, 0);
    const hits = trades.reduce(
      (sum, { liquidated }) => sum + liquidated.reduce((a, b) => a + b),
      0,
    );
    const rate = hits / pairs;
    const { scores } = groups[0]!.models[0]!;
    expect(scores.pairs).toBe(pairs);
    expect(scores.logLoss).toBeCloseTo(-rate * Math.log(0.2) - (1 - rate) * Math.log(0.8), 9);
    expect(scores.brier).toBeCloseTo(rate * 0.64 + (1 - rate) * 0.04, 9);
    expect(scores.ece).toBeCloseTo(Math.abs(rate - 0.2), 9);
    expect(scores.auc).toBe(0.5);
  });

  it('takes the largest size that is strictly under threshold times safety factor, else none', () => {
    const rows = (p: number) => judgeBy([fixed('fixed', p)]).groups[0]!.models[0]!.policies;
    const largest = trades.filter(({ liquidated, feasible }) => liquidated[feasible - 1]).length;
    for (const row of rows(0.06)) {
      const takes = 0.06 < row.threshold * row.safetyFactor;
      expect(row.taken).toBe(takes ? trades.length : 0);
      expect(row.stoodAside).toBe(takes ? 0 : trades.length);
      expect(row.meanShare).toBe(takes ? 1 : 0);
      if (takes) expect(row.realised).toBeCloseTo(largest / trades.length, 12);
      else expect(row).toMatchObject({ realised: NaN, meanReturn: 0, logGrowth: 0 });
    }
    expect(rows(0.06).map(({ threshold, safetyFactor }) => [threshold, safetyFactor])).toEqual([
      [0.05, 1],
      [0.05, 0.6],
      [0.1, 1],
      [0.1, 0.6],
      [0.2, 1],
      [0.2, 0.6],
    ]);
  });

  it('counts regret against the best in hindsight: none is lower than 0', () => {
    for (const { policies } of judgeBy(real).groups[0]!.models) {
      for (const { regret } of policies) expect(regret).toBeGreaterThan(0);
    }
    const aside = judgeBy([fixed('never', 1)]).groups[0]!.models[0]!.policies[0]!;
    const best = trades.reduce((sum, { bestReturn }) => sum + bestReturn, 0) / trades.length;
    expect(aside.regret).toBeCloseTo(best, 12);
  });

  it('shows longs, shorts and years apart', () => {
    const { groups } = judgeBy(real);
    expect(groups.map(({ name }) => name)).toEqual(['all', 'long', 'short', '2021']);
    expect(groups[1]!.trades + groups[2]!.trades).toBe(groups[0]!.trades);
  });

  it('compares every other model with the volatility rule on the same pairs', () => {
    const { groups, differences } = judgeBy(real);
    const lossOf = (name: string) =>
      groups[0]!.models.find((model) => model.name === name)!.scores.logLoss;
    expect(differences.map(({ model }) => model)).toEqual(['V3', 'constant', 'lookup']);
    for (const { model, difference, interval } of differences) {
      expect(difference).toBeCloseTo(lossOf(model) - lossOf('volatility rule'), 9);
      expect(interval!.low).toBeLessThanOrEqual(difference);
      expect(interval!.high).toBeGreaterThanOrEqual(difference);
    }
  });

  it('compares liquidations at the same mean size, a fixed share of capacity among them', () => {
    const { equalSize } = judgeBy(real);
    expect(equalSize.map(({ model }) => model)).toEqual([
      'V3',
      'constant',
      'volatility rule',
      'lookup',
      'fixed size',
    ]);
    for (const { meanShare } of equalSize) expect(meanShare).toBeCloseTo(0.7, 1);
  });

  it('does not look ahead: on a history cut short, the trades that remain have the same P', () => {
    const whole = judgeBy(real);
    const short = judgeBy(real, { bars: sliceBars(bars, 0, 900) });
    const same = short.trades.length;
    expect(same).toBeGreaterThan(400);
    expect(short.p).toEqual(whole.p.slice(0, same * 30));
    expect(short.trades).toEqual(whole.trades.slice(0, same));
  });

  it('reports progress up to the end', () => {
    const heard: [number, number][] = [];
    judgeBy(real, { onProgress: (done, total) => heard.push([done, total]) });
    expect(heard[0]).toEqual([0, trades.length]);
    expect(heard.at(-1)).toEqual([trades.length, trades.length]);
  });
});

describe('the file of predictions', () => {
  const lines = [...predictionLines(judgeBy(real))];

  it('has a line for each trade, with P of all 30 sizes', () => {
    const names = lines[0]!.split(',');
    expect(names.slice(0, 6)).toEqual([
      'entry_time',
      'direction',
      'leverage_max',
      'mae',
      'final_return',
      'p_01',
    ]);
    expect(names.at(-1)).toBe('p_30');
    expect(lines).toHaveLength(trades.length + 1);
    for (const line of lines) expect(line.split(',')).toHaveLength(35);
  });

  it('says when by the opening of the decision bar, in UTC, and never lets P fall', () => {
    const [time, direction, leverage, mae, final, ...risks] = lines[1]!.split(',');
    expect(time).toBe('2021-01-09T07:00:00Z');
    expect(direction).toBe('long');
    const { leverageMax, mae: excursion, final: move } = trades[0]!;
    expect([leverage, mae, final].map(Number)).toEqual([leverageMax, excursion, move]);
    const p = risks.map(Number);
    expect(p).toEqual(p.toSorted((a, b) => a - b));
    expect(new Set(p).size).toBeGreaterThan(5);
  });
});
