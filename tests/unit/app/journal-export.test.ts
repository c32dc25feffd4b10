import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';
import { describe, expect, it, onTestFinished } from 'vitest';
import { JOURNAL_COLUMNS } from '../../../src-main/app/journal/export/columns.ts';
import { openApp } from '../../../src-main/app/open-app.ts';
import { answer } from '../../../src-main/contract/transport.ts';
import { DEFAULT_APPETITE } from '../../../src-main/domain/risk/decision.ts';
import { STUDY_RULES } from '../../../src-main/domain/account/broker.ts';
import { ounces } from '../../../src-main/domain/size.ts';
import { isoTime } from '../../../src-main/domain/time/time.ts';
import { readCsv } from '../../support/csv-reader.ts';
import { dataFolder } from '../../support/data-folder.ts';
import { fillWithTrades, GOLD_BARS, tradeOn } from '../../support/past-trades.ts';
import type { PrintPdf } from '../../../src-main/app/journal/export/export-journal.ts';
import type { CallName, CallOutput } from '../../../src-main/contract/calls.ts';
import type {
  ReviewAccount,
  ReviewFilter,
  TakenTrade,
} from '../../../src-main/contract/journal.ts';
import type { Fraction, Money, Ounces, SizeIndex } from '../../../src-main/domain/units.ts';

const ACCOUNT: ReviewAccount = {
  equity: 150 as Money,
  // So near that some trades on calm bars are liquidated.
  rules: { ...STUDY_RULES, stopOut: { kind: 'equity', fraction: 0.8 as Fraction } },
  appetite: DEFAULT_APPETITE,
  policy: 'largest-safe',
  fixed: 1.5 as Ounces,
  ofDecisions: 'recorded',
};
const ANY: ReviewFilter = {
  source: null,
  account: null,
  direction: null,
  outcome: null,
  text: '',
};
const TRADES = Array.from({ length: 40 }, (_, i) => tradeOn(GOLD_BARS, 400 + i * 31, 20));

async function opened(trades: readonly TakenTrade[] = TRADES, printPdf: PrintPdf | null = null) {
  const folder = dataFolder();
  fillWithTrades(folder, trades);
  const app = await openApp({ dataFolder: folder, shell: 'browser', printPdf });
  onTestFinished(() => app.close());
  const ask = async <Name extends CallName>(name: Name, payload: unknown) => {
    const told = await answer(app.handlers, name, payload);
    if (!told.ok) throw Object.assign(new Error(told.fault.happened), told.fault);
    return told.value as CallOutput<Name>;
  };
  const written = (format: string, filter: Partial<ReviewFilter> = {}, more: object = {}) =>
    ask('journal.export', {
      query: { account: ACCOUNT, filter: { ...ANY, ...filter }, ...more },
      format,
    });
  const review = async () =>
    ask('journal.review', {
      account: ACCOUNT,
      filter: ANY,
      sort: { by: 'entry', descending: false },
      first: 0,
      count: 500,
    });
  const text = async (format: string, filter?: Partial<ReviewFilter>) =>
    readFileSync((await written(format, filter)).file, 'utf8');
  const rows = async (filter?: Partial<ReviewFilter>) => {
    const [header, ...lines] = readCsv(await text('csv', filter));
    return lines.map((cells) => Object.fromEntries(header!.map((name, i) => [name, cells[i]!])));
  };
  return { folder, ask, written, review, text, rows };
}

const parquetRows = async (file: string) =>
  parquetReadObjects({ file: await asyncBufferFromFile(file) });

