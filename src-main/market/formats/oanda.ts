import { z } from 'zod';
import { layoutByPlace } from '../format.ts';
import type { Problems } from '../problems.ts';
import type { Table } from '../table.ts';
import { timeFormOf } from '../times.ts';

const prices = z.object({ o: z.string(), h: z.string(), l: z.string(), c: z.string() });
type Prices = z.infer<typeof prices>;

const answer = z.object({
  candles: z.array(
    z.object({
      time: z.string(),
      complete: z.boolean().default(true),
      volume: z.number(),
      mid: prices.optional(),
      bid: prices.optional(),
      ask: prices.optional(),
    }),
  ),
});

const SIDES = ['o', 'h', 'l', 'c'] as const;

/**
 * Candles as OANDA's v20 answers them in JSON, laid out as one line a candle. A candle that is not
 * complete leaves its line blank, so that problems are told by the number of the candle.
 */
export function openOanda(bytes: Uint8Array, problems: Problems): Table | null {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    problems.add('broken-json', 0);
    return null;
  }
  const read = answer.safeParse(json);
  if (!read.success) {
    problems.add('no-candles', 0);
    return null;
  }
  const { candles } = read.data;
  let forming = 0;
  let middles = 0;
  const lines = candles.map(({ time, complete, volume, mid, bid, ask }) => {
    if (!complete) {
      forming += 1;
      return '';
    }
    const isMiddle = !mid && bid && ask;
    if (isMiddle) middles += 1;
    const own = isMiddle ? middleOf(bid, ask) : (mid ?? bid ?? ask);
    // UNIX times come with nine decimals, as RFC 3339 times do.
    return [time.replace(/^(\d+)\.0+$/, '$1'), ...SIDES.map((side) => own?.[side]), volume].join();
  });
  const notes: string[] = [];
  if (middles > 0) notes.push('Prices are the middle between bid and ask.');
  if (forming > 0) notes.push(`Candles not yet complete are left out: ${forming}.`);
  const first = lines.find((line) => line !== '') ?? '';
  return {
    bytes: new TextEncoder().encode(lines.join('\n')),
    format: 'OANDA candles',
    layout: {
      ...layoutByPlace(',', 6, false),
      clock: { clock: 'utc', evidence: 'OANDA gives its times in UTC.' },
    },
    times: timeFormOf(first.split(',', 1)[0]!),
    isOwnText: false,
    notes,
  };
}

/** Half of a last digit may lie between bid and ask: one decimal more than they have keeps it. */
function middleOf(bid: Prices, ask: Prices): Prices {
  const middle = (side: keyof Prices) => {
    const decimals = Math.max(...[bid, ask].map((of) => of[side].split('.')[1]?.length ?? 0));
    return ((Number(bid[side]) + Number(ask[side])) / 2).toFixed(Math.min(decimals + 1, 100));
  };
  return { o: middle('o'), h: middle('h'), l: middle('l'), c: middle('c') };
}
