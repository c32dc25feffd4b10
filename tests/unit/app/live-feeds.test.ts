import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { FEED_HOSTS, type FeedHosts } from '../../../src-main/app/feeds/feed-hosts.ts';
import { openApp } from '../../../src-main/app/open-app.ts';
import { answer } from '../../../src-main/contract/transport.ts';
import { dataFolder } from '../../support/data-folder.ts';
import { binanceServer, minutes, oandaServer } from '../../support/feed-servers.ts';
import type { KeyStore } from '../../../src-main/app/feeds/feed-token.ts';
import type { CallName, CallOutput } from '../../../src-main/contract/calls.ts';
import type { FeedState } from '../../../src-main/contract/feeds.ts';
import type { UtcSeconds } from '../../../src-main/domain/units.ts';

/** A minute in which gold trades, and the clock of the app: all that is told has closed by it. */
const NOW = Date.UTC(2023, 2, 15, 13, 20) / 1000;
const CLOCK = (NOW + 1_200) as UtcSeconds;
const HELD = 300;
const TOKEN = 'a-token-of-the-trader';

async function opened(
  hosts: Partial<FeedHosts>,
  folder = dataFolder(),
  keyStore?: KeyStore,
  clock = CLOCK,
) {
  const app = await openApp({
    now: () => clock,
    dataFolder: folder,
    shell: 'browser',
    feedHosts: { ...FEED_HOSTS, ...hosts },
    keyStore: keyStore ?? null,
  });
  let isOpen = true;
  const close = async () => {
    if (isOpen) await app.close();
    isOpen = false;
  };
  onTestFinished(close);
  const ask = async <Name extends CallName>(name: Name, payload: unknown) => {
    const told = await answer(app.handlers, name, payload);
    if (!told.ok) throw Object.assign(new Error(told.fault.happened), told.fault);
    return told.value as CallOutput<Name>;
  };
  const until = (wanted: (state: FeedState) => void) =>
    vi.waitFor(async () => wanted(await ask('feeds.read', {})), { timeout: 15_000 });
  const stored = async (series: string) => {
    const { series: info } = await ask('desk.read', { series, bar: null });
    return ask('series.bars', { series, first: Math.max(0, info.bars - 20), count: 20 });
  };
  return { close, ask, until, stored };
}

/** A second is too short for a socket on a machine that has much to do. */
const SOON = { timeout: 15_000 };

/** Binance with `HELD` closed minutes before `NOW`, followed. */
async function followingBinance(folder = dataFolder()) {
  const server = await binanceServer();
  onTestFinished(() => server.close());
  server.history.push(...minutes(NOW - HELD * 60, NOW));
  const { ask, ...rest } = await opened({ binanceSpot: server.hosts }, folder);
  const choice = { kind: 'binance', symbol: 'PAXGUSDT', timeframe: 'M1' };
  const started = await ask('feeds.start', choice);
  await vi.waitFor(() => expect(server.isConnected()).toBe(true), SOON);
  return { server, ask, choice, series: started.series!, ...rest };
}

const [A, B, C, D] = minutes(NOW, NOW + 240) as [Quote, Quote, Quote, Quote];
type Quote = ReturnType<typeof minutes>[number];

