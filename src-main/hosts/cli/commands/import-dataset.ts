import { importDataset as keepDataset } from '../../../app/datasets/dataset-files.ts';
import { withWorkspace } from '../../../app/folder/workspace.ts';
import { command } from '../command.ts';

export const importDataset = command({
  name: 'import dataset',
  summary: 'Keep the dataset of a Parquet file that Size Picker wrote',
  files: ['FILE'],
  options: {},
  run: ({ files, dataFolder, print, progress, signal }) =>
    withWorkspace(dataFolder, 'write', async (store) => {
      const onProgress = (done: number, total: number) =>
        progress('Importing', done, total, 'trades');
      const kept = await keepDataset(store, files[0]!, { signal, onProgress });
      print(kept, ({ name, trades }) => `${name}: ${trades} trades are kept.`);
    }),
});
