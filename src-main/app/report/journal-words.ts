import type { Chooser, PastOutcome } from '../../contract/journal-words.ts';
import { limitText, number, penaltyText, wholeDollars } from '../../domain/answer/wording.ts';
import { marginOf } from '../../domain/models/kinds.ts';
import { percent, RETURNS_NOTE } from '../../contract/evaluation-words.ts';
import type { BrokerRules, Costs, StopOutRule } from '../../domain/account/broker.ts';
import type { ReviewAccount, ReviewFilter, UncoveredReason } from '../../contract/journal.ts';
import type { JournalReport } from '../journal/export/journal-report.ts';

const SOURCES = { decision: 'recorded decisions', statement: 'imported trades' } as const;
const OUTCOMES: Readonly<Record<PastOutcome, string>> = {
  survived: 'that survived',
  liquidated: 'that were liquidated',
  open: 'that are open',
  unknown: 'of unknown outcome',
};

/** "Imported trades of account 1001, longs". */
export function filterText({ source, account, direction, outcome, text }: ReviewFilter): string {
  const words = [
    `${source ? SOURCES[source] : 'past trades'}${account === null ? '' : ` of account ${account}`}`,
    direction && `${direction}s`,
    outcome && OUTCOMES[outcome],
    text.trim() && `with “${text.trim()}”`,
  ];
  const said = words.filter(Boolean).join(', ');
  return said.charAt(0).toUpperCase() + said.slice(1);
}

export const chooserName = (chooser: Chooser, { fixed }: ReviewAccount) =>
  ({ recommended: 'Recommended', taken: 'Taken', fixed: `Fixed ${number(fixed, 2)} oz` })[chooser];

const stopOutText = (rule: StopOutRule) =>
  rule.kind === 'equity'
    ? `${percent(rule.fraction, 0)}% of equity`
    : `a margin level of ${percent(rule.level, 0)}%`;

function costsText({ spread, commissionPerSide, swapPerNight }: Costs): string {
  const { long, short } = swapPerNight;
  const usd = (amount: number) => number(amount, 2);
  const parts = [
    spread !== 0 && `spread ${usd(spread)} (recorded decisions)`,
    commissionPerSide !== 0 && `commission ${usd(commissionPerSide)} a side`,
    (long !== 0 || short !== 0) && `swap ${usd(long)} long, ${usd(short)} short a night`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? 'no costs' : `${parts.join(', ')}, USD an ounce`;
}

/** "$500 at each entry, 20x, liquidated at 30% of equity, no costs." */
export function accountText({ account, limit, model }: JournalReport): string {
  const { equity, rules, appetite, policy } = account;
  const { threshold, safetyFactor } = appetite;
  const origin =
    marginOf(model?.kind ?? null) === 'penalty'
      ? penaltyText(limit, model?.kind ?? null)
      : `threshold ${percent(threshold)}% × safety factor ${number(safetyFactor, 2)}`;
  const other =
    rules.otherMargin > 0
      ? `, ${wholeDollars(rules.otherMargin)} of margin in other positions`
      : '';
  return (
    `Account: ${wholeDollars(equity)} at each entry, ${rules.leverage}x${other}, liquidated at ` +
    `${stopOutText(rules.stopOut)}; ${costsText(rules.costs)}. ` +
    `Limit of P(liquidation): ${limitText(limit)}%, ${origin}.` +
    (policy === 'best-return' ? ' Recommended: the size under it with the best mean return.' : '')
  );
}

const REASONS: Readonly<Record<UncoveredReason, string>> = {
  open: 'still open',
  'no-bars': 'not covered by stored bars of gold',
  hole: 'with bars missing on the way',
  'fills-outside': 'at prices outside the bars of their fills',
  'in-the-bar': 'decided inside the bar of a fill, which does not tell',
};

/** "Nothing is known of 3 of 40 trades: 1 still open, ..."; null where all are known. */
export function unknownText({ page, trades }: JournalReport): string | null {
  const reasons = Object.entries(page.unknown) as [UncoveredReason, number][];
  const count = reasons.reduce((sum, [, found]) => sum + found, 0);
  if (count === 0) return null;
  const told = reasons.map(([reason, found]) => `${number(found, 0)} ${REASONS[reason]}`);
  return `Nothing is known of ${number(count, 0)} of ${number(trades, 0)} trades: ${told.join('; ')}.`;
}

/** What flatters in the figures; null where nothing does. */
export const flatteryText = ({ page: { fittedTo } }: JournalReport): string | null =>
  fittedTo === 0
    ? null
    : `${number(fittedTo, 0)} of the trades with a recommended size were entered before 2023, on bars ` +
      `that the bundled market was fitted to: there the model flatters.`;

export function modelText({ model }: JournalReport): string {
  if (!model) return 'There is no model: no size was recommended for imported trades.';
  const { name, kind, exit } = model;
  return (
    `Model in use: ${name} (${kind.toUpperCase()}, trained for exits by ${exit}); recorded ` +
    `decisions are looked at by the model that they were recorded with.`
  );
}

/** Product rules, section 1, as they hold for past trades. */
export const fillsText = ({ gapFill, negativeBalanceProtection }: BrokerRules) =>
  `Fills: a recorded decision from the close of its bar to the close of the bar that gave the exit ` +
  `signal, or at which it was closed by hand; an imported trade from its own entry to its own exit. ` +
  `Inside a bar the adverse extreme comes first; a bar that opens beyond the liquidation price fills ` +
  `at ${gapFill === 'open' ? 'its open' : 'that price'}; ` +
  `${negativeBalanceProtection ? 'loss stops at 100%' : 'a gap can cost more than the equity'}; ` +
  `there is no stop loss.`;

export const NOT_ADVICE = `A record and no advice. ${RETURNS_NOTE} The limit is one of P at each entry and promises no rate; it speaks for both directions together, not for each.`;
