import { exportDatasetWork } from './work/export-dataset.ts';
import { generateDatasetsWork } from './work/generate-datasets.ts';
import { importCandlesWork } from './work/import-candles.ts';
import { importDatasetWork } from './work/import-dataset.ts';
import { judgeModelsWork } from './work/judge-models.ts';
import { marketFactsWork } from './work/market-facts.ts';
import { probeGenerationWork } from './work/probe-generation.ts';
import { readStatementWork } from './work/read-statement.ts';
import { trainModelWork } from './work/train-model.ts';
import { walkForwardWork } from './work/walk-forward.ts';
import type { RowPlace } from './terms.ts';

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

export type WorkKind = keyof typeof WORK;
export type WorkInput<K extends WorkKind> = Parameters<(typeof WORK)[K]>[0];
export type WorkOutput<K extends WorkKind> = Awaited<ReturnType<(typeof WORK)[K]>>;

/** What a worker is started with; no row for work that changes nothing. */
export interface Order {
  readonly kind: WorkKind;
  readonly input: WorkInput<WorkKind>;
  readonly row: RowPlace | null;
}
