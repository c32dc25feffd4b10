import { describe, expect, it } from 'vitest';
import { evaluation as evaluationSchema } from '../../../src-main/contract/evaluation.ts';
import { sliceBars } from '../../../src-main/domain/bars/bars.ts';
import { limitOf } from '../../../src-main/domain/risk/decision.ts';
import { exitRuleText } from '../../../src-main/domain/exits/exit-rule.ts';
import { CLIP } from '../../../src-main/domain/stats/metrics.ts';
import { SIZE_COUNT, SIZES } from '../../../src-main/domain/size.ts';
import { unbiased } from '../../../src-main/domain/risk/risk-curve.ts';
import { evaluate, type Trial } from '../../../src-main/models/evaluation/evaluate.ts';
import { oneAtATime } from '../../../src-main/models/evaluation/equity-curves.ts';
import { judgedTrades, MOST_TRADES } from '../../../src-main/models/evaluation/judged-trades.ts';
import { predictionLines } from '../../../src-main/models/evaluation/predictions.ts';
import { simpleRules } from '../../../src-main/models/evaluation/simple-rules.ts';
import { openLadderModel } from '../../../src-main/models/kinds.ts';
import { randomWalk, SHORT_CROSS, untrained, untrainedV1, untrainedV2 } from './fixtures.ts';
import type { JudgedModel, PolicyResult } from '../../../src-main/contract/evaluation.ts';
import type { Bars } from '../../../src-main/domain/bars/bars.ts';
import type { Fraction, SizeIndex, UtcSeconds } from '../../../src-main/domain/units.ts';
import type { LadderModel, LadderPrediction } from '../../../src-main/models/ladder-model.ts';

/** Seven months, wild enough that many sizes are liquidated. */
const bars = randomWalk(4_600, 4, 0.012);
const plan: Trial['plan'] = {
  series: 'random walk',
  exit: 'cross',
  from: bars.time[0] as UtcSeconds,
  to: (bars.time.at(-1)! + 1) as UtcSeconds,
  every: 3,
  seed: 1,
  models: ['first'],
};
const { from, to, every, seed } = plan;
const span = { bars, exitRule: SHORT_CROSS, from, to, every, seed };
const trades = judgedTrades(span);

const silent: LadderPrediction = { p: null, meanReturn: null, pick: null };
const always = (kind: LadderModel['kind'], name: string, opinion: Partial<LadderPrediction>) => ({
  name,
  kind,
  predict: () => ({ ...silent, ...opinion }),
});
const saying = (p: number, kind: LadderModel['kind'] = 'v3') =>
  always(kind, `always ${p}`, { p: new Float64Array(SIZE_COUNT).fill(p) });
/** Knows what every size of a trade will come to. */
const clairvoyant: LadderModel = {
  name: 'clairvoyant',
  kind: 'v3',
  predict: (_bars, at, direction) => {
    const trade = trades.find((one) => one.entry === at && one.direction === direction)!;
    const p = Float64Array.from(trade.liquidated).fill(1, trade.feasible);
    return { ...silent, p };
  },
};
const rules = simpleRules(untrained(3));
const three = [untrained(3), untrainedV2(4), untrainedV1(5)].map(openLadderModel);
const real = [...three, ...rules];
const judgeBy = (models: readonly LadderModel[], more: Partial<Trial['plan']> = {}, on = bars) =>
  evaluate({
    plan: { ...plan, ...more },
    bars: on,
    exitRule: SHORT_CROSS,
    modelExit: exitRuleText(SHORT_CROSS),
    models,
  });
/** The first model on all trades. */
const firstOf = (models: readonly LadderModel[]): JudgedModel =>
  judgeBy(models).evaluation.groups[0]!.models[0]!;
const kindsOfRows = (rows: readonly PolicyResult[]) =>
  rows.map(({ policy, threshold, safetyFactor, corrected }) =>
    [policy, threshold, safetyFactor, ...(corrected ? ['corrected'] : [])].join(' '),
  );

