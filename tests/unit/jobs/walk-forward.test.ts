import { describe, expect, it, onTestFinished } from 'vitest';
import { walkForward } from '../../../src-main/app/evaluation/walk-forward.ts';
import { presetConfig } from '../../../src-main/app/training/presets.ts';
import { openWorkspace } from '../../../src-main/app/folder/workspace.ts';
import { PATH_BARS, TRADES_A_PATH } from '../../../src-main/datasets/spec.ts';
import { firstOpeningFrom, sliceBars, type Bars } from '../../../src-main/domain/bars/bars.ts';
import { LEVERAGE_AT_LARGEST, STUDY_RULES } from '../../../src-main/domain/account/broker.ts';
import { EXIT_RULES } from '../../../src-main/domain/exits/exit-rule.ts';
import { modelBefore, type RefitOrder } from '../../../src-main/jobs/work/model-before.ts';
import { byYear } from '../../../src-main/models/ladder-model.ts';
import { FULL_MIX } from '../../../src-main/synth/parameters.ts';
import { dataFolder } from '../../support/data-folder.ts';
import { randomWalk } from '../models/fixtures.ts';
import type { WalkForwardPlan } from '../../../src-main/contract/evaluation.ts';
import type { Direction, Money, UsdPerOunce, UtcSeconds } from '../../../src-main/domain/units.ts';

const order: RefitOrder = {
  series: { name: 'walk', instrument: 'gold' },
  spec: {
    seed: 3,
    exit: EXIT_RULES.cross,
    mix: FULL_MIX,
    pathBars: PATH_BARS,
    tradesAPath: TRADES_A_PATH.natural,
    leverage: LEVERAGE_AT_LARGEST,
    brokerLeverage: STUDY_RULES.leverage,
  },
  trades: 2_000,
  config: { ...presetConfig('v3', 'standard'), epochs: 1, batch: 64 },
  threads: 1,
  madeAt: 0 as UtcSeconds,
};
/** From January 2021 into February 2022. */
const walk = randomWalk(9_500, 11);

/** The bars with all closes and highs from `at` on a little higher. */
function raised(bars: Bars, from: number, to: number): Bars {
  const higher = (column: Float64Array) =>
    column.map((price, i) => (i >= from && i < to ? price * 1.02 : price));
  return { ...bars, close: higher(bars.close), high: higher(bars.high) };
}

describe('the model of the bars before a moment', () => {
  const SPLIT = 3_100;
  const short = sliceBars(walk, 0, 3_400);
  const moment = walk.time[SPLIT] as UtcSeconds;
  const before = (bars: Bars) => modelBefore(bars, moment, order, () => {});

  it('is the same, fit, scaler and weights, whatever comes from the split on', async () => {
    const whole = await before(short);
    expect(whole.fittedTo).toBe(SPLIT);
    expect(await before(sliceBars(short, 0, SPLIT))).toEqual(whole);
    expect(await before(raised(short, SPLIT, 3_400))).toEqual(whole);
    // The last bar before it is known: the comparison above can fail.
    const other = await before(raised(short, SPLIT - 1, SPLIT));
    expect(other.model.weights).not.toBe(whole.model.weights);
  });
});

describe('models by year as one', () => {
  it('ask the one of the year in which the trade is entered', () => {
    const asked: number[] = [];
    const of = (year: number) =>
      [
        year,
        {
          name: String(year),
          kind: 'v3' as const,
          predict: () => {
            asked.push(year);
            return { p: null, meanReturn: null, pick: null };
          },
        },
      ] as const;
    const model = byYear('both', new Map([of(2021), of(2022)]));
    const split = firstOpeningFrom(walk, (Date.UTC(2022, 0) / 1000) as UtcSeconds);
    const account = { price: 1 as UsdPerOunce, equity: 1 as Money };
    const ask = (at: number) => model.predict(walk, at, 'long' as Direction, account);
    ask(split - 1);
    ask(split);
    expect(asked).toEqual([2021, 2022]);
    expect(model).toMatchObject({ name: 'both', kind: 'v3' });
  });
});

describe('a walk forward', () => {
  function walked() {
    const store = openWorkspace(dataFolder(), 'write');
    onTestFinished(() => store.close());
    const source = { name: 'walk', symbol: 'XAUUSD', timeframe: 'H1', clock: 'utc' } as const;
    const origin = { synthetic: false, sourceName: 'walk.csv', sourceSha256: '' };
    store.series.add({ ...source, ...origin }, walk);
    const plan: WalkForwardPlan = {
      ...{ series: 'walk', exit: 'cross', every: 5, seed: 1, trades: 2_000, fromYear: 2022 },
    };
    return { store, plan };
  }

  it('judges a year by the bars before it, and keeps nothing', async () => {
    const { store, plan } = walked();
    const heard: number[] = [];
    const { years, evaluation } = await walkForward(store, plan, {
      onProgress: (done) => heard.push(done),
    });
    const fittedTo = walk.time.filter((time) => time < Date.UTC(2022, 0) / 1000).length;
    expect(years).toMatchObject([{ year: 2022, fittedTo, trades: 2_000 }]);
    expect(evaluation.from).toBeGreaterThanOrEqual(Date.UTC(2022, 0) / 1000);
    expect(evaluation.groups.map(({ name }) => name)).toEqual(['all', 'long', 'short', '2022']);
    expect(evaluation.groups[0]!.models.map(({ name }) => name)).toEqual([
      'V3 refitted each year',
      ...['constant', 'volatility rule', 'lookup', 'fixed size'],
    ]);
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
    expect(heard.at(-1)).toBe(1_000);
    expect(store.models.list()).toHaveLength(1);
    expect(store.jobs.list()).toEqual([]);
  });

  it('is refused where no year is left, or has nothing before it', async () => {
    const { store, plan } = walked();
    for (const fromYear of [2021, 2023, null]) {
      await expect(walkForward(store, { ...plan, fromYear }, {})).rejects.toThrow(
        'no year is left to judge',
      );
    }
    await expect(walkForward(store, { ...plan, series: 'nowhere' }, {})).rejects.toThrow(
      'no series',
    );
  });
});
