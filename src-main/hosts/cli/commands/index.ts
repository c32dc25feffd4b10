import { importCandles } from './import-candles.ts';
import { models } from './models.ts';
import { recommend } from './recommend.ts';
import { series } from './series.ts';
import { simulate } from './simulate.ts';
import type { Command } from '../command.ts';

/** In the order of the way from bars to a size. */
export const COMMANDS: readonly Command[] = [importCandles, series, simulate, models, recommend];
