/** Instruments that are traded in place of spot gold, and what each is. */
const PROXIES: Readonly<Record<string, string>> = {
  PAXGUSDT: 'a token that is backed by gold, quoted in USDT',
  XAUUSDT: 'a futures contract on gold, quoted in USDT',
};

/** What stands in for spot gold; null for gold itself, as far as is known. */
export const proxyOf = (symbol: string): string | null => PROXIES[symbol] ?? null;

/** Whether it trades at all hours: every proxy does, and gold does not. */
export const isAlwaysOpen = (symbol: string): boolean => symbol in PROXIES;
