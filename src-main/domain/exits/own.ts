import { personalExit, type RuleWith } from './define-exit.ts';

/** Bars that a trade of such a rule lasts at the most: a synthetic path has room for no longer one. */
export const LONGEST_HELD = 1_440;

const HELD = { from: 1, to: LONGEST_HELD, whole: true } as const;

/**
 * Ends after a holding time as the trader's own trades had them (`own-exits.ts`): `holding` rises, and
 * each of it is held as often as the others; `trades`: those that the trader ended, which it stands
 * on; `cap`: the longest of `holding`.
 */
export const own = personalExit({
  kind: 'own',
  parameters: {
    holding: { each: HELD, most: 1_000 },
    trades: { from: 1, whole: true },
    cap: HELD,
  },
  word: {
    form: 'own:TRADES:BARS,…',
    hint: 'with rising holding times',
    write: ({ trades, holding }) => `own:${trades}:${holding.join(',')}`,
    read: (word) => {
      const [, trades, times] = /^own:(\d+):([\d,]+)$/.exec(word) ?? [];
      if (times === undefined) return null;
      const holding = times.split(',').map(Number);
      return { kind: 'own', holding, trades: Number(trades), cap: holding.at(-1) };
    },
  },
  name: 'your own holding times',
  detail: ({ holding, cap, trades }) => `${holding[0]} to ${cap} bars, from ${trades} trades`,
  trait: ({ trades }) => `the holding times of ${trades} trades of yours`,
  averages: () => null,
  holdsAsPlanned: true,
  candles: () => 1,
  prepare: (_close, { holding }) => ({
    signal: (entry, _direction, draw) => entry + holding[Math.floor(draw * holding.length)]!,
  }),
  problem: ({ holding, cap }) =>
    [...holding, cap].every((bars, i) => i === 0 || bars >= holding[i - 1]!)
      ? null
      : 'holding times must rise to the cap',
});
export type OwnExit = RuleWith<'own', typeof own.parameters>;
