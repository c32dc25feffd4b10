import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { CodedError } from '../../../src-main/contract/errors.ts';
import { generate } from '../../../src-main/app/datasets/generate.ts';
import { openDataset } from '../../../src-main/app/datasets/datasets.ts';
import { openStore } from '../../../src-main/store/store.ts';
import { dataFolder } from '../../support/data-folder.ts';
import { generatedInOneGo, PLAN } from '../../support/generation.ts';

function open(folder = dataFolder()) {
  const store = openStore(folder);
  onTestFinished(() => store.close());
  return store;
}
const coded = (code: string) => expect.objectContaining({ code });

describe('a run of generation', () => {
  let checksums: string[];
  let mixes: unknown[];
  beforeAll(async () => {
    const datasets = await generatedInOneGo();
    checksums = datasets.map(({ checksum }) => checksum);
    mixes = datasets.map(({ mix }) => mix);
  }, 60_000);

  it('makes the five datasets, with their classes', () => {
    expect(mixes).toEqual([
      { small: 1_100, mid: 0, big: 0 },
      { small: 0, mid: 1_100, big: 0 },
      { small: 0, mid: 0, big: 1_100 },
      { small: 363, mid: 363, big: 363 },
      { small: 737, mid: 737, big: 737 },
    ]);
    expect(new Set(checksums).size).toBe(5);
  });

  it('comes to the same on any number of threads', async () => {
    const { datasets } = await generate(open(), PLAN, { threads: 3 });
    expect(datasets!.map(({ checksum }) => checksum)).toEqual(checksums);
  });

  it('comes to the same in shards, on machines of their own, brought together', async () => {
    const [store, other] = [open(), open()];
    const done = await generate(other, PLAN, { shard: { number: 2, of: 2 } });
    expect(done).toEqual({ datasets: null, cellsMissing: 2, cellsTaken: 0 });
    expect(other.datasets.list()).toEqual([]);
    const shard = { number: 1, of: 2 };
    const { datasets, cellsTaken } = await generate(store, PLAN, { shard, take: other.folder });
    expect(cellsTaken).toBe(1);
    expect(datasets!.map(({ checksum }) => checksum)).toEqual(checksums);
  });

  it('takes nothing out of a folder without a store, and makes none there', async () => {
    const take = join(dataFolder(), 'nothing');
    await expect(generate(open(), PLAN, { take })).rejects.toThrow(coded('folder-unusable'));
    expect(existsSync(take)).toBe(false);
  });

  it('of one shard that is cancelled leaves the other shards as they are', async () => {
    const store = open();
    await generate(store, PLAN, { shard: { number: 2, of: 2 } });
    const cancel = new AbortController();
    const onProgress = (done: number) => {
      if (done > 0) cancel.abort(new CodedError('cancelled'));
    };
    const run = { signal: cancel.signal, onProgress };
    const first = generate(store, PLAN, { shard: { number: 1, of: 2 }, threads: 1, run });
    await expect(first).rejects.toThrow(coded('cancelled'));
    const { cellsMissing } = await generate(store, PLAN, { shard: { number: 2, of: 2 } });
    expect(cellsMissing).toBe(2);
  });

  it('cancelled in the very moment that it is done leaves nothing', async () => {
    const store = open();
    const cancel = new AbortController();
    const plan = { ...PLAN, kind: 'natural', trades: 300, name: 'late' } as const;
    const made = generate(store, plan, { run: { signal: cancel.signal } });
    const watch = setInterval(() => {
      if (store.datasets.find('late')) cancel.abort(new CodedError('cancelled'));
    }, 0);
    const end = await made.then(
      () => 'done',
      () => 'cancelled',
    );
    clearInterval(watch);
    expect(store.datasets.list()).toHaveLength(end === 'done' ? 1 : 0);
  });

  it('gives what is there where the same is asked for again', async () => {
    const store = open();
    const first = await generate(store, PLAN, {});
    expect(await generate(store, PLAN, {})).toEqual(first);
    expect(store.jobs.list()).toHaveLength(1);
  });

  it('puts a deleted one of the five back without touching the others', async () => {
    const store = open();
    const { datasets } = await generate(store, PLAN, {});
    const [small, mid] = datasets!;
    store.datasets.delete(small!.name, small!.madeAt);
    await generate(store, PLAN, {});
    expect(store.datasets.find(small!.name)!.checksum).toBe(checksums[0]);
    expect(store.datasets.find(mid!.name)).toEqual(mid);
  });

  it('refuses a name that another dataset has, before anything is drawn', async () => {
    const store = open();
    const natural = { ...PLAN, kind: 'natural', trades: 100 } as const;
    await generate(store, { ...natural, name: 'mid_v2_1100' }, {});
    await expect(generate(store, PLAN, {})).rejects.toThrow(coded('name-taken'));
    expect(store.datasets.list()).toHaveLength(1);
    expect(store.jobs.list()).toHaveLength(1);
  });

  it('that cannot meet its quota ends with the reason and leaves nothing', async () => {
    const store = open();
    await expect(generate(store, { ...PLAN, leverage: 2 }, {})).rejects.toThrow(
      coded('quota-unmet'),
    );
    expect(store.datasets.list()).toEqual([]);
    expect(store.jobs.list()).toMatchObject([
      { state: 'failed', detail: expect.stringMatching(/no account here carries more than 1.80/) },
    ]);
  });

  it('that is cancelled leaves nothing of itself', async () => {
    const store = open();
    const cancel = new AbortController();
    const running = generate(
      store,
      { ...PLAN, trades: 20_000 },
      {
        run: {
          signal: cancel.signal,
          onProgress: (done) => {
            if (done > 0) cancel.abort(new CodedError('cancelled'));
          },
        },
      },
    );
    await expect(running).rejects.toThrow(coded('cancelled'));
    expect(store.datasets.list()).toEqual([]);
    expect(store.jobs.list()).toMatchObject([{ state: 'cancelled' }]);
    // The next one of this plan starts from the beginning.
    const reports: number[] = [];
    const again = new AbortController();
    await generate(
      store,
      { ...PLAN, trades: 20_000 },
      {
        run: {
          signal: again.signal,
          onProgress: (done) => {
            reports.push(done);
            again.abort(new CodedError('cancelled'));
          },
        },
      },
    ).catch(() => {});
    expect(reports[0]).toBe(0);
  });

  it('that the app was closed on goes on where it stopped', async () => {
    const folder = dataFolder();
    const store = openStore(folder);
    const leave = new AbortController();
    await generate(store, PLAN, {
      threads: 1,
      run: {
        signal: leave.signal,
        onProgress: (done) => {
          if (done > 0) leave.abort(new CodedError('app-gone'));
        },
      },
    }).catch(() => {});
    store.close();
    const reopened = open(folder);
    expect(reopened.jobs.list()).toMatchObject([{ state: 'interrupted' }]);
    const reports: number[] = [];
    const { datasets } = await generate(reopened, PLAN, {
      run: { onProgress: (done) => reports.push(done) },
    });
    expect(reports[0]).toBeGreaterThanOrEqual(1_500);
    expect(datasets!.map(({ checksum }) => checksum)).toEqual(checksums);
    expect(reopened.jobs.list()).toMatchObject([{ state: 'done', progress: 1 }]);
  });

  it('gives trades with candles to learn from, weighed by their class', async () => {
    const store = open();
    const { datasets } = await generate(store, PLAN, {});
    const balanced = datasets![3]!;
    const { reader } = openDataset(store, balanced.name);
    const weights = new Set<number>();
    reader.forEach(({ weight }) => weights.add(weight));
    expect(weights).toEqual(new Set(Object.values(balanced.weights)));
    const { small, mid, big } = balanced.weights;
    expect(small + mid + big).toBeCloseTo(3);
    expect(mid).toBeLessThan(0.4);
  });

  it('is not read once a byte of its trades has changed', async () => {
    const store = open();
    const natural = { ...PLAN, kind: 'natural', trades: 500, name: 'x' } as const;
    const { datasets } = await generate(store, natural, {});
    const blocks = [...store.datasets.blocks('x')].map((block) => {
      const bytes = new Uint8Array(block.bytes);
      bytes[100]! ^= 1;
      return { ...block, bytes };
    });
    const info = { ...datasets![0]!, name: 'y' };
    const origin = store.datasets.origin('x');
    store.datasets.save('y', blocks, () => ({ info, origin }));
    expect(() => openDataset(store, 'y')).toThrow(coded('dataset-damaged'));
  });
});
