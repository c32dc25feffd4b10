import { CodedError } from '../contract/errors.ts';
import type { Connection } from './connection.ts';

/** A generated dataset without its columns. */
export interface DatasetInfo {
  readonly name: string;
  /** What it was generated from, as plain data. */
  readonly spec: unknown;
  readonly checksum: string;
  readonly trades: number;
  /** Class shares and sample weights, as plain data. */
  readonly mix: unknown;
}

export interface Dataset extends DatasetInfo {
  /** The trades' columns as their writer laid them out. */
  readonly columns: Uint8Array;
}

export interface Datasets {
  /** Saving the same dataset again changes nothing. Throws `name-taken` for another of that name. */
  save(dataset: Dataset): void;
  /** Oldest first. */
  list(): DatasetInfo[];
  /** Throws `bad-argument` for an unknown name. */
  read(name: string): Dataset;
}

interface DatasetRow {
  readonly name: string;
  readonly spec: string;
  readonly checksum: string;
  readonly trades: number;
  readonly mix: string;
}

export function datasets({ db, write }: Connection): Datasets {
  const insert = db.prepare(
    `INSERT INTO dataset (name, spec, checksum, trades, mix, columns)
     VALUES (@name, @spec, @checksum, @trades, @mix, @columns)`,
  );
  const select = db.prepare<[], DatasetRow>(
    'SELECT name, spec, checksum, trades, mix FROM dataset ORDER BY id',
  );
  const selectOne = db.prepare<[string], DatasetRow & { columns: Uint8Array }>(
    'SELECT name, spec, checksum, trades, mix, columns FROM dataset WHERE name = ?',
  );
  const checksumOf = db
    .prepare<[string], string>('SELECT checksum FROM dataset WHERE name = ?')
    .pluck();
  const parse = <Row extends DatasetRow>(row: Row) => ({
    ...row,
    spec: JSON.parse(row.spec) as unknown,
    mix: JSON.parse(row.mix) as unknown,
  });

  return {
    save: write((dataset) => {
      const { name, checksum } = dataset;
      const stored = checksumOf.get(name);
      if (stored === checksum) return;
      if (stored !== undefined) {
        throw new CodedError('name-taken', { name, taken: `a dataset with checksum ${stored}` });
      }
      const { spec, mix } = dataset;
      insert.run({ ...dataset, spec: JSON.stringify(spec), mix: JSON.stringify(mix) });
    }),
    list: () => select.all().map(parse),
    read: (name) => {
      const row = selectOne.get(name);
      if (row) return parse(row);
      throw new CodedError('bad-argument', { problem: `There is no dataset named "${name}".` });
    },
  };
}
