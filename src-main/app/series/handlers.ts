import { basename } from 'node:path';
import { barColumns, lastClosedAt } from '../../domain/bars/bars.ts';
import { ruleOf } from '../../domain/exits/exit-rule.ts';
import { readWhole } from '../folder/files.ts';
import { importCandles, writeDemo } from './candle-files.ts';
import { refusedImport } from '../../contract/series.ts';
import { writeTrades } from './simulated-trades.ts';
import type { Caller, CallInput, HandlersOf } from '../../contract/calls.ts';
import type { Rooms } from '../rooms.ts';

export function seriesHandlers({
  store,
  series,
  uploads,
  publish,
}: Rooms): HandlersOf<'series' | 'import'> {
  const read = (
    { upload, settings }: CallInput<'import.commit'>,
    commit: boolean,
    { signal }: Caller,
  ) => {
    const { fileName, bytes } = uploads.read(upload);
    const onProgress = (done: number, total: number) =>
      publish('import.progress', { upload, done, total });
    const job = { folder: store.folder, file: bytes, fileName, settings, commit };
    return importCandles(job, { signal, onProgress });
  };
  const changed = (name: string) => {
    series.forget();
    publish('series.changed', { name });
  };
  return {
    'series.list': () => store.series.list(),
    'series.bars': ({ series: name, timeframe, first, count }) =>
      barColumns(series.read(name, timeframe).bars, first, count),
    'series.barAt': ({ series: name, timeframe, closedAt }) => ({
      bar: lastClosedAt(series.read(name, timeframe).bars, closedAt),
    }),
    'import.stage': ({ upload, fileName, piece }) => ({
      upload: uploads.stage(upload, fileName, piece),
    }),
    'import.preview': async (wish, caller) => (await read(wish, false, caller)).report,
    'import.commit': async (wish, caller) => {
      const { report, series: info, added } = await read(wish, true, caller);
      if (!info || added === undefined) throw refusedImport(report);
      uploads.discard(wish.upload);
      changed(info.name);
      return { series: info, added };
    },
    'import.discard': ({ upload }) => {
      uploads.discard(upload);
      return {};
    },
    'series.importFile': async ({ file, settings, commit }, caller) => {
      const job = { folder: store.folder, file: readWhole(file), fileName: basename(file) };
      const {
        report,
        series: info,
        added = 0,
      } = await importCandles({ ...job, settings, commit }, caller);
      if (info) changed(info.name);
      return { report, series: info ?? null, added };
    },
    'series.simulate': ({ series: name, exit, file, ...plan }) =>
      writeTrades(file, series.read(name).bars, { ...plan, rule: ruleOf(exit) }),
    'series.writeDemo': ({ market, seed, file }) => ({
      bars: writeDemo(store, market, seed, file),
    }),
  };
}
