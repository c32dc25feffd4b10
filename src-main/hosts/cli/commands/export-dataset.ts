import { exportDataset as writeDataset } from '../../../app/datasets/dataset-files.ts';
import { withWorkspace } from '../../../app/folder/workspace.ts';
import { command } from '../command.ts';
import * as option from '../options.ts';

export const exportDataset = command({
  name: 'export dataset',
  summary: 'Write a dataset into a Parquet or CSV file',
  files: ['NAME'],
  options: {
    out: option.required(option.text('FILE', 'file to write: .parquet or .csv by its ending')),
    'with-windows': option.flag('with the 640 candle features of each trade (Parquet)'),
  },
  run: ({ options, files, dataFolder, print, progress, signal }) =>
    withWorkspace(dataFolder, 'read', async (store) => {
      const [name] = files as [string];
      const { out: file, 'with-windows': windows } = options;
      const onProgress = (done: number, total: number) =>
        progress('Exporting', done, total, 'trades');
      await writeDataset(store, { name, file, windows }, { signal, onProgress });
      print(
        { name, file },
        () => `${name} is in ${file}; its columns stand in .github/DATASETS.md.`,
      );
    }),
});
