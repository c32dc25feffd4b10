import { exportFile } from '../folder/files.ts';
import { exportDataset, importDatasetBytes } from './dataset-files.ts';
import { readRows, readTrade } from './datasets.ts';
import { Estimator } from './estimate.ts';
import { WHOLE } from './generate.ts';
import type { HandlersOf } from '../../contract/calls.ts';
import type { Rooms } from '../rooms.ts';
import type { FactsCache } from './facts.ts';
import type { GenerateAsJob } from './generate-as-job.ts';

export function datasetHandlers(
  { store, uploads, publish, now }: Rooms,
  generateAsJob: GenerateAsJob,
  facts: FactsCache,
): HandlersOf<'datasets' | 'facts'> {
  const estimator = new Estimator(store);
  return {
    'datasets.list': () => store.datasets.list(),
    'datasets.estimate': (plan) => estimator.estimate(plan),
    'datasets.generate': ({ training, ...plan }) => generateAsJob({ plan, shard: WHOLE, training }),
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
    'datasets.export': async ({ name, format, windows }) => {
      const file = exportFile(store.folder, name, format);
      await exportDataset(store, { name, file, windows }, {});
      return { file };
    },
    'datasets.import': async ({ upload }) => {
      const kept = await importDatasetBytes(store, uploads.read(upload), {});
      uploads.discard(upload);
      publish('datasets.changed', {});
      return kept;
    },
    'facts.read': ({ series: name }) => facts.read(name),
  };
}
