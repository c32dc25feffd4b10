import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openApp } from '../../../src-main/app/open-app.ts';
import { answer } from '../../../src-main/contract/transport.ts';
import {
  barsAt,
  goldTimes,
  metatrader5Lines,
  serverClock,
  shownOn,
} from '../../support/candle-files.ts';
import { dataFolder } from '../../support/data-folder.ts';
import type { CallName, CallOutput } from '../../../src-main/contract/calls.ts';
import type { EventName } from '../../../src-main/contract/events.ts';
import type { FeedState } from '../../../src-main/contract/feeds.ts';

const TIMES = goldTimes('2023-11-20', '2023-12-09');
/** Lines as a terminal writes them; the first is the header. */
const LINES = metatrader5Lines(shownOn(barsAt(TIMES), serverClock));
const HELD = 300;
const text = (lines: readonly string[]) => lines.map((one) => `${one}\r\n`).join('');

/** An app that follows a file of `count` bars, and what it said to its windows. */
async function following(count = HELD, lines = LINES) {
  const path = join(dataFolder(), 'XAUUSD_H1.csv');
  writeFileSync(path, text(lines.slice(0, count + 1)));
  const app = await openApp({ dataFolder: dataFolder(), shell: 'browser' });
  onTestFinished(() => app.close());
  const events: EventName[] = [];
  app.subscribe((name) => events.push(name));
  const ask = async <Name extends CallName>(name: Name, payload: unknown) => {
    const told = await answer(app.handlers, name, payload);
    if (!told.ok) throw Object.assign(new Error(told.fault.happened), told.fault);
    return told.value as CallOutput<Name>;
  };
  const choice = { kind: 'file', path, symbol: 'XAUUSD', clock: 'new-york-close' };
  const state = () => ask('feeds.read', {});
  /** Waits until the feed stands as wanted. */
  const until = (wanted: (state: FeedState) => void) =>
    vi.waitFor(async () => wanted(await state()), { timeout: 10_000 });
  const bars = async (series: string) =>
    (await ask('desk.read', { series, bar: null })).series.bars;
  return { path, events, ask, choice, state, until, bars };
}

