import { MINUS, count, number } from '#domain/answer/wording.ts';
import { zone } from './zone.svelte.ts';
import type { Clock } from '#contract/series.ts';
import type { Direction, Fraction, UsdPerOunce, UtcSeconds } from '#domain/units.ts';

/** How every number of the window is written; those of an answer are shared with the command line. */

export {
  count,
  limitText,
  number,
  probability,
  sizeText,
  wholeDollars,
} from '#domain/answer/wording.ts';

export const NO_VALUE = '—';
export const sideName = (side: Direction) => (side === 'long' ? 'Long' : 'Short');
export const price = (value: UsdPerOunce | number) => number(value, 2);

/** "never" where no price of the metal liquidates. */
export function liquidationPrice(value: UsdPerOunce, digits: 1 | 2): string {
  return value <= 0 ? 'never' : number(value, digits);
}

/** Dollars and cents: −$122.81. */
export function dollars(value: number): string {
  return value < 0 ? `${MINUS}$${number(-value, 2)}` : `$${number(value, 2)}`;
}

/** A return in percent, one decimal and signed: +2.9; 0.0 where no digit of it shows. */
export function signedPercent(value: Fraction): string {
  const text = number(value * 100, 1);
  return text === '0.0' || text.startsWith(MINUS) ? text : `+${text}`;
}

/** A share in percent, one decimal. */
export const percent = (value: Fraction | number) => number(value * 100, 1);

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number) => String(value).padStart(2, '0');

const clock = (time: UtcSeconds) => {
  const date = new Date(time * 1000);
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
};

/** "14:00", in the zone of the desk. */
export const clockTime = (time: UtcSeconds) => clock(zone.wall(time));

/** "22 Dec 2023" UTC. */
export function day(time: UtcSeconds): string {
  const date = new Date(time * 1000);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** "22 Dec 2023 14:00" of a clock's own reading. */
export const wallText = (wall: UtcSeconds) => `${day(wall)} ${clock(wall)}`;

/** "22 Dec 2023 14:00", in the zone of the desk. */
export const dateTime = (time: UtcSeconds) => wallText(zone.wall(time));

/** "2023-12-22" UTC, for tables. */
export const isoDay = (time: UtcSeconds) => new Date(time * 1000).toISOString().slice(0, 10);

/** "2023-12-22 14:00" UTC, for tables. */
export const isoDateTime = (time: UtcSeconds) => `${isoDay(time)} ${clock(time)}`;

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

/** When a bar closed: its age while it is fresh, else the moment. */
export function closedText(closedAt: UtcSeconds, now: UtcSeconds): string {
  const age = now - closedAt;
  if (age < 0 || age >= DAY) return `closed ${clockTime(closedAt)} ${zone.at(closedAt)}`;
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

/**
 * A typed amount: "$1,250", " 500 " or "20×" as a number; NaN where it is none. A comma parts
 * thousands and nothing else: "0,25" is not read as 25.
 */
export function typedNumber(text: string): number {
  const bare = text.replace(/[$%\s]|×|oz$|lots?$/gi, '').replace(MINUS, '-');
  const plain = /^-?\d{1,3}(,\d{3})+(\.\d*)?$/.test(bare) ? bare.replaceAll(',', '') : bare;
  return /^-?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : NaN;
}

/** A large number in two digits that can be trusted: 1.6 million, 42,000, 950. */
export function roughCount(value: number): string {
  if (value >= 999_500) return `${number(value / 1e6, value < 9.95e6 ? 1 : 0)} million`;
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, value))) - 1);
  return count(Math.round(value / unit) * unit);
}

/** How long something takes, as it is said: 40 s, 3 min, 1 h 5 min. */
export function duration(seconds: number): string {
  if (seconds < 59.5) return `${count(Math.max(1, seconds))} s`;
  const minutes = Math.round(seconds / MINUTE);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Time gone by, as a clock shows it: 0:07, 15:48, 1:02:05. */
export function elapsed(seconds: number): string {
  const whole = Math.floor(seconds);
  const minutes = Math.floor(whole / MINUTE);
  const text = `${two(minutes % 60)}:${two(whole % MINUTE)}`;
  return minutes < 60 ? text.replace(/^0/, '') : `${Math.floor(minutes / 60)}:${text}`;
}

/** A checksum by its first characters. */
export const shortChecksum = (checksum: string) => checksum.slice(0, 8);
