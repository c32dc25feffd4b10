import type { HandlersOf } from '../../contract/calls.ts';
import type { FeedDesk } from './feed-desk.ts';
import type { FeedToken } from './feed-token.ts';

export function feedHandlers(feeds: FeedDesk, token: FeedToken): HandlersOf<'feeds'> {
  return {
    'feeds.read': () => feeds.read(),
    'feeds.start': (choice) => feeds.start(choice),
    'feeds.stop': () => feeds.stop(),
    'feeds.reconnect': () => feeds.reconnect(),
    'feeds.token': () => token.kept(),
    'feeds.keepToken': ({ token: text }) => token.keep(text),
  };
}
