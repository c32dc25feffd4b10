import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MarketFacts } from '../../../../src-main/contract/datasets.ts';
import { cli, cliJson } from '../../../support/cli.ts';
import { describeShared, sharedFile } from '../../../support/shared.ts';

const place = mkdtempSync(join(tmpdir(), 'size-picker-facts-'));
afterAll(() => rmSync(place, { recursive: true }));

describe('facts on the command line', () => {
  const data = ['--data', join(place, 'demo')];
  beforeAll(async () => {
    const file = 'resources/demo/synthetic-gold-h1.csv';
    await cliJson('import', 'candles', file, '--symbol', 'DEMO', '--clock', 'utc', ...data);
  });

  it('stand in a table, a column for each market and a row for each leverage', async () => {
    const { code, stdout } = await cli('facts', '--series', 'DEMO_H1', '--exit', 'hold', ...data);
    expect(code).toBe(0);
    const lines = stdout.split('\n');
    expect(lines[0]!.trim().split(/\s{2,}/)).toEqual([
      'DEMO_H1',
      'GARCH',
      'Stochastic volatility',
      'Mix',
    ]);
    expect(lines[1]).toMatch(/^Kurtosis +\d+\.\d \[\d+\.\d, \d+\.\d\]/);
    expect(stdout).toMatch(/Trades liquidated %, exit hold 24 to 720 bars/);
    expect(lines.filter((line) => /^At \d+x/.test(line))).toHaveLength(7);
    expect(stdout).toMatch(/^At 20x +\d+\.\d [█░]{10}/m);
  });

  it('are told for own holding times', async () => {
    const { stdout } = await cli('facts', '--exit', 'own:41:3,8,8,90', ...data);
    expect(stdout).toMatch(/Trades liquidated %, exit own 3 to 90 bars, from 41 trades/);
    const falling = await cli('facts', '--exit', 'own:41:90,8', ...data);
    expect(falling.code).toBe(2);
  });

  it('say where the bars that the market was fitted to are not stored', async () => {
    const { stdout } = await cli('facts', ...data);
    expect(stdout).toMatch(/XAUUSD_H1 is not stored here: these are its facts as a whole/);
    expect(stdout).toMatch(/^At 20x +— /m);
  });

  it('are told of a market as it is fitted', async () => {
    const name = ['--name', 'demo market'];
    const { facts } = await cliJson<{ facts: MarketFacts[] }>(
      ...['fit', '--series', 'DEMO_H1', ...name, ...data],
    );
    expect(facts.map((market) => market.name)).toContain('Bootstrap');
    const again = await cliJson<MarketFacts[]>('facts', '--market', 'demo market', ...data);
    expect(again).toEqual(facts);
  });

  it('wrong words end with 2 or 1 and say what is wrong', async () => {
    const rule = await cli('facts', '--exit', 'never', ...data);
    expect(rule.code).toBe(2);
    expect(rule.stderr).toMatch(/--exit must be cross or .*, or own:TRADES:BARS,… .*, not "never"/);
    const series = await cli('facts', '--series', 'NOWHERE', ...data);
    expect(series.code).toBe(1);
    expect(series.stderr).toMatch(/no series named "NOWHERE"/);
  });
});

describeShared('facts of real gold', () => {
  const data = ['--data', join(place, 'gold')];

  it('lie where its generators put them', async () => {
    const file = sharedFile('data/XAUUSD_H1.csv');
    await cliJson('import', 'candles', file, '--symbol', 'XAUUSD', ...data);
    const [gold, ...generators] = await cliJson<MarketFacts[]>('facts', ...data);
    expect(gold).toMatchObject({ name: 'XAUUSD_H1', real: true, bars: 28_330 });
    expect(gold!.trades).toBeGreaterThan(9_000);
    expect(generators.map(({ name }) => name)).toEqual([
      'GARCH',
      'Stochastic volatility',
      'Bootstrap',
      'Mix',
    ]);
    const at = (market: MarketFacts, leverage: number) =>
      market.liquidated.find((row) => row.leverage === leverage)!.share;
    expect(at(gold!, 20)).toBeGreaterThan(0.04);
    expect(at(gold!, 20)).toBeLessThan(0.08);
    for (const { pieces, name, ...market } of generators) {
      const inside = (value: number, read: (facts: typeof gold & object) => number) => {
        expect(value, name).toBeGreaterThan(read(pieces!.low as MarketFacts));
        expect(value, name).toBeLessThan(read(pieces!.high as MarketFacts));
      };
      inside(gold!.kurtosis, (facts) => facts.kurtosis);
      inside(gold!.volatility, (facts) => facts.volatility);
      expect(Math.abs(market.rangeToVolatility / gold!.rangeToVolatility - 1)).toBeLessThan(0.05);
      expect(market.liquidated.at(-1)!.share, name).toBeGreaterThan(0.75 * at(gold!, 20));
      expect(market.liquidated.at(-1)!.share, name).toBeLessThan(1.75 * at(gold!, 20));
    }
  });
});
