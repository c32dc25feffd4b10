import { refusedImport, type ImportReport } from '../../../contract/series.ts';
import { isoTime } from '../../../domain/time/time.ts';
import { accountOptions, rulesOf } from '../account.ts';
import { command } from '../command.ts';
import * as option from '../options.ts';
import { textTable } from '../table.ts';

export const importCandles = command({
  name: 'import candles',
  summary: 'Import a candle file; nothing is stored from a file with a problem',
  files: ['FILE'],
  options: {
    symbol: option.required(option.text('S', 'symbol of the bars, such as XAUUSD')),
    timeframe: option.optional(option.timeframe),
    clock: option.byDefault(option.clock, 'auto'),
    name: option.optional(option.text('NAME', 'name of the series (default: symbol_timeframe)')),
    'dry-run': option.flag('read and report, store nothing'),
  },
  writes: true,
  run: async ({ options, files, call, print }) => {
    const { symbol, timeframe, clock, name } = options;
    const settings = { symbol, clock, ...(timeframe && { timeframe }), ...(name && { name }) };
    const wish = { file: files[0]!, settings, commit: !options['dry-run'] };
    const { report, series, added } = await call('series.importFile', wish, { label: 'Reading' });
    const times = { from: iso(report.from), to: iso(report.to) };
    print({ ...report, ...times, stored: series !== null, added }, () =>
      reportText(report, series ? `${added} bars added to ${series.name}.` : 'Nothing was stored.'),
    );
    if (report.problemCount > 0) throw refusedImport(report);
  },
});

const iso = (seconds: number | null) => (seconds === null ? null : isoTime(seconds));

/** The report by line: what was detected, then every problem with what to do. */
function reportText(report: ImportReport, outcome: string): string {
  const { format, timeframe, clock, from, to, problems, problemCount } = report;
  const span = from === null || to === null ? '' : `, ${isoTime(from)} to ${isoTime(to)}`;
  return [
    `${report.fileName}: ${format ?? 'unknown format'}, ${timeframe ?? 'unknown step'}, ${report.bars} bars${span}`,
    `Clock: ${clock ?? 'unknown'}. ${report.clockEvidence}`,
    `Gaps inside trading weeks: ${report.gaps}. Already stored: ${report.alreadyStored}.`,
    ...report.notes,
    ...problems.map(({ line, text, next }) => `${line > 0 ? `Line ${line}: ` : ''}${text} ${next}`),
    ...(problemCount > problems.length
      ? [`and ${problemCount - problems.length} more problems.`]
      : []),
    outcome,
  ].join('\n');
}

export const series = command({
  name: 'series',
  summary: 'List the imported series, oldest import first',
  options: {},
  run: async ({ call, print }) => {
    const list = (await call('series.list', {})).map(({ from, to, ...info }) => ({
      ...info,
      from: isoTime(from),
      to: isoTime(to),
    }));
    print(list, () =>
      list.length === 0
        ? 'No series yet. Import one with: size-picker import candles FILE --symbol S'
        : textTable(
            ['Name', 'Symbol', 'Frame', 'Bars', 'From', 'To', 'Clock'],
            list.map((s) => [s.name, s.symbol, s.timeframe, s.bars, s.from, s.to, s.clock]),
          ),
    );
  },
});

export const simulate = command({
  name: 'simulate',
  summary: 'Simulate trades on a series, with the outcome of all 30 sizes, into a CSV file',
  options: {
    series: option.required(option.text('NAME', 'series to simulate on')),
    exit: option.byDefault(option.exitRule, 'cross'),
    from: option.required(option.time('first entry')),
    to: option.required(option.time('last entry; a day counts whole', 'its end')),
    every: option.every,
    out: option.required(
      option.text('FILE', 'CSV file to write; entry_time is the opening of the decision bar'),
    ),
    seed: option.seed,
    ...accountOptions,
  },
  run: async ({ options, call, print }) => {
    const { series: name, exit, from, to, every, equity, seed, out: file } = options;
    option.requireSpan(from, to);
    const plan = { series: name, exit, from, to, every, equity, rules: rulesOf(options), seed };
    const { trades } = await call('series.simulate', { ...plan, file });
    print({ file, trades }, () => `${trades} trades written to ${file}.`);
  },
});

export const demo = command({
  name: 'demo',
  summary: 'Write a synthetic series as a candle file, such as the bundled demo',
  options: {
    market: option.market,
    seed: option.seed,
    out: option.required(option.text('FILE', 'candle file to write')),
  },
  run: async ({ options, call, print }) => {
    const { market, seed, out: file } = options;
    const { bars } = await call('series.writeDemo', { market, seed, file });
    print({ file, bars }, () => `${bars} synthetic bars written to ${file}.`);
  },
});
