import { datasets } from './datasets.ts';
import { deleteDataset } from './delete-dataset.ts';
import { demo } from './demo.ts';
import { exits } from './exits.ts';
import { evaluate } from './evaluate.ts';
import { facts } from './facts.ts';
import { exportDataset } from './export-dataset.ts';
import { exportJournal } from './export-journal.ts';
import { exportModel } from './export-model.ts';
import { fit } from './fit.ts';
import { generateV2 } from './generate-v2.ts';
import { generate } from './generate.ts';
import { importCandles } from './import-candles.ts';
import { importDataset } from './import-dataset.ts';
import { importModel } from './import-model.ts';
import { importTrades } from './import-trades.ts';
import { models } from './models.ts';
import { recommend } from './recommend.ts';
import { series } from './series.ts';
import { simulate } from './simulate.ts';
import { train } from './train.ts';
import { undoTrades } from './undo-trades.ts';
import { walkForward } from './walk-forward.ts';
import type { Command } from '../command.ts';

/** In the order of the way from bars to a size. */
export const COMMANDS: readonly Command[] = [
  importCandles,
  series,
  importTrades,
  undoTrades,
  exits,
  simulate,
  fit,
  facts,
  generate,
  generateV2,
  datasets,
  exportDataset,
  importDataset,
  deleteDataset,
  train,
  models,
  exportModel,
  importModel,
  recommend,
  exportJournal,
  evaluate,
  walkForward,
  demo,
];
