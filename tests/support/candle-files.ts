import { emptyBars, type Bars } from '../../src-main/domain/bars/bars.ts';
import { randomStream } from '../../src-main/domain/stats/random.ts';

const HOUR = 3_600;
const DAY = 86_400;

/** Seconds of an ISO time in UTC. */
export const at = (iso: string) => Date.parse(`${iso.replace(' ', 'T')}Z`) / 1000;

const formats = new Map<string, Intl.DateTimeFormat>();

/**
 * What a wall clock in `zone` shows at a UTC time, as seconds read as if they were UTC. The
 * system's time zone data, so that the importer's own daylight-saving rules are checked by others.
 */
export function wallClock(utc: number, zone: string): number {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    formats.set(zone, format);
  }
  return at(format.format(utc * 1000));
}

/** The clock of most MetaTrader servers. */
export const serverClock = (utc: number) => wallClock(utc, 'America/New_York') + 7 * HOUR;

/** Openings of gold's bars, UTC, in [from, to): without weekends and the daily pause. */
export function goldTimes(from: string, to: string, step = HOUR): number[] {
  const times: number[] = [];
  for (let time = at(from); time < at(to); time += step) {
    const newYork = wallClock(time, 'America/New_York');
    const day = new Date(newYork * 1000).getUTCDay();
    const hour = Math.floor((newYork % DAY) / HOUR);
    const weekend = day === 6 || (day === 5 && hour >= 17) || (day === 0 && hour < 18);
    if (!weekend && hour !== 17) times.push(time);
  }
  return times;
}

/** Bars at the given times with prices in cents that differ from bar to bar. */
export function barsAt(times: readonly number[], stepSeconds = HOUR): Bars {
  const bars = emptyBars(times.length, stepSeconds);
  times.forEach((time, i) => {
    // Prices depend on the time alone: two pieces of one series agree where they overlap.
    const cents = 180_000 + (((time / 60) * 7919) % 5_000);
    bars.time[i] = time;
    bars.open[i] = cents / 100;
    bars.high[i] = (cents + 250) / 100;
    bars.low[i] = (cents - 175) / 100;
    bars.close[i] = (cents + 33) / 100;
    bars.volume[i] = 100 + ((time / 60) % 900);
  });
  return bars;
}

/** Bars at the given times that wander as gold does: a price is soon left behind. Drawn from a seed. */
export function wanderingBars(times: readonly number[], stepSeconds = HOUR): Bars {
  const bars = emptyBars(times.length, stepSeconds);
  const random = randomStream(7, 0);
  const cents = (price: number) => Math.round(price * 100) / 100;
  let price = 1850;
  times.forEach((time, i) => {
    const open = cents(price);
    const close = cents(price * Math.exp(0.002 * random.normal()));
    bars.time[i] = time;
    bars.open[i] = open;
    bars.close[i] = close;
    bars.high[i] = cents(Math.max(open, close) + random.uniform());
    bars.low[i] = cents(Math.min(open, close) - random.uniform());
    bars.volume[i] = 100;
    price = close;
  });
  return bars;
}

const date = (seconds: number) => new Date(seconds * 1000).toISOString();
const price = (value: number) => value.toFixed(2);
const prices = (bars: Bars, i: number) =>
  [bars.open, bars.high, bars.low, bars.close].map((column) => price(column[i]!));

/** Lines of a MetaTrader 5 export; the first is the header. `bars.time` as the file shows it. */
export function metatrader5Lines(bars: Bars): string[] {
  const header = '<DATE> <TIME> <OPEN> <HIGH> <LOW> <CLOSE> <TICKVOL> <VOL> <SPREAD>';
  const rows = Array.from(bars.time, (time, i) => {
    const iso = date(time);
    const day = iso.slice(0, 10).replaceAll('-', '.');
    return [day, iso.slice(11, 19), ...prices(bars, i), bars.volume[i], 0, 19].join('\t');
  });
  return [header.replaceAll(' ', '\t'), ...rows];
}

/** Lines of a MetaTrader 4 export, which has no header. `bars.time` as the file shows it. */
export const metatrader4Lines = (bars: Bars): string[] =>
  Array.from(bars.time, (time, i) => {
    const iso = date(time);
    const day = iso.slice(0, 10).replaceAll('-', '.');
    return [day, iso.slice(11, 16), ...prices(bars, i), bars.volume[i]].join(',');
  });

/** A history file of MetaTrader 4. `bars.time` as the file shows it. */
export function historyFile(bars: Bars, version: 400 | 401): Uint8Array<ArrayBuffer> {
  const size = version === 400 ? 44 : 60;
  const file = new Uint8Array(148 + bars.time.length * size);
  const view = new DataView(file.buffer);
  view.setInt32(0, version, true);
  file.set(bytesOf('(C)opyright'), 4);
  view.setInt32(80, bars.stepSeconds / 60, true);
  const { open, high, low, close, volume } = bars;
  // The first version has the low before the high and the volume as a price.
  const columns = version === 400 ? [open, low, high, close, volume] : [open, high, low, close];
  bars.time.forEach((time, i) => {
    const at = 148 + i * size;
    const first = version === 400 ? 4 : 8;
    columns.forEach((column, c) => view.setFloat64(at + first + 8 * c, column[i]!, true));
    if (version === 400) view.setUint32(at, time, true);
    else {
      view.setBigInt64(at, BigInt(time), true);
      view.setBigInt64(at + 40, BigInt(volume[i]!), true);
    }
  });
  return file;
}

/** Lines of a comma copy; the first is the header. `bars.time` as the file shows it. */
export function commaLines(bars: Bars): string[] {
  const rows = Array.from(bars.time, (time, i) => {
    const shown = date(time).slice(0, 19).replace('T', ' ');
    return [shown, ...prices(bars, i), bars.volume[i]].join(',');
  });
  return ['time,open,high,low,close,tick_volume', ...rows];
}

/** The bars as a file on another clock shows them. */
export const shownOn = (bars: Bars, clock: (utc: number) => number): Bars => ({
  ...bars,
  time: bars.time.map(clock),
});

export const bytesOf = (text: string) => new TextEncoder().encode(text);
