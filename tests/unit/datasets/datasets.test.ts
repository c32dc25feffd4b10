import { beforeAll, describe, expect, it } from 'vitest';
import { pathOf } from '../../../src-main/domain/bars.ts';
import { STUDY_RULES } from '../../../src-main/domain/broker.ts';
import { EXIT_RULES } from '../../../src-main/domain/exit-rule.ts';
import { prepareExits } from '../../../src-main/domain/exits.ts';
import { simulatePlainly } from '../../../src-main/domain/simulate-plain.ts';
import { excursion } from '../../../src-main/domain/simulate.ts';
import { ounces, SIZES } from '../../../src-main/domain/size.ts';
import { decodeColumns, emptyColumns } from '../../../src-main/datasets/columns.ts';
import { drawTrades } from '../../../src-main/datasets/draw-trades.ts';
import { generateDataset, type Dataset } from '../../../src-main/datasets/generate.ts';
import { readTrades } from '../../../src-main/datasets/read-trades.ts';
import { fingerprintOf } from '../../../src-main/synth/fingerprint.ts';
import { syntheticMarket } from '../../../src-main/synth/market.ts';
import { FULL_MIX, MIX_WITHOUT_SERIES } from '../../../src-main/synth/parameters.ts';
import type { ExitRule } from '../../../src-main/domain/exit-rule.ts';
import type { Money } from '../../../src-main/domain/units.ts';
import type { DatasetSpec } from '../../../src-main/datasets/spec.ts';
import { PARAMETERS } from '../synth/parameters.ts';

const bootstrapSource = syntheticMarket(
  { parameters: PARAMETERS, bootstrapSource: null },
  MIX_WITHOUT_SERIES,
).path(1, 1, 3_000);
const source = { parameters: PARAMETERS, bootstrapSource };
const SPEC: DatasetSpec = {
  name: 'test',
  seed: 5,
  trades: 1_003,
  exit: EXIT_RULES.cross,
  mix: FULL_MIX,
  pathBars: 1_400,
  tradesAPath: 8,
  leverage: { from: 5, to: 40 },
};
const generate = (changes: Partial<DatasetSpec> = {}, from = source) =>
  generateDataset({ ...SPEC, ...changes }, from, () => {}, new AbortController().signal);
const columnsOf = ({ columns, checksum }: Dataset) => decodeColumns(columns, checksum);

