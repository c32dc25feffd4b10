import { isoTime } from '../../../domain/time/time.ts';
import { withWorkspace } from '../../../app/folder/workspace.ts';
import { command } from '../command.ts';
import { textTable } from '../table.ts';

export const series = command({
  name: 'series',
  summary: 'List the imported series, oldest import first',
  options: {},
  run: ({ dataFolder, print }) =>
    withWorkspace(dataFolder, 'read', (store) => {
      const list = store.series.list().map(({ from, to, ...info }) => ({
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
    }),
});
