import { basename } from 'node:path';
import { readWhole } from '../../../app/folder/files.ts';
import { importModel as keepModel } from '../../../app/training/model-registry.ts';
import { withWorkspace } from '../../../app/folder/workspace.ts';
import { isoTime } from '../../../domain/time/time.ts';
import { command } from '../command.ts';

export const importModel = command({
  name: 'import model',
  summary: 'Keep the model of a file that Size Picker wrote',
  files: ['FILE'],
  options: {},
  run: ({ files, dataFolder, print }) =>
    withWorkspace(dataFolder, 'write', (store) => {
      const [file] = files as [string];
      const kept = keepModel(store, basename(file), readWhole(file));
      print(
        { ...kept, trainedAt: isoTime(kept.trainedAt) },
        ({ name }) => `${name} is kept; put it into use with: size-picker models --use ${name}`,
      );
    }),
});
