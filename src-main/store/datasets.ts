import { CodedError } from '../contract/errors.ts';
import type { DatasetInfo, PerClass } from '../contract/datasets.ts';
import type { FittedBars } from '../contract/instrument.ts';
import type { UtcSeconds } from '../domain/units.ts';
import type { Connection } from './connection.ts';

/** Some thousands of trades, as their writer laid them out. */
export interface DatasetBlock {
  readonly trades: number;
  readonly classes: PerClass;
  readonly bytes: Uint8Array;
}

/** What is known of a dataset once its last block has been written. */
export interface DatasetDescription {
  readonly info: DatasetInfo;
  /** What it was drawn from, as plain data. */
  readonly origin: unknown;
}

/** Datasets of synthetic trades. An unknown name is `no-dataset`. */
export interface Datasets {
  /** Writes the blocks as they come, and then what they are: all or nothing. Throws `name-taken`. */
  save(name: string, blocks: Iterable<DatasetBlock>, describe: () => DatasetDescription): void;
  /** Oldest first. */
  list(): DatasetInfo[];
  find(name: string): DatasetInfo | null;
  /** Throws `no-dataset`. */
  info(name: string): DatasetInfo;
  origin(name: string): unknown;
  /** One after the other, each read when it is asked for. */
  blocks(name: string): Iterable<DatasetBlock>;
  block(name: string, number: number): DatasetBlock;
  /** How many trades each block has, in all and of each class. */
  counts(name: string): (PerClass & { readonly trades: number })[];
  /** Which bars its market was fitted to, where its writer did not say. */
  keepFitted(name: string, fitted: FittedBars): void;
  /** Out of sight, and out of the way of its name. */
  delete(name: string, now: UtcSeconds): void;
  /** Brings the last deleted one of that name back. Throws `name-taken`. */
  restore(name: string): void;
  /** Deleted ones go for good. */
  purge(): void;
}

/** Earlier versions kept no bars that the market was fitted to. */
const infoIn = (text: string): DatasetInfo => ({
  fitted: null,
  ...(JSON.parse(text) as Omit<DatasetInfo, 'fitted'>),
});

interface BlockRow extends PerClass {
  readonly trades: number;
  readonly bytes: Uint8Array;
}

export function datasets({ db, write }: Connection): Datasets {
  const insert = db.prepare(
    `INSERT INTO dataset (name, info, origin, deleted_at) VALUES (?, '{}', '{}', NULL)`,
  );
  const insertBlock = db.prepare(
    `INSERT INTO dataset_block (dataset, number, trades, small, mid, big, bytes)
     VALUES (@id, @number, @trades, @small, @mid, @big, @bytes)`,
  );
  const describeRow = db.prepare('UPDATE dataset SET info = ?, origin = ? WHERE id = ?');
  const select = db
    .prepare<[], string>('SELECT info FROM dataset WHERE deleted_at IS NULL ORDER BY id')
    .pluck();
  const selectOne = db.prepare<[string], { id: number; info: string; origin: string }>(
    'SELECT id, info, origin FROM dataset WHERE name = ? AND deleted_at IS NULL',
  );
  const selectBlock = db.prepare<[number, number], BlockRow>(
    `SELECT trades, small, mid, big, bytes FROM dataset_block
     WHERE dataset = ? AND number = ?`,
  );
  const selectCounts = db.prepare<[number], PerClass & { trades: number }>(
    'SELECT trades, small, mid, big FROM dataset_block WHERE dataset = ? ORDER BY number',
  );
  const hide = db.prepare('UPDATE dataset SET deleted_at = ? WHERE id = ?');
  const lastDeleted = db
    .prepare<[string], number>(
      `SELECT id FROM dataset WHERE name = ? AND deleted_at IS NOT NULL
       ORDER BY deleted_at DESC, id DESC LIMIT 1`,
    )
    .pluck();
  const remove = db.prepare('DELETE FROM dataset WHERE deleted_at IS NOT NULL');

  const find = (name: string) => {
    const row = selectOne.get(name);
    return row ? infoIn(row.info) : null;
  };
  const rowOf = (name: string) => {
    const row = selectOne.get(name);
    if (row) return row;
    throw new CodedError('no-dataset', { name });
  };
  const requireFree = (name: string) => {
    const stored = find(name);
    if (!stored) return;
    throw new CodedError('name-taken', {
      name,
      taken: `a dataset with checksum ${stored.checksum.slice(0, 12)}`,
    });
  };
  const readBlock = (id: number, number: number): DatasetBlock | null => {
    const row = selectBlock.get(id, number);
    if (!row) return null;
    const { trades, bytes, small, mid, big } = row;
    return { trades, bytes, classes: { small, mid, big } };
  };

  return {
    save: write((name, blocks, describe) => {
      requireFree(name);
      const id = Number(insert.run(name).lastInsertRowid);
      let number = 0;
      for (const { trades, classes, bytes } of blocks) {
        insertBlock.run({ id, number: number++, trades, ...classes, bytes });
      }
      const { info, origin } = describe();
      describeRow.run(JSON.stringify(info), JSON.stringify(origin), id);
    }),
    list: () => select.all().map(infoIn),
    find,
    info: (name) => infoIn(rowOf(name).info),
    origin: (name) => JSON.parse(rowOf(name).origin) as unknown,
    *blocks(name) {
      const { id } = rowOf(name);
      for (let number = 0; ; number++) {
        const block = readBlock(id, number);
        if (!block) return;
        yield block;
      }
    },
    block: (name, number) => {
      const block = readBlock(rowOf(name).id, number);
      if (block) return block;
      throw new CodedError('internal', { problem: `the dataset ${name} has no block ${number}` });
    },
    counts: (name) => selectCounts.all(rowOf(name).id),
    keepFitted: write((name, fitted) => {
      const { id, info, origin } = rowOf(name);
      describeRow.run(JSON.stringify({ ...infoIn(info), fitted }), origin, id);
    }),
    delete: write((name, now) => {
      hide.run(now, rowOf(name).id);
    }),
    restore: write((name) => {
      const id = lastDeleted.get(name);
      if (id === undefined) throw new CodedError('no-dataset', { name });
      requireFree(name);
      hide.run(null, id);
    }),
    purge: write(() => {
      remove.run();
    }),
  };
}
