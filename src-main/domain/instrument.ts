import { ALWAYS_OPEN, metalHours, type MarketHours } from './time/market-hours.ts';
import type { Ounces, UsdPerOunce, UtcSeconds } from './units.ts';

/** Prices that are believed of an instrument from a moment on. */
interface BelievedPrices {
  readonly from: UtcSeconds;
  readonly low: UsdPerOunce;
  readonly high: UsdPerOunce;
}

/** What trades in place of spot metal: what it is, and whether it trades when the metal rests. */
interface Proxy {
  readonly label: string;
  readonly isAlwaysOpen: boolean;
}

interface Traits {
  /** Kept in files and rows; never changed. */
  readonly id: string;
  /** As it is read in a sentence. */
  readonly name: string;
  /** What a size counts, and what a price is in. */
  readonly unit: 'oz';
  readonly quote: 'USD';
  /** Ounces of one lot of a standard contract. */
  readonly contractSize: Ounces;
  /** Between two rungs of the ladder. All instruments share one: a curve is read at the leverage. */
  readonly ladderStep: Ounces;
  readonly hours: MarketHours;
  /** By the moment that each range begins, the oldest first. */
  readonly believed: readonly BelievedPrices[];
  /** Usual name of the market that is fitted to it. */
  readonly market: string;
  /** Code of the metal (XAU of XAUUSD), its word (GOLD), and the roots of its futures (GC of GCZ6). */
  readonly spelling: { readonly code: string; readonly word: string; readonly futures: string };
  /** Tokens and futures of crypto exchanges by their symbols, without marks. */
  readonly proxies: Readonly<Record<string, Proxy>>;
}

const yearStart = (year: number) => (Date.UTC(year, 0) / 1000) as UtcSeconds;
const believed = (year: number, low: number, high: number): BelievedPrices => ({
  from: yearStart(year),
  low: low as UsdPerOunce,
  high: high as UsdPerOunce,
});

const inUsdt = (what: string): Proxy => ({ label: `${what}, quoted in USDT`, isAlwaysOpen: true });
const LADDER_STEP = 0.15 as Ounces;
/** Spot metals keep one calendar; its holidays are not known yet. */
const SPOT_METALS = metalHours();

const TABLE = {
  gold: {
    id: 'gold',
    name: 'gold',
    unit: 'oz',
    quote: 'USD',
    contractSize: 100 as Ounces,
    ladderStep: LADDER_STEP,
    hours: SPOT_METALS,
    believed: [believed(1968, 30, 1_000), believed(1980, 200, 20_000)],
    market: 'gold-h1',
    spelling: { code: 'XAU', word: 'GOLD', futures: 'M?GC|QO' },
    proxies: {
      PAXGUSDT: inUsdt('a token that is backed by gold'),
      XAUTUSDT: inUsdt('a token that is backed by gold'),
      XAUUSDT: inUsdt('a futures contract on gold'),
    },
  },
  silver: {
    id: 'silver',
    name: 'silver',
    unit: 'oz',
    quote: 'USD',
    contractSize: 5_000 as Ounces,
    ladderStep: LADDER_STEP,
    hours: SPOT_METALS,
    believed: [believed(1968, 1, 100), believed(1983, 3, 500)],
    market: 'silver-h1',
    spelling: { code: 'XAG', word: 'SILVER', futures: 'SI|SIL|QI' },
    proxies: { XAGUSDT: inUsdt('a futures contract on silver') },
  },
} as const satisfies Readonly<Record<string, Traits>>;

export type InstrumentId = keyof typeof TABLE;
export const INSTRUMENT_IDS = Object.keys(TABLE) as [InstrumentId, ...InstrumentId[]];
/** What models, markets and datasets are made for. */
export interface Instrument extends Traits {
  readonly id: InstrumentId;
}
export const INSTRUMENTS: Readonly<Record<InstrumentId, Instrument>> = TABLE;

/** Name of the market that is fitted, and drawn from, where no other one is named. */
export const DEFAULT_MARKET = TABLE.gold.market;

/** What the symbol of a series stands for. */
export interface Listing {
  readonly instrument: Instrument;
  /** What stands in for the spot metal; null for the metal itself. */
  readonly proxy: string | null;
  readonly hours: MarketHours;
}

