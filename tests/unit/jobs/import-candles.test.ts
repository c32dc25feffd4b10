import { describe, expect, it, onTestFinished } from 'vitest';
import { CodedError } from '../../../src-main/contract/errors.ts';
import type { ImportSettings } from '../../../src-main/contract/series.ts';
import { importCandles } from '../../../src-main/app/series/candle-files.ts';
import { workerUrl } from '../../../src-main/jobs/threads.ts';
import { openStore } from '../../../src-main/store/store.ts';
import { at, barsAt, bytesOf, commaLines } from '../../support/candle-files.ts';
import { dataFolder } from '../../support/data-folder.ts';

const times = (count: number) =>
  Array.from({ length: count }, (_, i) => at('2024-01-01 00:00:00') + i * 60);
const lines = (count: number) => commaLines(barsAt(times(count), 60));
const settings: ImportSettings = { name: 'gold', symbol: 'XAUUSD', clock: 'utc' };

function open() {
  const folder = dataFolder();
  const store = openStore(folder);
  onTestFinished(() => store.close());
  const job = (text: readonly string[], commit: boolean) => ({
    folder,
    file: bytesOf(text.join('\n')),
    fileName: 'gold.csv',
    settings,
    commit,
  });
  return { store, job };
}

describe('importing candles in a worker thread', () => {
  it('stores the bars and leaves a row of the job', async () => {
    const { store, job } = open();
    const { report, series, added } = await importCandles(job(lines(5_000), true));
    expect(report.problemCount).toBe(0);
    expect(added).toBe(5_000);
    expect(store.series.list()).toEqual([series]);
    expect(store.series.bars('gold')).toEqual(barsAt(times(5_000), 60));
    expect(store.jobs.list()).toMatchObject([
      { kind: 'import-candles', state: 'done', progress: 1, detail: 'gold.csv' },
    ]);
  });

  it('of the same file again adds nothing', async () => {
    const { store, job } = open();
    await importCandles(job(lines(100), true));
    const again = await importCandles(job(lines(100), true));
    expect(again).toMatchObject({ added: 0, report: { alreadyStored: 100 } });
    expect(store.series.list()[0]!.bars).toBe(100);
  });

  it('tells how far it is', async () => {
    const { job } = open();
    const heard: number[] = [];
    const total = bytesOf(lines(80_000).join('\n')).length;
    await importCandles(job(lines(80_000), true), {
      onProgress: (done, of) => {
        expect(of).toBe(total);
        heard.push(done);
      },
    });
    expect(heard.length).toBeGreaterThan(2);
    expect(heard).toEqual(heard.toSorted((a, b) => a - b));
    expect(heard.at(-1)).toBe(total);
  });

  it('of a file with problems stores nothing and says so in the row', async () => {
    const { store, job } = open();
    const text = lines(100).with(50, '2024-01-01 00:49:00,1,2,3,4,5');
    const result = await importCandles(job(text, true));
    expect(result.report.problems).toMatchObject([{ code: 'high-below-low', line: 51 }]);
    expect(result.series).toBeUndefined();
    expect(store.series.list()).toEqual([]);
    expect(store.jobs.list()).toMatchObject([
      { state: 'failed', detail: result.report.problems[0]!.text },
    ]);
  });

  it('that the store refuses rejects with its coded error', async () => {
    const { store, job } = open();
    await importCandles(job(lines(100), true));
    const other = lines(100).with(1, '2024-01-01 00:00:00,10,20,5,15,1');
    const error = await importCandles(job(other, true)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CodedError);
    expect((error as CodedError).code).toBe('bars-differ');
    expect(store.series.bars('gold')).toEqual(barsAt(times(100), 60));
    expect(store.jobs.list()[0]!.state).toBe('failed');
  });
});

describe('a dry run', () => {
  it('stores nothing, not even a row', async () => {
    const { store, job } = open();
    const result = await importCandles(job(lines(100), false));
    expect(result.report).toMatchObject({ bars: 100, alreadyStored: 0, problems: [] });
    expect(store.series.list()).toEqual([]);
    expect(store.jobs.list()).toEqual([]);
  });

  it('counts the bars that are stored already', async () => {
    const { job } = open();
    await importCandles(job(lines(100), true));
    const result = await importCandles(job(lines(150), false));
    expect(result.report).toMatchObject({ bars: 150, alreadyStored: 100 });
  });

  it('reports as a problem what the store would refuse', async () => {
    const { job } = open();
    await importCandles(job(lines(100), true));
    const other = lines(100).with(1, '2024-01-01 00:00:00,10,20,5,15,1');
    const { report } = await importCandles(job(other, false));
    expect(report.problemCount).toBe(1);
    expect(report.problems).toMatchObject([{ code: 'bars-differ' }]);
  });
});

describe('cancelling', () => {
  it('ends the import with nothing stored and a row that says so', async () => {
    const { store, job } = open();
    const cancel = new AbortController();
    const running = importCandles(job(lines(300_000), true), {
      signal: cancel.signal,
      onProgress: () => cancel.abort(),
    });
    await expect(running).rejects.toThrow(expect.objectContaining({ code: 'cancelled' }));
    expect(store.series.list()).toEqual([]);
    expect(store.jobs.list()).toMatchObject([{ state: 'cancelled' }]);
  });

  it('at once leaves a row that says so', async () => {
    const { store, job } = open();
    const cancel = new AbortController();
    const running = importCandles(job(lines(100), true), { signal: cancel.signal });
    cancel.abort();
    await expect(running).rejects.toThrow(expect.objectContaining({ code: 'cancelled' }));
    expect(store.series.list()).toEqual([]);
    expect(store.jobs.list()).toMatchObject([{ state: 'cancelled', detail: 'gold.csv' }]);
  });

  it('before it began starts nothing', async () => {
    const { store, job } = open();
    const running = importCandles(job(lines(100), true), { signal: AbortSignal.abort() });
    await expect(running).rejects.toThrow(expect.objectContaining({ code: 'cancelled' }));
    expect(store.jobs.list()).toEqual([]);
  });
});

describe("the worker's entry", () => {
  it('lies beside its source', () => {
    expect(workerUrl('worker').pathname).toMatch(/\/src-main\/jobs\/worker\.ts$/);
  });
});
