import { CodedError } from '../contract/errors.ts';
import type { FeedChoice, FeedState, TokenPlace } from '../contract/feeds.ts';

const OFF: FeedState = {
  choice: null,
  series: null,
  timeframe: null,
  status: 'off',
  lastClosedAt: null,
  forming: null,
  gap: null,
  attempt: 0,
  nextTryAt: null,
  malformed: 0,
  trouble: null,
};

/** The one feed that may be on, and the series that it fills. */
export class FeedDesk {
  read(): FeedState {
    return OFF;
  }

  start(_choice: FeedChoice): Promise<FeedState> {
    throw new CodedError('internal', { problem: 'feeds cannot be turned on yet' });
  }

  stop(): FeedState {
    return OFF;
  }

  reconnect(): FeedState {
    return OFF;
  }

  tokenPlace(): TokenPlace {
    return 'none';
  }

  keepToken(_token: string | null): TokenPlace {
    return 'none';
  }

  close(): void {}
}
