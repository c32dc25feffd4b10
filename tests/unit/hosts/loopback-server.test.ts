import { request, type IncomingHttpHeaders, type RequestOptions } from 'node:http';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import {
  serveLoopback,
  type LoopbackServer,
} from '../../../src-main/hosts/browser/loopback-server.ts';
import { standInApp, type StandInApp } from './stand-in-app.ts';
import { builtWindow, WAYS_OUT } from './built-window.ts';

let app: StandInApp;
let server: LoopbackServer;
let origin: string;

const startServer = () => serveLoopback({ app: app.app, folder: builtWindow(), port: undefined });

beforeEach(async () => {
  app = standInApp();
  server = await startServer();
  origin = new URL(server.oneTimeAddress).origin;
  return () => server.close();
});

interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A request as it is written: the path is sent without being tidied up. */
function ask(path: string, options: RequestOptions = {}, body?: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const { port } = new URL(origin);
    const sent = request(
      { host: '127.0.0.1', port, path, agent: false, ...options },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece) => (text += piece));
        response.on('end', () =>
          resolve({ status: response.statusCode!, headers: response.headers, text }),
        );
      },
    );
    sent.on('error', reject).end(body);
  });
}

async function admittedCookie(): Promise<string> {
  const { headers } = await ask(server.oneTimeAddress.slice(origin.length));
  return headers['set-cookie']![0]!.split(';')[0]!;
}

