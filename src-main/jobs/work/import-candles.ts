import { createHash } from 'node:crypto';
import { CodedError } from '../../contract/errors.ts';
import type { ImportReport, ImportSettings, SeriesInfo } from '../../contract/series.ts';
import { readCandles } from '../../market/read-candles.ts';
import { connectStore } from '../../store/store.ts';
import type { Progress, Refusable } from '../terms.ts';

export interface CandleFile {
  /** Data folder that this process holds open. */
  readonly folder: string;
  readonly file: Uint8Array;
  readonly fileName: string;
  readonly settings: ImportSettings;
  /** False for a dry run: nothing is stored. */
  readonly commit: boolean;
}

/** The report alone for a dry run, and for a file with problems. */
export interface CandlesImported extends Refusable {
  readonly report: ImportReport;
  readonly series?: SeriesInfo;
  /** Bars that were not stored before. */
  readonly added?: number;
}

/**
 * Read a candle file and, if it is to be and has no problems, store it: all of it or nothing.
 * Throws `name-taken` and `bars-differ` of the store; in a dry run they are problems of the report.
 */
export function importCandlesWork(job: CandleFile, onProgress: Progress): CandlesImported {
  const { file, fileName, commit } = job;
  const { report, bars } = readCandles(file, fileName, job.settings, onProgress);
  const { name, symbol, timeframe, clock, problems } = report;
  if (!bars || !timeframe || !clock) return { report, refused: problems[0]!.text };
  const sourceSha256 = createHash('sha256').update(file).digest('hex');
  const origin = { synthetic: false, sourceName: fileName, sourceSha256 };
  const source = { name, symbol, timeframe, clock, ...origin };
  const store = connectStore(job.folder);
  try {
    if (!commit) {
      return { report: { ...report, alreadyStored: store.series.alreadyStored(source, bars) } };
    }
    const { series, added } = store.series.add(source, bars);
    return { report: { ...report, alreadyStored: bars.time.length - added }, series, added };
  } catch (error) {
    if (commit || !(error instanceof CodedError)) throw error;
    return { report: refusedByStore(report, error) };
  } finally {
    store.close();
  }
}

/** What the store would refuse is a problem of the dry run. */
function refusedByStore(report: ImportReport, error: CodedError): ImportReport {
  const { code, happened, next } = error.toFault();
  return { ...report, problems: [{ code, line: 0, text: happened, next }], problemCount: 1 };
}
