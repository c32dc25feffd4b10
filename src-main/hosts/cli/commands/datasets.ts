import { withWorkspace } from '../../../app/folder/workspace.ts';
import { isoTime } from '../../../domain/time/time.ts';
import { command } from '../command.ts';
import { textTable } from '../table.ts';

export const datasets = command({
  name: 'datasets',
  summary: 'List the datasets of synthetic trades, oldest first',
  options: {},
  run: ({ dataFolder, print }) =>
    withWorkspace(dataFolder, 'read', (store) =>
      print(
        store.datasets.list().map(({ madeAt, ...info }) => ({ ...info, madeAt: isoTime(madeAt) })),
        (list) =>
          list.length === 0
            ? 'No datasets yet. Generate some with: size-picker generate v2'
            : textTable(
                ['Name', 'Trades', 'Small', 'Mid', 'Big', 'Exit', 'Seed', 'kB', 'Checksum'],
                list.map(({ name, trades, mix, exit, seed, bytes, checksum }) => [
                  name,
                  trades,
                  mix.small,
                  mix.mid,
                  mix.big,
                  exit,
                  seed,
                  Math.ceil(bytes / 1000),
                  checksum.slice(0, 12),
                ]),
              ),
      ),
    ),
});
