import { basename } from 'node:path';
import { CodedError } from '../../contract/errors.ts';
import type { CandlesImported } from '../../jobs/work/import-candles.ts';
import { importCandles } from './import-candles.ts';
import { readCandles } from '../../market/read-candles.ts';
import { importSettings } from '../../contract/series.ts';
import { readWhole } from '../folder/files.ts';
import type { ImportReport, ImportSettings, SeriesInfo } from '../../contract/series.ts';
import type { Bars } from '../../domain/bars/bars.ts';
import type { RunOptions } from '../../jobs/terms.ts';

/** Imports a candle file from the disk, or only looks at it. Throws `bad-argument` for its settings. */
export async function importFile(
  folder: string,
  file: string,
  settings: ImportSettings,
  commit: boolean,
  options: RunOptions,
): Promise<CandlesImported> {
  const checked = importSettings.safeParse(settings);
  if (!checked.success) {
    const { path, message } = checked.error.issues[0]!;
    throw new CodedError('bad-argument', { problem: `--${path.join('.')}: ${message}.` });
  }
  const job = { folder, file: readWhole(file), fileName: basename(file), settings, commit };
  return importCandles(job, options);
}

/** Why a file with problems was not imported: its first problem and how many there are. */
export function refusedImport({ problems, problemCount }: ImportReport): CodedError {
  const { line, text, next } = problems[0]!;
  const place = line > 0 ? `Line ${line}: ${text}` : text;
  return new CodedError('import-refused', { count: problemCount, problem: place, next });
}

/** The bars of a candle file that is not imported, as if it were. Throws `import-refused`. */
export function barsOfFile(
  file: string,
  settings: ImportSettings,
): { info: SeriesInfo; bars: Bars } {
  const { report, bars } = readCandles(readWhole(file), basename(file), settings);
  const { name, symbol, timeframe, clock, from, to } = report;
  if (!bars || !timeframe || !clock || from === null || to === null) {
    throw refusedImport(report);
  }
  const info = { name, symbol, timeframe, clock, from, to, bars: report.bars, synthetic: false };
  return { info, bars };
}