describe('the trades that a span is judged on', () => {
  it('are a long and a short every third bar, from the first with a window to the cap before the end', () => {
    const entries = trades
      .filter(({ direction }) => direction === 'long')
      .map(({ entry }) => entry);
    expect(entries[0]).toBe(127);
    expect(entries.every((entry) => (entry - 127) % 3 === 0)).toBe(true);
    expect(entries.at(-1)! + SHORT_CROSS.cap).toBeLessThan(bars.close.length);
    expect(entries.at(-1)! + 3 + SHORT_CROSS.cap).toBeGreaterThanOrEqual(bars.close.length);
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

  it('are liquidated exactly where the excursion reached 0.7 / L, and closed there', () => {
    let liquidated = 0;
    for (const trade of trades) {
      for (let rung = 1; rung <= trade.feasible; rung++) {
        const reached = trade.mae >= 0.7 / ((trade.leverageMax * rung) / 30);
        expect(Boolean(trade.liquidated[rung - 1])).toBe(reached);
        liquidated += Number(reached);
        const close = trade.closes[rung - 1]!;
        expect(close).toBeGreaterThan(trade.entry);
        if (reached) expect(close).toBeLessThanOrEqual(trade.exit);
        else expect(close).toBe(trade.exit);
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
    const until = { to: bars.time[100] as UtcSeconds };
    expect(() => judgeBy(real, until)).toThrow('0 trades were found where at least 1 are needed.');
  });

  it('are refused where they are so many that memory would not hold them', () => {
    const long = randomWalk(MOST_TRADES / 2 + 400, 1);
    const all = { ...plan, every: 1, to: Infinity as UtcSeconds };
    expect(() => judgedTrades({ ...span, ...all, bars: long })).toThrow('more than 200000 trades');
  });
});

describe('an evaluation', () => {
  const whole = judgeBy(real).evaluation;
  const names = whole.groups[0]!.models.map(({ name }) => name);

  it('is what the contract says, to the last number, and the same again', () => {
    expect(evaluationSchema.parse(JSON.parse(JSON.stringify(whole)))).toEqual(whole);
    expect(judgeBy(real).evaluation).toEqual(whole);
  });

  it('gives a model that knows the future no loss, and no liquidation whatever the threshold', () => {
    const { scores, policies, realised } = firstOf([clairvoyant]);
    expect(scores!.logLoss).toBeLessThan(2 * CLIP);
    expect(scores).toMatchObject({ auc: 1, violations: 0 });
    for (const row of policies) {
      expect(row.realised).toBe(0);
      expect(row.taken).toBeGreaterThan(0);
    }
    expect(realised.map(({ threshold }) => threshold)).toEqual(
      Array.from({ length: 25 }, (_, i) => (i + 1) / 100),
    );
    for (const row of realised) expect(row).toMatchObject({ raw: 0, withFactor: 0 });
  });

  it('scores a model that always says the same as can be counted by hand', () => {
    const pairs = trades.reduce((sum, { feasible }) => sum + feasible, 0);
    const hits = trades.reduce(
      (sum, { liquidated }) => sum + liquidated.reduce((a, b) => a + b),
      0,
    );
    const rate = hits / pairs;
    const { scores, reliability } = firstOf([saying(0.2)]);
    expect(scores!.pairs).toBe(pairs);
    expect(scores!.logLoss).toBeCloseTo(-rate * Math.log(0.2) - (1 - rate) * Math.log(0.8), 9);
    expect(scores!.brier).toBeCloseTo(rate * 0.64 + (1 - rate) * 0.04, 9);
    expect(scores!.ece).toBeCloseTo(Math.abs(rate - 0.2), 9);
    expect(scores!.auc).toBe(0.5);
    expect(reliability).toHaveLength(1);
    const [{ count, frequency, interval }] = reliability as [(typeof reliability)[number]];
    expect([count, frequency]).toEqual([pairs, rate]);
    expect(interval!.low).toBeLessThan(rate);
    expect(interval!.high).toBeGreaterThan(rate);
  });

  it('judges V3 and rules by threshold with and without the safety factor, V2 by its own margin, V1 by its pick', () => {
    const [v3, v2, v1, constant, , , fixed] = whole.groups[0]!.models;
    expect(kindsOfRows(v3!.policies).slice(0, 4)).toEqual([
      'largest-safe 0.05 1',
      'largest-safe 0.05 0.6',
      'largest-safe 0.05 0.6 corrected',
      'best-return 0.05 0.6',
    ]);
    expect(v3!.policies).toHaveLength(12);
    expect(kindsOfRows(v2!.policies)).toEqual([
      'largest-safe 0.05 1',
      'best-return 0.05 1',
      'largest-safe 0.1 1',
      'best-return 0.1 1',
      'largest-safe 0.2 1',
      'best-return 0.2 1',
    ]);
    expect(kindsOfRows(v1!.policies)).toEqual(['most-likely  1']);
    expect(v1!.policies[0]!.threshold).toBeNull();
    expect([v1!.scores, v1!.reliability, v1!.realised]).toEqual([null, [], []]);
    expect(constant!.policies).toHaveLength(6);
    expect(kindsOfRows(fixed!.policies)).toEqual(['fixed  1']);
    expect(fixed!.policies[0]!.meanShare).toBeCloseTo(0.7, 1);
  });

  it('takes the largest size that is strictly under threshold times safety factor, else none', () => {
    const largest = trades.filter(({ liquidated, feasible }) => liquidated[feasible - 1]).length;
    for (const row of firstOf([saying(0.06)]).policies.filter(({ corrected }) => !corrected)) {
      const takes = 0.06 < row.threshold! * row.safetyFactor;
      expect(row.taken).toBe(takes ? trades.length : 0);
      expect(row.stoodAside).toBe(takes ? 0 : trades.length);
      expect(row.meanShare).toBe(takes ? 1 : 0);
      if (takes) expect(row.realised).toBeCloseTo(largest / trades.length, 12);
      else expect(row).toMatchObject({ realised: null, realisedInterval: null, meanReturn: 0 });
    }
  });

  it('holds V2 to the threshold of its penalised P, which is t / (5 - 4t) of the unbiased one', () => {
    expect(limitOf({ threshold: 0.1 as Fraction, safetyFactor: 0.6 as Fraction }, 'v2')).toBe(
      unbiased(0.1),
    );
    const takenAt = (p: number) =>
      firstOf([saying(p, 'v2')]).policies.map(({ threshold, taken }) => [threshold, taken > 0]);
    expect(takenAt(0.0218)).toEqual([
      [0.05, false],
      [0.1, false],
      [0.2, true],
    ]);
    expect(takenAt(0.0217)).toEqual([
      [0.05, false],
      [0.1, true],
      [0.2, true],
    ]);
  });

  it('cuts what V1 picks at capacity', () => {
    const { policies } = firstOf([always('v1', 'greedy', { pick: SIZE_COUNT as SizeIndex })]);
    expect(policies[0]).toMatchObject({ taken: trades.length, meanShare: 1 });
  });

  it('lowers the limit after liquidations, so that corrected sizes are never larger', () => {
    const rows = firstOf([saying(0.05)]).policies.filter(({ threshold }) => threshold === 0.1);
    const [plain, corrected] = [false, true].map((wanted) =>
      rows.find((row) => row.corrected === wanted && row.safetyFactor === 0.6)!,
    );
    // 5% is under the limit of 6% until the first trade is liquidated, then over it for a while.
    expect(plain!.taken).toBe(trades.length);
    expect(corrected!.taken).toBeLessThan(trades.length);
    expect(corrected!.taken).toBeGreaterThan(0);
    expect(whole.groups[0]!.models[0]!.policies.some((row) => row.corrected)).toBe(true);
  });

  it('counts regret against the best in hindsight: none is lower than 0, and every trade is in a group', () => {
    for (const { policies, regretShares } of whole.groups[0]!.models) {
      for (const { regret } of policies) expect(regret).toBeGreaterThan(0);
      expect(regretShares.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
      expect(regretShares).toHaveLength(whole.regretEdges.length);
    }
    const aside = firstOf([saying(1)]).policies[0]!;
    const best = trades.reduce((sum, { bestReturn }) => sum + bestReturn, 0) / trades.length;
    expect(aside.regret).toBeCloseTo(best, 12);
  });

  it('shows longs, shorts and years apart', () => {
    const [all, long, short, year] = whole.groups;
    expect(whole.groups.map(({ name }) => name)).toEqual(['all', 'long', 'short', '2021']);
    expect(long!.trades + short!.trades).toBe(all!.trades);
    expect([all!.months, year!.months]).toEqual([7, 7]);
    const pairs = (group: typeof all) => group!.models[0]!.scores!.pairs;
    expect(pairs(long) + pairs(short)).toBe(pairs(all));
    expect(pairs(year)).toBe(pairs(all));
  });

  it('compares every other model with the volatility rule on the same pairs', () => {
    const lossOf = (name: string) =>
      whole.groups[0]!.models.find((model) => model.name === name)!.scores!.logLoss;
    const rows = whole.differences.filter(({ against }) => against === 'volatility rule');
    const losses = rows.filter(({ measure }) => measure === 'logLoss');
    expect(losses.map(({ model }) => model)).toEqual([names[0], names[1], 'constant', 'lookup']);
    expect(whole.differences.slice(0, losses.length)).toEqual(losses);
    for (const { model, difference, interval } of losses) {
      expect(difference).toBeCloseTo(lossOf(model) - lossOf('volatility rule'), 9);
      expect(interval!.low).toBeLessThanOrEqual(difference);
      expect(interval!.high).toBeGreaterThanOrEqual(difference);
    }
  });

  it('compares the first model with each other one, no pair twice', () => {
    const p = Float64Array.from(SIZES, (size) => size / 100);
    const { groups, differences } = judgeBy([
      always('v3', 'cautious', { p }),
      three[2]!,
      ...rules,
    ]).evaluation;
    const of = (against: string) =>
      differences.filter((row) => row.model === 'cautious' && row.against === against);
    const measures = (against: string) => of(against).map(({ measure }) => measure);
    const all = ['logLoss', 'realised', 'meanReturn', 'regret'];
    expect(measures('constant')).toEqual(all);
    // In so wild a market it takes longs alone that no price above zero liquidates, as the desk would.
    expect(measures('volatility rule')).toEqual(all);
    expect(measures(three[2]!.name)).toEqual(all.slice(1));
    expect(measures('fixed size')).toEqual(all.slice(1));
    const deskRow = (name: string) =>
      groups[0]!.models
        .find((model) => model.name === name)!
        .policies.find((row) => row.threshold === 0.1 && row.safetyFactor === 0.6)!;
    const [cautious, constant] = [deskRow('cautious'), deskRow('constant')];
    const [, realised, meanReturn, regret] = of('constant').map(({ difference }) => difference);
    expect(realised).toBeCloseTo(cautious.realised! - constant.realised!, 12);
    expect(meanReturn).toBeCloseTo(cautious.meanReturn - constant.meanReturn, 12);
    expect(regret).toBeCloseTo(cautious.regret - constant.regret, 12);
  });

  it('leaves intervals out where a single month holds all trades', () => {
    const end = bars.time.findIndex((time) => time >= Date.UTC(2021, 1) / 1000);
    const { groups, differences } = judgeBy(real, { to: bars.time[end] as UtcSeconds }).evaluation;
    expect(groups[0]!.months).toBe(1);
    expect(differences.every(({ interval }) => interval === null)).toBe(true);
    const rows = groups[0]!.models.flatMap(({ policies }) => policies);
    expect(rows.every(({ realisedInterval }) => realisedInterval === null)).toBe(true);
  });

  it('compares all at the same mean size, each at a threshold of its own', () => {
    expect(whole.equalSize.map(({ model }) => model)).toEqual(names);
    for (const row of whole.equalSize) {
      // A model that nobody trained says nearly the same of all sizes: there is no fine threshold.
      if (row.model !== names[1]) expect(row.meanShare).toBeCloseTo(0.7, 1);
    }
    expect(whole.equalSize.map(({ threshold }) => threshold === null)).toEqual([
      ...[false, false, true],
      ...[false, false, false, true],
    ]);
  });

  it('holds one trade at a time, by turns long and short, and adds up what each brought', () => {
    const rows = oneAtATime(trades);
    rows.forEach((row, i) => {
      expect(trades[row]!.direction).toBe(i % 2 ? 'short' : 'long');
      if (i > 0) expect(trades[row]!.entry).toBeGreaterThanOrEqual(trades[rows[i - 1]!]!.exit);
    });
    expect(rows.length).toBeGreaterThan(10);
    const { times, curves } = whole.equityCurves;
    expect(times).toEqual(rows.map((row) => bars.time[trades[row]!.exit]));
    expect(curves).toHaveLength(3 * names.length);
    const { returns } = judgeBy([saying(0)]).evaluation.equityCurves.curves[0]!;
    let sum = 0;
    rows.forEach((row, i) => {
      sum += trades[row]!.returns[trades[row]!.feasible - 1]!;
      expect(returns[i]).toBeCloseTo(sum, 12);
    });
  });

  it('reports progress in trades up to the end', () => {
    const heard: [number, number][] = [];
    const trial = { plan, bars, exitRule: SHORT_CROSS, modelExit: '', models: real };
    evaluate(trial, (done, total) => heard.push([done, total]));
    expect(heard[0]).toEqual([0, trades.length]);
    expect(heard.at(-1)).toEqual([trades.length, trades.length]);
    expect(heard.map(([done]) => done)).toEqual(heard.map(([done]) => done).sort((a, b) => a - b));
  });
});

describe('no model looks ahead', () => {
  const cut = (at: number): Bars => sliceBars(bars, 0, at + 1);

  it.each(real.map((model) => [model.name, model] as const))(
    '%s has the same opinion, bit for bit, where the bars end with the decision bar',
    (_name, model) => {
      for (const row of [0, 101, 222, 333, trades.length - 1]) {
        const { entry, direction, price, equity } = trades[row]!;
        const opinionOn = (on: Bars) =>
          structuredClone(model.predict(on, entry, direction, { price, equity }));
        const opinion = opinionOn(bars);
        expect(opinionOn(cut(entry))).toEqual(opinion);
        expect(opinion.p ?? opinion.pick).not.toBeNull();
      }
    },
  );

  it('and on a history cut short the trades that remain, and their P, are the same', () => {
    const whole = judgeBy(real);
    const short = judgeBy(real, {}, sliceBars(bars, 0, 900));
    const same = short.trades.length;
    expect(same).toBeGreaterThan(400);
    expect(short.p).toEqual(whole.p!.slice(0, same * SIZE_COUNT));
    expect(short.trades).toEqual(whole.trades.slice(0, same));
  });
});

describe('the file of predictions', () => {
  const { p } = judgeBy(real);
  const lines = [...predictionLines(trades, p!)];

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
    const told = risks.map(Number);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(new Set(told).size).toBeGreaterThan(5);
  });
});
