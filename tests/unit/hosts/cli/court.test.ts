import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { evaluation } from '../../../../src-main/contract/evaluation.ts';
import { cli, cliJson } from '../../../support/cli.ts';
import { fileTime, readCsv } from '../../../support/gold.ts';
import { describeShared, sharedFile } from '../../../support/shared.ts';

const place = mkdtempSync(join(tmpdir(), 'size-picker-court-'));
const data = ['--data', join(place, 'data')];
const rowsOf = (file: string) => {
  const [header, ...rows] = readFileSync(file, 'utf8').trim().split('\n');
  const names = header!.split(',');
  return rows.map((row) => {
    const cells = row.split(',');
    return Object.fromEntries(names.map((name, i) => [name, cells[i]!]));
  });
};
afterAll(() => rmSync(place, { recursive: true }));

describeShared('on real gold, from the command line', () => {
  beforeAll(async () => {
    const gold = sharedFile('data/XAUUSD_H1.csv');
    await cliJson('import', 'candles', gold, '--symbol', 'XAUUSD', '--timeframe', 'H1', ...data);
  });

  it('the server clock is found and the bars are stored in UTC', async () => {
    expect(await cliJson('series', ...data)).toMatchObject([
      { name: 'XAUUSD_H1', bars: 34_224, clock: 'new-york-close', to: '2023-12-29T21:00:00Z' },
    ]);
  });

  it('simulate finds the trades of the independent program', async () => {
    const out = join(place, 'trades.csv');
    // Row 300 of the file opens at 01:00 on the server clock: 22:00 UTC of the day before.
    const span = ['--from', '2018-04-05T22:00', '--to', '2022-11-30', '--every', '29'];
    await cliJson(
      'simulate',
      '--series',
      'XAUUSD_H1',
      '--exit',
      'cross',
      ...span,
      '--out',
      out,
      ...data,
    );
    const simulated = new Map(
      rowsOf(out).map((row) => [`${Number(row.entry_price)} ${row.direction} ${row.bars}`, row]),
    );
    const reference = readCsv('reference/trades_cross_gold_2018_2022.csv');
    expect(fileTime(reference[0]!.entry_time!)).toBe(Date.UTC(2018, 3, 6, 1) / 1000);
    let found = 0;
    for (const trade of reference) {
      const row = simulated.get(`${Number(trade.entry_price)} ${trade.direction} ${trade.bars}`);
      if (!row) continue;
      found++;
      expect(Math.abs(Number(row.mae) - Number(trade.mae))).toBeLessThan(1e-8);
      expect(Math.abs(Number(row.final_return) - Number(trade.final_return))).toBeLessThan(1e-8);
    }
    expect(found).toBe(reference.length);
  });

  it('the bundled model beats the volatility rule and the constant on 2023, which it never saw', async () => {
    const file = join(place, 'predictions.csv');
    const report = join(place, 'report.html');
    const told = evaluation.parse(
      await cliJson(
        ...['evaluate', '--series', 'XAUUSD_H1', '--exit', 'cross', '--from', '2023-01-01'],
        ...['--predictions', file, '--report', report, ...data],
      ),
    );
    const [v3, ...baselines] = told.groups[0]!.models;
    expect(v3).toMatchObject({ kind: 'v3', name: told.plan.models[0] });
    expect(baselines.map(({ name }) => name)).toEqual([
      'constant',
      'volatility rule',
      'lookup',
      'fixed size',
    ]);
    for (const name of ['constant', 'volatility rule']) {
      const baseline = baselines.find((model) => model.name === name)!;
      expect(v3!.scores!.logLoss).toBeLessThan(baseline.scores!.logLoss);
    }
    expect(v3!.scores!.violations).toBe(0);
    expect(readFileSync(report, 'utf8')).toMatch(/^<!doctype html>[^]*<\/html>\n$/);

    // The table's log loss is that of the CSV, by arithmetic of its own.
    const rows = rowsOf(file);
    let loss = 0;
    let pairs = 0;
    for (const row of rows) {
      for (let rung = 1; rung <= 30; rung++) {
        const leverage = (Number(row.leverage_max) * rung) / 30;
        if (leverage > 20) continue;
        const p = Number(row[`p_${String(rung).padStart(2, '0')}`]);
        const liquidated = Number(row.mae) >= 0.7 / leverage;
        loss -= Math.log(Math.max(1e-9, liquidated ? p : 1 - p));
        pairs++;
      }
    }
    expect(loss / pairs).toBeCloseTo(v3!.scores!.logLoss, 4);
    expect(rows[0]!.entry_time).toMatch(/^2023-01-\d\dT\d\d:00:00/);
    expect(
      rows.every((row) => Number(row.leverage_max) >= 5 && Number(row.leverage_max) <= 40),
    ).toBe(true);
  });

  it('evaluate puts every model beside the baselines as text, with its fine print', async () => {
    const span = ['--series', 'XAUUSD_H1', '--from', '2023-06-01', '--every', '24'];
    const { code, stdout } = await cli('evaluate', ...span, ...data);
    expect(code).toBe(0);
    for (const said of [
      /^XAUUSD_H1, 2023-06-0\S+ to 2023-1\S+: \d+ trades in \d+ months, exit cross 32\/128$/m,
      /^Model +Log loss +Brier +AUC +ECE +Falls +Liquidated % at 5% +Liquidated % at 10%/m,
      /^volatility rule +0\.\d{4} /m,
      /: log loss −?\+?0\.\d{4} \(.+ to .+\), (lower|higher|cannot be told apart)$/m,
      /^At equal mean size/m,
      /^Longs +\d+ /m,
      /^2023 +\d+ /m,
      /^Fills: entry at the close of the decision bar/m,
      /history, no forecast/,
    ]) {
      expect(stdout).toMatch(said);
    }
    expect(stdout).not.toMatch(/NaN|undefined|null/);
  });

  it.each([
    [['--models', 'nobody'], 'There is no model named "nobody".'],
    [['--model', 'a', '--models', 'b'], 'Give --model or --models, not both.'],
    [['--report', 'report.pdf'], '--report must end in .html or .json, not "report.pdf".'],
    [['--models', 'a,,b'], '--models must be up to 8 names between commas, not "a,,b".'],
  ])('evaluate refuses %j', async (words, problem) => {
    const span = ['--series', 'XAUUSD_H1', '--from', '2023-06-01'];
    const { code, stdout, stderr } = await cli('evaluate', ...span, ...words, ...data);
    expect(code).toBeGreaterThan(0);
    expect(stdout).toBe('');
    expect(stderr).toContain(problem);
  });
});
