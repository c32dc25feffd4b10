import { MODEL_KIND_NAMES, type ModelKind } from '../domain/models/kinds.ts';
import type { RiskCurve } from '../domain/risk/risk-curve.ts';
import type { Assert, Same } from './same-type.ts';
import { exitRule } from './exits.ts';
import { fittedBars } from './instrument.ts';
import { timeframe } from './series.ts';
import { utcSeconds } from './units.ts';
import { z } from 'zod';

export type { ModelKind };
export const modelKind = z.enum(MODEL_KIND_NAMES);

const numbers = z.array(z.number()).readonly();
export const riskCurve = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('hazard'),
    reference: z.number(),
    cumulativeHazard: numbers,
    meanReturn: numbers,
  }),
  z.object({ kind: z.literal('sizes'), leverages: numbers, p: numbers, meanReturn: numbers }),
]);

/** A curve that either side lacks fails the type check here. */
export type RiskCurveSchemaIsWhole = Assert<Same<z.output<typeof riskCurve>, RiskCurve>>;

/** The trades that a model answers for. */
export const modelScope = z.object({
  /** Null where it is not known: nothing then says which instrument it is for. */
  fitted: fittedBars.nullable(),
  /** Step of the bars that it was trained on; null where it has no name here. */
  timeframe: timeframe.nullable(),
  /** By which its training trades ended. */
  exitRule,
});
export type ModelScope = z.infer<typeof modelScope>;

export const modelInfo = z.object({
  name: z.string(),
  kind: modelKind,
  /** Exit rule that its training trades ended by, as it is read: "cross 32/128". */
  exit: z.string(),
  trainedAt: utcSeconds,
  trades: z.number().int(),
  /** Null where its file cannot be read. */
  scope: modelScope.nullable(),
  inUse: z.boolean(),
  bundled: z.boolean(),
});
export type ModelInfo = z.infer<typeof modelInfo>;
