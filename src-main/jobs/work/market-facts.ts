import { CodedError } from '../../contract/errors.ts';
import { PATH_BARS } from '../../datasets/spec.ts';
import { LAGS, type StylisedFacts } from '../../synth/facts.ts';
import { factsOfPieces, piecesOf } from '../../synth/facts-of-pieces.ts';
import { liquidatedShares } from '../../synth/liquidated-shares.ts';
import { syntheticMarket, type MarketSource } from '../../synth/market.ts';
import { FULL_MIX, MIX_WITHOUT_SERIES, type MarketMix } from '../../synth/parameters.ts';
import type { MarketFacts } from '../../contract/datasets.ts';
import type { Bars } from '../../domain/bars/bars.ts';
import type { ExitRule } from '../../domain/exits/exit-rule.ts';
import type { Refusable } from '../terms.ts';

/** Bars drawn from each generator, in paths as long as the pieces that they are held against. */
const DRAWN_BARS = 360_000;
const FEWEST_PATHS = 12;
const SEED = 1;

export interface NamedBars {
  readonly name: string;
  readonly real: boolean;
  readonly bars: Bars;
}

export interface FactsOrder {
  readonly source: MarketSource;
  /** The series to hold the market against; null where the bars that it was fitted to are not here. */
  readonly real: NamedBars | null;
  readonly exit: ExitRule;
}

/**
 * Stylised facts of a series, then of each generator of a fitted market and of their mix, all from
 * pieces as long as the paths of a dataset. A generator alone draws at the volatility that it was
 * fitted to; in the mix each path has a scale of its own, as in generation. Without a series the
 * fitted facts as a whole stand in, and paths are as long as it was. Throws `bad-argument` for a
 * series that cannot be compared.
 */
export function marketFactsWork({ source, real, exit }: FactsOrder): Refusable & {
  readonly facts: readonly MarketFacts[];
} {
  const pathBars = real ? PATH_BARS : source.parameters.provenance.bars;
  return {
    facts: [
      real ? factsOfBars(real, exit) : storedFacts(source),
      ...generatorsOf(source).map((generator) => factsOfGenerator(generator, pathBars, exit)),
    ],
  };
}

function factsOfBars({ name, real, bars }: NamedBars, exit: ExitRule): MarketFacts {
  const count = bars.close.length;
  if (count < PATH_BARS) {
    const problem = `${name} has ${count} bars: too few for its facts, which need ${PATH_BARS}`;
    throw new CodedError('bad-argument', { problem });
  }
  return {
    name,
    real,
    bars: count,
    ...toldOfPieces(name, piecesOf(bars, PATH_BARS)),
    // The series as one: its trades do not stop where a piece does.
    ...liquidatedShares([bars], exit),
  };
}

/** What is known of the fitted bars where they are not here. */
function storedFacts({ parameters: { provenance, facts } }: MarketSource): MarketFacts {
  return {
    name: provenance.seriesName,
    real: true,
    bars: provenance.bars,
    ...told(facts),
    trades: 0,
    liquidated: [],
  };
}

interface Generator {
  readonly name: string;
  readonly source: MarketSource;
  readonly mix: MarketMix;
}

function generatorsOf(source: MarketSource): Generator[] {
  const { parameters, bootstrapSource } = source;
  const fitted = { bootstrapSource, parameters: { ...parameters, scaleDeviation: 0 } };
  const only = (name: string, share: Partial<MarketMix>): Generator => ({
    name,
    source: fitted,
    mix: { garch: 0, volatility: 0, bootstrap: 0, ...share },
  });
  return [
    only('GARCH', { garch: 1 }),
    only('Stochastic volatility', { volatility: 1 }),
    ...(bootstrapSource ? [only('Bootstrap', { bootstrap: 1 })] : []),
    { name: 'Mix', source, mix: bootstrapSource ? FULL_MIX : MIX_WITHOUT_SERIES },
  ];
}

function factsOfGenerator(
  { name, source, mix }: Generator,
  pathBars: number,
  exit: ExitRule,
): MarketFacts {
  const market = syntheticMarket(source, mix);
  const count = Math.max(FEWEST_PATHS, Math.round(DRAWN_BARS / pathBars));
  const paths = Array.from({ length: count }, (_, path) => market.path(SEED, path, pathBars));
  return {
    name,
    real: false,
    bars: count * pathBars,
    ...toldOfPieces(name, paths),
    ...liquidatedShares(paths, exit),
  };
}

function toldOfPieces(name: string, pieces: readonly Bars[]) {
  const facts = factsOfPieces(pieces);
  if (!facts) {
    throw new CodedError('bad-argument', { problem: `${name} does not move: it has no facts` });
  }
  const { count, low, median, high } = facts;
  const bars = pieces[0]!.close.length;
  return { ...told(median), pieces: { count, bars, low: told(low), high: told(high) } };
}

/** Facts in the words of the contract. */
const told = ({ rangeAutocorrelation, ...facts }: StylisedFacts) => ({
  ...facts,
  rangeAutocorrelation: LAGS.map((lag) => ({ lag, value: rangeAutocorrelation[lag] })),
});
