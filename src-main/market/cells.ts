import { quote } from './text-bytes.ts';

const ZERO = 0x30;
const POINT = 0x2e;
const MINUS = 0x2d;
const COLON = 0x3a;
const SLASH = 0x2f;
const PLUS = 0x2b;
const CAPITAL_Z = 0x5a;

/** A mantissa of so many digits and these powers are exact, so one division rounds correctly. */
const EXACT_DIGITS = 15;
const POWERS_OF_TEN = Float64Array.from({ length: EXACT_DIGITS + 1 }, (_, n) => 10 ** n);

/** The decimal number in [from, to), the same double that `Number` reads; NaN for anything else. */
export function decimal(bytes: Uint8Array, from: number, to: number): number {
  const start = bytes[from] === MINUS ? from + 1 : from;
  let mantissa = 0;
  let digits = 0;
  let point = -1;
  for (let i = start; i < to; i++) {
    const byte = bytes[i]!;
    if (byte >= ZERO && byte <= ZERO + 9) {
      mantissa = mantissa * 10 + (byte - ZERO);
      digits += 1;
    } else if (byte === POINT && point < 0) {
      point = i;
    } else {
      return NaN;
    }
  }
  if (digits === 0) return NaN;
  if (digits > EXACT_DIGITS) return Number(quote(bytes, from, to));
  const value = point < 0 ? mantissa : mantissa / POWERS_OF_TEN[to - point - 1]!;
  return start === from ? value : -value;
}

/** Two digits as a number, or NaN. */
function pair(bytes: Uint8Array, at: number): number {
  const tens = bytes[at]! - ZERO;
  const ones = bytes[at + 1]! - ZERO;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : NaN;
}

/** Years that a candle can be of; anything else is a misread number. */
const FIRST_YEAR = 1970;
const LAST_YEAR = 2099;

let lastDay = -1;
let lastSeconds = NaN;

/** Seconds from the epoch to midnight of a day; NaN where the calendar has no such day. */
function midnight(year: number, month: number, day: number): number {
  // Most lines repeat the day of the line before.
  const key = (year * 100 + month) * 100 + day;
  if (key === lastDay) return lastSeconds;
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) return NaN;
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return NaN;
  lastDay = key;
  lastSeconds = date.getTime() / 1000;
  return lastSeconds;
}

const isDateMark = (byte: number | undefined) => byte === MINUS || byte === POINT || byte === SLASH;

/** Seconds from the epoch to midnight of `YYYY?MM?DD` at `from`, ? one of . - / ; NaN for no date. */
export function dateSeconds(bytes: Uint8Array, from: number, to: number): number {
  if (to - from !== 10) return NaN;
  const mark = bytes[from + 4];
  if (bytes[from + 7] !== mark || !isDateMark(mark)) return NaN;
  const year = pair(bytes, from) * 100 + pair(bytes, from + 2);
  return midnight(year, pair(bytes, from + 5), pair(bytes, from + 8));
}

/** The same of `DD.MM.YYYY`. */
export function dayFirstSeconds(bytes: Uint8Array, from: number, to: number): number {
  if (to - from !== 10 || bytes[from + 2] !== POINT || bytes[from + 5] !== POINT) return NaN;
  const year = pair(bytes, from + 6) * 100 + pair(bytes, from + 8);
  return midnight(year, pair(bytes, from + 3), pair(bytes, from));
}

/** The same of `YYYYMMDD`. */
export function compactDateSeconds(bytes: Uint8Array, from: number, to: number): number {
  if (to - from !== 8) return NaN;
  const year = pair(bytes, from) * 100 + pair(bytes, from + 2);
  return midnight(year, pair(bytes, from + 4), pair(bytes, from + 6));
}

/**
 * Seconds since midnight of `HH:MM`, `HH:MM:SS` or `HHMMSS` in [from, to), a fraction of zeros after
 * it; NaN for anything else.
 */
export function timeSeconds(bytes: Uint8Array, from: number, to: number): number {
  let end = to;
  if (to - from > 9 && bytes[from + 8] === POINT) {
    for (let i = from + 9; i < to; i++) if (bytes[i] !== ZERO) return NaN;
    end = from + 8;
  }
  const length = end - from;
  const mark = length === 6 ? 0 : 1;
  if (length !== 5 && length !== 6 && length !== 8) return NaN;
  if (mark === 1 && bytes[from + 2] !== COLON) return NaN;
  if (length === 8 && bytes[from + 5] !== COLON) return NaN;
  const hours = pair(bytes, from);
  const minutes = pair(bytes, from + 2 + mark);
  const seconds = length === 5 ? 0 : pair(bytes, from + 4 + 2 * mark);
  if (!(hours < 24 && minutes < 60 && seconds < 60)) return NaN;
  return hours * 3600 + minutes * 60 + seconds;
}

/** Seconds that an offset such as `Z`, `+05:30` or `-0500` ending at `to` is ahead of UTC, and its length. */
export function offsetBefore(bytes: Uint8Array, to: number): { seconds: number; length: number } {
  if (bytes[to - 1] === CAPITAL_Z) return { seconds: 0, length: 1 };
  const length = bytes[to - 3] === COLON ? 6 : 5;
  const sign = bytes[to - length];
  if (sign !== PLUS && sign !== MINUS) return { seconds: NaN, length };
  const seconds = pair(bytes, to - length + 1) * 3600 + pair(bytes, to - 2) * 60;
  return { seconds: sign === MINUS ? -seconds : seconds, length };
}
