import { exportDatasetWork } from './export-dataset-work.ts';
import { generateDatasetsWork } from './generate-datasets-work.ts';
import { importCandlesWork } from './import-candles-work.ts';
import { importDatasetWork } from './import-dataset-work.ts';
import { judgeModelsWork } from './judge-models-work.ts';
import { marketFactsWork } from './market-facts-work.ts';
import { probeGenerationWork } from './probe-generation-work.ts';
import { readStatementWork } from './read-statement-work.ts';
import { trainModelWork } from './train-model-work.ts';
import { walkForwardWork } from './walk-forward-work.ts';

/** Everything that can be done in a worker: plain data in and out. */
export const WORK = {
  'import-candles': importCandlesWork,
  'generate-datasets': generateDatasetsWork,
  'export-dataset': exportDatasetWork,
  'import-dataset': importDatasetWork,
  'probe-generation': probeGenerationWork,
  'market-facts': marketFactsWork,
  'train-model': trainModelWork,
  'judge-models': judgeModelsWork,
  'walk-forward': walkForwardWork,
  'read-statement': readStatementWork,
} as const;

export type Kind = keyof typeof WORK;
export type WorkInput<K extends Kind> = Parameters<(typeof WORK)[K]>[0];
export type WorkOutput<K extends Kind> = Awaited<ReturnType<(typeof WORK)[K]>>;

/** The job's row in the store of a folder, and what it says. */
export interface JobRow {
  readonly folder: string;
  readonly id: number;
  readonly detail: string;
}

/** What a worker is started with; no row for work that changes nothing. */
export interface Order {
  readonly kind: Kind;
  readonly input: WorkInput<Kind>;
  readonly row: JobRow | null;
}
