import { basename } from 'node:path';
import { readWhole } from '../../../app/folder/files.ts';
import { keepTrades, planTrades, statementIn } from '../../../app/journal/import-trades.ts';
import { now } from '../../../app/now.ts';
import { withWorkspace } from '../../../app/folder/workspace.ts';
import { command } from '../command.ts';
import * as option from '../options.ts';
import { tradesJson, tradesText } from '../trades-text.ts';

export const importTrades = command({
  name: 'import trades',
  summary: 'Keep the gold trades of a broker’s statement (.github/STATEMENTS.md)',
  files: ['FILE'],
  options: {
    symbol: option.optional(option.names('other names of gold at this broker')),
    contract: option.optional(option.contract),
    clock: option.byDefault(option.clock, 'auto', 'as the stored bars of gold show it'),
    account: option.optional(
      option.text('NAME', 'name of the account (default: as the statement has it)'),
    ),
    'dry-run': option.flag('look at it only; nothing is kept'),
  },
  run: ({ options, files, dataFolder, print }) =>
    withWorkspace(dataFolder, 'write', (store) => {
      const { symbol = [], contract = null, clock, account = null } = options;
      const settings = { goldNames: symbol, contract, clock, account };
      const file = files[0]!;
      const plan = planTrades(
        store,
        statementIn(readWhole(file), basename(file), settings),
        settings,
      );
      const kept = options['dry-run']
        ? { id: null, ...store.statements.plan(plan.source.account, plan.trades) }
        : keepTrades(store, plan, now());
      print(tradesJson(plan, kept), () => tradesText(plan, kept, options['dry-run']));
    }),
});
