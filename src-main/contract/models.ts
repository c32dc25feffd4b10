import type { RiskCurve } from '../domain/risk/risk-curve.ts';
import type { Assert, Same } from './same-type.ts';
import { utcSeconds } from './units.ts';
import { z } from 'zod';

export const modelKind = z.enum(['v1', 'v2', 'v3']);
export type ModelKind = z.infer<typeof modelKind>;

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

export const modelInfo = z.object({
  name: z.string(),
  kind: modelKind,
  /** Exit rule that its training trades ended by, as it is read: "cross 32/128". */
  exit: z.string(),
  trainedAt: utcSeconds,
  trades: z.number().int(),
  inUse: z.boolean(),
  bundled: z.boolean(),
});
export type ModelInfo = z.infer<typeof modelInfo>;
