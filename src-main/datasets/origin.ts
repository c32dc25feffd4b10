import { z } from 'zod';
import { CodedError } from '../contract/errors.ts';
import { fingerprintOf, fingerprintOfMarket } from '../synth/fingerprint.ts';
import type { MarketSource } from '../synth/market.ts';
import { GENERATOR_VERSION } from '../synth/parameters.ts';
import { datasetSpec, type DatasetSpec } from './spec.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Everything that a dataset follows from; kept beside its columns as plain data. */
export const datasetOrigin = z.object({
  spec: datasetSpec,
  generatorVersion: z.number().int(),
  /** `fingerprintOfMarket` the parameters. */
  market: sha256,
  /** `fingerprintOf` the series that blocks were taken from; null where the mix takes none. */
  bootstrap: sha256.nullable(),
});
export type DatasetOrigin = z.infer<typeof datasetOrigin>;

export function originOf(spec: DatasetSpec, source: MarketSource): DatasetOrigin {
  const { parameters, bootstrapSource } = source;
  return {
    spec,
    generatorVersion: GENERATOR_VERSION,
    market: fingerprintOfMarket(parameters),
    bootstrap: spec.mix.bootstrap > 0 && bootstrapSource ? fingerprintOf(bootstrapSource) : null,
  };
}

/** Throws `dataset-origin` where the source would draw other candles than the dataset's. */
export function requireOrigin(origin: DatasetOrigin, source: MarketSource): void {
  const here = originOf(origin.spec, source);
  const problem =
    origin.generatorVersion !== here.generatorVersion
      ? `version ${origin.generatorVersion} of the generators, and this is ${here.generatorVersion}`
      : origin.market !== here.market
        ? 'other market parameters'
        : origin.bootstrap !== here.bootstrap
          ? 'blocks of another real series'
          : null;
  if (problem) throw new CodedError('dataset-origin', { name: origin.spec.name, problem });
}
