import { connectSocket } from './socket-client.ts';
import type { Connection } from './connection.ts';

/** Electron's preload client where there is one, else the socket of the server that sent the page. */
export function connect(): Connection {
  const { sizePicker } = window;
  if (sizePicker) return { client: sizePicker, onReached: () => () => {} };
  return connectSocket(`ws://${location.host}/socket`);
}
