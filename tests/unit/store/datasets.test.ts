import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ErrorCode } from '../../../src-main/contract/errors.ts';
import type { DatasetInfo } from '../../../src-main/contract/datasets.ts';
import type { UtcSeconds } from '../../../src-main/domain/units.ts';
import type { DatasetBlock } from '../../../src-main/store/datasets.ts';
import { openStore, type Store } from '../../../src-main/store/store.ts';
import { dataFolder } from '../../support/data-folder.ts';

const at = (seconds: number) => seconds as UtcSeconds;
const coded = (code: ErrorCode) => expect.objectContaining({ code }) as Error;

function open(folder = dataFolder()): Store {
  const store = openStore(folder);
  onTestFinished(() => store.close());
  return store;
}

/** The same file, as another program sees it. */
function secondConnection(folder: string) {
  const db = new Database(join(folder, 'size-picker.db'));
  onTestFinished(() => {
    db.close();
  });
  return db;
}

const BLOCKS: readonly DatasetBlock[] = [
  { trades: 6, classes: { small: 1, mid: 2, big: 3 }, bytes: new Uint8Array([0, 255, 7]) },
  { trades: 3, classes: { small: 3, mid: 0, big: 0 }, bytes: new Uint8Array([8]) },
  { trades: 1, classes: { small: 0, mid: 1, big: 0 }, bytes: new Uint8Array([9, 10]) },
];
const ORIGIN = { paths: [{ seed: 7, generator: 'garch' }], spread: 0.25 };

const infoOf = (name: string, checksum = 'c0ffee'): DatasetInfo => ({
  name,
  trades: 10,
  checksum,
  mix: { small: 4, mid: 3, big: 3 },
  weights: { small: 1, mid: 0.5, big: 2 },
  naturalShares: { small: 0.5, mid: 0.3, big: 0.2 },
  simulated: 40,
  bytes: 6,
  exit: 'cross 32/128',
  seed: 7,
  leverage: 20,
  market: 'gold',
  generators: { garch: 0.5, volatility: 0.25, bootstrap: 0.25 },
  generatorVersion: 1,
  fitted: { instrument: 'gold', from: at(1_500_000_000), to: at(1_600_000_000) },
  command: 'generate',
  madeAt: at(1_700_000_000),
});

function save(store: Store, name: string, checksum?: string): void {
  store.datasets.save(name, BLOCKS, () => ({ info: infoOf(name, checksum), origin: ORIGIN }));
}

const checksums = (store: Store) => store.datasets.list().map(({ checksum }) => checksum);
const plain = (block: DatasetBlock) => ({ ...block, bytes: new Uint8Array(block.bytes) });