describe('klines of Binance', () => {
  it('begin with the history, then come by the stream, the forming bar apart', async () => {
    const { server, series, stored, until } = await followingBinance();
    expect(series).toBe('PAXGUSDT M1 Binance');
    expect(server.state.streams).toEqual(['/ws/paxgusdt@kline_1m']);
    expect((await stored(series)).time.at(-1)).toBe(NOW - 60);
    server.kline(A, false);
    await until(({ status, forming }) => {
      expect(status).toBe('live');
      expect(forming).toEqual({ time: A[0], open: A[1], high: A[2], low: A[3], close: A[4] });
    });
    expect((await stored(series)).time.at(-1)).toBe(NOW - 60);
    server.kline(A, true);
    server.kline(B, false);
    await until(({ forming }) => expect(forming?.time).toBe(B[0]));
    const bars = await stored(series);
    expect(bars.time.at(-1)).toBe(A[0]);
    expect([bars.open, bars.high, bars.low, bars.close].map((column) => column.at(-1))).toEqual(
      A.slice(1),
    );
  });

  it('told twice or late change nothing', async () => {
    const { server, series, stored, until } = await followingBinance();
    server.kline(A, true);
    server.kline(B, true);
    server.kline([A[0], 1, 2, 0.5, 1], true);
    server.kline(B, true);
    server.kline([A[0], 1, 2, 0.5, 1], false);
    server.kline(C, false);
    await until(({ forming, malformed }) => {
      expect(forming?.time).toBe(C[0]);
      expect(malformed).toBe(0);
    });
    const bars = await stored(series);
    expect(bars.time.slice(-3)).toEqual([NOW - 60, A[0], B[0]]);
    expect(bars.close.slice(-2)).toEqual([A[4], B[4]]);
  });

  it('that make no sense are counted and left out', async () => {
    const { server, series, stored, until } = await followingBinance();
    server.say('not json');
    server.say('{"e":"trade","s":"PAXGUSDT"}');
    server.say('[]');
    server.kline([A[0], 2000, 1990, 2010, 2000], true); // high below low
    server.kline([A[0] + 7, A[1], A[2], A[3], A[4]], true); // opens between two minutes
    server.kline([A[0], NaN, A[2], A[3], A[4]], true);
    server.kline(A, true);
    await until(({ malformed, lastClosedAt }) => {
      expect(malformed).toBe(6);
      expect(lastClosedAt).toBe(A[0] + 60);
    });
    expect((await stored(series)).close.at(-1)).toBe(A[4]);
  });

  it('that the stream skipped are read from the history', async () => {
    const { server, series, stored, until } = await followingBinance();
    server.history.push(A, B, C);
    server.kline(D, false);
    await until(({ forming, gap }) => {
      expect(forming?.time).toBe(D[0]);
      expect(gap).toBeNull();
    });
    expect((await stored(series)).time.slice(-4)).toEqual([NOW - 60, A[0], B[0], C[0]]);
  });

  it('that nobody has are marked as missing, and the stream goes on', async () => {
    const { server, series, stored, until } = await followingBinance();
    const later = minutes(NOW + 1_080, NOW + 1_140)[0]!;
    server.kline(later, true);
    await until(({ gap, lastClosedAt }) => {
      expect(lastClosedAt).toBe(later[0] + 60);
      expect(gap).toEqual({ missing: 18, before: later[0] });
    });
    expect((await stored(series)).time.slice(-2)).toEqual([NOW - 60, later[0]]);
  }, 20_000);

  it('are followed again after a drop, with what was missed meanwhile', async () => {
    const { server, ask, series, stored, until } = await followingBinance();
    server.kline(A, false);
    await until(({ status }) => expect(status).toBe('live'));
    server.drop();
    await until(({ status, trouble, attempt, nextTryAt }) => {
      expect(status).toBe('retrying');
      expect(trouble).toMatch(/the stream was closed/);
      expect(attempt).toBe(1);
      expect(nextTryAt).not.toBeNull();
    });
    server.history.push(A, B);
    await ask('feeds.reconnect', {});
    await until(({ status, lastClosedAt }) => {
      expect(status).toBe('live');
      expect(lastClosedAt).toBe(B[0] + 60);
    });
    expect((await stored(series)).time.slice(-2)).toEqual([A[0], B[0]]);
    server.kline(C, true);
    await until(({ lastClosedAt }) => expect(lastClosedAt).toBe(C[0] + 60));
  });

  it('wait longer after each try in vain', async () => {
    const { server, ask, until } = await followingBinance();
    server.state.refuse = 503;
    server.drop();
    const waits: number[] = [];
    for (const attempt of [1, 2, 3, 4]) {
      await until((state) => expect(state.attempt).toBe(attempt));
      const { nextTryAt, trouble } = await ask('feeds.read', {});
      waits.push(nextTryAt! - CLOCK);
      if (attempt > 1) expect(trouble).toMatch(/answered 503/);
      if (attempt < 4) await ask('feeds.reconnect', {});
    }
    // 1, 2, 4, 8 seconds, each a fifth more or less; told in whole seconds, rounded up.
    expect(waits[3]!).toBeGreaterThan(5);
    expect(waits[3]!).toBeLessThan(11);
    expect(waits[0]!).toBeLessThan(2.5);
    server.state.refuse = 0;
    await ask('feeds.reconnect', {});
    await until(({ status, attempt }) => expect([status, attempt]).toEqual(['live', 0]));
  }, 20_000);

  it('are refused where the service says no; nothing is left on and nothing stored', async () => {
    const server = await binanceServer();
    onTestFinished(() => server.close());
    server.state.refuse = 400;
    const { ask } = await opened({ binanceSpot: server.hosts });
    const choice = { kind: 'binance', symbol: 'PAXGUSDT', timeframe: 'M1' };
    await expect(ask('feeds.start', choice)).rejects.toMatchObject({
      code: 'feed-refused',
      happened: expect.stringMatching(/answered 400: .*Invalid symbol/),
    });
    expect(await ask('feeds.read', {})).toMatchObject({ status: 'off' });
    expect(await ask('series.list', {})).toHaveLength(1);
  });

  it('go on where they stopped when they are turned on again, after a restart too', async () => {
    const folder = dataFolder();
    const { server, ask, close, choice } = await followingBinance(folder);
    await ask('feeds.stop', {});
    await vi.waitFor(() => expect(server.isConnected()).toBe(false), SOON);
    await close();
    server.history.push(A, B);
    const again = await opened({ binanceSpot: server.hosts }, folder);
    expect(await again.ask('feeds.read', {})).toMatchObject({ status: 'off' });
    const { series, lastClosedAt } = await again.ask('feeds.start', choice);
    expect(lastClosedAt).toBe(B[0] + 60);
    expect((await again.stored(series!)).time.slice(-2)).toEqual([A[0], B[0]]);
  });
});

