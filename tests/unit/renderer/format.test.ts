import { describe, expect, it } from 'vitest';
import {
  closedText,
  clockName,
  dateTime,
  dollars,
  duration,
  elapsed,
  fileSize,
  isoDateTime,
  limitText,
  liquidationPrice,
  number,
  price,
  probability,
  roughCount,
  signedPercent,
  sizeText,
  typedNumber,
  wholeDollars,
} from '../../../src-renderer/lib/format.ts';
import type { Fraction, Money, SizeIndex, UsdPerOunce, UtcSeconds } from '#domain/units.ts';

const share = (value: number) => value as Fraction;
const time = (iso: string) => (Date.parse(iso) / 1000) as UtcSeconds;

describe('numbers', () => {
  it('have a thousands comma and a true minus', () => {
    expect(number(-1234.5, 2)).toBe('−1,234.50');
    expect(price(2060.13)).toBe('2,060.13');
    expect(dollars(-122.81)).toBe('−$122.81');
    expect(wholeDollars(1250 as Money)).toBe('$1,250');
  });

  it('never read as minus zero', () => {
    expect(number(-0.001, 2)).toBe('0.00');
    expect(signedPercent(share(-0.0001))).toBe('0.0');
    expect(signedPercent(share(0.0001))).toBe('0.0');
  });

  it('give sizes two decimals and returns a sign', () => {
    expect(sizeText(19 as SizeIndex)).toBe('2.85');
    expect(signedPercent(share(0.029))).toBe('+2.9');
    expect(signedPercent(share(-0.022))).toBe('−2.2');
  });

  it('say "never" where no price liquidates', () => {
    expect(liquidationPrice(0 as UsdPerOunce, 2)).toBe('never');
    expect(liquidationPrice(-12 as UsdPerOunce, 1)).toBe('never');
    expect(liquidationPrice(1937.32 as UsdPerOunce, 1)).toBe('1,937.3');
  });
});

describe('P(liquidation)', () => {
  const limit = share(0.1 * 0.6);

  it('has one decimal', () => {
    expect(probability(share(0.058), limit)).toBe('5.8');
    expect(probability(share(0.0004), limit)).toBe('0.0');
    expect(probability(share(0.237), limit)).toBe('23.7');
  });

  it('takes more decimals where one would read as the limit', () => {
    expect(probability(share(0.0596), limit)).toBe('5.96');
    expect(probability(share(0.0604), limit)).toBe('6.04');
    expect(probability(share(0.05996), limit)).toBe('5.996');
  });

  it('reads as the limit only at the limit', () => {
    expect(probability(limit, limit)).toBe('6.0');
  });

  it('stays on its side of a limit that has decimals of its own', () => {
    expect(limitText(share(0.00975))).toBe('0.975');
    expect(limitText(share(0.1625))).toBe('16.25');
    expect(probability(share(0.0098), share(0.00975))).toBe('1.0');
    expect(probability(share(0.0097), share(0.00975))).toBe('0.97');
  });
});

describe('times', () => {
  it('are UTC, for reading and for tables', () => {
    expect(dateTime(time('2023-12-22T14:00:00Z'))).toBe('22 Dec 2023 14:00');
    expect(isoDateTime(time('2023-12-22T14:00:00Z'))).toBe('2023-12-22 14:00');
  });

  it('give a bar its age while it is fresh, and the moment afterwards', () => {
    const closed = time('2023-12-22T15:00:00Z');
    expect(closedText(closed, time('2023-12-22T15:00:12Z'))).toBe('closed 12 s ago');
    expect(closedText(closed, time('2023-12-22T15:12:59Z'))).toBe('closed 12 min ago');
    expect(closedText(closed, time('2023-12-22T18:12:00Z'))).toBe('closed 3 h 12 min ago');
    expect(closedText(closed, time('2024-12-22T18:12:00Z'))).toBe('closed 15:00 UTC');
  });

  it('name the clock of a file', () => {
    expect(clockName('new-york-close')).toBe('UTC+2, summer +3');
    expect(clockName('-05:00')).toBe('UTC−05:00');
  });
});

describe('what is typed', () => {
  it('may carry the signs that the window itself writes', () => {
    expect(typedNumber('$1,250')).toBe(1250);
    expect(typedNumber(' 7.5% ')).toBe(7.5);
    expect(typedNumber('−0.08')).toBe(-0.08);
    expect(typedNumber('20×')).toBe(20);
    expect(typedNumber('0.01 lot')).toBe(0.01);
    // A decimal comma is no thousands: it is refused, not read as 25.
    expect(typedNumber('0,25')).toBeNaN();
  });

  it('is no number where it is none', () => {
    for (const text of ['', '-', '12a', '1.2.3', 'Infinity', '1e3']) {
      expect(typedNumber(text), text).toBeNaN();
    }
  });
});

it('sizes of files are read in KB and MB', () => {
  expect(fileSize(319_488)).toBe('312 KB');
  expect(fileSize(62_914_560)).toBe('60.0 MB');
});

it('estimates are read in two digits that can be trusted', () => {
  expect(roughCount(1_624_000)).toBe('1.6 million');
  expect(roughCount(12_340_000)).toBe('12 million');
  expect(roughCount(41_700)).toBe('42,000');
  expect(roughCount(999_600)).toBe('1.0 million');
  expect(roughCount(7)).toBe('7');
});

it('durations are read in seconds, then minutes, then hours', () => {
  expect(duration(0.2)).toBe('1 s');
  expect(duration(39.6)).toBe('40 s');
  expect(duration(59.7)).toBe('1 min');
  expect(duration(3900)).toBe('1 h 5 min');
});

it('time gone by is read as a clock shows it', () => {
  expect(elapsed(7.9)).toBe('0:07');
  expect(elapsed(948)).toBe('15:48');
  expect(elapsed(3725)).toBe('1:02:05');
});