describe('a dataset', () => {
  it('comes back as it was saved, also after reopening', () => {
    const folder = dataFolder();
    const first = openStore(folder);
    save(first, 'v2');
    first.close();
    const { datasets } = open(folder);
    expect(datasets.find('v2')).toEqual(infoOf('v2'));
    expect(datasets.origin('v2')).toEqual(ORIGIN);
    expect([...datasets.blocks('v2')].map(plain)).toEqual(BLOCKS);
    expect(plain(datasets.block('v2', 2))).toEqual(BLOCKS[2]);
    expect(datasets.counts('v2')).toEqual(
      BLOCKS.map(({ trades, classes }) => ({ trades, ...classes })),
    );
  });

  it('is listed oldest first, each with blocks of its own', () => {
    const store = open();
    save(store, 'z');
    store.datasets.save('a', [BLOCKS[1]!], () => ({ info: infoOf('a'), origin: null }));
    expect(store.datasets.list()).toEqual([infoOf('z'), infoOf('a')]);
    expect([...store.datasets.blocks('z')]).toHaveLength(3);
    expect([...store.datasets.blocks('a')].map(plain)).toEqual([BLOCKS[1]]);
  });

  it('is written block by block, and described after the last', () => {
    const store = open();
    const bytes = new Uint8Array(1);
    function* inOneBuffer() {
      while (bytes[0]! < 3) {
        bytes[0]! += 1;
        yield { trades: 1, classes: { small: 1, mid: 0, big: 0 }, bytes };
      }
    }
    store.datasets.save('v2', inOneBuffer(), () => ({
      info: infoOf('v2', `of ${bytes[0]} blocks`),
      origin: null,
    }));
    expect([...store.datasets.blocks('v2')].map((block) => [...block.bytes])).toEqual([
      [1],
      [2],
      [3],
    ]);
    expect(checksums(store)).toEqual(['of 3 blocks']);
  });

  it('is read block by block, with room to write in between', () => {
    const folder = dataFolder();
    const store = open(folder);
    save(store, 'v2');
    const read: number[][] = [];
    const other = secondConnection(folder);
    for (const { bytes } of store.datasets.blocks('v2')) {
      read.push([...bytes]);
      store.markets.save({ name: 'gold', json: read.length });
      // Only a block that has not been read yet can still change.
      other.prepare(`UPDATE dataset_block SET bytes = x'2a' WHERE number = ?`).run(read.length);
    }
    expect(read).toEqual([[0, 255, 7], [42], [42]]);
  });

  it('leaves nothing where its blocks fail half-way or it cannot be described', () => {
    const folder = dataFolder();
    const store = open(folder);
    function* broken() {
      yield BLOCKS[0]!;
      throw new Error('cancelled half-way');
    }
    const describeIt = () => ({ info: infoOf('v2'), origin: ORIGIN });
    const cannot = () => {
      throw new Error('quota unmet');
    };
    expect(() => store.datasets.save('v2', broken(), describeIt)).toThrow('cancelled half-way');
    expect(() => store.datasets.save('v2', BLOCKS, cannot)).toThrow('quota unmet');
    expect(store.datasets.find('v2')).toBeNull();
    const count = (table: string) =>
      secondConnection(folder).prepare(`SELECT COUNT(*) FROM ${table}`).pluck().get();
    expect([count('dataset'), count('dataset_block')]).toEqual([0, 0]);
    save(store, 'v2');
    expect(store.datasets.list()).toHaveLength(1);
  });

  it('of an unknown name is an error that says so; looking for one is not', () => {
    const { datasets } = open();
    expect(datasets.find('x')).toBeNull();
    expect(datasets.list()).toEqual([]);
    for (const work of [
      () => datasets.origin('x'),
      () => [...datasets.blocks('x')],
      () => datasets.block('x', 0),
      () => datasets.counts('x'),
      () => datasets.delete('x', at(1)),
      () => datasets.restore('x'),
    ]) {
      expect(work).toThrow(coded('no-dataset'));
      expect(work).toThrow('There is no dataset named "x".');
    }
  });

  it('has no block after its last', () => {
    const store = open();
    save(store, 'v2');
    expect(() => store.datasets.block('v2', 3)).toThrow(coded('internal'));
  });

  it('keeps its name from another, which asks for no block in vain', () => {
    const store = open();
    save(store, 'v2', 'c0ffee');
    const never: Iterable<DatasetBlock> = {
      [Symbol.iterator]: () => {
        throw new Error('a block was asked for');
      },
    };
    const again = () =>
      store.datasets.save('v2', never, () => ({ info: infoOf('v2', 'other'), origin: null }));
    expect(again).toThrow(coded('name-taken'));
    expect(again).toThrow('The name "v2" is taken: a dataset with checksum c0ffee.');
    expect(checksums(store)).toEqual(['c0ffee']);
    expect(store.datasets.counts('v2')).toHaveLength(3);
  });
});