describe('past trades as CSV', () => {
  it('lie in the data folder, a row a trade in the order of their entries', async () => {
    const { folder, written, rows, review } = await opened();
    const { file, isPdf } = await written('csv');
    expect(file.startsWith(join(folder, 'exports', 'journal_'))).toBe(true);
    expect(isPdf).toBe(false);
    const told = await rows();
    const shown = (await review()).rows;
    expect(told.map(({ key }) => key)).toEqual(shown.map(({ key }) => key));
    told.forEach((row, i) => {
      const { openedAt, closedAt, openPrice, taken, recommended, best, outcome, ...trade } =
        shown[i]!;
      const text = (value: unknown) => (value === null ? '' : String(value));
      expect(row).toMatchObject({
        source: 'statement',
        account: '1001',
        currency: 'USD',
        series: 'XAUUSD_H1',
        ticket: trade.key.slice('t1001:'.length),
        direction: trade.direction,
        entry_time: isoTime(openedAt),
        entry_price: String(openPrice),
        exit_time: isoTime(closedAt!),
        taken_oz: String(taken),
        recommended_oz: text(recommended && ounces(recommended)),
        stood_aside: String(trade.stoodAside),
        best_oz: text(best && ounces(best)),
        outcome,
        return: text(trade.return),
        regret: text(trade.regret),
        mae: text(trade.adverse),
        mfe: text(trade.favourable),
      });
    });
  });

  it('say in every row what its numbers were made with', async () => {
    const { rows } = await opened();
    for (const row of await rows()) {
      expect(row).toMatchObject({
        model: 'V3-cross-gold-2022',
        equity: '150',
        leverage: '20',
        stop_out: 'equity:0.8',
        threshold: '0.1',
        safety_factor: '0.6',
        limit: '0.06',
        fixed_oz: '1.5',
      });
    }
  });

  it('run nothing in a spreadsheet, whatever a broker or the trader wrote', async () => {
    const comment = '=HYPERLINK("https://evil.example","win, now")';
    const trades = [
      tradeOn(GOLD_BARS, 400, 20, { ticket: '1', comment, profit: -12.5, symbol: '@SUM(A1)' }),
    ];
    const { ask, rows, text } = await opened(trades);
    await ask('journal.write', { key: 't1001:1', kind: 'note', entry: '+1 on\nthe "spike"' });
    await ask('journal.write', { key: 't1001:1', kind: 'tags', entry: ['-late', 'news'] });
    const [row] = await rows();
    expect(row).toMatchObject({
      symbol: "'@SUM(A1)",
      comment: `'${comment}`,
      note: '\'+1 on\nthe "spike"',
      tags: "'-late; news",
      profit: '-12.5',
    });
    expect(await text('csv')).toContain(',-12.5,');
  });

  it('begin with the mark that spreadsheets know UTF-8 by', async () => {
    const comment = 'Стоп — ниже';
    const { folder, written } = await opened([tradeOn(GOLD_BARS, 400, 20, { comment })]);
    const bytes = readFileSync((await written('csv')).file);
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(bytes.toString('utf8')).toContain(comment);
    expect(existsSync(join(folder, 'exports'))).toBe(true);
  });

  it('keep to the filter and the order that is asked for', async () => {
    const { written, rows } = await opened();
    const shorts = await rows({ direction: 'short' });
    expect(shorts).toHaveLength(20);
    expect(new Set(shorts.map(({ direction }) => direction))).toEqual(new Set(['short']));
    const sort = { by: 'return', descending: true };
    const { file } = await written('csv', {}, { sort });
    const [header, ...lines] = readCsv(readFileSync(file, 'utf8'));
    const returns = lines.map((cells) => Number(cells[header!.indexOf('return')]));
    expect(returns).toEqual(returns.toSorted((a, b) => b - a));
  });

  it('have empty cells where nothing is known, and the reason', async () => {
    const open = { ticket: 'open', closedAt: null, closePrice: null };
    const { rows } = await opened([tradeOn(GOLD_BARS, 400, 20, open)]);
    expect(await rows()).toMatchObject([
      { outcome: 'open', why_unknown: 'open', exit_time: '', best_oz: '', return: '', regret: '' },
    ]);
  });

  it('tell of a recorded decision what is known of it', async () => {
    const { ask, rows } = await opened([]);
    await ask('decisions.record', {
      series: 'XAUUSD_H1',
      timeframe: null,
      bar: 600,
      direction: 'long',
      equity: 500,
      rules: STUDY_RULES,
      appetite: DEFAULT_APPETITE,
      policy: 'largest-safe',
    });
    const size = ounces(3 as SizeIndex);
    await ask('journal.write', { key: 'd1', kind: 'taken', entry: size });
    expect(await rows()).toMatchObject([
      { key: 'd1', source: 'decision', account: '', ticket: '', profit: '', taken_oz: '0.45' },
    ]);
  });
});

describe('the columns', () => {
  it('are those that are documented, in CSV and Parquet alike', async () => {
    const { rows, written } = await opened();
    const names = JOURNAL_COLUMNS.map(({ name }) => name);
    const text = readFileSync(join(import.meta.dirname, '../../../.github/JOURNAL.md'), 'utf8');
    const lines = text.split('\n').filter((line) => line.startsWith('| `'));
    expect(lines.flatMap((line) => line.split('|')[1]!.match(/\w+/g)!)).toEqual(names);
    expect(Object.keys((await rows())[0]!)).toEqual(names);
    const [row] = await parquetRows((await written('parquet')).file);
    expect(Object.keys(row!)).toEqual(names);
  });
});

