import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

/** Opening of a bar in seconds, and its prices. */
export type Quote = readonly [time: number, open: number, high: number, low: number, close: number];

/** Minute bars whose prices differ from bar to bar; `to` is left out. */
export function minutes(from: number, to: number): Quote[] {
  const quotes: Quote[] = [];
  for (let time = from; time < to; time += 60) {
    const open = 2000 + ((time / 60) % 40);
    quotes.push([time, open, open + 2, open - 1, open + 1]);
  }
  return quotes;
}

async function listening(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return { server, port };
}

/** Klines as Binance tells them, over HTTP and WebSocket. */
export async function binanceServer(symbol = 'PAXGUSDT') {
  /** What `klines` knows; the last one may still form. */
  const history: Quote[] = [];
  const sockets = new Set<WebSocket>();
  const state = { asked: 0, refuse: 0, streams: [] as string[] };
  const { server, port } = await listening((request, response) => {
    state.asked++;
    const url = new URL(request.url!, 'http://here');
    if (state.refuse > 0) {
      response.writeHead(state.refuse).end('{"code":-1121,"msg":"Invalid symbol."}');
      return;
    }
    const start = Number(url.searchParams.get('startTime')) / 1000;
    const limit = Number(url.searchParams.get('limit'));
    const rows = history
      .filter(([time]) => time >= start)
      .slice(0, limit)
      .map(([time, ...prices]) => [
        time * 1000,
        ...prices.map((price) => price.toFixed(2)),
        '12.5',
        time * 1000 + 59_999,
        '0',
        3,
        '0',
        '0',
        '0',
      ]);
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(rows));
  });
  const streams = new WebSocketServer({ server });
  streams.on('connection', (socket, request) => {
    state.streams.push(request.url!);
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  const say = (text: string) => sockets.forEach((socket) => socket.send(text));
  return {
    history,
    state,
    hosts: { rest: `http://127.0.0.1:${port}/api/v3`, ws: `ws://127.0.0.1:${port}/ws` },
    isConnected: () => sockets.size > 0,
    say,
    kline: ([time, o, h, l, c]: Quote, x: boolean) =>
      say(
        JSON.stringify({
          e: 'kline',
          E: time * 1000,
          s: symbol,
          k: {
            t: time * 1000,
            T: time * 1000 + 59_999,
            s: symbol,
            i: '1m',
            o: o.toFixed(2),
            c: c.toFixed(2),
            h: h.toFixed(2),
            l: l.toFixed(2),
            v: '12.5',
            x,
          },
        }),
      ),
    drop: () => sockets.forEach((socket) => socket.terminate()),
    close: () => {
      sockets.forEach((socket) => socket.terminate());
      streams.close();
      server.close();
    },
  };
}

/** Candles and the pricing stream as OANDA's v20 sends them; `clock`: what is whole by then has closed. */
export async function oandaServer(token: string, clock: number) {
  const history: Quote[] = [];
  const open = new Set<ServerResponse>();
  const state = { asked: 0, paths: [] as string[] };
  const { server, port } = await listening((request, response) => {
    const url = new URL(request.url!, 'http://here');
    state.asked++;
    state.paths.push(url.pathname);
    if (request.headers.authorization !== `Bearer ${token}`) {
      response.writeHead(401).end('{"errorMessage":"Insufficient authorization"}');
      return;
    }
    if (url.pathname.endsWith('/pricing/stream')) {
      response.writeHead(200, { 'content-type': 'application/octet-stream' });
      response.flushHeaders();
      open.add(response);
      response.on('close', () => open.delete(response));
      return;
    }
    const from = Date.parse(url.searchParams.get('from')!) / 1000;
    const candles = history
      .filter(([time]) => time >= from)
      .slice(0, Number(url.searchParams.get('count')))
      .map(([time, o, h, l, c]) => ({
        complete: time + 60 <= clock,
        volume: 42,
        time: `${new Date(time * 1000).toISOString().slice(0, 19)}.000000000Z`,
        mid: { o: o.toFixed(3), h: h.toFixed(3), l: l.toFixed(3), c: c.toFixed(3) },
      }));
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ instrument: 'XAU_USD', granularity: 'M1', candles }));
  });
  const hosts = { rest: `http://127.0.0.1:${port}`, stream: `http://127.0.0.1:${port}` };
  const say = (text: string) => open.forEach((response) => response.write(text));
  return {
    history,
    state,
    hosts,
    say,
    isConnected: () => open.size > 0,
    price: (time: number, bid: number, ask: number) =>
      say(
        `${JSON.stringify({
          type: 'PRICE',
          time: `${new Date(time * 1000).toISOString().slice(0, 19)}.123456789Z`,
          bids: [{ price: bid.toFixed(3), liquidity: 250000 }],
          asks: [{ price: ask.toFixed(3), liquidity: 250000 }],
          closeoutBid: bid.toFixed(3),
          closeoutAsk: ask.toFixed(3),
          status: 'tradeable',
          tradeable: true,
          instrument: 'XAU_USD',
        })}\n`,
      ),
    heartbeat: () =>
      say(`${JSON.stringify({ type: 'HEARTBEAT', time: new Date(clock * 1000).toISOString() })}\n`),
    drop: () => open.forEach((response) => response.destroy()),
    close: () => {
      open.forEach((response) => response.destroy());
      server.close();
    },
  };
}
