import { CodedError } from '../../contract/errors.ts';
import { WHOLE } from '../../contract/datasets.ts';
import { exportFile, writeWhole } from '../folder/files.ts';
import { exportDataset, importDataset, importDatasetBytes } from './dataset-files.ts';
import { readRows, readTrade } from './datasets.ts';
import { Estimator } from './estimate.ts';
import { fitSeries } from './fit.ts';
import { trainingJobOf, type TrainingJob } from '../training/train.ts';
import {
  generate,
  generationJob,
  interruptedGeneration,
  isGenerated,
  type GenerationJob,
} from './generate.ts';
import type { HandlersOf } from '../../contract/calls.ts';
import type { UtcSeconds } from '../../domain/units.ts';
import type { Rooms } from '../rooms.ts';
import type { FactsCache } from './facts.ts';
import type { JobInfo } from '../../contract/jobs.ts';
import type { TrainingPlan } from '../../contract/training.ts';
import type { JobKind, JobRunner } from '../../jobs/runner.ts';
import type { Generated } from '../../jobs/work/generate-datasets.ts';
import type { Trained } from '../../jobs/work/train-model.ts';
import type { Store } from '../../store/store.ts';

/** Generating as the app does it: what is to be trained on the datasets follows as a job of its own. */
export function generatingIn(
  store: Store,
  jobs: JobRunner,
  generation: JobKind<GenerationJob, Generated>,
  training: JobKind<TrainingJob, Trained>,
) {
  const follow = async (id: number, then: TrainingPlan | null) => {
    if (!then || store.jobs.list().some(({ after }) => after === id)) return;
    await jobs.put(training, { training: then, checksum: null }, id);
  };
  return {
    start: async (job: GenerationJob): Promise<JobInfo> => {
      const { plan, training: then } = job;
      if (isGenerated(store, plan)) {
        if (then) return jobs.put(training, trainingJobOf(store, then));
        const problem = 'What this would make is there already';
        throw new CodedError('bad-argument', { problem });
      }
      const broken = interruptedGeneration(store, job);
      const made = broken === null ? await jobs.put(generation, job) : await jobs.resume(broken);
      await follow(made.id, then);
      return made;
    },
    /** Any interrupted job; what was to follow one of generation follows it still. */
    resume: async (id: number): Promise<JobInfo> => {
      const info = await jobs.resume(id);
      const job = info.kind === generation.name && generationJob.parse(store.jobs.find(id)!.plan);
      if (job) await follow(id, job.training);
      return info;
    },
  };
}

export function datasetHandlers(
  { store, uploads, publish, now }: Rooms,
  generating: ReturnType<typeof generatingIn>,
  facts: FactsCache,
): HandlersOf<'datasets' | 'facts' | 'markets'> {
  const estimator = new Estimator(store);
  return {
    'datasets.list': () => store.datasets.list(),
    'datasets.estimate': (plan) => estimator.estimate(plan),
    'datasets.generate': ({ training, ...plan }) =>
      generating.start({ plan, shard: WHOLE, training }),
    'datasets.trades': (page) => readRows(store, page),
    'datasets.trade': ({ name, row }) => readTrade(store, name, row),
    'datasets.delete': ({ name }) => {
      store.datasets.delete(name, now());
      publish('datasets.changed', {});
      return {};
    },
    'datasets.restore': ({ name }) => {
      store.datasets.restore(name);
      publish('datasets.changed', {});
      return {};
    },
    'datasets.make': async ({ shard, take, threads, ...plan }, run) => {
      const made = await generate(store, plan, {
        shard,
        ...(take === null ? {} : { take }),
        ...(threads === null ? {} : { threads }),
        run,
      });
      publish('datasets.changed', {});
      return made;
    },
    'datasets.export': async ({ name, format, windows }, caller) => {
      const file = exportFile(store.folder, name, format);
      await exportDataset(store, { name, file, windows }, caller);
      return { file };
    },
    'datasets.exportTo': async (wish, caller) => {
      await exportDataset(store, wish, caller);
      return {};
    },
    'datasets.import': async ({ upload }, caller) => {
      const kept = await importDatasetBytes(store, uploads.read(upload), caller);
      uploads.discard(upload);
      publish('datasets.changed', {});
      return kept;
    },
    'datasets.importFile': async ({ file }, caller) => {
      const kept = await importDataset(store, file, caller);
      publish('datasets.changed', {});
      return kept;
    },
    'facts.read': (wish) => facts.read(wish),
    'markets.fit': ({ series, until, name, file }) => {
      const plan = { series, until: until ?? (Infinity as UtcSeconds), name };
      const { name: kept, parameters } = fitSeries(store, plan, now());
      if (file !== null) writeWhole(file, `${JSON.stringify(parameters, null, 2)}\n`);
      facts.forget();
      return { name: kept, parameters };
    },
  };
}
