import { CodedError } from '../contract/errors.ts';
import type { Connection } from './connection.ts';

/** Finished pieces of long work, kept until all are there. A run is named by a hash of its plan. */
export interface Parts {
  /** Keeping a cell again changes nothing. */
  keep(run: string, cell: number, summary: unknown, bytes: Uint8Array): void;
  /** What is kept of a run, by cell. */
  summaries(run: string): { readonly cell: number; readonly summary: unknown }[];
  read(run: string, cell: number): Uint8Array;
  discard(run: string, cells: readonly number[]): void;
  discardAll(run: string): void;
}

export function parts({ db, write }: Connection): Parts {
  const insert = db.prepare(
    'INSERT INTO dataset_part (run, cell, summary, bytes) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const select = db.prepare<[string], { cell: number; summary: string }>(
    'SELECT cell, summary FROM dataset_part WHERE run = ? ORDER BY cell',
  );
  const selectOne = db
    .prepare<[string, number], Uint8Array>(
      'SELECT bytes FROM dataset_part WHERE run = ? AND cell = ?',
    )
    .pluck();
  const remove = db.prepare('DELETE FROM dataset_part WHERE run = ? AND cell = ?');
  const removeAll = db.prepare('DELETE FROM dataset_part WHERE run = ?');
  return {
    keep: write((run, cell, summary, bytes) => {
      insert.run(run, cell, JSON.stringify(summary), bytes);
    }),
    summaries: (run) =>
      select
        .all(run)
        .map(({ cell, summary }) => ({ cell, summary: JSON.parse(summary) as unknown })),
    read: (run, cell) => {
      const bytes = selectOne.get(run, cell);
      if (bytes) return bytes;
      throw new CodedError('internal', { problem: `cell ${cell} of a run is gone` });
    },
    discard: write((run, cells) => {
      for (const cell of cells) remove.run(run, cell);
    }),
    discardAll: write((run) => {
      removeAll.run(run);
    }),
  };
}
