import type { CourtPlan, Evaluation } from '../../contract/evaluation.ts';
import { CodedError, faultOf } from '../../contract/errors.ts';
import type { TrainingPlan, TrainingRun } from '../../contract/training.ts';
import { exitRuleText, ruleOf } from '../../domain/exits/exit-rule.ts';
import type { UtcSeconds } from '../../domain/units.ts';
import { decodeCheckpoint, encodeCheckpoint, type Position } from '../../models/train/loop.ts';
import { judgedTrades } from '../../models/evaluation/judged-trades.ts';
import { provenanceScores as scoresOf } from '../../models/evaluation/provenance-scores.ts';
import { writeModelFile } from '../../models/model-file.ts';
import { scopeOf, type Provenance } from '../../models/stored-model.ts';
import type { StoredModel } from '../../models/kinds.ts';
import { readsWindows, trainModel, type ModelHooks } from '../../models/train/train-model.ts';
import { connectStore, type Store } from '../../store/store.ts';
import type { StoredTrades } from '../../datasets/read-trades.ts';
import type { MarketSource } from '../../synth/market.ts';
import { judge, readStored } from './judge-models.ts';
import { readExamples } from './read-examples.ts';
import { failureText, wallClock } from '../queue.ts';
import { RunRecord } from '../run-record.ts';
import type { Progress, Refusable, WorkContext } from '../terms.ts';

/** A run of training. */
export interface TrainingOrder {
  /** Data folder that this process holds open. */
  readonly folder: string;
  readonly plan: TrainingPlan;
  readonly dataset: Omit<StoredTrades, 'blocks'>;
  readonly source: MarketSource;
  /** How the model is judged beside the one in use; null for not at all. */
  readonly trial: CourtPlan | null;
  /** Threads that read the trades. */
  readonly threads: number;
  /** Of the model's provenance. */
  readonly origin: Pick<Provenance, 'fitted' | 'versions' | 'commands' | 'trainedAt'> & {
    readonly dataset: Omit<Provenance['dataset'], 'trades'>;
  };
}

export interface Trained extends Refusable {
  readonly run: TrainingRun;
}

/**
 * Trains a model and keeps it; a run that was interrupted goes on after its last whole epoch, to the
 * same bits. Asked to stop, it keeps the model of the best epoch. Progress in thousandths.
 */
export async function trainModelWork(
  order: TrainingOrder,
  onProgress: Progress,
  { job, signal, tell, queueOf }: WorkContext,
): Promise<Trained> {
  const { plan, source, origin, threads } = order;
  const store = connectStore(order.folder);
  const record = new RunRecord(store, job!, plan, tell);
  try {
    if (order.trial) requireTrades(store, order.trial);
    const bytes = store.trainingRuns.checkpoint(job!);
    const from = bytes && decodeCheckpoint(bytes);
    const stored = { ...order.dataset, blocks: () => store.datasets.blocks(plan.dataset) };
    const examples = await readExamples(
      stored,
      source,
      readsWindows(plan.kind),
      threads,
      (done, total) => record.move({ progress: done / total }),
      signal,
    );
    const exitRule = stored.origin.spec.exit;
    const { kind, name, seed, config } = plan;
    const { model, cancelled } = await trainModel(
      examples,
      { kind, name, exitRule, seed, config, origin },
      { signal, ...recording(record, from?.epochs.length ?? 0, onProgress) },
      from,
    );
    const evaluation = order.trial && judgeBeside(store, order.trial, model, record);
    // All at once: a run that had a model but no end could never go on.
    store.together(() => {
      keepModel(store, evaluation ? withScores(model, evaluation) : model);
      record.end({
        model: name,
        evaluation: evaluation && store.evaluations.save(evaluation, wallClock()),
      });
      queueOf(store).finish(job!, cancelled ? 'cancelled' : 'done');
    });
    return { run: { ...record.run, state: cancelled ? 'cancelled' : 'done' }, cancelled };
  } catch (error) {
    const isCancelled = faultOf(error).code === 'cancelled';
    record.end({ failure: isCancelled ? null : failureText(error) });
    throw error;
  } finally {
    store.close();
  }
}

/** Nobody trains for a judgement that cannot be. Throws `too-few-trades`. */
function requireTrades(store: Store, { series, exit, ...span }: CourtPlan): void {
  const bars = store.series.bars(series);
  if (judgedTrades({ ...span, bars, exitRule: ruleOf(exit) }).length > 0) return;
  throw new CodedError('too-few-trades', { found: 0, needed: 1 });
}

/** Hooks that keep the run's record; `before`: epochs that an earlier start had done. */
function recording(record: RunRecord, before: number, onProgress: Progress): ModelHooks {
  const { epochs, batch } = record.run.plan.config;
  let began = 0;
  const onMove = ({ step, steps, trainingLoss, learningRate }: Position) => {
    onProgress(Math.floor((1_000 * step) / steps), 1_000);
    // Only what this start did tells how fast it is.
    const stepsASecond = (step - (before / epochs) * steps) / ((performance.now() - began) / 1_000);
    record.move({
      progress: step / steps,
      live: {
        done: step / steps,
        trainingLoss,
        learningRate,
        samplesPerSecond: stepsASecond * batch,
        secondsLeft: (steps - step) / stepsASecond,
      },
    });
  };
  return {
    onStart: ({ backend, baselineLosses, training, validation }) => {
      began = performance.now();
      record.keep({ phase: 'training', backend, baselineLosses, trades: { training, validation } });
    },
    onMove,
    onEpoch: (epoch, checkpoint) => record.addEpoch(epoch, encodeCheckpoint(checkpoint())),
  };
}

/** The new model, first in the plan, beside those of the store. */
function judgeBeside(
  store: Store,
  trial: CourtPlan,
  model: StoredModel,
  record: RunRecord,
): Evaluation {
  record.keep({ phase: 'judging' });
  const [, ...others] = trial.models;
  const models = [model, ...others.map((name) => readStored(store, name))];
  const bars = store.series.bars(trial.series);
  return judge(trial, bars, models, (done, total) => record.move({ progress: done / total }))
    .evaluation;
}

function withScores(model: StoredModel, evaluation: Evaluation): StoredModel {
  const scores = [scoresOf(evaluation)];
  return { ...model, provenance: { ...model.provenance, scores } };
}

/** Throws `name-taken`: a model never replaces another one. */
function keepModel(store: Store, model: StoredModel): void {
  const { name, kind, exitRule, provenance } = model;
  if (store.models.list().some((other) => other.name === name)) {
    throw new CodedError('name-taken', { name, taken: 'another model has it' });
  }
  store.models.save({
    name,
    kind,
    exit: exitRuleText(exitRule),
    trainedAt: provenance.trainedAt as UtcSeconds,
    trades: provenance.dataset.trades,
    scope: scopeOf(model),
    bundled: false,
    file: writeModelFile(model),
  });
}
