import { createHash } from 'node:crypto';
import { z } from 'zod';
import { CodedError } from '../contract/errors.ts';
import { fingerprintOf, fingerprintOfMarket } from '../synth/fingerprint.ts';
import type { MarketSource } from '../synth/market.ts';
import { GENERATOR_VERSION } from '../synth/parameters.ts';
import { drawSpec, quota, type DrawSpec, type Quota } from './spec.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Everything that the trades of a dataset follow from; kept beside them as plain data. */
export const datasetOrigin = z.object({
  spec: drawSpec,
  quota,
  generatorVersion: z.number().int(),
  /** `fingerprintOfMarket` the parameters. */
  market: sha256,
  /** `fingerprintOf` the series that blocks were taken from; null where the mix takes none. */
  bootstrap: sha256.nullable(),
});
export type DatasetOrigin = z.infer<typeof datasetOrigin>;

/** What is kept of a dataset of that name. Throws `dataset-origin` where this version cannot read it. */
export function readOrigin(name: string, kept: unknown): DatasetOrigin {
  const origin = datasetOrigin.safeParse(kept);
  if (origin.success) return origin.data;
  const { path, message } = origin.error.issues[0]!;
  const problem = `what this version cannot read (${path.join('.')}: ${message})`;
  throw new CodedError('dataset-origin', { name, problem });
}

export function originOf(spec: DrawSpec, quota: Quota, source: MarketSource): DatasetOrigin {
  const { parameters, bootstrapSource } = source;
  return {
    spec,
    quota,
    generatorVersion: GENERATOR_VERSION,
    market: fingerprintOfMarket(parameters),
    bootstrap: spec.mix.bootstrap > 0 && bootstrapSource ? fingerprintOf(bootstrapSource) : null,
  };
}

/** Two runs with it in common draw the same trades. */
export const runKey = (origin: DatasetOrigin): string =>
  createHash('sha256')
    .update(JSON.stringify(datasetOrigin.parse(origin)))
    .digest('hex');

/** Throws `dataset-origin` where the source would draw other candles than the dataset's. */
export function requireOrigin(name: string, origin: DatasetOrigin, source: MarketSource): void {
  const here = originOf(origin.spec, origin.quota, source);
  const problem =
    origin.generatorVersion !== here.generatorVersion
      ? `version ${origin.generatorVersion} of the generators, and this is ${here.generatorVersion}`
      : origin.market !== here.market
        ? 'other market parameters'
        : origin.bootstrap !== here.bootstrap
          ? 'blocks of another real series'
          : null;
  if (problem) throw new CodedError('dataset-origin', { name, problem });
}
