import {
  datasets,
  deleteDataset,
  exportDataset,
  generate,
  generateV2,
  importDataset,
} from './datasets.ts';
import { evaluate, walkForward } from './evaluation.ts';
import { exits, exportJournal, importTrades, undoTrades } from './journal.ts';
import { facts, fit } from './market.ts';
import { exportModel, importModel, models, train } from './models.ts';
import { recommend } from './recommend.ts';
import { demo, importCandles, series, simulate } from './series.ts';
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
