/** What brokers add for a kind of account; a bare letter or two, or anything behind a mark. */
const SPOT_GOLD =
  /^(#?xau[/_-]?usd([a-z]{1,2}|micro|mini|pro|ecn)?|gold(m|c|s|micro|mini|spot|pro|ecn|usd)?)([^a-z0-9].*)?$/i;
/** GOLD was the share of a mining company too ("#GOLD" among others), and gold is quoted in other currencies. */
const OTHER_MARKET = /[^a-z0-9](us|nyse|nys|n|eur|gbp|aud|chf|jpy|cny)$/i;

/**
 * Spot gold in dollars by the names that brokers give it: XAUUSD, xauusd., XAUUSD@, GOLDmicro…
 * `more`: names that the trader says are gold too.
 */
export function isGold(symbol: string, more: readonly string[] = []): boolean {
  const name = symbol.trim();
  const isNamed = more.some((other) => other.trim().toLowerCase() === name.toLowerCase());
  return isNamed || (SPOT_GOLD.test(name) && !OTHER_MARKET.test(name));
}
