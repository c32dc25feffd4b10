import { describe, expect, it } from 'vitest';
import { readCandles } from '../../../src-main/market/read-candles.ts';
import { at, barsAt, bytesOf, commaLines, metatrader5Lines } from '../../support/candle-files.ts';

const HOURS = barsAt([
  at('2024-03-04 01:00:00'),
  at('2024-03-04 02:00:00'),
  at('2024-03-04 03:00:00'),
]);
const UTC = { symbol: 'XAUUSD', clock: 'utc' } as const;

const read = (text: string) => readCandles(bytesOf(text), 'gold.csv', UTC);

describe('a MetaTrader 5 export', () => {
  it('is read to the last digit', () => {
    const { report, bars } = read(`${metatrader5Lines(HOURS).join('\r\n')}\r\n`);
    expect(report).toMatchObject({
      format: 'MetaTrader 5 export',
      timeframe: 'H1',
      clock: 'utc',
      name: 'XAUUSD_H1',
      bars: 3,
      lines: 4,
      from: HOURS.time[0],
      to: HOURS.time[2],
      gaps: 0,
      problems: [],
      problemCount: 0,
    });
    expect(bars).toEqual(HOURS);
  });

  it('of daily bars has no <TIME>', () => {
    const { report, bars } = read(
      [
        '<DATE>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>',
        '2024.03.04\t2080.5\t2119.9\t2079.6\t2114.3\t300\t0\t5',
        '2024.03.05\t2114.3\t2141.6\t2110\t2128\t301\t0\t5',
      ].join('\r\n'),
    );
    expect(report.timeframe).toBe('D1');
    expect([...bars!.time]).toEqual([at('2024-03-04 00:00:00'), at('2024-03-05 00:00:00')]);
    expect([...bars!.close]).toEqual([2114.3, 2128]);
  });
});

describe('a comma copy', () => {
  it('is read to the last digit', () => {
    const { report, bars } = read(`${commaLines(HOURS).join('\n')}\n`);
    expect(report).toMatchObject({ format: 'Comma-separated copy', timeframe: 'H1', bars: 3 });
    expect(bars).toEqual(HOURS);
  });

  it('may write its dates with dots, and its time without seconds', () => {
    const { bars } = read(
      'DateTime,Open,High,Low,Close,TickVolume,Spread\r\n' +
        '2016.03.21 00:00:00,1254.55,1255.32,1250.82,1252.21,12058,24\r\n' +
        '2016.03.21 04:00,1252.16,1254.42,1244.88,1245.94,13556,24\r\n',
    );
    expect([...bars!.time]).toEqual([at('2016-03-21 00:00:00'), at('2016-03-21 04:00:00')]);
    expect([...bars!.volume]).toEqual([12058, 13556]);
  });

  it('may give the date and the time a column each, and no volume', () => {
    const { bars } = read(
      'Date,Time,Open,High,Low,Close\n2024-03-04,01:00,10,12,9,11\n2024-03-04,01:05,11,12,9,10\n',
    );
    expect([...bars!.time]).toEqual([at('2024-03-04 01:00:00'), at('2024-03-04 01:05:00')]);
    expect([...bars!.volume]).toEqual([0, 0]);
  });
});

describe('the bytes of a file', () => {
  const text = commaLines(HOURS).join('\n');

  it.each([
    ['a UTF-8 byte order mark', bytesOf(`\ufeff${text}`)],
    ['UTF-16LE with a byte order mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['CRLF', bytesOf(text.replaceAll('\n', '\r\n'))],
    ['no line feed at the end', bytesOf(text)],
    ['blank lines at the end', bytesOf(`${text}\n\r\n  \n`)],
    ['a quoted header', bytesOf(text.replace(/^.*/, (l) => `"${l.replaceAll(',', '","')}"`))],
    ['quoted cells', bytesOf(text.replace(/^.+$/gm, (l) => `"${l.replaceAll(',', '","')}"`))],
    ['blanks around cells', bytesOf(text.replaceAll(',', ' , '))],
  ])('may have %s', (_, bytes) => {
    const { report, bars } = readCandles(bytes, 'gold.csv', UTC);
    expect(report.problems).toEqual([]);
    expect(bars).toEqual(HOURS);
  });
});

describe('amounts', () => {
  it.each([
    '2067.31',
    '1250',
    '0.1',
    '1.1',
    '4.35',
    '1679.099976',
    '1234567.891',
    '0.30000000000000004',
  ])('%s is the same number that JavaScript reads', (text) => {
    const { bars } = read(
      `time,open,high,low,close\n2024-03-04 01:00,${text},${text},0.05,${text}\n2024-03-04 02:00,1,2,1,2\n`,
    );
    expect(bars!.high[0]).toBe(Number(text));
  });
});

describe('the report', () => {
  it('shows the first seven rows as they will be read', () => {
    const times = Array.from({ length: 20 }, (_, i) => at('2024-03-04 01:00:00') + i * 3600);
    const { report } = readCandles(bytesOf(commaLines(barsAt(times)).join('\n')), 'gold.csv', {
      symbol: 'XAUUSD',
      clock: '+02:00',
      name: 'mine',
    });
    expect(report.name).toBe('mine');
    expect(report.preview.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7, 8]);
    expect(report.preview[0]).toMatchObject({
      time: at('2024-03-03 23:00:00'),
      open: barsAt(times).open[0],
    });
  });

  it('tells how far the reading has come, in bytes', () => {
    const bytes = bytesOf(commaLines(HOURS).join('\n'));
    const heard: number[][] = [];
    readCandles(bytes, 'gold.csv', UTC, (done, total) => heard.push([done, total]));
    expect(heard.at(-1)).toEqual([bytes.length, bytes.length]);
  });
});
