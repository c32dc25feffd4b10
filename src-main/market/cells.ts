import { quote } from './text-bytes.ts';

const ZERO = 0x30;
const POINT = 0x2e;
const MINUS = 0x2d;
const COLON = 0x3a;
const SLASH = 0x2f;

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

/** Seconds from the epoch to midnight of `YYYY?MM?DD` at `from`, ? one of . - / ; NaN for no date. */
export function dateSeconds(bytes: Uint8Array, from: number, to: number): number {
  if (to - from !== 10) return NaN;
  const year = pair(bytes, from) * 100 + pair(bytes, from + 2);
  const month = pair(bytes, from + 5);
  const day = pair(bytes, from + 8);
  const mark = bytes[from + 4]!;
  if (bytes[from + 7] !== mark || (mark !== MINUS && mark !== POINT && mark !== SLASH)) return NaN;
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

/** Seconds since midnight of `HH:MM` or `HH:MM:SS` in [from, to); NaN for anything else. */
export function timeSeconds(bytes: Uint8Array, from: number, to: number): number {
  const length = to - from;
  if ((length !== 5 && length !== 8) || bytes[from + 2] !== COLON) return NaN;
  if (length === 8 && bytes[from + 5] !== COLON) return NaN;
  const hours = pair(bytes, from);
  const minutes = pair(bytes, from + 3);
  const seconds = length === 8 ? pair(bytes, from + 6) : 0;
  if (!(hours < 24 && minutes < 60 && seconds < 60)) return NaN;
  return hours * 3600 + minutes * 60 + seconds;
}
