import { isoTime } from '../../../domain/time/time.ts';
import { useModel } from '../../../app/training/model-registry.ts';
import { withWorkspace } from '../../../app/folder/workspace.ts';
import { command } from '../command.ts';
import * as option from '../options.ts';
import { textTable } from '../table.ts';

export const models = command({
  name: 'models',
  summary: 'List the trained models; --use puts one into use',
  options: { use: option.optional(option.text('NAME', 'model to put into use')) },
  run: ({ options, dataFolder, print }) =>
    withWorkspace(dataFolder, options.use ? 'write' : 'read', (store) => {
      if (options.use) useModel(store, options.use);
      const list = store.models.list().map((model) => ({
        ...model,
        trainedAt: isoTime(model.trainedAt),
      }));
      print(list, () =>
        textTable(
          ['', 'Name', 'Kind', 'Exit', 'Trades', 'Trained'],
          list.map((m) => [m.inUse ? '*' : '', m.name, m.kind, m.exit, m.trades, m.trainedAt]),
        ),
      );
    }),
});
