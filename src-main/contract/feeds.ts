import { LONGEST_NAME, LONGEST_SYMBOL } from '../domain/limits.ts';
import { z } from 'zod';
import { clockChoice, gap, timeframe } from './series.ts';
import { utcSeconds } from './units.ts';

/** Where new bars come from. Until one is turned on not one request leaves the machine. */
export const feedChoice = z.discriminatedUnion('kind', [
  /** A CSV file that a MetaTrader terminal writes on this machine, appended or rewritten. */
  z.object({
    kind: z.literal('file'),
    path: z.string().min(1).max(4096),
    symbol: z.string().trim().min(1).max(LONGEST_SYMBOL),
    clock: clockChoice,
    /** Series to fill; by symbol and timeframe where it is left out. */
    name: z.string().trim().min(1).max(LONGEST_NAME).optional(),
  }),
  /** Klines of Binance. Neither symbol is spot gold: a token backed by it, and a futures contract. */
  z.object({
    kind: z.literal('binance'),
    symbol: z.enum(['PAXGUSDT', 'XAUUSDT']),
    timeframe,
  }),
  /** XAU_USD of OANDA's v20, at mid prices. The token is kept apart and told to no window. */
  z.object({
    kind: z.literal('oanda'),
    environment: z.enum(['practice', 'live']),
    account: z.string().regex(/^[\w-]{1,64}$/, 'letters, digits and dashes'),
    timeframe,
  }),
]);
export type FeedChoice = z.infer<typeof feedChoice>;
export type FeedKind = FeedChoice['kind'];

/** Whether the OANDA token is kept, and by what: the system's key store, or a file of the user's own. */
export const keptToken = z.object({ isKept: z.boolean(), by: z.enum(['key-store', 'file']) });
export type KeptToken = z.infer<typeof keptToken>;

export const formingBar = z.object({
  /** Opening of the bar. */
  time: utcSeconds,
  open: z.number(),
  high: z.number(),
  low: z.number(),
  close: z.number(),
});
export type FormingBar = z.infer<typeof formingBar>;

/** How a feed stands. Its closed bars are in the series; the forming one is here and nowhere else. */
export const feedState = z.object({
  choice: feedChoice.nullable(),
  /** Series that the bars go to, in the feed's own step; null before it is known. */
  series: z.string().nullable(),
  timeframe: timeframe.nullable(),
  /** `off`; `connecting` for the first time; `live`; `retrying` after a loss. */
  status: z.enum(['off', 'connecting', 'live', 'retrying']),
  /** Close of the newest whole bar that came. */
  lastClosedAt: utcSeconds.nullable(),
  forming: formingBar.nullable(),
  /** Bars that the market was open for and that could not be had, and the opening of the bar after them. */
  gap: gap.nullable(),
  /** Tries since the feed was last live, and when the next one comes. */
  attempt: z.number().int(),
  nextTryAt: utcSeconds.nullable(),
  /** Messages that made no sense and were left out. */
  malformed: z.number().int(),
  /** What the source now says otherwise of a bar that is stored; the stored one stays. */
  differing: z.string().nullable(),
  /** Why it is not live, as a sentence; null while it is. */
  trouble: z.string().nullable(),
});
export type FeedState = z.infer<typeof feedState>;

/** No feed. */
export const FEED_OFF: FeedState = {
  choice: null,
  series: null,
  timeframe: null,
  status: 'off',
  lastClosedAt: null,
  forming: null,
  gap: null,
  attempt: 0,
  nextTryAt: null,
  malformed: 0,
  differing: null,
  trouble: null,
};
