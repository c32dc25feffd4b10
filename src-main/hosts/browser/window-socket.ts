import { createBirpc } from 'birpc';
import type { WebSocket } from 'ws';
import { z } from 'zod';
import type { App } from '../../app/open-app.ts';
import type { EventName } from '../../contract/events.ts';
import { answer, type Answer } from '../../contract/transport.ts';

interface WindowFunctions {
  event(name: EventName, payload: unknown): void;
}

interface ServerFunctions {
  call(name: string, payload: unknown): Promise<Answer<unknown>>;
}

/** The only message that a window sends: `call(name, payload)`, numbered. */
const message = z.strictObject({
  t: z.literal('q'),
  i: z.string().max(64),
  m: z.literal('call'),
  a: z.tuple([z.string(), z.unknown()]),
});

/** Close code of RFC 6455: the message breaks the rules of this server. */
const POLICY_VIOLATION = 1008;

/** Answers one window's calls and tells it the app's events, until it goes. */
export function serveWindow(socket: WebSocket, app: App): void {
  // No prototype: a window can name no function but the ones listed.
  const functions: ServerFunctions = Object.assign(Object.create(null), {
    call: (name: string, payload: unknown) => answer(app.handlers, name, payload),
  });
  const window = createBirpc<WindowFunctions, ServerFunctions>(functions, {
    eventNames: ['event'],
    post: (text: string) => socket.send(text),
    on: (listener) => socket.on('message', (data) => listener(data)),
    serialize: JSON.stringify,
    deserialize: (data: Buffer) => message.parse(JSON.parse(data.toString())),
    onGeneralError: () => {
      socket.close(POLICY_VIOLATION);
      return true;
    },
  });
  const unsubscribe = app.subscribe((name, payload) => void window.event(name, payload));
  socket.on('close', () => {
    unsubscribe();
    window.$close();
  });
  // A broken frame or one over the limit: ws has closed the socket itself.
  socket.on('error', () => {});
}