describe('prices of OANDA', () => {
  const choice = {
    kind: 'oanda',
    environment: 'practice',
    account: '101-001-1-001',
    timeframe: 'M1',
  };

  async function following() {
    const server = await oandaServer(TOKEN, CLOCK);
    onTestFinished(() => server.close());
    server.history.push(...minutes(NOW - HELD * 60, NOW));
    const oanda = { practice: server.hosts, live: server.hosts };
    const { ask, ...rest } = await opened({ oanda });
    await ask('feeds.keepToken', { token: TOKEN });
    const { series } = await ask('feeds.start', choice);
    await vi.waitFor(() => expect(server.isConnected()).toBe(true), SOON);
    return { server, ask, series: series!, ...rest };
  }

  it('make the forming bar; one that closed is read whole from the candles', async () => {
    const { server, series, stored, until } = await following();
    expect(series).toBe('XAU_USD M1 OANDA practice');
    expect(server.state.paths.at(-1)).toBe('/v3/accounts/101-001-1-001/pricing/stream');
    server.heartbeat();
    server.price(NOW + 20, 2003, 2003.4);
    server.price(NOW + 40, 2001, 2001.4);
    await until(({ status, forming }) => {
      expect(status).toBe('live');
      expect(forming).toEqual({
        time: NOW,
        open: 2003.2,
        high: 2003.2,
        low: 2001.2,
        close: 2001.2,
      });
    });
    // The quotes began late in this bar: the candle knows better.
    server.history.push(A);
    server.price(NOW + 61, 2004, 2004.4);
    await until(({ forming }) => expect(forming?.time).toBe(NOW + 60));
    const bars = await stored(series);
    expect([bars.time, bars.open, bars.high].map((column) => column.at(-1))).toEqual(A.slice(0, 3));
  });

  it('that come late, broken or of another instrument change nothing', async () => {
    const { server, until } = await following();
    server.price(NOW + 20, 2003, 2003.4);
    server.price(NOW - 90, 1000, 1000.4);
    server.say('{"type":"PRICE","time":"\n');
    server.say(
      '{"type":"PRICE","instrument":"EUR_USD","time":"2026-01-01T00:00:00Z","bids":[{"price":"1"}],"asks":[{"price":"1"}]}\n',
    );
    server.say(
      '{"type":"PRICE","instrument":"XAU_USD","time":"2026-01-01T00:00:00Z","bids":[],"asks":[]}\n',
    );
    await until(({ forming, malformed }) => {
      expect(malformed).toBe(3);
      expect(forming).toMatchObject({ time: NOW, low: 2003.2, high: 2003.2 });
    });
  });

  it('are followed again after a drop in the middle of a line', async () => {
    const { server, ask, until } = await following();
    server.price(NOW + 20, 2003, 2003.4);
    await until(({ status }) => expect(status).toBe('live'));
    server.say('{"type":"PRI');
    server.drop();
    await until(({ status }) => expect(status).toBe('retrying'));
    server.history.push(A);
    await ask('feeds.reconnect', {});
    await until(({ lastClosedAt }) => expect(lastClosedAt).toBe(A[0] + 60));
  });

  describe.each([
    ['at noon on a weekday', '2023-03-15T12:00:00Z'],
    ['before the daily pause', '2023-03-15T20:59:00Z'],
    ['at the end of the week', '2023-03-17T20:59:00Z'],
    ['in the hour of a daylight change', '2023-03-12T22:00:00Z'],
  ])('%s', (_, moment) => {
    const opening = (Date.parse(moment) / 1000) as UtcSeconds;

    it('have the minute that has closed read at once', async () => {
      const clock = (opening + 75) as UtcSeconds;
      const server = await oandaServer(TOKEN, clock);
      onTestFinished(() => server.close());
      server.history.push(...minutes(opening - 20 * 60, opening));
      const oanda = { practice: server.hosts, live: server.hosts };
      const { ask, until, stored } = await opened({ oanda }, dataFolder(), undefined, clock);
      await ask('feeds.keepToken', { token: TOKEN });
      const { series } = await ask('feeds.start', choice);
      await vi.waitFor(() => expect(server.isConnected()).toBe(true), SOON);
      server.history.push(...minutes(opening, opening + 60));
      server.price(opening + 61, 2004, 2004.4);
      await until(({ lastClosedAt }) => expect(lastClosedAt).toBe(opening + 60));
      expect((await stored(series!)).time.at(-1)).toBe(opening);
    });
  });

  it('need a token that OANDA takes', async () => {
    const server = await oandaServer(TOKEN, CLOCK);
    onTestFinished(() => server.close());
    const { ask } = await opened({ oanda: { practice: server.hosts, live: server.hosts } });
    await expect(ask('feeds.start', choice)).rejects.toMatchObject({ code: 'no-token' });
    expect(server.state.asked).toBe(0);
    await ask('feeds.keepToken', { token: 'another' });
    await expect(ask('feeds.start', choice)).rejects.toMatchObject({
      code: 'feed-refused',
      happened: expect.stringMatching(/answered 401/),
      next: expect.stringMatching(/token/),
    });
  });
});

