import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, cliJson } from '../../../support/cli.ts';

/** The bundled synthetic series stands in for a trader's file. */
const CANDLES = 'resources/demo/synthetic-gold-h1.csv';
const place = mkdtempSync(join(tmpdir(), 'size-picker-cli-'));
const data = ['--data', join(place, 'data')];

interface Ladder {
  size: number;
  feasible: boolean;
  pLiquidation: number | null;
  expectedReturn: number | null;
  liquidationPrice: number;
  leverage: number;
}
interface Recommendation {
  recommended: { size: number; pLiquidation: number; liquidationPrice: number } | null;
  reason: string | null;
  why: string;
  ladder: Ladder[];
  limit: number;
  price: number;
  asOf: string;
  model: { name: string; kind: string };
}
const recommend = (...words: string[]) => cliJson<Recommendation>('recommend', ...words, ...data);
const LONG = ['--series', 'DEMO_H1', '--equity', '500', '--direction', 'long'];

beforeAll(async () => {
  await cliJson('import', 'candles', CANDLES, '--symbol', 'DEMO', '--clock', 'utc', ...data);
});
afterAll(() => rmSync(place, { recursive: true }));

describe('importing on the command line', () => {
  it('lists the series in the words of the contract', async () => {
    expect(await cliJson('series', ...data)).toEqual([
      {
        name: 'DEMO_H1',
        symbol: 'DEMO',
        timeframe: 'H1',
        bars: 6000,
        from: '2022-12-30T02:00:00Z',
        to: '2023-12-29T21:00:00Z',
        clock: 'utc',
        synthetic: false,
      },
    ]);
  });

  it('changes nothing the second time', async () => {
    const again = ['import', 'candles', CANDLES, '--symbol', 'DEMO', '--clock', 'utc', ...data];
    expect(await cliJson(...again)).toMatchObject({ added: 0, alreadyStored: 6000 });
    expect(await cliJson('series', ...data)).toMatchObject([{ bars: 6000 }]);
  });

  it('stores nothing of a dry run', async () => {
    const other = ['--data', join(place, 'dry')];
    const words = ['import', 'candles', CANDLES, '--symbol', 'DEMO', '--clock', 'utc', '--dry-run'];
    expect(await cliJson(...words, ...other)).toMatchObject({
      bars: 6000,
      added: 0,
      stored: false,
    });
    expect(await cliJson('series', ...other)).toEqual([]);
  });

  it('refuses a bad file whole: exit code 1, the line, what to do, not one row', async () => {
    const lines = readFileSync(CANDLES, 'utf8').split('\n');
    const [time, open, , low, close] = lines[999]!.split(',');
    lines[999] = [time, open, '1.00', low, close, '0'].join();
    const bad = join(place, 'bad.csv');
    writeFileSync(bad, lines.join('\n'));
    const other = ['--data', join(place, 'bad')];
    const { code, stdout, stderr } = await cli(
      'import',
      'candles',
      bad,
      '--symbol',
      'BAD',
      ...other,
    );
    expect(code).toBe(1);
    expect(stdout).toContain('Line 1000: The high 1 is below the low');
    expect(stderr).toContain('Line 1000');
    expect(stderr).toContain('Not one bar was stored');
    expect(await cliJson('series', ...other)).toEqual([]);
  });
});

describe('the recommendation', () => {
  it('is the largest feasible size whose P is under threshold times safety factor', async () => {
    const told = await recommend(...LONG);
    expect(told.ladder).toHaveLength(30);
    expect(told.limit).toBeCloseTo(0.06, 12);
    const under = told.ladder.filter((rung) => rung.feasible && rung.pLiquidation! < told.limit);
    expect(told.recommended).toMatchObject({
      size: under.at(-1)!.size,
      pLiquidation: under.at(-1)!.pLiquidation,
    });
    expect(told.model.kind).toBe('v3');
    expect(told.asOf).toBe('2023-12-29T22:00:00Z');
    expect(told.why).toContain(told.recommended!.size.toFixed(2));
  });

  it('never lets P fall as the size rises, and prices liquidation by the rule', async () => {
    for (const [direction, sign] of [
      ['long', 1],
      ['short', -1],
    ] as const) {
      const { ladder, price } = await recommend(
        '--series',
        'DEMO_H1',
        '--equity',
        '500',
        '--direction',
        direction,
      );
      const p = ladder.filter((rung) => rung.feasible).map((rung) => rung.pLiquidation!);
      expect(p).toEqual(p.toSorted((a, b) => a - b));
      for (const { size, liquidationPrice, leverage, feasible } of ladder) {
        expect(liquidationPrice).toBeCloseTo(price - (sign * 350) / size, 8);
        expect(leverage).toBeCloseTo((size * price) / 500, 8);
        expect(feasible).toBe(leverage <= 20);
      }
    }
  });

  it('is a smaller size at a lower threshold, and never a larger one', async () => {
    const sizes: number[] = [];
    for (const threshold of ['0.25', '0.1', '0.02', '0.002']) {
      const { recommended } = await recommend(
        '--series',
        'DEMO_H1',
        '--direction',
        'long',
        '--equity',
        '450',
        '--threshold',
        threshold,
      );
      sizes.push(recommended?.size ?? 0);
    }
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(sizes[0]).toBeGreaterThan(sizes.at(-1)!);
  });

  it('stands aside, with the reason, where the margin carries no size', async () => {
    const told = await recommend('--series', 'DEMO_H1', '--equity', '4', '--direction', 'long');
    expect(told).toMatchObject({ recommended: null, reason: 'no-margin' });
    expect(told.why).toBe('Equity of $4 carries no position at 20×.');
  });

  it('knows nothing of bars after --at: the future cut off changes not a digit', async () => {
    const lines = readFileSync(CANDLES, 'utf8').split('\n');
    const cut = join(place, 'cut.csv');
    writeFileSync(cut, lines.slice(0, 4001).join('\n'));
    const fromFile = (file: string, ...words: string[]) =>
      recommend(
        '--candles',
        file,
        '--clock',
        'utc',
        '--equity',
        '500',
        '--direction',
        'short',
        ...words,
      );
    const whole = await fromFile(CANDLES, '--at', lines[4001]!.split(',')[0]!);
    const truncated = await fromFile(cut);
    expect(truncated.asOf).toBe(whole.asOf);
    expect(truncated.ladder).toEqual(whole.ladder);
    expect(truncated.price).toBe(whole.price);
  });

  it('says that it does not know where the history is too short', async () => {
    const lines = readFileSync(CANDLES, 'utf8').split('\n');
    const short = join(place, 'short.csv');
    writeFileSync(short, lines.slice(0, 97).join('\n'));
    const told = await recommend(
      '--candles',
      short,
      '--clock',
      'utc',
      '--equity',
      '500',
      '--direction',
      'long',
    );
    expect(told).toMatchObject({ recommended: null, reason: 'too-few-bars' });
    expect(told.why).toBe('The model needs 128 candles; 96 are loaded.');
    expect(told.ladder.every((rung) => rung.pLiquidation === null)).toBe(true);
  });

  it('reads the margin-level rule too: its liquidation price lies elsewhere', async () => {
    const told = await recommend(...LONG, '--stop-out', 'margin:0.50');
    for (const { size, liquidationPrice } of told.ladder) {
      const loss = 500 / size - (0.5 * told.price) / 20;
      expect(liquidationPrice).toBeCloseTo(told.price - loss, 8);
    }
  });
});