describe('past trades as Parquet', () => {
  it('hold the same as the CSV, typed, and text as it is', async () => {
    const { rows, written } = await opened([
      ...TRADES,
      tradeOn(GOLD_BARS, 10, 5, { closedAt: null, closePrice: null, comment: '=1' }),
    ]);
    const told = await rows();
    const typed = await parquetRows((await written('parquet')).file);
    expect(typed).toHaveLength(41);
    typed.forEach((row, i) => {
      for (const { name, kind } of JOURNAL_COLUMNS) {
        const cell = row[name] as unknown;
        const text =
          cell === null || cell === undefined
            ? ''
            : kind === 'time'
              ? isoTime((cell as Date).getTime() / 1000)
              : String(cell);
        expect(told[i]![name]).toBe(name === 'comment' ? text.replace(/^=/, "'=") : text);
      }
    });
  });
});

describe('the report of past trades', () => {
  it('tells rates, returns, regret and the worst ten, and what it stands on', async () => {
    const { text, review } = await opened();
    const html = await text('html', { account: '1001', direction: 'long' });
    expect(html).toContain('<title>Past trades of account 1001, longs</title>');
    for (const told of [
      '$150 at each entry',
      'liquidated at 80% of equity',
      '6.0%, threshold 10.0% × safety factor 0.60',
      'Liquidated, recommended sizes',
      'Average return',
      'Log growth',
      'Worst by regret',
      'V3-cross-gold-2022',
      'inside a bar the adverse extreme comes first',
      'no advice',
      'history, no forecast of any return',
    ]) {
      expect(html.toLowerCase()).toContain(told.toLowerCase());
    }
    expect(html.match(/<tr class/g)).toHaveLength(10);
    const { scores } = await review();
    const whole = await text('html');
    const { liquidated, trades } = scores.taken!;
    expect(liquidated).toBeGreaterThan(0);
    expect(whole).toContain(`${liquidated} of ${trades}`);
    expect(whole).not.toMatch(/NaN|Infinity|undefined|\[object/);
  });

  it('runs nothing, asks for nothing else and escapes every name', async () => {
    const { text } = await opened([tradeOn(GOLD_BARS, 400, 20, { symbol: '<b>"X" & co</b>' })]);
    const html = await text('html', { text: '<b>' });
    expect(html).not.toMatch(/<(script|iframe|img|link|object|embed)\b/i);
    expect(html).not.toMatch(/\b(href|src|url|@import|on[a-z]+=)\b/i);
    expect(html).not.toContain('<b>');
    expect(html).toContain('&lt;b&gt;&quot;X&quot; &amp; co&lt;/b&gt;');
  });

  it('says of how many trades nothing is known, and why', async () => {
    const { text } = await opened([
      ...TRADES,
      tradeOn(GOLD_BARS, 10, 5, { closedAt: null, closePrice: null }),
      tradeOn(GOLD_BARS, 12, 5, { openPrice: GOLD_BARS.high[12]! + 500 } as object),
    ]);
    expect(await text('html')).toContain(
      'Nothing is known of 2 of 42 trades: 1 still open; 1 at prices outside the bars of their fills.',
    );
  });

  it('is no certainty where none was liquidated', async () => {
    const { text, ask } = await opened(TRADES.slice(0, 3));
    const rich = { ...ACCOUNT, equity: 100_000 };
    const { file } = await ask('journal.export', {
      query: { account: rich, filter: ANY },
      format: 'html',
    });
    expect(readFileSync(file, 'utf8')).toContain('Not certain');
    expect(readFileSync(file, 'utf8')).not.toContain('class="Under"');
    expect(await text('html', { text: 'no such trade' })).toContain('No trades.');
  });

  it('is printed by a shell that prints', async () => {
    const pages: string[] = [];
    const { written } = await opened(TRADES, async (page) => {
      pages.push(page);
      return new TextEncoder().encode('%PDF-1.7');
    });
    const { file, isPdf } = await written('pdf');
    expect([isPdf, file.endsWith('.pdf'), readFileSync(file, 'utf8')]).toEqual([
      true,
      true,
      '%PDF-1.7',
    ]);
    expect(pages).toEqual([expect.stringContaining('Worst by regret')]);
  });

  it('is the page itself where none does, and says so', async () => {
    const { written } = await opened();
    const { file, isPdf } = await written('pdf');
    expect(isPdf).toBe(false);
    expect(file.endsWith('.html')).toBe(true);
    expect(readFileSync(file, 'utf8')).toContain('Worst by regret');
  });
});

describe('a place that cannot be written', () => {
  it.each(['csv', 'parquet', 'html'])('is told, %s', async (format) => {
    const { folder, written } = await opened();
    writeFileSync(join(folder, 'exports'), '');
    await expect(written(format)).rejects.toMatchObject({ code: 'file-unwritable' });
  });
});
