import {
  compactDateSeconds,
  dateSeconds,
  dayFirstSeconds,
  decimal,
  offsetBefore,
  timeSeconds,
} from './cells.ts';

const SPACE = 0x20;
const CAPITAL_T = 0x54;

/** One way to write the time of a bar in a cell. */
export interface TimeForm {
  /** Seconds of the cell [from, to): UTC where the form states it, else as the clock shows; or NaN. */
  readonly read: (bytes: Uint8Array, from: number, to: number) => number;
  /** How the times themselves state their clock; null where they do not. */
  readonly statesUtc: string | null;
}

type DateReader = (bytes: Uint8Array, from: number, to: number) => number;

/** A date of `length` bytes, alone or with a time after a blank or T. */
function dateAndTime(date: DateReader, length: number): TimeForm['read'] {
  return (bytes, from, to) => {
    const end = from + length;
    if (end >= to) return date(bytes, from, to);
    if (bytes[end] !== SPACE && bytes[end] !== CAPITAL_T) return NaN;
    return date(bytes, from, end) + timeSeconds(bytes, end + 1, to);
  };
}

/** A time with what it is ahead of UTC; `between` stands before the offset. */
function withOffset(local: TimeForm['read'], between: string): TimeForm['read'] {
  return (bytes, from, to) => {
    const { seconds, length } = offsetBefore(bytes, to);
    let end = to - length - between.length;
    for (let i = 0; i < between.length; i++) {
      if (bytes[end + i] !== between.charCodeAt(i)) return NaN;
    }
    if (bytes[end - 1] === SPACE) end -= 1;
    return local(bytes, from, end) - seconds;
  };
}

/** Seconds, milliseconds or microseconds from the epoch, told apart by their digits. */
function sinceEpoch(bytes: Uint8Array, from: number, to: number): number {
  const digits = to - from;
  const perSecond = digits <= 10 ? 1 : digits === 13 ? 1e3 : digits === 16 ? 1e6 : NaN;
  const seconds = decimal(bytes, from, to) / perSecond;
  return Number.isInteger(seconds) ? seconds : NaN;
}

const yearFirst = dateAndTime(dateSeconds, 10);
const dayFirst = dateAndTime(dayFirstSeconds, 10);

const OFFSETS = 'The times state their offset from UTC.';
const FORMS: readonly (readonly [RegExp, TimeForm])[] = [
  [
    /^(\d{9,10}|\d{13}|\d{16})$/,
    { read: sinceEpoch, statesUtc: 'The times count from 1970 in UTC.' },
  ],
  [/^\d{4}.{6}[ T].*(Z|[+-]\d\d:?\d\d)$/, { read: withOffset(yearFirst, ''), statesUtc: OFFSETS }],
  [/^\d\d\.\d\d\.\d{4} .*GMT[+-]/, { read: withOffset(dayFirst, 'GMT'), statesUtc: OFFSETS }],
  [/^\d\d\.\d\d\.\d{4}/, { read: dayFirst, statesUtc: null }],
  [/^\d{8}( \d{6})?$/, { read: dateAndTime(compactDateSeconds, 8), statesUtc: null }],
];

/** The form of a file's times by the cell of its first bar; `YYYY-MM-DD HH:MM` where none fits. */
export const timeFormOf = (cell: string): TimeForm =>
  FORMS.find(([shape]) => shape.test(cell))?.[1] ?? { read: yearFirst, statesUtc: null };
