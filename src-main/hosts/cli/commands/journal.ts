import { count, number } from '../../../domain/answer/wording.ts';
import { exitWord } from '../../../domain/exits/exit-rule.ts';
import { DEFAULT_APPETITE } from '../../../domain/risk/decision.ts';
import { accountOptions, rulesOf } from '../account.ts';
import { command } from '../command.ts';
import * as option from '../options.ts';
import { tradesJson, tradesText } from '../trades-text.ts';
import type { Ounces } from '../../../domain/units.ts';

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
  writes: true,
  run: async ({ options, files, call, print }) => {
    const { symbol = [], contract = null, clock, account = null, 'dry-run': isDryRun } = options;
    const read = await call('statements.importFile', {
      file: files[0]!,
      settings: { goldNames: symbol, contract, clock, account },
      commit: !isDryRun,
    });
    print(tradesJson(read), () => tradesText(read, isDryRun));
  },
});

export const undoTrades = command({
  name: 'undo trades',
  summary: 'Take the trades of one imported statement out again, by the number of its import',
  files: ['IMPORT'],
  options: {},
  writes: true,
  run: async ({ files, call, print }) => {
    const id = Number(files[0]);
    if (!Number.isInteger(id)) option.refuse(`"${files[0]}" is no number.`);
    const imports = await call('statements.list', {});
    const { trades = 0 } = imports.find((one) => one.id === id) ?? {};
    await call('statements.undo', { id });
    print({ undone: id, trades }, () => `${count(trades)} trades were taken out again.`);
  },
});

export const exits = command({
  name: 'exits',
  summary: 'An exit rule out of how long your imported trades were held, for --exit',
  options: { account: option.optional(option.text('NAME', 'trades of one account alone')) },
  run: async ({ options, call, print }) => {
    const { account = null } = options;
    const { rule, ended, censored, cut } = await call('journal.ownExits', { account });
    const middle = rule.holding[Math.floor(rule.holding.length / 2)]!;
    print({ exit: exitWord(rule), ended, censored, cut, rule }, () =>
      [
        `--exit ${exitWord(rule)}`,
        `Of ${count(ended)} trades that you ended; of ${count(censored)} more only that they were held so long is known.`,
        `Half of them end within ${count(middle)} hourly bars, the longest after ${count(rule.cap)}; ${number(cut * 100, 1)}% last longer or were not seen to end.`,
      ].join('\n'),
    );
  },
});

export const exportJournal = command({
  name: 'export journal',
  summary: 'Write past trades, looked at in one account, as a table or a report of one page',
  options: {
    out: option.required(option.journalFile),
    ...accountOptions,
    threshold: option.byDefault(option.threshold, DEFAULT_APPETITE.threshold),
    'safety-factor': option.byDefault(option.safetyFactor, DEFAULT_APPETITE.safetyFactor),
    policy: option.byDefault(option.policy, 'largest-safe'),
    fixed: option.byDefault(option.fixedSize, 1.5 as Ounces),
    account: option.optional(option.text('NAME', 'trades of one account alone')),
    direction: option.optional(option.direction),
  },
  run: async ({ options, call, print }) => {
    const { equity, threshold, policy, fixed, account = null, direction = null } = options;
    const { file, format } = options.out;
    const appetite = { threshold, safetyFactor: options['safety-factor'] };
    const { trades } = await call('journal.exportTo', {
      query: {
        account: {
          equity,
          rules: rulesOf(options),
          appetite,
          policy,
          fixed,
          ofDecisions: 'recorded',
        },
        filter: { source: null, account, direction, outcome: null, text: '' },
      },
      format,
      file,
    });
    const what =
      format === 'html' ? 'it prints on one page' : 'its columns stand in .github/JOURNAL.md';
    print({ file, format, trades }, () => `${count(trades)} past trades are in ${file}; ${what}.`);
  },
});
