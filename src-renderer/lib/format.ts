import { ounces } from '#domain/size.ts';
import type { Clock } from '#contract/schemas.ts';
import type { Fraction, Money, SizeIndex, UsdPerOunce, UtcSeconds } from '#domain/units.ts';

/** How every number of the window is written. A percent, a thousands comma or a true minus exists only here. */

export const NO_VALUE = '—';
const MINUS = '−';

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
export const price = (value: UsdPerOunce | number) => number(value, 2);

/** "never" where no price of the metal liquidates. */
export function liquidationPrice(value: UsdPerOunce, digits: 1 | 2): string {
  return value <= 0 ? 'never' : number(value, digits);
}

/** Dollars and cents: −$122.81. */
export function dollars(value: number): string {
  return value < 0 ? `${MINUS}$${number(-value, 2)}` : `$${number(value, 2)}`;
}

/** Equity is read in whole dollars. */
export const wholeDollars = (value: Money) => `$${number(value, 0)}`;

export const sizeText = (size: SizeIndex) => number(ounces(size), 2);

/** A return in percent, one decimal and always signed: +2.9. */
export function signedPercent(value: Fraction): string {
  const text = number(value * 100, 1);
  return text.startsWith(MINUS) ? text : `+${text}`;
}

/** A limit in percent, with as many decimals as it has (one at least, three at most): 6.0, 0.975. */
export function limitText(limit: Fraction): string {
  const percent = Number((limit * 100).toFixed(3));
  const digits = [1, 2].find((places) => Number(percent.toFixed(places)) === percent) ?? 3;
  return percent.toFixed(digits);
}

/** A share in percent, one decimal. */
export const percent = (value: Fraction | number) => number(value * 100, 1);

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

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number) => String(value).padStart(2, '0');

/** "14:00" UTC. */
export function clockTime(time: UtcSeconds): string {
  const date = new Date(time * 1000);
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}

/** "22 Dec 2023" UTC. */
export function day(time: UtcSeconds): string {
  const date = new Date(time * 1000);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** "22 Dec 2023 14:00" UTC. */
export const dateTime = (time: UtcSeconds) => `${day(time)} ${clockTime(time)}`;

/** "2023-12-22", for tables. */
export const isoDay = (time: UtcSeconds) => new Date(time * 1000).toISOString().slice(0, 10);

/** "2023-12-22 14:00", for tables. */
export const isoDateTime = (time: UtcSeconds) => `${isoDay(time)} ${clockTime(time)}`;

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** When a bar closed: its age while it is fresh, else the moment. */
export function closedText(closedAt: UtcSeconds, now: UtcSeconds): string {
  const age = now - closedAt;
  if (age < 0 || age >= DAY) return `closed ${clockTime(closedAt)} UTC`;
  if (age < MINUTE) return `closed ${Math.floor(age)} s ago`;
  if (age < HOUR) return `closed ${Math.floor(age / MINUTE)} min ago`;
  return `closed ${Math.floor(age / HOUR)} h ${Math.floor((age % HOUR) / MINUTE)} min ago`;
}

/** 312 KB, 1.2 MB. */
export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${count(bytes)} bytes`;
  return bytes < 2 ** 20 ? `${count(bytes / 1024)} KB` : `${number(bytes / 2 ** 20, 1)} MB`;
}

/** The clock that a series' file was on. */
export function clockName(clock: Clock): string {
  if (clock === 'utc') return 'UTC';
  if (clock === 'new-york-close') return 'UTC+2, summer +3';
  return `UTC${clock.replace('-', MINUS)}`;
}

/** A typed amount: "$1,250" or " 500 " as a number; NaN where it is none. */
export function typedNumber(text: string): number {
  const plain = text.replace(/[$%,\s]/g, '').replace(MINUS, '-');
  return /^-?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : NaN;
}
