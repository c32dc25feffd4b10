import type { Bars } from '../domain/bars/bars.ts';
import type { UtcSeconds } from '../domain/units.ts';
import type { Clock, ImportReport, ImportSettings, Timeframe } from '../contract/series.ts';
import { clockTime, toUtc } from '../domain/time/clock.ts';
import { inferClock, type InferredClock } from './clock-inference.ts';
import type { StatedClock } from './format.ts';
import { countGaps } from '../domain/bars/gaps.ts';
import { hoursOf } from '../domain/instrument.ts';
import { openTable } from './open-table.ts';
import { Problems } from './problems.ts';
import { readTable, type Table, type TableBars } from './table.ts';
import { modalStep, stepFaults, stepOf, timeframeOf } from './timeframe.ts';

/** Rows shown as they will be read. */
const PREVIEW_ROWS = 7;

export interface ReadCandles {
  readonly report: ImportReport;
  /** Times in UTC; null where there is any problem. */
  readonly bars: Bars | null;
  /** Whether lines appended to the file would be its newest bars. */
  readonly canGrow: boolean;
}

/**
 * Read a candle file whole: what it holds, what is wrong with it, and its bars if nothing is.
 * Throws nothing for a bad file: every fault is a problem of the report. Until the clock is known
 * the preview shows the file's own times. `onProgress` hears bytes read of all.
 */
export function readCandles(
  file: Uint8Array,
  fileName: string,
  settings: ImportSettings,
  onProgress: (done: number, total: number) => void = () => {},
): ReadCandles {
  const problems = new Problems();
  const table = openTable(file, problems);
  const rows = table && readTable(table, problems, onProgress);
  const hasBars = rows !== null && rows.bars.time.length > 0;
  if (rows && !hasBars && problems.count === 0) problems.add('no-bars', 0);
  const series = table && hasBars ? judge(rows, statedClock(table), settings, problems) : null;
  onProgress(file.length, file.length);

  const { symbol } = settings;
  const timeframe = series?.timeframe ?? null;
  const dated = series?.clock ? series.bars.time : null;
  const report: ImportReport = {
    fileName,
    bytes: file.length,
    lines: rows?.lines ?? 0,
    format: table?.format ?? null,
    timeframe,
    clock: series?.clock ?? null,
    clockEvidence: series?.clockEvidence ?? '',
    name: settings.name ?? (timeframe ? `${symbol}_${timeframe}` : symbol),
    symbol,
    bars: rows?.bars.time.length ?? 0,
    from: (dated?.[0] ?? null) as UtcSeconds | null,
    to: (dated?.at(-1) ?? null) as UtcSeconds | null,
    gaps: dated && timeframe ? countGaps(dated, stepOf(timeframe), hoursOf(symbol)) : 0,
    notes: table && rows ? [...table.notes, ...notesOf(table, rows)] : [],
    preview: rows && series ? previewOf(rows, series.bars) : [],
    problems: problems.list(),
    problemCount: problems.count,
    alreadyStored: 0,
  };
  const canGrow = !table || !rows || (table.isOwnText && !rows.isNewestFirst);
  return { report, bars: series && problems.count === 0 ? series.bars : null, canGrow };
}

interface Series {
  readonly timeframe: Timeframe | null;
  readonly clock: Clock | null;
  readonly clockEvidence: string;
  /** In UTC where the clock is known. */
  readonly bars: Bars;
}

/** What only the bars together show: their step, their clock, and whether they have a range. */
function judge(
  rows: TableBars,
  stated: StatedClock | null,
  settings: ImportSettings,
  problems: Problems,
): Series {
  const { bars } = rows;
  const step = modalStep(bars.time);
  const timeframe = judgeTimeframe(step, settings.timeframe, problems);
  const oneStep = judgeStep(rows, step, problems);
  const flat = isFlat(bars);
  if (flat) problems.add('flat-bars', 0);

  const { clock, evidence } = judgeClock(bars.time, step, stated, settings);
  if (!clock && timeframe && oneStep && !flat) problems.add('clock-unknown', 0, { why: evidence });
  const time = clock ? toUtc(bars.time, clock) : bars.time;
  for (let i = 1; i < time.length; i++) {
    if (time[i]! > time[i - 1]!) continue;
    problems.add('clock-misfit', rows.lineOf[i]!, { time: clockTime(bars.time[i]!) });
  }
  const stepSeconds = timeframe ? stepOf(timeframe) : 0;
  return { timeframe, clock, clockEvidence: evidence, bars: { ...bars, time, stepSeconds } };
}

