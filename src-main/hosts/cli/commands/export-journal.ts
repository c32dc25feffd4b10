import { writeJournal } from '../../../app/journal/export/export-journal.ts';
import { openJournal } from '../../../app/journal/journal.ts';
import { withWorkspace } from '../../../app/folder/workspace.ts';
import { DEFAULT_APPETITE } from '../../../domain/risk/decision.ts';
import { count } from '../../../domain/answer/wording.ts';
import { accountOptions, rulesOf } from '../account.ts';
import { command } from '../command.ts';
import * as option from '../options.ts';
import type { Ounces } from '../../../domain/units.ts';

export const exportJournal = command({
  name: 'export journal',
  summary: 'Write past trades, looked at in one account, as a table or a report of one page',
  options: {
    out: option.required(option.journalFile),
    ...accountOptions,
    threshold: option.byDefault(option.threshold, DEFAULT_APPETITE.threshold),
    'safety-factor': option.byDefault(option.safetyFactor, DEFAULT_APPETITE.safetyFactor),
    fixed: option.byDefault(option.fixedSize, 1.5 as Ounces),
    account: option.optional(option.text('NAME', 'trades of one account alone')),
    direction: option.optional(option.direction),
  },
  run: ({ options, dataFolder, print }) =>
    withWorkspace(dataFolder, 'read', (store) => {
      const { equity, threshold, fixed, account = null, direction = null } = options;
      const { file, format } = options.out;
      const journal = openJournal(store);
      const appetite = { threshold, safetyFactor: options['safety-factor'] };
      const query = {
        account: { equity, rules: rulesOf(options), appetite, fixed, ofDecisions: 'recorded' },
        filter: { source: null, account, direction, outcome: null, text: '' },
        sort: { by: 'entry', descending: false },
      } as const;
      writeJournal(journal, query, format, file);
      const trades = journal.told(query).length;
      const what =
        format === 'html' ? 'it prints on one page' : 'its columns stand in .github/JOURNAL.md';
      print(
        { file, format, trades },
        () => `${count(trades)} past trades are in ${file}; ${what}.`,
      );
    }),
});
