import {
  CONTRACT_SIZE,
  LONGEST_NAME,
  LONGEST_NOTE,
  LONGEST_SYMBOL,
  LONGEST_TAG,
  MOST_TAGS,
} from '../domain/limits.ts';
import { z } from 'zod';
import type { UtcSeconds } from '../domain/units.ts';
import { PAST_OUTCOMES, PAST_SOURCES, REVIEW_ORDERS } from './journal-words.ts';
import { anyAppetite, appetite, brokerRules, policy, sizeOutcome } from './account.ts';
import { recordedDecision } from './desk.ts';
import { ownExit } from './exits.ts';
import { barColumns, clock, clockChoice } from './series.ts';
import {
  direction,
  fraction,
  money,
  ounces,
  sizeIndex,
  unit,
  usdPerOunce,
  utcSeconds,
  within,
} from './units.ts';
import type { Ounces } from '../domain/units.ts';

/** A trade of gold that a statement tells, in UTC and ounces. Money in the account's currency. */
export const takenTrade = z.object({
  ticket: z.string(),
  /** As the broker writes it. */
  symbol: z.string(),
  direction,
  size: ounces,
  openedAt: utcSeconds,
  openPrice: usdPerOunce,
  /** Null, and the next, while it is open. */
  closedAt: utcSeconds.nullable(),
  closePrice: usdPerOunce.nullable(),
  /** Before commission and swap. */
  profit: z.number(),
  commission: z.number(),
  swap: z.number(),
  /** Whether the broker stopped it out. */
  stoppedOut: z.boolean(),
  comment: z.string(),
});
export type TakenTrade = z.infer<typeof takenTrade>;

/** One as it is kept. */
export interface KeptTrade extends TakenTrade {
  readonly id: number;
  readonly account: string;
  readonly currency: string;
}

/** One thing written beside a trade or a decision. */
export interface JournalEntry {
  /** What it speaks of, such as "d12" or "t34". */
  readonly subject: string;
  readonly kind: string;
  readonly writtenAt: UtcSeconds;
  readonly entry: unknown;
}

/** Where trades come from. */
export const statementSource = z.object({
  fileName: z.string(),
  sha256: z.string(),
  format: z.string(),
  account: z.string(),
  currency: z.string(),
  clock,
});
export type StatementSource = z.infer<typeof statementSource>;

export const importedStatement = statementSource.extend({
  id: z.number().int(),
  importedAt: utcSeconds,
  /** Its trades were taken out again then. */
  undoneAt: utcSeconds.nullable(),
  /** Trades that stand on it. */
  trades: z.number().int(),
});
export type ImportedStatement = z.infer<typeof importedStatement>;

/** What an import added to an account. */
export const statementImport = z.object({
  id: z.number().int().nullable(),
  added: z.number().int(),
  /** Trades that were there already. */
  known: z.number().int(),
  /** Tickets that are there with other numbers; those that are there stay. */
  differing: z.array(z.string()),
});
export type StatementImport = z.infer<typeof statementImport>;

/** The account that past trades are looked at with; each begins anew with its equity. */
export const reviewAccount = z.object({
  equity: money,
  rules: brokerRules,
  appetite,
  policy: policy.default('largest-safe'),
  /** The size that every trade is also settled at, to compare. */
  fixed: ounces,
  /**
   * Decisions are met in the account, by the rules and with the size that were recorded, or in this one.
   * The limit of all others is the one that the desk would have held them to at their entry: what the
   * appetite says, less what decisions that were liquidated by then take off it.
   */
  ofDecisions: z.enum(['recorded', 'tried']),
});
export type ReviewAccount = z.infer<typeof reviewAccount>;

export const reviewFilter = z.object({
  source: z.enum(PAST_SOURCES).nullable(),
  account: z.string().nullable(),
  direction: direction.nullable(),
  outcome: z.enum(PAST_OUTCOMES).nullable(),
  /** Words that must all stand in the trade's series, symbol, ticket, comment, note or tags. */
  text: z.string().max(200),
});
export type ReviewFilter = z.infer<typeof reviewFilter>;

