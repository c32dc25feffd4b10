import { MODEL_KINDS, type PSource } from '../models/kinds.ts';
import { penalised, PENALTY } from '../risk/risk-curve.ts';
import { ounces } from '../size.ts';
import type { Fraction, Money, SizeIndex, UtcSeconds } from '../units.ts';

/** How the numbers of an answer are written, in the window and on the command line. */

export const MINUS = '−';

const decimals = [0, 1, 2, 3, 4, 5, 6].map(
  (digits) =>
    new Intl.NumberFormat('en-US', {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      signDisplay: 'negative',
    }),
);

/** Thousands comma, true minus, and never "−0". */
export function number(value: number, digits: number): string {
  return decimals[digits]!.format(value).replace('-', MINUS);
}

export const count = (value: number) => number(value, 0);
/** Equity is read in whole dollars. */
export const wholeDollars = (value: Money) => `$${number(value, 0)}`;

export const sizeText = (size: SizeIndex) => number(ounces(size), 2);

/** A limit in percent, with as many decimals as it has (one at least, three at most): 6.0, 0.975. */
export function limitText(limit: Fraction): string {
  const percent = Number((limit * 100).toFixed(3));
  const digits = [1, 2].find((places) => Number(percent.toFixed(places)) === percent) ?? 3;
  return percent.toFixed(digits);
}

/** Where a limit comes from whose margin of safety is a penalty: "10% with V2’s 5× penalty". */
export function penaltyText(limit: Fraction, source: PSource | null): string {
  const threshold = limitText(penalised(limit)).replace(/\.0$/, '');
  return `${threshold}% with ${kindText(source)}’s ${PENALTY}× penalty`;
}

/** "V3". */
export const kindText = (source: PSource | null) =>
  source === null || source === 'baseline' ? 'the rule' : MODEL_KINDS[source].label;

/**
 * P(liquidation) in percent: one decimal, and more where it would otherwise read as equal to the
 * limit, or on its other side. 5.96% under a limit of 6.0% stays 5.96.
 */
export function probability(p: Fraction, limit: Fraction): string {
  const atLimit = Number(limitText(limit));
  if (p === limit) return limitText(limit);
  for (let digits = 1; digits <= 5; digits++) {
    const shown = Number((p * 100).toFixed(digits));
    if (p < limit ? shown < atLimit : shown > atLimit) return number(shown, digits);
  }
  return limitText(limit);
}

const moments = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** "22 Dec, 14:00" UTC. */
export const momentText = (time: UtcSeconds) => moments.format(time * 1000);

/** Seconds as "3 h 12 min", "15 min", or "2 d 4 h". */
export function spanText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const [days, hours, rest] = [
    Math.floor(minutes / 1440),
    Math.floor(minutes / 60) % 24,
    minutes % 60,
  ];
  if (days >= 30) return `${count(days)} d`;
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours === 0) return `${rest} min`;
  return rest > 0 ? `${hours} h ${rest} min` : `${hours} h`;
}
