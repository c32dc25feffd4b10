import type { CandleFormat } from '../format.ts';
import { commaCopy } from './comma-copy.ts';
import { metatrader4 } from './metatrader4.ts';
import { metatrader5 } from './metatrader5.ts';

/** Every format that is read, the most particular first. */
export const FORMATS: readonly CandleFormat[] = [metatrader5, commaCopy, metatrader4];
