import { z } from 'zod';
import { clock, direction, ounces, usdPerOunce, utcSeconds } from './schemas.ts';

/** A trade of gold that a statement tells, in UTC and ounces. Money in the account's currency. */
export const takenTrade = z.object({
  ticket: z.string(),
  /** As the broker writes it. */
  symbol: z.string(),
  direction,
  size: ounces,
  lots: z.number(),
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
