import { CodedError } from '../contract/errors.ts';
import type { Evaluation, EvaluationInfo, StoredEvaluation } from '../contract/evaluation.ts';
import type { UtcSeconds } from '../domain/units.ts';
import type { Connection } from './connection.ts';

/** What the court found, kept to be looked at again. */
export interface Evaluations {
  /** Returns its number. */
  save(result: Evaluation, now: UtcSeconds): number;
  /** Newest first. */
  list(): EvaluationInfo[];
  /** Throws `no-evaluation`. */
  read(id: number): StoredEvaluation;
}

type Listed = Omit<EvaluationInfo, 'id' | 'madeAt'>;
interface Row {
  readonly id: number;
  readonly made_at: UtcSeconds;
}

export function evaluations({ db, write }: Connection): Evaluations {
  const insert = db.prepare(
    'INSERT INTO evaluation (made_at, info, result) VALUES (@now, @info, @result)',
  );
  const select = db.prepare<[], Row & { info: string }>(
    'SELECT id, made_at, info FROM evaluation ORDER BY id DESC',
  );
  const selectOne = db.prepare<[number], Row & { result: string }>(
    'SELECT id, made_at, result FROM evaluation WHERE id = ?',
  );
  return {
    save: write((result, now) => {
      const { plan, from, to, trades } = result;
      const info: Listed = { series: plan.series, from, to, models: plan.models, trades };
      const row = { now, info: JSON.stringify(info), result: JSON.stringify(result) };
      return Number(insert.run(row).lastInsertRowid);
    }),
    list: () =>
      select.all().map(({ id, made_at, info }) => ({
        id,
        madeAt: made_at,
        ...(JSON.parse(info) as Listed),
      })),
    read: (id) => {
      const row = selectOne.get(id);
      if (!row) throw new CodedError('no-evaluation', { id });
      return { id, madeAt: row.made_at, result: JSON.parse(row.result) as Evaluation };
    },
  };
}