describe('a deleted dataset', () => {
  it('is out of sight', () => {
    const store = open();
    save(store, 'v2');
    save(store, 'kept');
    store.datasets.delete('v2', at(100));
    expect(store.datasets.list()).toEqual([infoOf('kept')]);
    expect(store.datasets.find('v2')).toBeNull();
    expect(() => store.datasets.origin('v2')).toThrow(coded('no-dataset'));
    expect(() => [...store.datasets.blocks('v2')]).toThrow(coded('no-dataset'));
    expect(() => store.datasets.delete('v2', at(101))).toThrow(coded('no-dataset'));
  });

  it('comes back whole, also after reopening', () => {
    const folder = dataFolder();
    const first = openStore(folder);
    save(first, 'v2');
    first.datasets.delete('v2', at(100));
    first.close();
    const { datasets } = open(folder);
    datasets.restore('v2');
    expect(datasets.find('v2')).toEqual(infoOf('v2'));
    expect([...datasets.blocks('v2')].map(plain)).toEqual(BLOCKS);
    expect(() => datasets.restore('v2')).toThrow(coded('no-dataset'));
  });

  it('frees its name, and stays deleted while another has it', () => {
    const store = open();
    save(store, 'v2', 'first');
    store.datasets.delete('v2', at(100));
    save(store, 'v2', 'second');
    expect(() => store.datasets.restore('v2')).toThrow(coded('name-taken'));
    expect(checksums(store)).toEqual(['second']);
    store.datasets.delete('v2', at(200));
    store.datasets.restore('v2');
    expect(checksums(store)).toEqual(['second']);
  });

  it('comes back before those of its name that were deleted earlier', () => {
    const store = open();
    save(store, 'v2', 'first');
    store.datasets.delete('v2', at(100));
    save(store, 'v2', 'second');
    store.datasets.delete('v2', at(100));
    store.datasets.restore('v2');
    expect(checksums(store)).toEqual(['second']);
    store.datasets.delete('v2', at(50));
    store.datasets.restore('v2');
    expect(checksums(store)).toEqual(['first']);
  });

  it('goes for good with a purge, and only what was deleted goes', () => {
    const folder = dataFolder();
    const store = open(folder);
    save(store, 'v2');
    store.datasets.save('kept', [BLOCKS[1]!], () => ({ info: infoOf('kept'), origin: null }));
    store.datasets.delete('v2', at(100));
    const blocks = secondConnection(folder).prepare('SELECT COUNT(*) FROM dataset_block').pluck();
    expect(blocks.get()).toBe(4);
    store.datasets.purge();
    expect(blocks.get()).toBe(1);
    expect(() => store.datasets.restore('v2')).toThrow(coded('no-dataset'));
    expect(store.datasets.list()).toEqual([infoOf('kept')]);
    expect([...store.datasets.blocks('kept')].map(plain)).toEqual([BLOCKS[1]]);
  });
});

describe('the parts of a run', () => {
  it('are kept across reopening, in the order of their cells', () => {
    const folder = dataFolder();
    const first = openStore(folder);
    first.parts.keep('run', 10, { trades: 5 }, new Uint8Array([10]));
    first.parts.keep('run', 2, { trades: 3 }, new Uint8Array([0, 255]));
    first.parts.keep('other', 2, null, new Uint8Array([7]));
    first.close();
    const { parts } = open(folder);
    expect(parts.summaries('run')).toEqual([
      { cell: 2, summary: { trades: 3 } },
      { cell: 10, summary: { trades: 5 } },
    ]);
    expect([...parts.read('run', 2)]).toEqual([0, 255]);
    expect([...parts.read('other', 2)]).toEqual([7]);
    expect(parts.summaries('unknown')).toEqual([]);
  });

  it('are kept once: the same cell again changes nothing', () => {
    const { parts } = open();
    parts.keep('run', 0, { trades: 5 }, new Uint8Array([1]));
    parts.keep('run', 0, { trades: 6 }, new Uint8Array([2]));
    expect(parts.summaries('run')).toEqual([{ cell: 0, summary: { trades: 5 } }]);
    expect([...parts.read('run', 0)]).toEqual([1]);
  });

  it('go when they are discarded, those of other runs stay', () => {
    const { parts } = open();
    parts.keep('run', 0, null, new Uint8Array([1]));
    parts.keep('other', 0, null, new Uint8Array([2]));
    parts.discardAll('run');
    expect(parts.summaries('run')).toEqual([]);
    expect(() => parts.read('run', 0)).toThrow(coded('internal'));
    expect([...parts.read('other', 0)]).toEqual([2]);
  });
});

describe('what is written together', () => {
  it('stays when all of it succeeds', () => {
    const store = open();
    store.parts.keep('run', 0, null, new Uint8Array([1]));
    store.together(() => {
      save(store, 'a');
      save(store, 'b');
      store.parts.discardAll('run');
    });
    expect(store.datasets.list()).toEqual([infoOf('a'), infoOf('b')]);
    expect(store.parts.summaries('run')).toEqual([]);
  });

  it('is rolled back, all of it, when one piece fails', () => {
    const store = open();
    save(store, 'b');
    store.parts.keep('run', 0, null, new Uint8Array([1]));
    const work = () => {
      store.together(() => {
        store.parts.discardAll('run');
        store.markets.save({ name: 'gold', json: 1 });
        save(store, 'a');
        save(store, 'b');
      });
    };
    expect(work).toThrow(coded('name-taken'));
    expect(store.datasets.list()).toEqual([infoOf('b')]);
    expect(store.markets.list()).toEqual([]);
    expect([...store.parts.read('run', 0)]).toEqual([1]);
  });
});
