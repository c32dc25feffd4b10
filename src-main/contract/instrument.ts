import { z } from 'zod';
import { INSTRUMENT_IDS, type InstrumentId } from '../domain/instrument.ts';
import type { Assert, Same } from './same-type.ts';
import { utcSeconds } from './units.ts';

export const instrumentId = z.enum(INSTRUMENT_IDS);
export type InstrumentSchemaIsWhole = Assert<Same<z.output<typeof instrumentId>, InstrumentId>>;

/**
 * Bars that a synthetic market was fitted to: what is drawn from it, and a model that is trained on
 * that, has seen them. Openings of the first and the last; instrument null where it is not known.
 */
export const fittedBars = z.object({
  instrument: instrumentId.nullable(),
  from: utcSeconds,
  to: utcSeconds,
});
export type FittedBars = z.infer<typeof fittedBars>;
