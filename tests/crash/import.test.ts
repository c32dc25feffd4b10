import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src-main/store/store.ts';
import { barsAt, commaLines } from '../support/candle-files.ts';
import { ChildProcess } from '../support/child-process.ts';
import { dataFolder } from '../support/data-folder.ts';

const COUNT = 150_000;
const BARS = barsAt(
  Array.from({ length: COUNT }, (_, i) => 1_600_000_020 + i * 60),
  60,
);
const scratch = mkdtempSync(join(tmpdir(), 'size-picker-crash-'));
const file = join(scratch, 'gold.csv');

beforeAll(() => writeFileSync(file, commaLines(BARS).join('\n')));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Start an import, kill its process `after` ms past `word`, and look at what is left. */
async function killed(word: string, after: number) {
  const folder = dataFolder();
  const child = await ChildProcess.start('import-file.ts', [folder, file], word);
  await wait(after);
  await child.kill();
  const store = openStore(folder);
  const [series] = store.series.list();
  const bars = series ? store.series.bars('gold') : null;
  const [job] = store.jobs.list();
  store.close();
  const db = new Database(join(folder, 'size-picker.db'), { readonly: true });
  const integrity = db.pragma('integrity_check', { simple: true });
  db.close();
  return { integrity, series, bars, job };
}

describe('an app killed during an import', () => {
  it.each([
    ['reading', 0],
    ['read', 0],
    ['read', 10],
    ['read', 20],
    ['read', 40],
    ['read', 80],
  ])('%s, %i ms on: the store opens and holds all of the bars or none', async (word, after) => {
    const { integrity, series, bars, job } = await killed(word, after);
    expect(integrity).toBe('ok');
    expect([undefined, COUNT]).toContain(series?.bars);
    if (bars) expect(bars).toEqual(BARS);
    else expect(job).toMatchObject({ state: 'interrupted', detail: 'gold.csv' });
  });

  it('after it was stored: every bar is there', async () => {
    const { integrity, bars, job } = await killed('stored', 0);
    expect(integrity).toBe('ok');
    expect(bars).toEqual(BARS);
    expect(job).toMatchObject({ state: 'done', progress: 1 });
  });
});
