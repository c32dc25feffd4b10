import { CodedError } from '../../contract/errors.ts';
import { DEFAULT_APPETITE } from '../../domain/risk/decision.ts';
import { exitRuleText, type ExitRule } from '../../domain/exits/exit-rule.ts';
import { ASSUMPTIONS } from './assumptions.ts';
import { choicesOf, ofTheDesk } from './choices.ts';
import { comparedOf, differencesOf } from './differences.ts';
import { docketOf, partiesOf, type Docket, type Party } from './docket.ts';
import { atEqualSize } from './equal-size.ts';
import { equityCurves, exitTimes, oneAtATime } from './equity-curves.ts';
import { judgedTrades, type JudgedTrade } from './judged-trades.ts';
import { opinionsOf, type Opinions } from './opinions.ts';
import { outcomesOf, type Judged } from './outcomes.ts';
import { policyResult } from './policy.ts';
import { fatesByThreshold, realisedCurve } from './realised-curve.ts';
import { REGRET_EDGES, regretShares } from './regret-shares.ts';
import { scoresOf } from './scores.ts';
import type { CourtPlan, Evaluation, JudgedModel } from '../../contract/evaluation.ts';
import type { Bars } from '../../domain/bars/bars.ts';
import type { LadderModel } from '../ladder-model.ts';

export interface Trial {
  readonly plan: CourtPlan;
  readonly bars: Bars;
  /** By which the judged trades end. */
  readonly exitRule: ExitRule;
  /** That of the first model, as it is read. */
  readonly modelExit: string;
  /** The first is compared with each other one; baselines among them. */
  readonly models: readonly LadderModel[];
}

export interface Judgement {
  readonly evaluation: Evaluation;
  readonly trades: readonly JudgedTrade[];
  /** P of the first model: whole ladders of the trades; null where it states none. */
  readonly p: Float64Array | null;
}

/** Trades between two reports of progress. */
const PROGRESS_STEP = 500;

/**
 * Judges models on a span of real bars, one after the other; progress in trades. The same for the
 * same plan and bars. Throws `too-few-trades` where the span holds none, and `bad-argument` where it
 * holds too many.
 */
export function evaluate(
  { plan, bars, exitRule, modelExit, models }: Trial,
  onProgress: (done: number, total: number) => void = () => {},
): Judgement {
  const { from, to, every, seed } = plan;
  const trades = judgedTrades({ bars, exitRule, from, to, every, seed });
  if (trades.length === 0) throw new CodedError('too-few-trades', { found: 0, needed: 1 });
  const docket = docketOf(trades, seed);
  const parties = partiesOf(trades);
  const [all] = parties;
  const turns = oneAtATime(trades);

  const judged = models.map((model, m) => {
    const opinions = opinionsOf(model, bars, trades, (done) => {
      if (done % PROGRESS_STEP > 0) return;
      onProgress(Math.floor((m * trades.length + done) / models.length), trades.length);
    });
    const choices = choicesOf(opinions, trades, bars).map(({ how, chosen }) => ({
      how,
      outcomes: outcomesOf(trades, chosen),
    }));
    return {
      // Of the later ones only what is summed up is kept.
      p: m === 0 ? opinions.p : null,
      ofParties: judgeParties(docket, parties, opinions, choices),
      compared: comparedOf(docket, all!.rows, opinions, choices),
      equalSize: atEqualSize(docket, all!.rows, opinions),
      curves: equityCurves(turns, model.name, choices),
    };
  });
  onProgress(trades.length, trades.length);

  const evaluation: Evaluation = {
    plan,
    from: trades[0]!.time,
    to: trades.at(-1)!.time,
    trades: trades.length,
    bars: trades.at(-1)!.entry - trades[0]!.entry + 1,
    exit: exitRuleText(exitRule),
    modelExit,
    groups: parties.map(({ name, rows }, i) => ({
      name,
      trades: rows.length,
      months: new Set(rows.map((row) => docket.month[row]!)).size,
      models: judged.map(({ ofParties }) => ofParties[i]!),
    })),
    differences: differencesOf(
      docket,
      judged.map(({ compared }) => compared),
    ),
    equalSize: judged.map(({ equalSize }) => equalSize),
    regretEdges: [...REGRET_EDGES],
    equityCurves: {
      times: exitTimes(bars, trades, turns),
      curves: judged.flatMap(({ curves }) => curves),
    },
    assumptions: ASSUMPTIONS,
  };
  return { evaluation, trades, p: judged[0]!.p };
}

function judgeParties(
  docket: Docket,
  parties: readonly Party[],
  opinions: Opinions,
  choices: readonly Judged[],
): JudgedModel[] {
  const { name, kind, p } = opinions;
  const byThreshold = fatesByThreshold(docket, opinions);
  const { regrets } = ofTheDesk(choices, DEFAULT_APPETITE.threshold).outcomes;
  return parties.map(({ rows }) => ({
    name,
    kind,
    ...(p ? scoresOf(docket, rows, p) : { scores: null, reliability: [] }),
    policies: choices.map(({ how, outcomes }) => policyResult(docket, rows, how, outcomes)),
    realised: realisedCurve(docket, rows, byThreshold),
    regretShares: regretShares(rows, regrets),
  }));
}
