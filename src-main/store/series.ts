import type { Bars } from '../domain/bars/bars.ts';
import type { UtcSeconds } from '../domain/units.ts';
import { CodedError } from '../contract/errors.ts';
import { TIMEFRAMES, type Clock, type SeriesInfo, type Timeframe } from '../contract/series.ts';
import { BLOCK_BARS, decodeBlocks, encodeBlock, type Block } from './bar-blocks.ts';
import type { Connection } from './connection.ts';
import { mergeBars, type MergedBars } from './merge-bars.ts';

/** What bars belong to, and the file that they come from. */
export interface BarsSource {
  readonly name: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly clock: Clock;
  readonly synthetic: boolean;
  readonly sourceName: string;
  readonly sourceSha256: string;
}

export interface SeriesStore {
  /** Oldest import first. */
  list(): SeriesInfo[];
  /** Throws `no-series`. */
  info(name: string): SeriesInfo;
  /** All bars. Throws `no-series`. */
  bars(name: string): Bars;
  /** Bars with index in [first, first + count), cut to the series. Throws `no-series`. */
  slice(name: string, first: number, count: number): Bars;
  /**
   * Add bars (sorted, UTC) to a series, new or stored, older or newer than what it holds; bars that
   * are there already stay. All of them or none. Throws `name-taken`, `bars-differ`.
   */
  add(source: BarsSource, bars: Bars): { series: SeriesInfo; added: number };
  /** How many of the bars are stored already. Throws what `add` would throw. */
  alreadyStored(source: BarsSource, bars: Bars): number;
}

interface SeriesRow {
  readonly id: number;
  readonly name: string;
  readonly symbol: string;
  readonly timeframe: Timeframe;
  readonly clock: Clock;
  readonly synthetic: number;
  readonly bars: number;
  readonly from_time: number;
  readonly to_time: number;
}

/** What a file changes: the stored bars from index `base` on become the merged ones. */
interface Plan extends MergedBars {
  readonly row: SeriesRow | undefined;
  readonly base: number;
}

const stepOf = (timeframe: Timeframe) => TIMEFRAMES[timeframe] * 60;

export function seriesStore({ db, write }: Connection): SeriesStore {
  const selectAll = db.prepare<[], SeriesRow>('SELECT * FROM series ORDER BY id');
  const selectOne = db.prepare<[string], SeriesRow>('SELECT * FROM series WHERE name = ?');
  const insert = db.prepare(
    `INSERT INTO series (name, symbol, timeframe, clock, synthetic, bars, from_time, to_time)
     VALUES (@name, @symbol, @timeframe, @clock, @synthetic, 0, 0, 0)`,
  );
  const resize = db.prepare('UPDATE series SET bars = ?, from_time = ?, to_time = ? WHERE id = ?');
  const insertSource = db.prepare(
    'INSERT INTO series_source (series, name, sha256, added) VALUES (?, ?, ?, ?)',
  );
  const selectBlocks = db.prepare<[number, number, number], Block>(
    'SELECT first, bars FROM bar_block WHERE series = ? AND first > ? AND first < ? ORDER BY first',
  );
  const blockReaching = db
    .prepare<[number, number], number>(
      'SELECT min(first) FROM bar_block WHERE series = ? AND to_time >= ?',
    )
    .pluck();
  const deleteBlocks = db.prepare('DELETE FROM bar_block WHERE series = ? AND first >= ?');
  const insertBlock = db.prepare(
    'INSERT INTO bar_block (series, first, to_time, bars) VALUES (?, ?, ?, ?)',
  );

  const find = (name: string): SeriesRow => {
    const row = selectOne.get(name);
    if (!row) throw new CodedError('no-series', { name });
    return row;
  };

  const read = (row: SeriesRow, first: number, count: number): Bars => {
    const blocks = selectBlocks.iterate(row.id, first - BLOCK_BARS, first + count);
    const bars = decodeBlocks(blocks, first, count, stepOf(row.timeframe));
    if (bars) return bars;
    const problem = `of bars ${first} to ${first + count - 1} some are not there`;
    throw new CodedError('series-damaged', { name: row.name, problem });
  };

  const plan = (source: BarsSource, bars: Bars): Plan => {
    const row = selectOne.get(source.name);
    if (!row) return { row, base: 0, bars, added: bars.time.length, firstAdded: 0 };
    refuseOtherSeries(row, source);
    // Blocks that end before the first new bar stay as they are; the last one may have room.
    const reaching = blockReaching.get(row.id, bars.time[0]!);
    const base = reaching ?? Math.floor(row.bars / BLOCK_BARS) * BLOCK_BARS;
    return { row, base, ...mergeBars(read(row, base, row.bars - base), bars) };
  };

  const store = write((source: BarsSource, bars: Bars) => {
    const { row, base, bars: merged, added, firstAdded } = plan(source, bars);
    if (row && added === 0) return { series: infoOf(row), added };
    const id =
      row?.id ?? insert.run({ ...source, synthetic: Number(source.synthetic) }).lastInsertRowid;
    const unchanged = Math.floor(firstAdded / BLOCK_BARS) * BLOCK_BARS;
    const count = merged.time.length;
    deleteBlocks.run(id, base + unchanged);
    for (let from = unchanged; from < count; from += BLOCK_BARS) {
      const to = Math.min(from + BLOCK_BARS, count);
      insertBlock.run(id, base + from, merged.time[to - 1], encodeBlock(merged, from, to));
    }
    const start = base === 0 ? merged.time[0] : row!.from_time;
    resize.run(base + count, start, merged.time[count - 1], id);
    insertSource.run(id, source.sourceName, source.sourceSha256, added);
    return { series: infoOf(find(source.name)), added };
  });

  return {
    list: () => selectAll.all().map(infoOf),
    info: (name) => infoOf(find(name)),
    bars: (name) => {
      const row = find(name);
      return read(row, 0, row.bars);
    },
    slice: (name, first, count) => {
      const row = find(name);
      const from = Math.min(first, row.bars);
      return read(row, from, Math.min(count, row.bars - from));
    },
    add: (source, bars) => {
      if (bars.time.length > 0) return store(source, bars);
      throw new CodedError('bad-argument', { problem: `There are no bars for "${source.name}".` });
    },
    alreadyStored: (source, bars) => bars.time.length - plan(source, bars).added,
  };
}

function infoOf(row: SeriesRow): SeriesInfo {
  const { name, symbol, timeframe, clock, bars } = row;
  return {
    name,
    symbol,
    timeframe,
    bars,
    from: row.from_time as UtcSeconds,
    to: row.to_time as UtcSeconds,
    clock,
    synthetic: row.synthetic === 1,
  };
}

/** A series keeps its symbol, timeframe, clock and kind for good. */
function refuseOtherSeries(row: SeriesRow, source: BarsSource): void {
  const { name, symbol, timeframe, clock } = row;
  const synthetic = row.synthetic === 1;
  if (
    symbol === source.symbol &&
    timeframe === source.timeframe &&
    clock === source.clock &&
    synthetic === source.synthetic
  ) {
    return;
  }
  const taken = `${symbol} ${timeframe} on the clock ${clock}${synthetic ? ', synthetic' : ''}`;
  throw new CodedError('name-taken', { name, taken });
}
