import { now } from '../../../app/now.ts';
import { withWorkspace } from '../../../app/folder/workspace.ts';
import { command } from '../command.ts';

export const deleteDataset = command({
  name: 'delete dataset',
  summary: 'Delete a dataset for good; the command that made it makes it again',
  files: ['NAME'],
  options: {},
  run: ({ files, dataFolder, print }) =>
    withWorkspace(dataFolder, 'write', (store) => {
      const name = files[0]!;
      const command = store.datasets.find(name)?.command ?? '';
      store.datasets.delete(name, now());
      store.datasets.purge();
      print(
        { deleted: name, command },
        () => `${name} is deleted. With the same bars imported, this makes it again: ${command}`,
      );
    }),
});