/** The socket of an admitted window, or null where the server refuses it. */
function openSocket(headers: Record<string, string>, path = '/socket'): Promise<WebSocket | null> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}${path}`, { headers });
  onTestFinished(() => socket.terminate());
  return new Promise((resolve) => {
    socket.once('open', () => resolve(socket));
    socket.once('error', () => resolve(null));
  });
}

const answerOf = (socket: WebSocket, message: unknown) =>
  new Promise<unknown>((resolve) => {
    socket.once('message', (data: Buffer) => resolve(JSON.parse(data.toString())));
    socket.send(JSON.stringify(message));
  });

const closeCodeOf = (socket: WebSocket) =>
  new Promise<number>((resolve) => socket.once('close', resolve));

const about = { t: 'q', i: '1', m: 'call', a: ['app.about', {}] };

describe('who comes in', () => {
  it('turns the one-time token into a strict cookie and leads to the window', async () => {
    const reply = await ask(server.oneTimeAddress.slice(origin.length));
    expect(reply.status).toBe(303);
    expect(reply.headers.location).toBe('/');
    expect(reply.headers['set-cookie']![0]).toMatch(
      /^size-picker-\d+=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/,
    );
  });

  it('takes the token once', async () => {
    const path = server.oneTimeAddress.slice(origin.length);
    await ask(path);
    const second = await ask(path);
    expect(second.status).toBe(403);
    expect(second.headers['set-cookie']).toBeUndefined();
    expect(second.text).toContain('It works once');
  });

  it('refuses a wrong token without using up the right one', async () => {
    for (const path of ['/open', '/open?token=', '/open?token=guess']) {
      expect((await ask(path)).status).toBe(403);
    }
    expect((await ask(server.oneTimeAddress.slice(origin.length))).status).toBe(303);
  });

  it('serves nothing without the cookie', async () => {
    const [name] = (await admittedCookie()).split('=');
    for (const cookie of ['', `${name}=`, `${name}=guess`, 'other=1']) {
      expect((await ask('/', { headers: { cookie } })).status).toBe(403);
      expect((await ask('/assets/index.js', { headers: { cookie } })).status).toBe(403);
    }
  });

  it('listens on 127.0.0.1 and refuses every other name for it', async () => {
    const { port } = new URL(origin);
    const cookie = await admittedCookie();
    for (const host of [`localhost:${port}`, `evil.example:${port}`, '127.0.0.1', 'evil.example']) {
      expect((await ask('/', { headers: { cookie, host } })).status).toBe(403);
    }
  });

  it('refuses a request that another origin makes', async () => {
    const cookie = await admittedCookie();
    for (const foreign of ['http://evil.example', 'http://127.0.0.1:1', 'null']) {
      expect((await ask('/', { headers: { cookie, origin: foreign } })).status).toBe(403);
    }
  });
});

describe('what is served', () => {
  it('is the built window, under a policy without inline code, never stored', async () => {
    const cookie = await admittedCookie();
    const page = await ask('/', { headers: { cookie } });
    expect(page.status).toBe(200);
    expect(page.text).toContain('Size Picker');
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(String(page.headers['content-security-policy']).split('; ')).toEqual([
      "default-src 'self'",
      `connect-src 'self' ${origin.replace('http', 'ws')}`,
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ]);
    const script = await ask('/assets/index.js?v=1', { headers: { cookie } });
    expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
  });

  it.each(WAYS_OUT)('is nothing outside it: %s', async (path) => {
    const reply = await ask(path, { headers: { cookie: await admittedCookie() } });
    expect(reply.status).toBe(404);
    expect(reply.text).not.toContain('secret');
  });

  it('is read only: other methods and bodies are refused', async () => {
    const cookie = await admittedCookie();
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
      expect((await ask('/', { method, headers: { cookie } })).status).toBe(405);
    }
    expect((await ask('/', { headers: { cookie, 'content-length': 4 } }, 'body')).status).toBe(413);
    const chunked = { cookie, 'transfer-encoding': 'chunked' };
    expect((await ask('/', { headers: chunked }, 'body')).status).toBe(413);
  });

  it('refuses headers over 8 KiB', async () => {
    expect((await ask('/', { headers: { cookie: 'x'.repeat(9000) } })).status).toBe(431);
  });
});

describe('the socket', () => {
  it('answers the calls of the window and tells it events', async () => {
    const socket = (await openSocket({ cookie: await admittedCookie(), origin }))!;
    expect(await answerOf(socket, about)).toEqual({
      t: 's',
      i: '1',
      r: { ok: true, value: { version: '1.2.3', shell: 'browser', dataFolder: '/data' } },
    });
    const heard = new Promise((resolve) =>
      socket.once('message', (data: Buffer) => resolve(JSON.parse(data.toString()))),
    );
    app.publish('series.changed', { name: 'XAUUSD H1' });
    expect(await heard).toEqual({
      m: 'event',
      a: ['series.changed', { name: 'XAUUSD H1' }],
      t: 'q',
    });
  });

  it('answers an unknown call or a wrong payload with a fault', async () => {
    const socket = (await openSocket({ cookie: await admittedCookie(), origin }))!;
    for (const a of [
      ['toString', {}],
      ['import.stage', { piece: 5 }],
    ]) {
      expect(await answerOf(socket, { ...about, a })).toMatchObject({
        r: { ok: false, fault: { code: 'bad-argument' } },
      });
    }
    expect(app.calls).toEqual([]);
  });

  it('has no way to the calls of this process, which name files anywhere on the disk', async () => {
    const socket = (await openSocket({ cookie: await admittedCookie(), origin }))!;
    const a = ['models.exportTo', { name: 'V3-cross-gold-2022', file: '/tmp/stolen.json' }];
    expect(await answerOf(socket, { ...about, a })).toMatchObject({
      r: { ok: false, fault: { happened: 'There is no call named "models.exportTo".' } },
    });
    expect(app.calls).toEqual([]);
  });

  it('opens with the cookie and the own origin only', async () => {
    const cookie = await admittedCookie();
    const { port } = new URL(origin);
    expect(await openSocket({ origin })).toBeNull();
    expect(await openSocket({ cookie: 'size-picker=guess', origin })).toBeNull();
    expect(await openSocket({ cookie })).toBeNull();
    expect(await openSocket({ cookie, origin: 'http://evil.example' })).toBeNull();
    expect(await openSocket({ cookie, origin: `http://localhost:${port}` })).toBeNull();
    expect(await openSocket({ cookie, origin, host: `evil.example:${port}` })).toBeNull();
    expect(await openSocket({ cookie, origin }, '/')).toBeNull();
    expect(await openSocket({ cookie, origin })).not.toBeNull();
  });

  it.each([
    ['not JSON', 'hello'],
    ['null', 'null'],
    ['another function', JSON.stringify({ ...about, m: 'constructor' })],
    ['no arguments', JSON.stringify({ ...about, a: [] })],
    ['a name that is no text', JSON.stringify({ ...about, a: [['app.about'], {}] })],
    ['an answer to nothing', JSON.stringify({ t: 's', i: '1', r: {} })],
  ])('closes on a message against its rules (%s), and the app goes on', async (_rule, text) => {
    const cookie = await admittedCookie();
    const socket = (await openSocket({ cookie, origin }))!;
    const closed = closeCodeOf(socket);
    socket.send(text);
    expect(await closed).toBe(1008);
    const next = (await openSocket({ cookie, origin }))!;
    expect(await answerOf(next, about)).toMatchObject({ r: { ok: true } });
  });

  it('takes the largest piece of a file and closes on a message over 2 MiB', async () => {
    const socket = (await openSocket({ cookie: await admittedCookie(), origin }))!;
    const piece = 'x'.repeat(1_500_000);
    const stage = { ...about, a: ['import.stage', { upload: null, fileName: 'a.csv', piece }] };
    expect(await answerOf(socket, stage)).toMatchObject({ r: { value: { upload: '1500000' } } });
    const closed = closeCodeOf(socket);
    socket.send('x'.repeat(2 * 1024 * 1024 + 1));
    expect(await closed).toBe(1009);
  });

  it('stops telling a window that went', async () => {
    const socket = (await openSocket({ cookie: await admittedCookie(), origin }))!;
    expect(await answerOf(socket, about)).toBeDefined();
    expect(app.listeners.size).toBe(1);
    socket.close();
    await closeCodeOf(socket);
    await expect.poll(() => app.listeners.size).toBe(0);
  });
});

describe('starting and ending', () => {
  it('refuses a port that is taken, in words', async () => {
    const port = Number(new URL(origin).port);
    const second = serveLoopback({ app: app.app, folder: builtWindow(), port });
    await expect(second).rejects.toMatchObject({ code: 'bad-argument' });
  });

  it('refuses a folder without a built window', async () => {
    const folder = `${builtWindow()}/assets`;
    const unbuilt = serveLoopback({ app: app.app, folder, port: undefined });
    await expect(unbuilt).rejects.toThrow('no built window');
  });

  it('tells the windows that it goes, and nothing listens afterwards', async () => {
    const cookie = await admittedCookie();
    const talking = (await openSocket({ cookie, origin }))!;
    const silent = (await openSocket({ cookie, origin }))!;
    silent.pause();
    const closed = closeCodeOf(talking);
    await server.close();
    expect(await closed).toBe(1001);
    await expect(ask('/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    server = await startServer();
  });
});