describe('a file that a terminal writes', () => {
  it('is off until it is turned on', async () => {
    const { state } = await following();
    expect(await state()).toMatchObject({ status: 'off', choice: null, series: null });
  });

  it('is stored but for its newest bar, which still forms', async () => {
    const { ask, choice, until, bars } = await following();
    const { series } = await ask('feeds.start', choice);
    expect(await bars(series!)).toBe(HELD - 1);
    await until((state) => {
      expect(state).toMatchObject({ status: 'live', timeframe: 'H1', trouble: null });
      expect(state.lastClosedAt).toBe(TIMES[HELD - 2]! + 3600);
      expect(state.forming?.time).toBe(TIMES[HELD - 1]);
    });
  });

  it('closes a bar when the next one begins, and says so to the windows', async () => {
    const { ask, choice, path, until, bars, events } = await following();
    const { series } = await ask('feeds.start', choice);
    await until(({ status }) => expect(status).toBe('live'));
    appendFileSync(path, text(LINES.slice(HELD + 1, HELD + 3)));
    await until(({ forming }) => expect(forming?.time).toBe(TIMES[HELD + 1]));
    expect(await bars(series!)).toBe(HELD + 1);
    expect(events).toContain('series.grew');
    await vi.waitFor(() => expect(events).toContain('feed.changed'));
  });

  it('takes a rewritten file, and keeps the older bars that it no longer holds', async () => {
    const { ask, choice, path, until, bars } = await following();
    const { series } = await ask('feeds.start', choice);
    writeFileSync(path, text([LINES[0]!, ...LINES.slice(101, HELD + 11)]));
    await until(({ forming }) => expect(forming?.time).toBe(TIMES[HELD + 9]));
    expect(await bars(series!)).toBe(HELD + 9);
  });

  it('names the bars that are missing in what was appended', async () => {
    const { ask, choice, path, until } = await following();
    await ask('feeds.start', choice);
    appendFileSync(path, text(LINES.slice(HELD + 5, HELD + 8)));
    await until(({ gap }) => expect(gap).toEqual({ missing: 4, before: TIMES[HELD + 4] }));
  });

  it('stays on the bars that it has while the file says something else, and says why', async () => {
    const { ask, choice, path, until, bars } = await following();
    const { series } = await ask('feeds.start', choice);
    await until(({ status }) => expect(status).toBe('live'));
    appendFileSync(path, 'this is no bar\r\nnor is this\r\n');
    await until(({ status, trouble, malformed }) => {
      expect(status).toBe('retrying');
      expect(malformed).toBe(1);
      expect(trouble).not.toBeNull();
    });
    expect(await bars(series!)).toBe(HELD - 1);
    writeFileSync(path, text(LINES.slice(0, HELD + 4)));
    await until(({ status, forming }) => {
      expect(status).toBe('live');
      expect(forming?.time).toBe(TIMES[HELD + 2]);
    });
  });

  it('keeps a closed bar as it was first seen, says what the file has now, and goes on', async () => {
    const { ask, choice, path, until, bars } = await following();
    const { series } = await ask('feeds.start', choice);
    await until(({ status }) => expect(status).toBe('live'));
    const corrected = [...LINES];
    const cells = LINES[HELD - 20]!.split('\t');
    corrected[HELD - 20] = cells.with(6, `${Number(cells[6]) + 1}`).join('\t');
    writeFileSync(path, text(corrected.slice(0, HELD + 4)));
    await until(({ status, differing, forming, trouble }) => {
      expect(forming?.time).toBe(TIMES[HELD + 2]);
      expect(differing).toContain(new Date(TIMES[HELD - 21]! * 1000).toISOString().slice(0, 16));
      expect({ status, trouble }).toEqual({ status: 'live', trouble: null });
    });
    expect(await bars(series!)).toBe(HELD + 2);
    // The file's own bars can be had: under another name.
    await expect(ask('feeds.start', choice)).rejects.toMatchObject({ code: 'bars-differ' });
    const other = await ask('feeds.start', { ...choice, name: 'Corrected' });
    expect(await bars(other.series!)).toBe(HELD + 2);
    // Written anew as it was, it agrees with the first series again.
    writeFileSync(path, text(LINES.slice(0, HELD + 6)));
    await ask('feeds.start', choice);
    await until(({ status, differing }) =>
      expect({ status, differing }).toEqual({ status: 'live', differing: null }),
    );
  });

  it('waits for a file that was cut short: its last bar is an old one, not one that forms', async () => {
    const { ask, choice, path, until, bars } = await following();
    const { series } = await ask('feeds.start', choice);
    await until(({ forming }) => expect(forming).not.toBeNull());
    writeFileSync(path, text(LINES.slice(0, HELD - 50)));
    await until(({ status, forming, trouble }) => {
      expect({ status, forming }).toEqual({ status: 'retrying', forming: null });
      expect(trouble).toMatch(/^the file ends at .*, before the newest bar that is stored$/);
    });
    expect(await bars(series!)).toBe(HELD - 1);
    writeFileSync(path, text(LINES.slice(0, HELD + 2)));
    await until(({ status, forming }) => {
      expect(status).toBe('live');
      expect(forming?.time).toBe(TIMES[HELD]);
    });
  });

  it('is waited for where it goes and comes back', async () => {
    const { ask, choice, path, until } = await following();
    await ask('feeds.start', choice);
    await until(({ status }) => expect(status).toBe('live'));
    rmSync(path);
    await until(({ status }) => expect(status).toBe('retrying'));
    writeFileSync(path, text(LINES.slice(0, HELD + 2)));
    await ask('feeds.reconnect', {});
    await until(({ status }) => expect(status).toBe('live'));
  });

  it('is refused where it is not there, and where it holds no candles; nothing is left on', async () => {
    const { ask, choice, path, state } = await following();
    await expect(ask('feeds.start', { ...choice, path: `${path}.no` })).rejects.toMatchObject({
      code: 'feed-refused',
    });
    await expect(ask('feeds.start', { ...choice, path: 'bars.csv' })).rejects.toMatchObject({
      code: 'feed-refused',
    });
    for (const bad of [dirname(path), path]) {
      writeFileSync(path, '');
      await expect(ask('feeds.start', { ...choice, path: bad })).rejects.toMatchObject({
        code: 'feed-refused',
      });
    }
    writeFileSync(path, 'dear diary\n'.repeat(50));
    await expect(ask('feeds.start', choice)).rejects.toMatchObject({ code: expect.any(String) });
    expect(await state()).toMatchObject({ status: 'off' });
    expect((await ask('series.list', {})).map(({ name }) => name)).toEqual(['Synthetic demo']);
  });

  it('is refused where its newest bar comes first', async () => {
    const { ask, choice, path } = await following();
    const [header, ...rows] = LINES.slice(0, HELD);
    writeFileSync(path, text([header!, ...rows.toReversed()]));
    await expect(ask('feeds.start', choice)).rejects.toMatchObject({
      code: 'feed-refused',
      message: expect.stringContaining('would not be its newest bars'),
    });
  });

  it('is followed no longer once it is turned off', async () => {
    const { ask, choice, path, state, bars } = await following();
    const { series } = await ask('feeds.start', choice);
    await ask('feeds.stop', {});
    appendFileSync(path, text(LINES.slice(HELD + 1, HELD + 3)));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await state()).toMatchObject({ status: 'off' });
    expect(await bars(series!)).toBe(HELD - 1);
  });
});
