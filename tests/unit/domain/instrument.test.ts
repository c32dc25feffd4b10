import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  hoursOf,
  INSTRUMENT_IDS,
  INSTRUMENTS,
  isBelieved,
  listingOf,
  listingsOf,
  proxyOf,
} from '../../../src-main/domain/instrument.ts';
import { ounces } from '../../../src-main/domain/size.ts';
import type { SizeIndex, UsdPerOunce, UtcSeconds } from '../../../src-main/domain/units.ts';

const at = (iso: string) => (Date.parse(iso) / 1000) as UtcSeconds;

/** What a symbol is: of which instrument, and whether it is the metal itself. */
function read(symbol: string): string {
  const listing = listingOf(symbol);
  if (!listing) return 'unknown';
  return `${listing.proxy === null ? 'spot' : 'proxy of'} ${listing.instrument.id}`;
}

describe('the symbols of brokers', () => {
  it.each([
    ['XAUUSD', 'XAUUSDraw', 'XAUUSDstp', 'XAUUSDm', 'XAUUSDc', 'XAUUSDt', 'XAUUSDpro', 'xauusd.'],
    [
      'XAUUSD@',
      'XAUUSD#',
      'XAUUSD.ecn',
      'XAUUSD_i',
      'XAUUSD-ECN',
      'XAUUSD+',
      'XAUUSD.n',
      ' xauusd ',
    ],
    [
      'OANDA:XAUUSD',
      'FX_IDC:XAUUSD',
      'FOREXCOM:XAUUSD',
      'XAU USD',
      'XAU_USD',
      'XAU/USD',
      'XAU-USD',
    ],
    ['GOLD', 'gold', 'GOLDmicro', 'GOLDm', 'GOLD#', 'GOLD.spot', 'GOLDUSD', 'GOLD/USD', 'TVC:GOLD'],
    ['#XAUUSD', 'XAUUSD_H1', 'XAUUSD M15', 'GOLD_M30'],
  ])('name spot gold: %s, %s, %s, …', (...symbols) => {
    for (const symbol of symbols) expect([symbol, read(symbol)]).toEqual([symbol, 'spot gold']);
  });

  it('name spot silver', () => {
    const symbols = [
      'XAGUSD',
      'xagusd.',
      'XAGUSDm',
      'XAG/USD',
      'XAG_USD',
      'OANDA:XAGUSD',
      'SILVER',
    ];
    for (const symbol of [...symbols, 'SILVERmini', 'XAGUSD_H1']) {
      expect([symbol, read(symbol)]).toEqual([symbol, 'spot silver']);
    }
  });

  it('name what is traded in their place, which says what it is', () => {
    const futures = ['GOLD.FEB26', 'GOLDFEB26', 'GOLD_DEC', 'GOLD-12.25', 'GOLDZ6', 'GOLD_FUT'];
    const roots = ['GC=F', 'GCZ6', 'GCZ2026', 'COMEX:GC1!', 'MGCM25', '/GCQ5'];
    const tokens = ['PAXGUSDT', 'PAXG/USDT', 'BINANCE:PAXGUSDT', 'XAUUSDT', 'xauusdt', 'XAUUSDT.P'];
    for (const symbol of [...futures, ...roots, ...tokens]) {
      expect([symbol, read(symbol)]).toEqual([symbol, 'proxy of gold']);
    }
    for (const symbol of ['SI=F', 'SIZ6', 'SILVER.MAR26', 'XAGUSDT']) {
      expect([symbol, read(symbol)]).toEqual([symbol, 'proxy of silver']);
    }
    expect(proxyOf('PAXGUSDT')).toBe('a token that is backed by gold, quoted in USDT');
    expect(proxyOf('XAUUSDT')).toBe('a futures contract on gold, quoted in USDT');
    expect(proxyOf('GCZ6')).toBe('a futures contract on gold');
    expect(proxyOf('XAUUSD')).toBeNull();
  });

  it.each([
    ['shares', ['#GOLD', 'GOLD.US', 'GOLD.NYSE', 'GOLD.N', 'NYSE:GOLD', 'GOLDMANSACHS']],
    ['metal in other currencies', ['XAUEUR', 'XAUUSD.EUR', 'GOLDEUR', 'XAGEUR', 'MCX:GOLD']],
    ['other instruments', ['EURUSD', 'XPDUSD', 'DEMO', 'FILE', 'XYZ', 'GC', 'SI', '', ':', 'XAU']],
  ])('that are %s name no instrument', (_, symbols) => {
    for (const symbol of symbols) expect([symbol, read(symbol)]).toEqual([symbol, 'unknown']);
  });

  it('name one instrument each, however they are put together', () => {
    const words = INSTRUMENT_IDS.flatMap((id) => {
      const { spelling, proxies } = INSTRUMENTS[id];
      const roots = spelling.futures.replaceAll('?', '').split('|');
      return [
        spelling.code,
        `${spelling.code}USD`,
        spelling.word,
        ...roots,
        ...Object.keys(proxies),
      ];
    });
    const part = (...parts: string[]) => fc.constantFrom('', ...parts);
    const symbols = fc
      .tuple(
        part('OANDA:', 'NYSE:', 'COMEX:', '#', '/'),
        fc.constantFrom(...words),
        part('USD', '/USD', ' USD', 'T', 'm', 'raw', 'EUR', ...words),
        part('.', '@', '.FEB26', 'Z6', '=F', '1!', '_H1', '.US', '-12.25', ...words),
        fc.boolean(),
      )
      .map(([prefix, word, suffix, rest, isLower]) => {
        const symbol = `${prefix}${word}${suffix}${rest}`;
        return isLower ? symbol.toLowerCase() : symbol;
      });
    fc.assert(
      fc.property(symbols, (symbol) => {
        const found = listingsOf(symbol);
        expect([symbol, found.length > 1]).toEqual([symbol, false]);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('an instrument', () => {
  it('rests over the week-end, what is traded in its place on crypto exchanges does not', () => {
    const saturday = at('2023-12-16T12:00:00Z');
    for (const symbol of ['XAUUSD', 'XAGUSD', 'GC=F', 'EURUSD']) {
      expect([symbol, hoursOf(symbol).isOpen(saturday)]).toEqual([symbol, false]);
    }
    expect(hoursOf('PAXGUSDT').isOpen(saturday)).toBe(true);
  });

  it('has prices that are believed by the year, so that no other one passes for it', () => {
    const believed = (id: (typeof INSTRUMENT_IDS)[number], price: number, year: number) =>
      isBelieved(INSTRUMENTS[id], price as UsdPerOunce, at(`${year}-06-01`));
    expect(believed('gold', 2_000, 2023)).toBe(true);
    expect(believed('gold', 42, 1973)).toBe(true);
    expect(believed('gold', 42, 2023)).toBe(false);
    expect(believed('gold', 1.08, 2023)).toBe(false);
    expect(believed('silver', 23.5, 2023)).toBe(true);
    expect(believed('silver', 2_000, 2023)).toBe(false);
  });

  it('has the rungs of the one ladder', () => {
    for (const id of INSTRUMENT_IDS) {
      expect(INSTRUMENTS[id].ladderStep).toBe(ounces(1 as SizeIndex));
    }
  });
});