export const reviewQuery = z.object({
  account: reviewAccount,
  filter: reviewFilter,
  sort: z.object({ by: z.enum(REVIEW_ORDERS), descending: z.boolean() }),
  first: z.number().int().min(0),
  count: z.number().int().min(0).max(500),
});
export type ReviewQuery = z.infer<typeof reviewQuery>;

export const journalExport = z.object({
  query: reviewQuery
    .pick({ account: true, filter: true })
    .extend({ sort: reviewQuery.shape.sort.default({ by: 'entry', descending: false }) }),
  format: z.enum(['csv', 'parquet', 'html', 'pdf']),
});
export type JournalExport = z.infer<typeof journalExport>;

/** All past trades of a filter into a file. */
export const journalFile = z.object({
  query: journalExport.shape.query.extend({
    account: reviewAccount.extend({ appetite: anyAppetite }),
  }),
  format: journalExport.shape.format.exclude(['pdf']),
  file: z.string().min(1),
});

/** Why nothing is known of a trade at other sizes. */
export const uncovered = z.enum(['open', 'no-bars', 'hole', 'fills-outside', 'in-the-bar']);
export type UncoveredReason = z.infer<typeof uncovered>;

/** A past trade as one account would have met it. Null is never a number: nothing is known. */
export const reviewRow = z.object({
  key: z.string(),
  source: z.enum(PAST_SOURCES),
  /** Where the bars come from; null where none cover it. */
  series: z.string().nullable(),
  symbol: z.string(),
  account: z.string().nullable(),
  direction,
  openedAt: utcSeconds,
  openPrice: usdPerOunce,
  closedAt: utcSeconds.nullable(),
  closePrice: usdPerOunce.nullable(),
  taken: ounces.nullable(),
  recommended: sizeIndex.nullable(),
  /** A model spoke and found no size safe. */
  stoodAside: z.boolean(),
  best: sizeIndex.nullable(),
  outcome: z.enum(PAST_OUTCOMES),
  why: uncovered.nullable(),
  /** Of the size taken, or recommended where none is known to have been taken. */
  return: fraction.nullable(),
  regret: fraction.nullable(),
  /** Worst and best price on the way, as shares of the entry price. */
  adverse: fraction.nullable(),
  favourable: fraction.nullable(),
  note: z.string(),
  tags: z.array(z.string()),
});
export type ReviewRow = z.infer<typeof reviewRow>;

/** How the trades of one way to choose a size went. */
export const chooserScore = z.object({
  trades: z.number().int(),
  liquidated: z.number().int(),
  /** Bounds of the rate, from resampled calendar months; null where too few hold a trade. */
  interval: z.object({ low: z.number(), high: z.number() }).nullable(),
  meanReturn: z.number(),
  medianReturn: z.number(),
  logGrowth: z.number(),
  meanRegret: z.number(),
  byDirection: z.object({
    long: z.object({ trades: z.number().int(), liquidated: z.number().int() }),
    short: z.object({ trades: z.number().int(), liquidated: z.number().int() }),
  }),
});
export type ChooserScore = z.infer<typeof chooserScore>;

/** Sums of returns in the order of the exits, and how far each stands under its highest so far. */
export const reviewCurve = z.object({
  time: z.array(z.number()),
  sum: z.array(z.number()),
  drawdown: z.array(z.number()),
});
export type ReviewCurve = z.infer<typeof reviewCurve>;