describe('the token', () => {
  it('is kept in a file of the user alone where there is no key store, and told to no window', async () => {
    const folder = dataFolder();
    const { ask } = await opened({}, folder);
    expect(await ask('feeds.token', {})).toEqual({ isKept: false, by: 'file' });
    expect(await ask('feeds.keepToken', { token: TOKEN })).toEqual({ isKept: true, by: 'file' });
    const file = join(folder, 'oanda-token.txt');
    expect(readFileSync(file, 'utf8')).toBe(TOKEN);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(
      JSON.stringify([await ask('feeds.token', {}), await ask('feeds.read', {})]),
    ).not.toContain(TOKEN);
    expect(await ask('feeds.keepToken', { token: null })).toEqual({ isKept: false, by: 'file' });
    expect(() => statSync(file)).toThrow();
  });

  it('is sealed by the key store where there is one', async () => {
    const folder = dataFolder();
    const keys: KeyStore = {
      encrypt: (text) => Buffer.from(text).reverse(),
      decrypt: (bytes) => Buffer.from(bytes).reverse().toString(),
    };
    const { ask } = await opened({}, folder, keys);
    expect(await ask('feeds.keepToken', { token: TOKEN })).toEqual({
      isKept: true,
      by: 'key-store',
    });
    expect(readFileSync(join(folder, 'oanda-token.sealed'), 'utf8')).not.toContain(TOKEN);
    expect(() => statSync(join(folder, 'oanda-token.txt'))).toThrow();
  });
});

it('asks nobody for anything until a feed is turned on', async () => {
  const server = await binanceServer();
  onTestFinished(() => server.close());
  const fetched = vi.spyOn(globalThis, 'fetch');
  onTestFinished(() => fetched.mockRestore());
  const { ask } = await opened({ binanceSpot: server.hosts, binanceFutures: server.hosts });
  await ask('series.list', {});
  await ask('desk.read', { series: 'Synthetic demo', bar: null });
  await ask('feeds.read', {});
  await ask('feeds.reconnect', {});
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(fetched).not.toHaveBeenCalled();
  expect(server.state).toMatchObject({ asked: 0, streams: [] });
});
