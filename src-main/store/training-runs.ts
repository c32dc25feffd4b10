import type { TrainingRun } from '../contract/training.ts';
import type { Connection } from './connection.ts';

/** A run as it is kept: its state stands in its job's row, what is under way nowhere. */
export type KeptRun = Omit<TrainingRun, 'state' | 'live' | 'progress'>;

/** Runs of training, each beside the row of its job. */
export interface TrainingRuns {
  /** Keeps the run as it stands; `checkpoint` is what it takes to go on from here. */
  keep(run: KeptRun, checkpoint: Uint8Array | null): void;
  find(job: number): KeptRun | null;
  checkpoint(job: number): Uint8Array | null;
  /** Newest first. */
  list(): KeptRun[];
}

export function trainingRuns({ db, write }: Connection): TrainingRuns {
  const upsert = db.prepare(
    `INSERT INTO training_run (job, run, checkpoint) VALUES (@job, @run, @checkpoint)
     ON CONFLICT (job) DO UPDATE SET run = excluded.run, checkpoint = excluded.checkpoint`,
  );
  const selectOne = db
    .prepare<[number], string>('SELECT run FROM training_run WHERE job = ?')
    .pluck();
  const selectCheckpoint = db
    .prepare<[number], Uint8Array | null>('SELECT checkpoint FROM training_run WHERE job = ?')
    .pluck();
  const select = db.prepare<[], string>('SELECT run FROM training_run ORDER BY job DESC').pluck();
  return {
    keep: write((run, checkpoint) => {
      upsert.run({ job: run.job, run: JSON.stringify(run), checkpoint });
    }),
    find: (job) => {
      const run = selectOne.get(job);
      return run === undefined ? null : (JSON.parse(run) as KeptRun);
    },
    checkpoint: (job) => selectCheckpoint.get(job) ?? null,
    list: () => select.all().map((run) => JSON.parse(run) as KeptRun),
  };
}
