import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CodedError } from '../../../src-main/contract/errors.ts';
import { sliceBars, type Bars } from '../../../src-main/domain/bars/bars.ts';
import type { BarsSource } from '../../../src-main/store/series.ts';
import { openStore } from '../../../src-main/store/store.ts';
import { at, barsAt } from '../../support/candle-files.ts';
import { dataFolder } from '../../support/data-folder.ts';

const GOLD: BarsSource = {
  name: 'gold',
  symbol: 'XAUUSD',
  timeframe: 'H1',
  clock: 'new-york-close',
  synthetic: false,
  sourceName: 'gold.csv',
  sourceSha256: 'ab'.repeat(32),
};

/** Longer than two blocks of the store, and not a whole number of them. */
const BARS = barsAt(Array.from({ length: 9_000 }, (_, i) => at('2020-01-01 00:00:00') + i * 3600));

function open(folder = dataFolder()) {
  const store = openStore(folder);
  onTestFinished(() => store.close());
  return store;
}

function faultOf(work: () => unknown): CodedError {
  try {
    work();
  } catch (error) {
    return error as CodedError;
  }
  throw new Error('nothing was thrown');
}

const pick = (bars: Bars, indices: readonly number[]): Bars =>
  barsAt(indices.map((i) => bars.time[i]!));

describe('a series', () => {
  it('comes back as it was added, also after reopening', () => {
    const folder = dataFolder();
    const first = openStore(folder);
    const { series, added } = first.series.add(GOLD, BARS);
    first.close();
    expect(added).toBe(9_000);
    expect(series).toEqual({
      name: 'gold',
      symbol: 'XAUUSD',
      timeframe: 'H1',
      clock: 'new-york-close',
      synthetic: false,
      bars: 9_000,
      from: BARS.time[0],
      to: BARS.time[8_999],
    });
    const again = open(folder);
    expect(again.series.list()).toEqual([series]);
    expect(again.series.bars('gold')).toEqual(BARS);
  });

  it.each([
    [0, 1],
    [4_095, 2],
    [100, 8_000],
    [8_990, 100],
    [9_000, 10],
    [20_000, 5],
    [0, 20_000],
  ])('is read in pieces: from %i, %i bars', (first, count) => {
    const store = open();
    store.series.add(GOLD, BARS);
    expect(store.series.slice('gold', first, count)).toEqual(
      // A copy, because a view of typed arrays compares with its whole buffer.
      sliceBars(barsAt([...BARS.time.slice(first, first + count)]), 0, count),
    );
  });

  it('is listed oldest import first, also after it grew', () => {
    const store = open();
    store.series.add({ ...GOLD, name: 'z' }, sliceBars(BARS, 0, 10));
    store.series.add({ ...GOLD, name: 'a' }, sliceBars(BARS, 0, 10));
    store.series.add({ ...GOLD, name: 'z' }, sliceBars(BARS, 0, 20));
    expect(store.series.list().map(({ name, bars }) => [name, bars])).toEqual([
      ['z', 20],
      ['a', 10],
    ]);
  });

  it('that is not there is a coded error', () => {
    const store = open();
    expect(faultOf(() => store.series.bars('gold')).code).toBe('no-series');
    expect(faultOf(() => store.series.slice('gold', 0, 1)).code).toBe('no-series');
  });
});

