import type { TrainingPlan, TrainingRun } from '../contract/training.ts';
import type { Epoch } from '../models/train/loop.ts';
import { oneCycle } from '../models/train/optimiser.ts';
import type { Store } from '../store/store.ts';

/** Windows hear of a run at most this often. */
const TELL_EVERY_MS = 500;
const SCHEDULE_POINTS = 101;

/** A run of training as it is kept in the store after every epoch, and told while it moves. */
export class RunRecord {
  readonly #store: Store;
  readonly #tell: (run: TrainingRun) => void;
  #run: TrainingRun;
  #checkpoint: Uint8Array | null;
  #told = 0;
  #epochBegan = performance.now();

  /** `job`: the row that it stands beside; a run that was interrupted goes on as it was kept. */
  constructor(store: Store, job: number, plan: TrainingPlan, tell: (run: TrainingRun) => void) {
    this.#store = store;
    this.#tell = tell;
    this.#checkpoint = store.trainingRuns.checkpoint(job);
    this.#run = { ...newRun(job, plan), ...store.trainingRuns.find(job), phase: 'reading' };
    this.keep({});
  }

  get run(): TrainingRun {
    return this.#run;
  }

  /** What is under way: told now and then, kept nowhere. */
  move(change: Pick<TrainingRun, 'progress'> & Partial<Pick<TrainingRun, 'live'>>): void {
    this.#run = { ...this.#run, ...change };
    const now = performance.now();
    if (now - this.#told < TELL_EVERY_MS) return;
    this.#told = now;
    this.#tell(this.#run);
  }

  /** A new phase, or what came of one. */
  keep(change: Partial<TrainingRun>): void {
    this.#run = { ...this.#run, progress: 0, live: null, ...change };
    this.#epochBegan = performance.now();
    const { state: _state, live: _live, progress: _progress, ...kept } = this.#run;
    this.#store.trainingRuns.keep(kept, this.#checkpoint);
    // After the transaction that this may be a part of: who hears of it reads it.
    const told = this.#run;
    queueMicrotask(() => this.#tell(told));
  }

  /** A whole epoch, and what it takes to go on from there. */
  addEpoch(epoch: Epoch, checkpoint: Uint8Array): void {
    const seconds = (performance.now() - this.#epochBegan) / 1_000;
    this.#checkpoint = checkpoint;
    const { progress, live, epochs } = this.#run;
    this.keep({ progress, live, epochs: [...epochs, { ...epoch, seconds }] });
  }

  /** The run is over and will not go on. */
  end(change: Partial<TrainingRun>): void {
    this.#checkpoint = null;
    this.keep({ phase: 'ended', progress: 1, ...change });
  }
}

/** A run of which nothing is known yet. */
export const newRun = (job: number, plan: TrainingPlan): TrainingRun => ({
  job,
  plan,
  state: 'running',
  phase: 'reading',
  progress: 0,
  backend: null,
  trades: null,
  baselineLosses: {},
  schedule: scheduleOf(plan),
  epochs: [],
  live: null,
  model: null,
  evaluation: null,
  failure: null,
});

/** The learning rate over the run does not depend on how many steps it has. */
function scheduleOf({ config }: TrainingPlan): number[] {
  return Array.from({ length: SCHEDULE_POINTS }, (_, i) =>
    oneCycle(i, SCHEDULE_POINTS, config.learningRate),
  );
}