/** What brokers add for a kind of account: a bare letter or two, or a word. */
const ACCOUNT = 'micro|mini|cent|raw|stp|ecn|std|pro|prime|vip|zero|cash|spot|cfd';
const MONTH = '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*';
/** When a future is delivered: .FEB26, DEC2026, Z6, -12.25, =F, 1!. */
const DELIVERY = `(?:${[
  `[ ._-]${MONTH}[ ._-]?\\d{0,4}`,
  `${MONTH}[ ._-]?\\d{2,4}`,
  '[ ._-]?[fghjkmnquvxz]\\d{1,4}',
  '[ ._-]?fut[a-z]*',
  '[ ._-]\\d{1,2}[ ._-]\\d{2,4}',
  '=f',
  '\\d!',
].join('|')})`;
/** XAUUSD_H1 is named by the step of its bars. */
const NO_STEP = '(?!.*[ ._-](?:m1|m5|m15|m30|h1|h4|d1)$)';
/** GOLD is a share too, and metals are quoted in other currencies. */
const OTHER_CURRENCY = /[^a-z0-9](eur|gbp|aud|chf|jpy|cny|inr)$/i;
const SHARE = /[^a-z0-9](us|nyse|nys|n)$/i;
/** Exchanges of shares, or of metal in other units, as they stand before a colon. */
const OTHER_EXCHANGE =
  /^(nyse|nasdaq|amex|arca|bats|otc|tsxv?|lse|xetr|fwb|swb|asx|jse|nse|bse|mcx|shfe|tocom)$/i;

/** Patterns of an instrument's symbols. A mark and what follows it is the broker's own. */
function spellingsOf({ spelling: { code, word, futures }, proxies }: Instrument) {
  const pattern = (source: string) => new RegExp(`^${source}$`, 'i');
  const usd = '[ /_.-]?usd';
  return {
    spot: pattern(
      `(?:#?${code}${usd}(?:[a-z]{1,2}|${ACCOUNT})?|${word}(?:${usd})?(?:[mcs]|${ACCOUNT})?)(?:[^a-z0-9].*)?`,
    ),
    futures: pattern(`${NO_STEP}[#/@]?(?:${code}(?:${usd})?|${word}|${futures})${DELIVERY}`),
    // Upper or lower case throughout: of XAUUSDt the last letter is a broker's.
    tokens: new Map(
      Object.entries(proxies).flatMap(([name, proxy]) => [
        [name, proxy] as const,
        [name.toLowerCase(), proxy] as const,
      ]),
    ),
  };
}

const SPELLINGS = INSTRUMENT_IDS.map((id) => {
  const instrument = INSTRUMENTS[id];
  return { instrument, ...spellingsOf(instrument) };
});

/** What a symbol stands for by the names that brokers give it; null for what is not known. */
export const listingOf = (symbol: string): Listing | null => listingsOf(symbol)[0] ?? null;

/** Every instrument that a symbol can be read as: one at most, which a test holds the table to. */
export const listingsOf = (symbol: string): readonly Listing[] =>
  SPELLINGS.flatMap((spelling) => listedAs(symbol, spelling) ?? []);

function listedAs(
  symbol: string,
  { instrument, spot, futures, tokens }: (typeof SPELLINGS)[number],
): Listing | null {
  const [, exchange = '', name = ''] = /^(?:([a-z][a-z_]*):)?(.*)$/i.exec(symbol.trim()) ?? [];
  if (name === '' || OTHER_EXCHANGE.test(exchange)) return null;
  const token = tokens.get(name.replace(/[ /_-]/g, '').replace(/\..*$/, ''));
  if (token) {
    const hours = token.isAlwaysOpen ? ALWAYS_OPEN : instrument.hours;
    return { instrument, proxy: token.label, hours };
  }
  if (futures.test(name)) {
    const proxy = `a futures contract on ${instrument.name}`;
    return { instrument, proxy, hours: instrument.hours };
  }
  const isOther = OTHER_CURRENCY.test(name) || (isWord(name, instrument) && SHARE.test(name));
  if (!spot.test(name) || isOther) return null;
  return { instrument, proxy: null, hours: instrument.hours };
}

const isWord = (name: string, { spelling: { word } }: Instrument) =>
  name.toUpperCase().startsWith(word);

/** What a series is of. The synthetic demo is drawn from the market that was fitted to gold. */
export function instrumentOf(series: {
  readonly symbol: string;
  readonly synthetic: boolean;
}): Instrument | null {
  return series.synthetic ? INSTRUMENTS.gold : (listingOf(series.symbol)?.instrument ?? null);
}

/** Whether a symbol is the spot metal itself. */
export function isSpot(id: InstrumentId, symbol: string): boolean {
  const listing = listingOf(symbol);
  return listing?.instrument.id === id && listing.proxy === null;
}

/** What trades in place of the metal, in words; null for the metal itself and what is not known. */
export const proxyOf = (symbol: string): string | null => listingOf(symbol)?.proxy ?? null;

/** When a symbol trades; one that is not known keeps the hours of metals. */
export const hoursOf = (symbol: string): MarketHours => listingOf(symbol)?.hours ?? SPOT_METALS;

/** Whether a price can be one of the instrument at a time. */
export function isBelieved(
  { believed }: Instrument,
  price: UsdPerOunce,
  time: UtcSeconds,
): boolean {
  const range = believed.findLast(({ from }) => from <= time) ?? believed[0]!;
  return price >= range.low && price <= range.high;
}
