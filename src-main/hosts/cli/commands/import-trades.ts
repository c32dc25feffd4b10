import { readWhole } from '../../../app/files.ts';
import { readTrades } from '../../../app/read-trades.ts';
import { withWorkspace } from '../../../app/workspace.ts';
import { command } from '../command.ts';
import * as option from '../options.ts';
import { tradesJson, tradesText } from '../trades-text.ts';

export const importTrades = command({
  name: 'import trades',
  summary:
    'Read the gold trades of a broker’s statement (.github/STATEMENTS.md); stores nothing yet',
  files: ['FILE'],
  options: {
    symbol: option.optional(option.names('other names of gold at this broker')),
    contract: option.optional(option.contract),
    clock: option.byDefault(option.clock, 'auto', 'as the stored bars of gold show it'),
    account: option.optional(
      option.text('NAME', 'name of the account (default: as the statement has it)'),
    ),
  },
  run: ({ options, files, dataFolder, print }) =>
    withWorkspace(dataFolder, 'read', (store) => {
      const { symbol = [], contract = null, clock, account = null } = options;
      const settings = { goldNames: symbol, contract, clock, account };
      const read = readTrades(store, readWhole(files[0]!), settings);
      print(tradesJson(read), () => tradesText(read));
    }),
});