export const reviewPage = z.object({
  /** Trades in all, and those of the filter. */
  total: z.number().int(),
  matching: z.number().int(),
  rows: z.array(reviewRow),
  /** Over the trades of the filter, its outcome aside; null for a way that chose in none of them. */
  scores: z.object({
    recommended: chooserScore.nullable(),
    taken: chooserScore.nullable(),
    fixed: chooserScore.nullable(),
  }),
  curves: z.object({ recommended: reviewCurve, taken: reviewCurve, fixed: reviewCurve }),
  /** Trades that a size was recommended for on bars that the bundled market was fitted to. */
  fittedTo: z.number().int(),
  /** Trades of which nothing is known, by reason. */
  unknown: z.partialRecord(uncovered, z.number().int()),
  /** Accounts that trades come from. */
  accounts: z.array(z.object({ name: z.string(), currency: z.string() })),
  scatter: z.array(
    z.object({ adverse: z.number(), favourable: z.number(), liquidated: z.boolean() }),
  ),
});
export type ReviewPage = z.infer<typeof reviewPage>;

/** A trade laid open: every size, and the path. */
export const reviewedTradeView = z.object({
  row: reviewRow,
  /** As the broker told it; null for a decision. */
  statement: takenTrade
    .extend({ id: z.number().int(), account: z.string(), currency: z.string() })
    .nullable(),
  /** As it was recorded; null for a trade of a statement. */
  decision: recordedDecision.nullable(),
  /** When the outcomes of a decision that has ended were written down last. */
  settledAt: utcSeconds.nullable(),
  /** Of each size, smallest first; null where no bars cover the trade. */
  outcomes: z
    .array(
      sizeOutcome.extend({
        /** Not where the bars of the fills decide and do not tell. */
        isKnown: z.boolean(),
        /** By the model at the entry; null without a curve or without margin. */
        pLiquidation: fraction.nullable(),
      }),
    )
    .nullable(),
  /** P must have been under it. */
  limit: fraction,
  /** With the bars that hold the entry and the exit. */
  bars: z
    .object({ entry: z.number().int(), exit: z.number().int(), columns: barColumns })
    .nullable(),
});
export type ReviewedTradeView = z.infer<typeof reviewedTradeView>;

/** What a trader writes beside a trade; the newest of a kind holds, the older ones are kept. */
export const journalWriting = z.discriminatedUnion('kind', [
  z.object({ key: z.string(), kind: z.literal('note'), entry: z.string().max(LONGEST_NOTE) }),
  z.object({
    key: z.string(),
    kind: z.literal('tags'),
    entry: z.array(z.string().trim().min(1).max(LONGEST_TAG)).max(MOST_TAGS),
  }),
  /** Size that was taken on a decision; null where none was. */
  z.object({ key: z.string(), kind: z.literal('taken'), entry: ounces.nullable() }),
  /** A decision that was closed by hand before its signal; null where it was not after all. */
  z.object({
    key: z.string(),
    kind: z.literal('closed'),
    entry: z.object({ closedAt: utcSeconds }).nullable(),
  }),
]);
export type JournalWriting = z.infer<typeof journalWriting>;

/** Whether liquidations of recorded decisions keep to what was promised (domain/alarm). */
export const alarmState = z.object({
  /** Decisions that ended since the watch began, how many were to be liquidated, and how many were. */
  trades: z.number().int(),
  expected: z.number(),
  realised: z.number().int(),
  /** 1 at first; the alarm goes off at 1 / `falseAlarmRate`. */
  evidence: z.number(),
  isFired: z.boolean(),
  falseAlarmRate: z.number(),
  /** Null: since the first decision. */
  since: utcSeconds.nullable(),
});
export type AlarmState = z.infer<typeof alarmState>;

/** A rule out of the holding times of imported trades, and what it stands on. */
export const ownExitsFound = z.object({
  rule: ownExit,
  /** Trades that the trader ended, and those of which only a part of the time is known. */
  ended: z.number().int(),
  censored: z.number().int(),
  /** Share that lasts longer than the rule's longest, or was not seen to end. */
  cut: fraction,
  /** Share that is still held after so many hourly bars. */
  steps: z.array(z.object({ bars: z.number(), held: fraction })),
});
export type OwnExitsFound = z.infer<typeof ownExitsFound>;