function judgeTimeframe(
  step: number,
  asked: Timeframe | undefined,
  problems: Problems,
): Timeframe | null {
  const found = Number.isNaN(step) ? asked : timeframeOf(step);
  if (!found) {
    const why = Number.isNaN(step)
      ? 'One bar alone shows no timeframe.'
      : `The bars come every ${step / 60} minutes.`;
    problems.add('timeframe-unknown', 0, { why });
  } else if (asked && asked !== found) {
    problems.add('timeframe-differs', 0, { found, asked });
  }
  return found ?? null;
}

/** Whether all bars keep one step; every change of it is one problem. */
function judgeStep({ bars, lineOf }: TableBars, step: number, problems: Problems): boolean {
  if (Number.isNaN(step)) return true; // one bar alone
  const own = timeframeOf(step);
  if (!own) return false;
  const { changes, tooSoon } = stepFaults(bars.time, step);
  for (const { from, to, other } of changes) {
    // Where the file begins with the other bars, the change is where they end.
    const line = lineOf[from === 0 ? to + 1 : from]!;
    // The lines of a file with its newest bar first count down.
    const [first, last] = [lineOf[from]!, lineOf[to]!].toSorted((a, b) => a - b);
    problems.add('step-change', line, { from: first!, to: last!, other, own });
  }
  for (const i of tooSoon) {
    const minutes = (bars.time[i]! - bars.time[i - 1]!) / 60;
    problems.add('off-step', lineOf[i]!, { time: clockTime(bars.time[i]!), minutes, own });
  }
  return changes.length === 0;
}

/** The clock that the file itself states, by its times or by its format. */
function statedClock({ times, layout }: Table): StatedClock | null {
  if (times.statesUtc !== null) return { clock: 'utc', evidence: times.statesUtc };
  return layout.clock ?? null;
}

function judgeClock(
  time: Float64Array,
  step: number,
  stated: StatedClock | null,
  settings: ImportSettings,
): InferredClock {
  if (stated) {
    const isAsked = settings.clock === 'auto' || settings.clock === stated.clock;
    const but = isAsked ? '' : ` The clock given, ${settings.clock}, is not used.`;
    return { clock: stated.clock, evidence: `${stated.evidence}${but}` };
  }
  const inferred = inferClock(time, step);
  if (settings.clock === 'auto') return inferred;
  const differs = inferred.clock && inferred.clock !== settings.clock;
  const but = differs ? ` The bars themselves look otherwise: ${inferred.evidence}` : '';
  return { clock: settings.clock, evidence: `As given.${but}` };
}

/** What is left out or turned round, in a sentence each. */
function notesOf({ layout }: Table, { idle, isNewestFirst }: TableBars): string[] {
  const notes: string[] = [];
  if (isNewestFirst) notes.push('The file has its newest bar first and is read in reverse.');
  if (idle > 0) {
    const bars = `${idle.toLocaleString('en-US')} ${idle === 1 ? 'bar is' : 'bars are'} left out`;
    const why = layout.idle === 'null' ? 'prices of null' : 'no range, volume 0';
    notes.push(`${bars}: nothing was traded (${why}).`);
  }
  return notes;
}

function isFlat({ open, high, low, close }: Bars): boolean {
  return open.every((price, i) => price === high[i] && price === low[i] && price === close[i]);
}

function previewOf({ lineOf }: TableBars, bars: Bars): ImportReport['preview'] {
  return Array.from(lineOf.subarray(0, PREVIEW_ROWS), (line, i) => ({
    line,
    time: bars.time[i] as UtcSeconds,
    open: bars.open[i]!,
    high: bars.high[i]!,
    low: bars.low[i]!,
    close: bars.close[i]!,
    volume: bars.volume[i]!,
  }));
}
