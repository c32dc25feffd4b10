import { writeWhole } from '../../../app/folder/files.ts';
import { withWorkspace } from '../../../app/folder/workspace.ts';
import { command } from '../command.ts';
import * as option from '../options.ts';

export const exportModel = command({
  name: 'export model',
  summary: 'Write a trained model, with its provenance, into a file',
  files: ['NAME'],
  options: { out: option.required(option.text('FILE', 'file to write')) },
  run: ({ options, files, dataFolder, print }) =>
    withWorkspace(dataFolder, 'read', (store) => {
      const [name] = files as [string];
      const { out: file } = options;
      writeWhole(file, new TextDecoder().decode(store.models.read(name)));
      print({ name, file }, () => `${name} is in ${file}.`);
    }),
});
