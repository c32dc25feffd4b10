import { z } from 'zod';
import { exitRule } from '../contract/exits.ts';
import { fittedBars } from '../contract/instrument.ts';
import { name } from '../contract/units.ts';
import { timeframeOf } from '../contract/series.ts';
import type { ModelScope } from '../contract/models.ts';
import { weightCount } from './network.ts';

const number = z.number();
const positive = z.number().int().positive();
const reachTable = z
  .object({
    from: number,
    to: number,
    // A hair of room for the last digit of a sum.
    shares: z.array(number.min(0).max(1.001)).min(2).readonly(),
  })
  .refine(({ from, to }) => from < to, 'it ends before it begins');

const score = z.object({
  model: z.string(),
  logLoss: number,
  brier: number,
  /** Null where nothing, or everything, was liquidated. */
  auc: number.nullable(),
  ece: number,
  /** Of the largest safe size, at each threshold, with the month bootstrap's interval. */
  realised: z
    .array(
      z.object({
        threshold: number,
        rate: number.nullable(),
        low: number.nullable(),
        high: number.nullable(),
      }),
    )
    .optional(),
  /** Paired difference of log loss; below 0, this model is better. */
  versusVolatilityRule: z
    .object({ difference: number, low: number.nullable(), high: number.nullable() })
    .optional(),
});

/** Where a model comes from: enough to make it again, and what it was seen to do. */
const provenance = z.object({
  dataset: z.object({ description: z.string(), checksum: z.string(), trades: positive }),
  /** Bars that the market of the dataset was fitted to; left out by earlier versions. */
  fitted: fittedBars.nullable().optional(),
  seed: z.number().int(),
  config: z.record(z.string(), number),
  /** What trained it; other numbers come of the same seed elsewhere. */
  backend: z.enum(['wasm', 'native']).optional(),
  epochs: z.array(z.object({ trainingLoss: number, validationLoss: number })).min(1),
  /** Validation loss of what must be beaten. */
  baselineLosses: z.record(z.string(), number),
  versions: z.record(z.string(), z.string()),
  commands: z.array(z.string()).readonly(),
  /** Until the year 2100: a date that can be shown. */
  trainedAt: z.number().int().min(0).max(4_102_444_800),
  /** On real bars that no training trade saw. */
  scores: z.array(
    z.object({ series: z.string(), from: z.string(), to: z.string(), models: z.array(score) }),
  ),
});

/** What models of every kind store, beside their `kind` and what is their own. */
export const storedFields = {
  name,
  exitRule,
  /** Step of the bars that it was trained on. */
  barSeconds: positive,
  features: z.array(z.string()).min(1).readonly(),
  /** Of each feature. */
  scaler: z.object({
    mean: z.array(number).readonly(),
    deviation: z.array(number.positive()).readonly(),
  }),
  layers: z
    .array(z.object({ inputs: positive, outputs: positive }))
    .min(2)
    .readonly(),
  /** All weights in layer order, little-endian float32, base64. */
  weights: z.base64(),
  baselines: z.object({
    constant: reachTable,
    volatility: reachTable,
    lookup: z
      .object({ edges: z.array(number).readonly(), tables: z.array(reachTable).min(1).readonly() })
      .refine(({ edges, tables }) => tables.length === edges.length + 1, 'a bucket has no table'),
  }),
  provenance,
};

export type StoredFields = z.infer<z.ZodObject<typeof storedFields>>;
export type Provenance = StoredFields['provenance'];

/** What the model answers for, as far as its file says. */
export const scopeOf = ({ provenance, barSeconds, exitRule }: StoredFields): ModelScope => ({
  fitted: provenance.fitted ?? null,
  timeframe: timeframeOf(barSeconds),
  exitRule,
});

/** What this version feeds a net of a kind with, and reads from it. */
export interface NetShape {
  readonly features: readonly string[];
  readonly inputs: number;
  readonly outputs: number;
}

/** What keeps this version from reading a net, or null. `label` of its kind: "V3". */
export function misfit(
  { features, scaler, layers, weights }: StoredFields,
  net: NetShape,
  label: string,
): string | null {
  if (features.join() !== net.features.join()) {
    return 'it reads other features of the candles than this version does';
  }
  const widths = [scaler.mean.length, scaler.deviation.length];
  if (widths.some((width) => width !== net.features.length)) {
    return `its scaler has ${widths.join(' and ')} numbers for ${net.features.length} features`;
  }
  const broken = layers.findIndex(
    ({ inputs }, i) => inputs !== (i === 0 ? net.inputs : layers[i - 1]!.outputs),
  );
  if (broken >= 0) {
    const fed = broken === 0 ? net.inputs : layers[broken - 1]!.outputs;
    return `its layer ${broken + 1} takes ${layers[broken]!.inputs} numbers where ${fed} come`;
  }
  const { outputs } = layers.at(-1)!;
  if (outputs !== net.outputs) {
    return `it has ${outputs} outputs where a ${label} has ${net.outputs}`;
  }
  const bytes = Buffer.from(weights, 'base64');
  const count = weightCount(layers);
  if (bytes.length !== count * 4) {
    return `it holds ${bytes.length / 4} weights where its layers need ${count}`;
  }
  const isFinite = (i: number) => Number.isFinite(bytes.readFloatLE(i * 4));
  for (let i = 0; i < count; i++) if (!isFinite(i)) return `its weight ${i + 1} is not a number`;
  return null;
}

/** Weights as they stand in the file. */
export function encodeWeights(weights: Float32Array): string {
  const bytes = new DataView(new ArrayBuffer(weights.length * 4));
  weights.forEach((weight, i) => bytes.setFloat32(i * 4, weight, true));
  return Buffer.from(bytes.buffer).toString('base64');
}

/** All weights of a stored model. */
export function decodeWeights({ weights }: Pick<StoredFields, 'weights'>): Float32Array {
  const bytes = Buffer.from(weights, 'base64');
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(i * 4));
}
