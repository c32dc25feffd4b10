import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { doorTo } from '../../../src-main/app/door.ts';
import { openApp, type App, type AppOptions } from '../../../src-main/app/open-app.ts';
import {
  CALL_NAMES,
  callOf,
  CALLS,
  type Handlers,
  type HandlersOf,
} from '../../../src-main/contract/calls.ts';
import { CodedError } from '../../../src-main/contract/errors.ts';
import { LOCAL_CALLS } from '../../../src-main/contract/local-calls.ts';
import { answer } from '../../../src-main/contract/transport.ts';
import { dataFolder } from '../../support/data-folder.ts';

async function open(options: Partial<AppOptions> = {}): Promise<App> {
  const app = await openApp({ dataFolder: dataFolder(), shell: 'browser', ...options });
  onTestFinished(() => app.close());
  return app;
}

/** A folder that an app has been in before. */
async function usedFolder(): Promise<string> {
  const folder = dataFolder();
  await (await openApp({ dataFolder: folder, shell: 'browser' })).close();
  return folder;
}

const contentOf = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    // SQLite's own, which even a reader makes.
    .filter((entry) => entry.isFile() && !/-(wal|shm)$/.test(entry.name))
    .map(({ parentPath, name }) => {
      const file = join(parentPath, name);
      return [file, createHash('sha256').update(readFileSync(file)).digest('hex')];
    })
    .sort();

describe('a folder that is open to read only', () => {
  const writing = CALL_NAMES.filter((name) => callOf(name).writes);

  it('is read beside an app that has it', async () => {
    const folder = dataFolder();
    await open({ dataFolder: folder });
    const reader = await open({ dataFolder: folder, readonly: true });
    expect(await reader.handlers['series.list']({})).toMatchObject([{ name: 'Synthetic demo' }]);
    expect(await reader.handlers['models.list']({})).toHaveLength(1);
  });

  it.each(writing)('refuses %s', async (name) => {
    const reader = await open({ dataFolder: await usedFolder(), readonly: true });
    const call = reader.handlers[name] as (input: unknown) => Promise<unknown>;
    await expect(call({})).rejects.toMatchObject({ code: 'read-only' });
  });

  it('stays as it is to the last byte, opened, read and closed', async () => {
    const folder = await usedFolder();
    const before = contentOf(folder);
    const reader = await openApp({ dataFolder: folder, shell: 'browser', readonly: true });
    for (const name of ['series.list', 'decisions.list', 'datasets.list', 'jobs.list'] as const) {
      await reader.handlers[name]({});
    }
    const series = { series: 'Synthetic demo', timeframe: null, bar: null };
    await reader.handlers['desk.read'](series);
    await reader.close();
    expect(contentOf(folder)).toEqual(before);
  });
});

it('every call whose name speaks of changing something is marked as one that writes', () => {
  const changing =
    /record|write|use$|import(?!\.(stage|preview|discard))|delete|restore|keep|undo/i;
  const unmarked = CALL_NAMES.filter((name) => changing.test(name) && !callOf(name).writes);
  // Writes a file elsewhere.
  expect(unmarked).toEqual(['series.writeDemo']);
});

describe('a folder that the command line opens', () => {
  it('gets no demo series: only a window shows it', async () => {
    const app = await open({ shell: 'command-line' });
    expect(await app.handlers['series.list']({})).toEqual([]);
    expect(await app.handlers['models.list']({})).toHaveLength(1);
  });
});

describe('calls of this process only', () => {
  it.each(Object.keys(LOCAL_CALLS))('%s is no call to a window', async (name) => {
    const reached: string[] = [];
    const handlers = new Proxy({} as Handlers, {
      get: (_, called) => () => void reached.push(String(called)),
    });
    expect(CALLS).not.toHaveProperty([name]);
    expect(await answer(handlers, name, {})).toMatchObject({
      ok: false,
      fault: { code: 'bad-argument', happened: `There is no call named "${name}".` },
    });
    expect(reached).toEqual([]);
  });

  it('no call of a window names a file of the disk, but for the candles that a feed follows', () => {
    const named = /"(file|path|folder|out|take|predictions|report)":/;
    const found = Object.entries(CALLS)
      .filter(([, call]) =>
        named.test(
          JSON.stringify(z.toJSONSchema(call.in, { io: 'input', unrepresentable: 'any' })),
        ),
      )
      .map(([name]) => name);
    expect(found).toEqual(['feeds.start']);
  });
});

describe('the door to the rooms', () => {
  const behind = (rooms: Partial<HandlersOf<string>>, closing = new AbortController()) =>
    doorTo(rooms as HandlersOf<string>, {
      folder: '/data',
      readonly: false,
      closing: closing.signal,
    });

  it('in tests, lets no answer through that is not as the contract says', async () => {
    const about = { version: '1', shell: 'browser', dataFolder: '/data' } as const;
    const more = { ...about, owner: 'me' };
    const less = { version: '1', shell: 'browser' } as unknown as typeof about;
    expect(await behind({ 'app.about': () => about })['app.about']({})).toEqual(about);
    await expect(behind({ 'app.about': () => more })['app.about']({})).rejects.toThrow(
      'app.about answers what its schema does not name: .owner',
    );
    await expect(behind({ 'app.about': () => less })['app.about']({})).rejects.toThrow(
      /dataFolder/,
    );
  });

  it('ends a call when its caller or the closing app ends it, with why', async () => {
    for (const who of ['caller', 'app'] as const) {
      const closing = new AbortController();
      const caller = new AbortController();
      const door = behind(
        {
          'series.list': (_, { signal }) =>
            new Promise((_, reject) => {
              signal.addEventListener('abort', () => reject(signal.reason as Error));
            }),
        },
        closing,
      );
      const asked = door['series.list']({}, { signal: caller.signal });
      (who === 'app' ? closing : caller).abort(new CodedError('cancelled'));
      await expect(asked).rejects.toMatchObject({ code: 'cancelled' });
    }
  });

  it('tells the caller how far the work is', async () => {
    const heard: unknown[] = [];
    const door = behind({
      'series.list': (_, { onProgress }) => {
        onProgress(1, 2, 'Reading');
        return [];
      },
    });
    await door['series.list']({}, { onProgress: (...told) => heard.push(told) });
    await door['series.list']({});
    expect(heard).toEqual([[1, 2, 'Reading']]);
  });
});
