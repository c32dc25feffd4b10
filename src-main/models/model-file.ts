import { createHash } from 'node:crypto';
import { z } from 'zod';
import { CodedError } from '../contract/errors.ts';
import { exitRule } from '../contract/schemas.ts';
import { CURVE_BINS } from '../domain/risk-curve.ts';

const FORMAT = 'size-picker-model';
const VERSION = 1;

const number = z.number();
const positive = z.number().int().positive();
const reachTable = z.object({
  from: number,
  to: number,
  shares: z.array(number).min(2).readonly(),
});

const score = z.object({
  model: z.string(),
  logLoss: number,
  brier: number,
  /** Null where nothing, or everything, was liquidated. */
  auc: number.nullable(),
  ece: number,
});

/** Where a model comes from: enough to make it again, and what it was seen to do. */
const provenance = z.object({
  dataset: z.object({ description: z.string(), checksum: z.string(), trades: positive }),
  seed: z.number().int(),
  config: z.record(z.string(), number),
  epochs: z.array(z.object({ trainingLoss: number, validationLoss: number })).min(1),
  /** Validation loss of what must be beaten. */
  baselineLosses: z.record(z.string(), number),
  versions: z.record(z.string(), z.string()),
  commands: z.array(z.string()).readonly(),
  trainedAt: z.number().int(),
  /** On real bars that no training trade saw. */
  scores: z.array(
    z.object({ series: z.string(), from: z.string(), to: z.string(), models: z.array(score) }),
  ),
});

const model = z.object({
  kind: z.literal('v3'),
  name: z.string().min(1),
  exitRule,
  /** Step of the bars that it was trained on. */
  barSeconds: positive,
  features: z.array(z.string()).min(1).readonly(),
  scaler: z.object({
    mean: z.array(number).readonly(),
    deviation: z.array(number.positive()).readonly(),
  }),
  layers: z
    .array(z.object({ inputs: positive, outputs: positive }))
    .min(1)
    .readonly(),
  /** All weights in layer order, little-endian float32, base64. */
  weights: z.base64(),
  /** At the curve's 25 edges: mean return of the training trades as a share of the money at stake. */
  meanReturn: z
    .array(number)
    .length(CURVE_BINS + 1)
    .readonly(),
  baselines: z.object({
    constant: reachTable,
    volatility: reachTable,
    lookup: z.object({
      edges: z.array(number).readonly(),
      tables: z.array(reachTable).min(1).readonly(),
    }),
  }),
  provenance,
});

const modelFile = z.object({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  /** Of `model` as JSON: a changed file is not loaded. */
  sha256: z.string(),
  model,
});

export type StoredModel = z.infer<typeof model>;
export type Provenance = StoredModel['provenance'];

const seal = (stored: StoredModel) =>
  createHash('sha256').update(JSON.stringify(stored)).digest('hex');

/** Text of the file of a model. */
export function writeModelFile(stored: StoredModel): string {
  const checked = model.parse(stored);
  const file = { format: FORMAT, version: VERSION, sha256: seal(checked), model: checked };
  return `${JSON.stringify(file, null, 1)}\n`;
}

/** The model of a file's text. Throws `bad-model-file` on a foreign, newer or changed file. */
export function readModelFile(text: string): StoredModel {
  const refuse = (problem: string) => new CodedError('bad-model-file', { problem });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw refuse('it is not JSON');
  }
  const { format, version } = (json ?? {}) as { format?: unknown; version?: unknown };
  if (format !== FORMAT) throw refuse('Size Picker did not write it');
  if (version !== VERSION) throw refuse(`it has version ${String(version)}, known is ${VERSION}`);
  const parsed = modelFile.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw refuse(`${issue.path.join('.')}: ${issue.message}`);
  }
  const stored = parsed.data.model;
  if (seal(stored) !== parsed.data.sha256) throw refuse('it was changed after it was written');
  return stored;
}

/** Weights as they stand in the file. */
export function encodeWeights(weights: Float32Array): string {
  const bytes = new DataView(new ArrayBuffer(weights.length * 4));
  weights.forEach((weight, i) => bytes.setFloat32(i * 4, weight, true));
  return Buffer.from(bytes.buffer).toString('base64');
}

/** `count` weights from the file. Throws `bad-model-file` where there are more or fewer. */
export function decodeWeights(text: string, count: number): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== count * 4) {
    const problem = `it holds ${bytes.length / 4} weights where its layers need ${count}`;
    throw new CodedError('bad-model-file', { problem });
  }
  return Float32Array.from({ length: count }, (_, i) => bytes.readFloatLE(i * 4));
}
