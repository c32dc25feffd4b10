import type { FormingBar } from '../../contract/feeds.ts';
import type { MarketHours } from '../../domain/time/market-hours.ts';
import type { UtcSeconds } from '../../domain/units.ts';

/** A bar as a service tells it: whole, or still forming. */
export interface FeedCandle extends FormingBar {
  readonly volume: number;
  readonly isClosed: boolean;
}

/** What a stream says while it is open. */
export interface StreamListener {
  onCandle(candle: FeedCandle): void;
  onMalformed(): void;
  /** Something came, if only a sign of life. */
  onAlive(): void;
}

/** A market data service that tells the bars of one instrument in one step, in UTC. */
export interface BarService {
  readonly stepSeconds: number;
  readonly hours: MarketHours;
  /** A stream that says nothing for so long is lost. */
  readonly silenceMs: number;
  /** Bars that open at `from` or later, oldest first, the forming one last. Throws `ServiceRefusal`. */
  history(from: UtcSeconds, signal: AbortSignal): Promise<FeedCandle[]>;
  /** Speaks until the signal. Throws why it ended otherwise. */
  stream(hear: StreamListener, signal: AbortSignal): Promise<never>;
}

/** The service answered, and said no: trying again as before changes nothing. */
export class ServiceRefusal extends Error {
  readonly next: string;

  constructor(problem: string, next: string) {
    super(problem);
    this.next = next;
  }
}

/** The candle, or null where its numbers are no bar. */
export function sane(candle: FeedCandle): FeedCandle | null {
  const { time, open, high, low, close, volume } = candle;
  const isBar =
    Number.isInteger(time) &&
    [open, high, low, close, volume].every(Number.isFinite) &&
    low > 0 &&
    low <= Math.min(open, close) &&
    high >= Math.max(open, close);
  return isBar ? candle : null;
}

/** What a message says; null where it is no JSON. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** JSON of a service. Throws `ServiceRefusal` for an answer that says no, else why there is none. */
export async function fetchJson(url: URL, init: RequestInit): Promise<unknown> {
  const response = await reach(url, init);
  return response.json();
}

/** The answer of a service, where it says yes. */
export async function reach(url: URL, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init).catch((error: Error) => {
    const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
    throw new Error(`${url.host} cannot be reached${cause}`, { cause: error });
  });
  if (response.ok) return response;
  const said = (await response.text().catch(() => '')).slice(0, 200).trim();
  const problem = `${url.host} answered ${response.status}${said === '' ? '' : `: ${said}`}`;
  if (response.status === 401 || response.status === 403) {
    throw new ServiceRefusal(
      problem,
      'Check the token, the account and whether it may be used here.',
    );
  }
  // Too many requests, or a fault over there: later may do.
  if (response.status === 429 || response.status >= 500) throw new Error(problem);
  throw new ServiceRefusal(problem, 'Check the instrument and the step.');
}
