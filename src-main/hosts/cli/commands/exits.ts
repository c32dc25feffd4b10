import { ownExitsOf } from '../../../app/journal/own-exits.ts';
import { withWorkspace } from '../../../app/folder/workspace.ts';
import { exitWord } from '../../../domain/exits/exit-rule.ts';
import { count, number } from '../../../domain/answer/wording.ts';
import { command } from '../command.ts';
import * as option from '../options.ts';

export const exits = command({
  name: 'exits',
  summary: 'An exit rule out of how long your imported trades were held, for --exit',
  options: { account: option.optional(option.text('NAME', 'trades of one account alone')) },
  run: ({ options, dataFolder, print }) =>
    withWorkspace(dataFolder, 'read', (store) => {
      const found = ownExitsOf(store.statements.trades(), options.account ?? null);
      const { rule, ended, censored, cut } = found;
      const middle = rule.holding[Math.floor(rule.holding.length / 2)]!;
      print({ exit: exitWord(rule), ended, censored, cut, rule }, () =>
        [
          `--exit ${exitWord(rule)}`,
          `Of ${count(ended)} trades that you ended; of ${count(censored)} more only that they were held so long is known.`,
          `Half of them end within ${count(middle)} hourly bars, the longest after ${count(rule.cap)}; ${number(cut * 100, 1)}% last longer or were not seen to end.`,
        ].join('\n'),
      );
    }),
});
