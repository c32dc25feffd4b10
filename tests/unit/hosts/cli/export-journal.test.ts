import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli, cliJson } from '../../../support/cli.ts';
import { readCsv } from '../../../support/csv-reader.ts';
import { fillWithTrades, GOLD_BARS, tradeOn } from '../../../support/past-trades.ts';

const place = mkdtempSync(join(tmpdir(), 'size-picker-export-journal-'));
const data = ['--data', join(place, 'data')];
const out = (name: string) => join(place, name);
beforeAll(() => {
  const trades = Array.from({ length: 10 }, (_, i) => tradeOn(GOLD_BARS, 400 + i * 31, 20));
  fillWithTrades(join(place, 'data'), trades);
});
afterAll(() => rmSync(place, { recursive: true }));

describe('export journal', () => {
  it('writes past trades in the account that is named', async () => {
    const file = out('trades.csv');
    const account = ['--equity', '800', '--leverage', '30', '--stop-out', 'margin:0.5'];
    const appetite = ['--threshold', '0.05', '--safety-factor', '1', '--fixed', '0.3'];
    const words = ['export', 'journal', '--out', file, ...account, ...appetite, ...data];
    expect(await cliJson(...words)).toEqual({ file, format: 'csv', trades: 10 });
    const [header, ...rows] = readCsv(readFileSync(file, 'utf8'));
    expect(rows).toHaveLength(10);
    const cell = (name: string) => rows[0]![header!.indexOf(name)];
    const names = ['equity', 'leverage', 'stop_out', 'threshold', 'limit', 'fixed_oz'];
    expect(names.map(cell)).toEqual(['800', '30', 'margin:0.5', '0.05', '0.05', '0.3']);
  });

  it('writes Parquet by the ending, of one direction or account', async () => {
    const file = out('longs.parquet');
    const longs = ['--direction', 'long', '--account', '1001'];
    await cliJson('export', 'journal', '--out', file, ...longs, ...data);
    const rows = await parquetReadObjects({ file: await asyncBufferFromFile(file) });
    expect(rows.map((row) => row['direction'] as string)).toEqual(Array(5).fill('long'));
    const none = ['--out', out('none.csv'), '--account', '9'];
    expect(await cliJson('export', 'journal', ...none, ...data)).toMatchObject({ trades: 0 });
  });

  it('writes the report of one page', async () => {
    const file = out('report.html');
    const { code, stdout } = await cli('export', 'journal', '--out', file, ...data);
    expect([code, stdout]).toEqual([0, expect.stringContaining('10 past trades are in')]);
    expect(readFileSync(file, 'utf8')).toContain('Worst by regret');
  });

  it.each([
    ['another ending', ['--out', 'trades.xlsx'], /must end in .csv or .parquet or .html/],
    ['no file', [], /--out is missing/],
    ['a size of nothing', ['--out', 'x.csv', '--fixed', '0'], /--fixed must be a number above 0/],
  ])('%s is refused and nothing is written', async (_, words, said) => {
    const there = words.map((word) => (/^\w+\.\w+$/.test(word) ? out(word) : word));
    const { code, stderr } = await cli('export', 'journal', ...there, ...data);
    expect(code).toBe(2);
    expect(stderr).toMatch(said);
    expect(existsSync(out('trades.xlsx'))).toBe(false);
  });
});
