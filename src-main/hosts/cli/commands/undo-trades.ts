import { CodedError } from '../../../contract/errors.ts';
import { count } from '../../../domain/answer/wording.ts';
import { now } from '../../../app/now.ts';
import { withWorkspace } from '../../../app/folder/workspace.ts';
import { command } from '../command.ts';

export const undoTrades = command({
  name: 'undo trades',
  summary: 'Take the trades of one imported statement out again, by the number of its import',
  files: ['IMPORT'],
  options: {},
  run: ({ files, dataFolder, print }) =>
    withWorkspace(dataFolder, 'write', (store) => {
      const id = Number(files[0]);
      if (!Number.isInteger(id)) {
        throw new CodedError('bad-argument', { problem: `"${files[0]}" is no number.` });
      }
      const { trades = 0 } = store.statements.list().find((one) => one.id === id) ?? {};
      store.statements.undo(id, now());
      print({ undone: id, trades }, () => `${count(trades)} trades were taken out again.`);
    }),
});
