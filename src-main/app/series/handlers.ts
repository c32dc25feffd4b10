import { lastClosedAt } from '../../domain/bars/bars.ts';
import { importCandles } from './import-candles.ts';
import { barColumns } from '../desk/desk.ts';
import { refusedImport } from './import-file.ts';
import type { HandlersOf } from '../../contract/calls.ts';
import type { ImportSettings } from '../../contract/series.ts';
import type { Rooms } from '../rooms.ts';

/** `closing` ends an import that is under way when the app closes. */
export function seriesHandlers(
  { store, series, uploads, publish }: Rooms,
  closing: AbortSignal,
): HandlersOf<'series' | 'import'> {
  const read = (upload: string, settings: ImportSettings, commit: boolean) => {
    const { fileName, bytes } = uploads.read(upload);
    return importCandles(
      { folder: store.folder, file: bytes, fileName, settings, commit },
      {
        signal: closing,
        onProgress: (done, total) => publish('import.progress', { upload, done, total }),
      },
    );
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
    'import.preview': async ({ upload, settings }) => (await read(upload, settings, false)).report,
    'import.commit': async ({ upload, settings }) => {
      const { report, series: info, added } = await read(upload, settings, true);
      if (!info || added === undefined) throw refusedImport(report);
      uploads.discard(upload);
      series.forget();
      publish('series.changed', { name: info.name });
      return { series: info, added };
    },
    'import.discard': ({ upload }) => {
      uploads.discard(upload);
      return {};
    },
  };
}
