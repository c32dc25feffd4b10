import { CodedError } from '../../contract/errors.ts';
import { liquidationMove, STUDY_RULES } from '../../domain/broker.ts';
import { decide, DEFAULT_APPETITE } from '../../domain/decision.ts';
import { settleLadder } from '../../domain/ladder.ts';
import { SIZE_COUNT } from '../../domain/size.ts';
import { VOLATILITY_RULE } from '../baselines.ts';
import { atEqualSize, atFixedShare, type EqualSizeResult } from './equal-size.ts';
import { judgedTrades, type JudgedTrade, type Span } from './judged-trades.ts';
import { policyResult, type PolicyResult } from './policy.ts';
import { pairedDifference, scoresOf, type PairedDifference, type Scores } from './scores.ts';
import type { Fraction } from '../../domain/units.ts';
import type { RiskModel } from '../risk-model.ts';

/** The policies that every model is judged by: the largest safe size at each of these. */
export const APPETITES = [0.05, 0.1, 0.2].flatMap((threshold) =>
  [1, DEFAULT_APPETITE.safetyFactor].map((safetyFactor) => ({
    threshold: threshold as Fraction,
    safetyFactor: safetyFactor as Fraction,
  })),
);

export interface PolicyRow extends PolicyResult {
  readonly threshold: Fraction;
  readonly safetyFactor: Fraction;
}

export interface JudgedModel {
  readonly name: string;
  readonly scores: Scores;
  readonly policies: readonly PolicyRow[];
}

/** The trades of one direction or year, or all of them. */
export interface Group {
  readonly name: string;
  readonly trades: number;
  readonly models: readonly JudgedModel[];
}

export interface Evaluation {
  readonly trades: readonly JudgedTrade[];
  /** P of the first model: whole ladders of the trades, infeasible rungs included. */
  readonly p: Float64Array;
  /** All trades, then longs, shorts, and each year. */
  readonly groups: readonly Group[];
  /** Each other model against the volatility rule. */
  readonly differences: readonly PairedDifference[];
  readonly equalSize: readonly EqualSizeResult[];
}

export interface EvaluationInput extends Span {
  /** The model to be judged, then what it is shown beside. */
  readonly models: readonly RiskModel[];
  readonly onProgress?: (done: number, total: number) => void;
}

/** Trades between two reports of progress. */
const PROGRESS_STEP = 500;

/** Judge models on a span of bars. Throws `too-few-trades` where the span holds none. */
export function evaluate({ models, onProgress, ...span }: EvaluationInput): Evaluation {
  const trades = judgedTrades(span);
  if (trades.length === 0) throw new CodedError('too-few-trades', { found: 0, needed: 1 });
  const judged = models.map(({ name }) => ({
    name,
    p: new Float64Array(trades.length * SIZE_COUNT),
    /** For each appetite the chosen rung of each trade, 0 for standing aside. */
    chosen: APPETITES.map(() => new Uint8Array(trades.length)),
  }));
  trades.forEach((trade, i) => {
    const { entry, direction, price, equity } = trade;
    const account = { price, equity, direction, rules: STUDY_RULES };
    const ladder = settleLadder(null, account);
    models.forEach((model, m) => {
      const { p, chosen } = judged[m]!;
      const riskOf = model.curveAt(span.bars, entry, direction);
      const rungs = ladder.map((rung) => {
        const risk = riskOf(liquidationMove(rung.size, equity, price, STUDY_RULES, direction));
        p[i * SIZE_COUNT + rung.size - 1] = risk;
        return { ...rung, pLiquidation: rung.feasible ? risk : null };
      });
      APPETITES.forEach((appetite, a) => {
        chosen[a]![i] = decide(rungs, appetite).recommended?.size ?? 0;
      });
    });
    if (i % PROGRESS_STEP === 0) onProgress?.(i, trades.length);
  });
  onProgress?.(trades.length, trades.length);

  const groups = groupsOf(trades).map(({ name, rows }) => ({
    name,
    trades: rows.length,
    models: judged.map((model) => judge(model, trades, rows, span.seed)),
  }));
  const rule = judged.find(({ name }) => name === VOLATILITY_RULE);
  return {
    trades,
    p: judged[0]!.p,
    groups,
    differences: rule
      ? judged
          .filter((model) => model !== rule)
          .map((model) => pairedDifference(trades, model, rule, span.seed))
      : [],
    equalSize: [
      ...judged.map(({ name, p }) => atEqualSize(name, trades, p, span.seed)),
      atFixedShare(trades, span.seed),
    ],
  };
}

function groupsOf(trades: readonly JudgedTrade[]): { name: string; rows: number[] }[] {
  const yearOf = ({ time }: JudgedTrade) => String(new Date(time * 1000).getUTCFullYear());
  const rowsWhere = (holds: (trade: JudgedTrade) => boolean) =>
    trades.flatMap((trade, row) => (holds(trade) ? [row] : []));
  const years = [...new Set(trades.map(yearOf))].sort();
  return [
    { name: 'all', rows: rowsWhere(() => true) },
    { name: 'long', rows: rowsWhere(({ direction }) => direction === 'long') },
    { name: 'short', rows: rowsWhere(({ direction }) => direction === 'short') },
    ...years.map((year) => ({ name: year, rows: rowsWhere((trade) => yearOf(trade) === year) })),
  ].filter(({ rows }) => rows.length > 0);
}

function judge(
  model: { name: string; p: Float64Array; chosen: Uint8Array[] },
  allTrades: readonly JudgedTrade[],
  rows: readonly number[],
  seed: number,
): JudgedModel {
  const trades = rows.map((row) => allTrades[row]!);
  const p = new Float64Array(rows.length * SIZE_COUNT);
  rows.forEach((row, i) => {
    p.set(model.p.subarray(row * SIZE_COUNT, (row + 1) * SIZE_COUNT), i * SIZE_COUNT);
  });
  return {
    name: model.name,
    scores: scoresOf(trades, p),
    policies: APPETITES.map((appetite, a) => {
      const chosen = rows.map((row) => model.chosen[a]![row]!);
      return { ...appetite, ...policyResult(trades, chosen, seed) };
    }),
  };
}
