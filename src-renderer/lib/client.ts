import { createBirpc } from 'birpc';
import { CodedError } from '#contract/errors.ts';
import type { EventName, EventPayload } from '#contract/events.ts';
import type { Answer, Client } from '#contract/transport.ts';

/** The app behind the window, and word of whether it is there. */
export interface Connection {
  readonly client: Client;
  /** Calls with `true` when the app is reached and with `false` when it is gone. */
  onReached(listener: (reached: boolean) => void): () => void;
}

/** Electron's preload client where there is one, else the socket of the server that sent the page. */
export function connect(): Connection {
  const { sizePicker } = window;
  if (sizePicker) return { client: sizePicker, onReached: () => () => {} };
  return connectSocket(`ws://${location.host}/socket`);
}

interface ServerFunctions {
  call(name: string, payload: unknown): Promise<Answer<unknown>>;
}

interface WindowFunctions {
  event(name: EventName, payload: EventPayload<EventName>): void;
}

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 8_000;

type Listener = (payload: never) => void;

/** The contract over a WebSocket that is opened again, with growing pauses, whenever it is lost. */
export function connectSocket(address: string): Connection {
  const listeners = new Map<EventName, Set<Listener>>();
  const watchers = new Set<(reached: boolean) => void>();
  let server = open(FIRST_WAIT_MS);

  function open(wait: number): Promise<ServerFunctions | null> {
    const socket = new WebSocket(address);
    const functions: WindowFunctions = Object.assign(Object.create(null) as object, {
      event: (name: EventName, payload: EventPayload<EventName>) => {
        for (const listener of listeners.get(name) ?? []) listener(payload as never);
      },
    });
    const rpc = createBirpc<ServerFunctions, WindowFunctions>(functions, {
      post: (text: string) => socket.send(text),
      on: (listener) => socket.addEventListener('message', ({ data }) => listener(data)),
      serialize: JSON.stringify,
      deserialize: JSON.parse,
      // Reading a large file takes as long as it takes; a lost socket rejects what waits.
      timeout: -1,
    });
    return new Promise((resolve) => {
      let nextWait = Math.min(wait * 2, LONGEST_WAIT_MS);
      socket.addEventListener('open', () => {
        nextWait = FIRST_WAIT_MS;
        // A bare table: the proxy of birpc would be taken for a promise.
        resolve({ call: (name, payload) => rpc.call(name, payload) });
        for (const watcher of watchers) watcher(true);
      });
      socket.addEventListener('close', () => {
        rpc.$close();
        resolve(null);
        for (const watcher of watchers) watcher(false);
        setTimeout(() => (server = open(nextWait)), wait);
      });
    });
  }

  const gone = () => ({ ok: false, fault: new CodedError('app-gone').toFault() }) as const;
  const client = {
    async call(name: string, payload: unknown): Promise<Answer<unknown>> {
      try {
        return (await (await server)?.call(name, payload)) ?? gone();
      } catch {
        return gone();
      }
    },
    on(name: EventName, listener: Listener) {
      const heard = listeners.get(name) ?? new Set();
      listeners.set(name, heard.add(listener));
      return () => void heard.delete(listener);
    },
  } as Client;

  return {
    client,
    onReached(listener) {
      watchers.add(listener);
      return () => void watchers.delete(listener);
    },
  };
}
