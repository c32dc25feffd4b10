import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocketServer } from 'ws';
import type { App } from '../../app/open-app.ts';
import { CodedError } from '../../contract/errors.ts';
import { openPageFiles, pageHeaders } from '../page-files.ts';
import { createAdmission } from './admission.ts';
import { serveWindow } from './window-socket.ts';

const ADDRESS = '127.0.0.1';
/** Room for one piece of an imported file (contract: 1.5 million characters). */
const LARGEST_MESSAGE = 2 * 1024 * 1024;
const LARGEST_HEADERS = 8 * 1024;
const SLOWEST_REQUEST_MS = 10_000;
const GOING_AWAY = 1001;
const GOODBYE_MS = 1000;

const NOT_ADMITTED =
  'Open the address that Size Picker printed when it started. It works once: start again for a new one.';

export interface LoopbackServer {
  /** Opens the window, once. */
  readonly oneTimeAddress: string;
  /** Resolves when no window is connected at a look taken every `graceMs`. */
  windowsGone(graceMs: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * Serves the window in `folder` and the app's calls to this machine alone. `port` undefined: any
 * free one.
 */
export async function serveLoopback(options: {
  app: App;
  folder: string;
  port: number | undefined;
}): Promise<LoopbackServer> {
  const { app, folder, port: wantedPort } = options;
  const readPageFile = openPageFiles(folder);
  const server = createServer({
    maxHeaderSize: LARGEST_HEADERS,
    requestTimeout: SLOWEST_REQUEST_MS,
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE });
  server.listen(wantedPort ?? 0, ADDRESS);
  try {
    await once(server, 'listening');
  } catch (error) {
    const problem = `Port ${wantedPort} cannot be used: ${(error as Error).message}.`;
    throw new CodedError('bad-argument', { problem });
  }
  const { port } = server.address() as AddressInfo;
  const host = `${ADDRESS}:${port}`;
  const origin = `http://${host}`;
  const admission = createAdmission(port);

  // Joined as text: resolved against the origin, "//name" would be another host's root.
  const urlOf = (request: IncomingMessage) => URL.parse(origin + request.url);

  async function respond(request: IncomingMessage, response: ServerResponse) {
    const refuse = (status: number, text: string, headers: Record<string, string> = {}) => {
      const plain = pageHeaders('text/plain; charset=utf-8', "'none'");
      response.writeHead(status, { ...plain, Connection: 'close', ...headers }).end(`${text}\n`);
    };
    // A page elsewhere whose name was made to point here (DNS rebinding) sends its own name.
    if (request.headers.host !== host) return refuse(403, 'Wrong host.');
    if ((request.headers.origin ?? origin) !== origin) return refuse(403, 'Wrong origin.');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return refuse(405, 'Only GET.', { Allow: 'GET, HEAD' });
    }
    const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers;
    if (length !== '0' || encoding !== undefined) return refuse(413, 'No request has a body.');

    const url = urlOf(request);
    if (url?.pathname === '/open') {
      const cookie = admission.redeem(url.searchParams.get('token') ?? '');
      if (cookie === null) return refuse(403, NOT_ADMITTED);
      return refuse(303, 'Welcome.', { Location: '/', 'Set-Cookie': cookie });
    }
    if (!admission.admits(request.headers)) return refuse(403, NOT_ADMITTED);
    const file = url && (await readPageFile(url.pathname));
    if (!file) return refuse(404, 'No such file.');
    // 'self' covers the socket in newer browsers only.
    const headers = pageHeaders(file.contentType, `'self' ws://${host}`);
    response.writeHead(200, { ...headers, 'Content-Length': file.body.length }).end(file.body);
  }

  server.on('request', (request, response) => {
    respond(request, response).catch(() => response.destroy());
  });

  server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    stream.on('error', () => stream.destroy());
    const welcome =
      request.headers.host === host &&
      request.headers.origin === origin &&
      urlOf(request)?.pathname === '/socket' &&
      admission.admits(request.headers);
    if (!welcome) {
      stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, stream, head, (socket) => serveWindow(socket, app));
  });

  return {
    oneTimeAddress: `${origin}/open?token=${admission.token}`,
    async windowsGone(graceMs) {
      do await delay(graceMs);
      while (sockets.clients.size > 0);
    },
    async close() {
      for (const socket of sockets.clients) {
        socket.close(GOING_AWAY);
        // A window that does not say goodbye must not keep the data folder locked.
        setTimeout(() => socket.terminate(), GOODBYE_MS).unref();
      }
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
