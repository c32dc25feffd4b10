import {
  RISK_FEATURE_COUNT,
  RISK_FEATURE_NAMES,
  riskFeatures,
} from '../domain/features/features.ts';
import { VOLATILITY_RULE } from '../contract/evaluation-words.ts';
import type { ExitRule } from '../domain/exits/exit-rule.ts';
import type { Bars } from '../domain/bars/bars.ts';
import type { Direction, Fraction } from '../domain/units.ts';
import type { Flat } from './network.ts';
import type { Examples } from './train/examples.ts';

/** P(liquidation) by the adverse move, a share of the entry price, that liquidates. */
export type RiskOfMove = (move: Fraction) => Fraction;

/** The simple rules that every model is shown beside, fitted to the same training trades. */
export interface Baselines {
  /** By log of the adverse move. */
  readonly constant: ReachTable;
  /** By log of the adverse move in mean ranges of the last 128 candles. */
  readonly volatility: ReachTable;
  /** The same in 8 buckets of signed distance between the averages, divided at 7 edges. */
  readonly lookup: { readonly edges: readonly number[]; readonly tables: readonly ReachTable[] };
}

const BUCKETS = 8;
const MOVES = { from: Math.log(1e-4), to: Math.log(2) } as const;
const RANGES = { from: -2.5, to: 6 } as const;
const LOG_RANGE = RISK_FEATURE_NAMES.indexOf('log_mean_range_128');
const DISTANCE = RISK_FEATURE_NAMES.indexOf('average_distance');

/** Fit to the given rows of the examples. */
export function fitBaselines(examples: Examples, rows: Int32Array): Baselines {
  const feature = (row: number, index: number) =>
    examples.features[row * RISK_FEATURE_COUNT + index]!;
  const logRange = (row: number) => feature(row, LOG_RANGE) + examples.reference[row]!;
  const tableOf = (
    of: Int32Array,
    reached: (row: number) => number,
    { from, to }: { from: number; to: number },
  ) =>
    reachTable(
      Float64Array.from(of, reached),
      Float64Array.from(of, (row) => examples.weight[row]!),
      from,
      to,
    );
  const logMae = (row: number) => Math.log(examples.mae[row]!);
  const inRanges = (row: number) => logMae(row) - logRange(row);

  const distances = Float64Array.from(rows, (row) => feature(row, DISTANCE)).sort();
  const edges = Array.from(
    { length: BUCKETS - 1 },
    (_, i) => distances[Math.floor(((i + 1) * distances.length) / BUCKETS)]!,
  );
  const bucket = (row: number) => bucketOf(edges, feature(row, DISTANCE));
  return {
    constant: tableOf(rows, logMae, MOVES),
    volatility: tableOf(rows, inRanges, RANGES),
    lookup: {
      edges,
      tables: Array.from({ length: BUCKETS }, (_, i) =>
        tableOf(
          rows.filter((row) => bucket(row) === i),
          inRanges,
          RANGES,
        ),
      ),
    },
  };
}

const bucketOf = (edges: readonly number[], distance: number) =>
  edges.filter((edge) => distance >= edge).length;

/** A fitted rule, read from the summary features of a trade that stand at `offset`. */
export interface BaselineRule {
  readonly name: string;
  riskOf(features: Flat, offset: number, reference: number): RiskOfMove;
}

export function baselineRules({ constant, volatility, lookup }: Baselines): BaselineRule[] {
  return [
    { name: 'constant', riskOf: () => riskOfTable(constant, 0) },
    {
      name: VOLATILITY_RULE,
      riskOf: (features, offset, reference) =>
        riskOfTable(volatility, features[offset + LOG_RANGE]! + reference),
    },
    {
      name: 'lookup',
      riskOf(features, offset, reference) {
        const bucket = bucketOf(lookup.edges, features[offset + DISTANCE]!);
        return riskOfTable(lookup.tables[bucket]!, features[offset + LOG_RANGE]! + reference);
      },
    },
  ];
}

/** A fitted rule that is asked about trades. */
export interface BaselineModel {
  readonly name: string;
  /** Of a trade entered at the close of bar `at`, from the bars up to it. */
  curveAt(bars: Bars, at: number, direction: Direction): RiskOfMove;
}

/** The fitted rules as models to be evaluated beside a net. */
export function baselineModels(baselines: Baselines, exitRule: ExitRule): BaselineModel[] {
  const features = new Float64Array(RISK_FEATURE_COUNT);
  return baselineRules(baselines).map(({ name, riskOf }) => ({
    name,
    curveAt(bars, at, direction) {
      return riskOf(features, 0, riskFeatures(bars, at, direction, exitRule, features, 0));
    },
  }));
}

/** `unit`: log of what the table's moves are measured in. */
const riskOfTable =
  (table: ReachTable, unit: number): RiskOfMove =>
  (move) =>
    (move <= 0 ? 1 : shareAt(table, Math.log(move) - unit)) as Fraction;

/**
 * Share of trades that reached each of equally spaced places, for reading between them: an empirical
 * distribution that fits into a model file.
 */
export interface ReachTable {
  readonly from: number;
  readonly to: number;
  readonly shares: readonly number[];
}

const POINTS = 161;

/** Share, by weight, of `reached` at or beyond each place between `from` and `to`. */
export function reachTable(
  reached: Float64Array,
  weight: Float64Array,
  from: number,
  to: number,
): ReachTable {
  const shares = new Array<number>(POINTS).fill(0);
  let total = 0;
  for (let i = 0; i < reached.length; i++) {
    total += weight[i]!;
    const last = Math.floor(((reached[i]! - from) / (to - from)) * (POINTS - 1));
    if (last >= 0) shares[Math.min(POINTS - 1, last)]! += weight[i]!;
  }
  for (let point = POINTS - 2; point >= 0; point--) shares[point]! += shares[point + 1]!;
  return { from, to, shares: shares.map((share) => share / total) };
}

/** Share of trades that reached `place`; beyond the ends of the table as at the end. */
export function shareAt({ from, to, shares }: ReachTable, place: number): number {
  const last = shares.length - 1;
  const at = Math.min(last, Math.max(0, ((place - from) / (to - from)) * last));
  const point = Math.min(last - 1, Math.floor(at));
  return shares[point]! + (at - point) * (shares[point + 1]! - shares[point]!);
}