/** How a statement is to be read. */
export const statementSettings = z.object({
  /** Name of the account; null for the one in the file. */
  account: z.string().trim().min(1).max(LONGEST_NAME).nullable(),
  /** Symbols that are gold beside those that are known. */
  goldNames: z.array(z.string().trim().min(1).max(LONGEST_SYMBOL)).max(50),
  /** Ounces of a lot; null where the profits are to show it. */
  contract: unit<Ounces>(within(CONTRACT_SIZE)).nullable(),
  clock: clockChoice,
});
export type StatementSettings = z.infer<typeof statementSettings>;

/** Why a row of a statement is no trade of gold. */
export const skipReason = z.enum([
  'other-symbol',
  'cancelled-order',
  'pending-order',
  'balance',
  /** Neither buy nor sell, in the words that are known. */
  'unknown-type',
  'unreadable',
]);

/** A statement as its trades would be kept. */
export const statementPreview = z.object({
  source: statementSource,
  isAccountAssumed: z.boolean(),
  isClockAssumed: z.boolean(),
  clockEvidence: z.string(),
  closed: z.number().int(),
  open: z.number().int(),
  from: utcSeconds.nullable(),
  to: utcSeconds.nullable(),
  added: z.number().int(),
  known: z.number().int(),
  differing: z.array(z.string()),
  contracts: z.array(z.object({ symbol: z.string(), ounces, evidence: z.string() })),
  stopOuts: z.number().int(),
  /** Rows that are left out: how many for each reason, and the first of them. */
  skipped: z.array(
    z.object({
      reason: z.string(),
      rows: z.number().int(),
      first: z.array(z.object({ row: z.number().int(), text: z.string() })),
    }),
  ),
  /** Symbols of rows that are left out as no gold. */
  otherSymbols: z.array(z.string()),
});
export type StatementPreview = z.infer<typeof statementPreview>;

/** A statement as it was read, and what was kept of it. Times in UTC. */
export const statementReading = z.object({
  source: statementSource,
  /** The statement names no account. */
  isAccountAssumed: z.boolean(),
  /** Neither the statement, the trader nor the bars tell the clock: this one is most likely. */
  isClockAssumed: z.boolean(),
  clockEvidence: z.string(),
  /** What stored bars show of the clock, and which; null where none cover a fill. */
  shown: z
    .object({
      series: z.string(),
      clock: clock.nullable(),
      evidence: z.string(),
      /** Fills that the bars could be asked about, and the share of them that lies inside. */
      fills: z.number().int(),
      share: fraction.nullable(),
      next: z.object({ clock, share: fraction }).nullable(),
    })
    .nullable(),
  closed: z.number().int(),
  open: z.number().int(),
  /** From the first entry to the last entry or close; null without trades. */
  from: utcSeconds.nullable(),
  to: utcSeconds.nullable(),
  /** Ounces of a unit of each symbol's sizes, and how that is known. */
  contracts: z
    .array(
      z.object({
        symbol: z.string(),
        unit: z.enum(['lots', 'ounces']),
        ounces,
        source: z.enum(['file', 'given', 'profits', 'standard']),
        evidence: z.string(),
      }),
    )
    .readonly(),
  /** Of every symbol, as the broker writes them. */
  stopOuts: z
    .array(
      z.object({
        row: z.number().int(),
        marginLevel: z.number(),
        equity: z.number(),
        usedMargin: z.number(),
      }),
    )
    .readonly(),
  /** Rows that are left out, by reason. */
  skipped: z.partialRecord(
    skipReason,
    z
      .array(
        z.object({
          row: z.number().int(),
          reason: skipReason,
          symbol: z.string(),
          text: z.string(),
        }),
      )
      .readonly(),
  ),
  /** What the import added, or would add. */
  kept: statementImport,
});
export type StatementReading = z.infer<typeof statementReading>;