describe('a dataset of synthetic trades', () => {
  let dataset: Dataset;
  beforeAll(async () => {
    dataset = await generate();
  });

  it('has as many trades as asked for, at 38 bytes each, and counts its classes', () => {
    expect(dataset.trades).toBe(1_003);
    expect(dataset.columns).toHaveLength(1_003 * 38);
    const { small, mid, big } = dataset.classes;
    expect(small + mid + big).toBe(1_003);
    expect(Math.min(small, mid, big)).toBeGreaterThan(20);
  });

  it('is the same bit for bit for the same seed, and another for another', async () => {
    expect((await generate()).checksum).toBe(dataset.checksum);
    expect((await generate({ name: 'other' })).checksum).toBe(dataset.checksum);
    expect((await generate({ seed: 6 })).checksum).not.toBe(dataset.checksum);
  });

  it('is the union of its paths, whoever draws them and in whatever order', () => {
    const whole = columnsOf(dataset);
    const market = syntheticMarket(source, SPEC.mix);
    const parts = emptyColumns(SPEC.trades);
    const paths = Math.ceil(SPEC.trades / 8);
    for (let path = paths - 1; path >= 0; path--) drawTrades(market, SPEC, path, parts, path * 8);
    expect(parts).toEqual(whole);
  });

  it('draws both directions, entries after the warm-up, exits before the end of the path', () => {
    const { short, entry, exit, leverageMax } = columnsOf(dataset);
    const shorts = short.reduce((sum, x) => sum + x, 0);
    expect(Math.abs(shorts / 1_003 - 0.5)).toBeLessThan(0.06);
    expect(Math.min(...entry)).toBeGreaterThanOrEqual(256);
    expect(Math.max(...entry)).toBeLessThan(1_400 - 720);
    entry.forEach((at, i) => expect(exit[i]).toBeGreaterThan(at));
    expect(Math.max(...exit)).toBeLessThan(1_400);
    const logs = leverageMax.map((x) => Math.log(x / 5) / Math.log(8));
    expect(Math.min(...logs)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...logs)).toBeLessThanOrEqual(1);
    expect(logs.reduce((sum, x) => sum + x, 0) / logs.length).toBeCloseTo(0.5, 1);
  });

  it('gives each trade its candles again, and on them the same exit, mae, return and class', () => {
    const { sizeClass } = columnsOf(dataset);
    const reader = readTrades(dataset, source);
    expect(reader.count).toBe(1_003);
    let visited = 0;
    reader.forEach(({ bars, entry, exit, direction, mae, final, leverageMax, weight }, index) => {
      expect(index).toBe(visited++);
      expect(weight).toBe(1);
      expect(prepareExits(bars, SPEC.exit).exitOf(entry, direction, 0)).toBe(exit);
      expect(excursion(pathOf(bars, direction), entry, exit)).toEqual({ adverse: mae, final });
      const equity = ((4.5 * bars.close[entry]!) / leverageMax) as Money;
      const best = SIZES.map((size) => ({
        size,
        ...simulatePlainly(bars, { entry, exit, direction }, size, equity, STUDY_RULES),
      }))
        .filter(({ feasible }) => feasible)
        .reduce((a, b) => (b.return > a.return + 1e-12 ? b : a));
      const oz = ounces(best.size);
      expect(sizeClass[index]).toBe(oz <= 1.5 ? 0 : oz <= 3 ? 1 : 2);
    });
    expect(visited).toBe(1_003);
  });

  it('draws each path once and visits its trades one after the other', () => {
    const paths: number[] = [];
    const drawn = new Set<Float64Array>();
    readTrades(dataset, source).forEach(({ path, bars }) => {
      paths.push(path);
      drawn.add(bars.close);
    });
    expect(paths).toEqual(paths.toSorted((a, b) => a - b));
    expect(drawn.size).toBe(new Set(paths).size);
  });

  it.each(Object.values(EXIT_RULES))('holds to the exit rule $kind', async (exit: ExitRule) => {
    const made = await generate({ exit, trades: 200, pathBars: 1_600 });
    readTrades(made, source).forEach(({ bars, entry, exit: end, direction }) => {
      const exits = prepareExits(bars, exit);
      expect(exits.mayEnter(entry, direction)).toBe(true);
      expect(end - entry).toBeLessThanOrEqual(exit.cap);
    });
  });

  it('keeps what it was drawn from, as plain data', () => {
    expect(JSON.parse(JSON.stringify(dataset.origin))).toEqual(dataset.origin);
    expect(dataset.origin).toMatchObject({
      spec: SPEC,
      generatorVersion: 1,
      bootstrap: fingerprintOf(bootstrapSource),
    });
  });
});

describe('a dataset that cannot be', () => {
  it('is not read where other parameters or another series would draw other candles', async () => {
    const dataset = await generate({ trades: 16 });
    const { garch } = PARAMETERS;
    const other = { ...source, parameters: { ...PARAMETERS, garch: { ...garch, alpha: 0.04 } } };
    expect(() => readTrades(dataset, other)).toThrow(/other market parameters/);
    const elsewhere = { ...source, bootstrapSource: null };
    expect(() => readTrades(dataset, elsewhere)).toThrow(/another real series/);
    const newer = { ...dataset, origin: { ...dataset.origin, generatorVersion: 2 } };
    expect(() => readTrades(newer, source)).toThrow(/version 2 of the generators/);
  });

  it('is not read where a byte of it has changed', async () => {
    const dataset = await generate({ trades: 16 });
    const columns = dataset.columns.slice();
    columns[3]! ^= 1;
    expect(() => readTrades({ ...dataset, columns }, source)).toThrow(/checksum does not match/);
  });

  it('is not begun on paths too short for the exit rule', async () => {
    await expect(generate({ pathBars: 1_000 })).rejects.toThrow(/paths are too short/);
  });

  it('ends with the reason where the exit rule lets no trade begin', async () => {
    const never: ExitRule = { kind: 'rsi', period: 14, high: 0.1, low: 99.9, cap: 100 };
    await expect(generate({ exit: never })).rejects.toThrow(/lets no trade begin/);
  });

  it('is dropped once it is cancelled', async () => {
    const cancel = new AbortController();
    const reports: number[] = [];
    const made = generateDataset(
      { ...SPEC, trades: 8_000 },
      source,
      (done, total) => {
        expect(total).toBe(8_000);
        reports.push(done);
        cancel.abort();
      },
      cancel.signal,
    );
    await expect(made).rejects.toThrow(/cancelled/);
    expect(reports).toEqual([800]);
  });
});
