import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createBirpc } from 'birpc';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { connectSocket, type Connection } from '../../../src-renderer/lib/client.ts';

interface WindowFunctions {
  event(name: string, payload: unknown): void;
}

/** The server's side of the wire: birpc over JSON text, one function. */
async function serve(port = 0) {
  const server = new WebSocketServer({ port, host: '127.0.0.1' });
  await once(server, 'listening');
  const windows: WindowFunctions[] = [];
  server.on('connection', (socket: WebSocket) => {
    const call = async (name: string, payload: unknown) =>
      name === 'series.bars' ? new Promise(() => {}) : { ok: true, value: { name, payload } };
    windows.push(
      createBirpc<WindowFunctions>(
        { call },
        {
          eventNames: ['event'],
          post: (text: string) => socket.send(text),
          on: (listener) => socket.on('message', (data) => listener(String(data))),
          serialize: JSON.stringify,
          deserialize: JSON.parse,
        },
      ),
    );
  });
  return {
    port: (server.address() as AddressInfo).port,
    windows,
    async stop() {
      for (const socket of server.clients) socket.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}

describe('the socket', () => {
  let server: Awaited<ReturnType<typeof serve>>;
  let connection: Connection;
  let reached: boolean[];

  beforeEach(async () => {
    server = await serve();
    connection = connectSocket(`ws://127.0.0.1:${server.port}/socket`);
    reached = [];
    connection.onReached((isReached) => reached.push(isReached));
  });
  afterEach(() => server.stop());

  it('answers calls that were made before it opened', async () => {
    const answer = await connection.client.call('series.list', {});
    expect(answer).toEqual({ ok: true, value: { name: 'series.list', payload: {} } });
  });

  it('hears events until it stops listening', async () => {
    await connection.client.call('series.list', {});
    const heard: unknown[] = [];
    const stop = connection.client.on('series.changed', (payload) => heard.push(payload));
    server.windows[0]!.event('series.changed', { name: 'one' });
    server.windows[0]!.event('decisions.changed', {});
    await vi.waitFor(() => expect(heard).toEqual([{ name: 'one' }]));
    stop();
    server.windows[0]!.event('series.changed', { name: 'two' });
    await connection.client.call('series.list', {});
    expect(heard).toHaveLength(1);
  });

  it('answers that the app is gone, also to what was waiting, and says so', async () => {
    await connection.client.call('series.list', {});
    const waiting = connection.client.call('series.bars', { series: 'x', first: 0, count: 1 });
    await server.stop();
    expect(await waiting).toMatchObject({ ok: false, fault: { code: 'app-gone' } });
    expect(await connection.client.call('series.list', {})).toMatchObject({ ok: false });
    expect(reached.at(-1)).toBe(false);
    server = await serve(server.port);
  });

  it('comes back by itself when the app does', async () => {
    await connection.client.call('series.list', {});
    const { port } = server;
    await server.stop();
    server = await serve(port);
    await vi.waitFor(() => expect(reached.slice(-2)).toEqual([false, true]), { timeout: 10_000 });
    expect(await connection.client.call('series.list', {})).toMatchObject({ ok: true });
  });
});
