import { z } from 'zod';
import { exitRule } from '../contract/exits.ts';
import { fittedBars } from '../contract/instrument.ts';
import { name } from '../contract/units.ts';
import { RISK_FEATURE_COUNT, RISK_FEATURE_NAMES } from '../domain/features/features.ts';
import { CURVE_BINS } from '../domain/risk/risk-curve.ts';
import { SIZE_COUNT } from '../domain/size.ts';
import { weightCount } from './train/weights.ts';
import { WINDOW_FEATURE_NAMES, WINDOW_INPUTS } from './window-inputs.ts';

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

const shared = {
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

const anyModel = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('v1'), ...shared }),
  z.object({ kind: z.literal('v2'), ...shared }),
  z.object({
    kind: z.literal('v3'),
    ...shared,
    /** At the curve's 25 edges: mean return of the training trades as a share of the money at stake. */
    meanReturn: z
      .array(number)
      .length(CURVE_BINS + 1)
      .readonly(),
  }),
]);

const ofWindow = { features: WINDOW_FEATURE_NAMES, inputs: WINDOW_INPUTS };
/** What this version feeds a net of each kind with, and reads from it. */
const SHAPES = {
  v1: { ...ofWindow, outputs: SIZE_COUNT },
  v2: { ...ofWindow, outputs: 2 * SIZE_COUNT },
  v3: { features: RISK_FEATURE_NAMES, inputs: RISK_FEATURE_COUNT, outputs: CURVE_BINS },
} as const;

/** What keeps this version from reading the net, or null. */
function misfit({ kind, features, scaler, layers, weights }: z.infer<typeof anyModel>) {
  const shape = SHAPES[kind];
  if (features.join() !== shape.features.join()) {
    return 'it reads other features of the candles than this version does';
  }
  const widths = [scaler.mean.length, scaler.deviation.length];
  if (widths.some((width) => width !== shape.features.length)) {
    return `its scaler has ${widths.join(' and ')} numbers for ${shape.features.length} features`;
  }
  const broken = layers.findIndex(
    ({ inputs }, i) => inputs !== (i === 0 ? shape.inputs : layers[i - 1]!.outputs),
  );
  if (broken >= 0) {
    const fed = broken === 0 ? shape.inputs : layers[broken - 1]!.outputs;
    return `its layer ${broken + 1} takes ${layers[broken]!.inputs} numbers where ${fed} come`;
  }
  const { outputs } = layers.at(-1)!;
  if (outputs !== shape.outputs) {
    return `it has ${outputs} outputs where a ${kind.toUpperCase()} has ${shape.outputs}`;
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

/** A trained model of any kind as it is kept: one that this version can read, to the last weight. */
export const storedModel = anyModel.superRefine((model, context) => {
  const message = misfit(model);
  if (message) context.addIssue({ code: 'custom', message });
});