describe('importing again', () => {
  it('the same bars changes nothing', () => {
    const store = open();
    const before = store.series.add(GOLD, BARS);
    expect(store.series.alreadyStored(GOLD, BARS)).toBe(9_000);
    expect(store.series.add(GOLD, BARS)).toEqual({ series: before.series, added: 0 });
    expect(store.series.bars('gold')).toEqual(BARS);
  });

  it('a longer file adds what is new at either end', () => {
    const store = open();
    store.series.add(GOLD, sliceBars(BARS, 3_000, 8_000));
    expect(store.series.alreadyStored(GOLD, sliceBars(BARS, 7_000, 9_000))).toBe(1_000);
    expect(store.series.add(GOLD, sliceBars(BARS, 7_000, 9_000)).added).toBe(1_000);
    expect(store.series.add(GOLD, sliceBars(BARS, 0, 4_000)).added).toBe(3_000);
    expect(store.series.bars('gold')).toEqual(BARS);
  });

  it('any pieces in any order equals one import', () => {
    // Few bars a piece, but on the edges of blocks as well as inside them.
    const indices = fc.oneof(
      fc.integer({ min: 0, max: 8_999 }),
      fc.constantFrom(0, 4_095, 4_096, 8_191, 8_192, 8_999),
    );
    const run = fc
      .tuple(indices, fc.integer({ min: 1, max: 6_000 }))
      .map(([from, count]) =>
        Array.from({ length: Math.min(count, 9_000 - from) }, (_, i) => from + i),
      );
    const scattered = fc
      .uniqueArray(indices, { minLength: 1, maxLength: 30 })
      .map((picked) => picked.toSorted((a, b) => a - b));
    const folder = dataFolder();
    const store = open(folder);
    let n = 0;
    fc.assert(
      fc.property(fc.array(fc.oneof(run, scattered), { minLength: 1, maxLength: 5 }), (pieces) => {
        n += 1;
        const once = { ...GOLD, name: `once ${n}` };
        const inPieces = { ...GOLD, name: `in pieces ${n}` };
        const all = [...new Set(pieces.flat())].toSorted((a, b) => a - b);
        const whole = store.series.add(once, pick(BARS, all)).series;
        let added = 0;
        for (const piece of pieces) added += store.series.add(inPieces, pick(BARS, piece)).added;
        expect(added).toBe(all.length);
        expect(store.series.bars(inPieces.name)).toEqual(store.series.bars(once.name));
        const { bars, from, to } = store.series.list().find(({ name }) => name === inPieces.name)!;
        expect({ bars, from, to }).toEqual({ bars: whole.bars, from: whole.from, to: whole.to });
      }),
      { numRuns: 40 },
    );
  });

  it('a bar with other values is refused, naming the time and both', () => {
    const store = open();
    store.series.add(GOLD, sliceBars(BARS, 0, 5_000));
    const other = barsAt([...BARS.time.slice(4_990, 5_100)]);
    other.close[3]! += 0.01;
    for (const work of [store.series.add, store.series.alreadyStored]) {
      const fault = faultOf(() => work(GOLD, other));
      expect(fault.code).toBe('bars-differ');
      expect(fault.details).toEqual({
        time: '2020-07-27T01:00:00Z',
        stored: expect.stringContaining(`C ${BARS.close[4_993]} V`),
        found: expect.stringContaining(`C ${other.close[3]} V`),
      });
    }
    expect(store.series.bars('gold')).toEqual(barsAt([...BARS.time.slice(0, 5_000)]));
  });

  it('a bar that was still forming gives way to the same bar grown, if it is the newest', () => {
    const store = open();
    const early = barsAt([...BARS.time.slice(0, 100)]);
    early.high[99]! = early.open[99]! + 0.01;
    early.low[99]! = early.open[99]! - 0.01;
    early.close[99]! = early.open[99]!;
    early.volume[99]! = 1;
    const later = barsAt([...BARS.time.slice(0, 110)]);
    later.high[99]! = early.high[99]! + 2;
    later.low[99]! = early.low[99]! - 2;
    later.volume[99]! = 50;
    later.open[99]! = early.open[99]!;
    store.series.add(GOLD, early);
    expect(store.series.alreadyStored(GOLD, later)).toBe(99);
    expect(store.series.add(GOLD, later)).toMatchObject({ added: 11, series: { bars: 110 } });
    expect(store.series.bars('gold')).toEqual(later);
    // The way back would be another history.
    expect(faultOf(() => store.series.add(GOLD, early)).code).toBe('bars-differ');
  });

  it.each([
    ['symbol', { symbol: 'XAGUSD' }],
    ['timeframe', { timeframe: 'H4' }],
    ['clock', { clock: 'utc' }],
    ['kind', { synthetic: true }],
  ] as const)('under a taken name with another %s is refused', (_, other) => {
    const store = open();
    store.series.add(GOLD, sliceBars(BARS, 0, 100));
    const fault = faultOf(() => store.series.add({ ...GOLD, ...other }, sliceBars(BARS, 100, 200)));
    expect(fault.code).toBe('name-taken');
    expect(fault.message).toContain('XAUUSD H1');
    expect(store.series.list()[0]!.bars).toBe(100);
  });

  it('no bars at all is refused', () => {
    const fault = faultOf(() => open().series.add(GOLD, barsAt([])));
    expect(fault.code).toBe('bad-argument');
  });
});
