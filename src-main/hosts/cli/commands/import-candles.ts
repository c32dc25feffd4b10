import { importFile, refusedImport } from '../../../app/series/import-file.ts';
import { withWorkspace } from '../../../app/folder/workspace.ts';
import { isoTime } from '../../../domain/time/time.ts';
import { command } from '../command.ts';
import * as option from '../options.ts';
import type { ImportReport } from '../../../contract/series.ts';

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
  run: ({ options, files, dataFolder, print, progress, signal }) =>
    withWorkspace(dataFolder, 'write', async (store) => {
      const { symbol, timeframe, clock, name } = options;
      const settings = { symbol, clock, ...(timeframe && { timeframe }), ...(name && { name }) };
      const { report, series, added } = await importFile(
        store.folder,
        files[0]!,
        settings,
        !options['dry-run'],
        { signal, onProgress: (done, total) => progress('Reading', done, total) },
      );
      const times = { from: iso(report.from), to: iso(report.to) };
      const told = { ...report, ...times, stored: series !== undefined, added: added ?? 0 };
      print(told, () =>
        textOf(report, series ? `${added} bars added to ${series.name}.` : 'Nothing was stored.'),
      );
      if (report.problemCount > 0) throw refusedImport(report);
    }),
});

const iso = (seconds: number | null) => (seconds === null ? null : isoTime(seconds));

/** The report by line: what was detected, then every problem with what to do. */
function textOf(report: ImportReport, outcome: string): string {
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
