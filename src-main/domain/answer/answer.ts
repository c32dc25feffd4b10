import { ounces, SIZE_COUNT } from '../size.ts';
import { capacity } from '../account/broker.ts';
import { marginOf, type PSource } from '../models/kinds.ts';
import { isUnder, type Decision } from '../risk/decision.ts';
import { lotsDown, smallestOrder } from '../account/lots.ts';
import {
  count,
  limitText,
  momentText,
  number,
  penaltyText,
  probability,
  sizeText,
  spanText,
  wholeDollars,
} from './wording.ts';
import {
  exitTrait,
  isOfPlan,
  ruleName,
  type ExitChoice,
  type ExitRule,
} from '../exits/exit-rule.ts';
import type { Gap } from '../bars/gaps.ts';
import { riskOfSize, type Position, type Rung } from '../risk/ladder.ts';
import { riskAt, type RiskCurve } from '../risk/risk-curve.ts';

export type AnswerKind =
  | 'normal'
  | 'all-safe'
  | 'margin-short'
  | 'below-smallest-lot'
  | 'stand-aside'
  | 'no-margin'
  | 'no-model'
  | 'other-rules'
  | 'too-few-bars'
  | 'stale';

/** A sentence with the sizes in it marked: `*2.85* is the largest`. */
export type MarkedText = string;

/** The desk's answer in words. */
export interface Answer {
  readonly kind: AnswerKind;
  /** The size, or what is said instead of one. */
  readonly headline: string;
  /** Whether the headline is a size in ounces. */
  readonly isSize: boolean;
  readonly why: MarkedText;
  readonly note: { readonly tone: 'info' | 'warn'; readonly text: string } | null;
}

/** What is known at the bar: whether there is a model, and candles enough for it. */
export interface Known {
  readonly model: { readonly kind: PSource } | null;
  readonly missing: { readonly needed: number; readonly loaded: number } | null;
  readonly series: { readonly timeframe: string };
  /** Step of the bars that the model was trained on. */
  readonly trainedOn: string | null;
  /** The rule that the model's trades ended by. */
  readonly exitRule: ExitRule | null;
  /** The newest hole in the candles that the model looks at. */
  readonly gap: Gap | null;
}

/** Whether P and E speak of trades that end otherwise than the next one is meant to. */
export const isForOtherRules = (known: Pick<Known, 'exitRule'>, plan: ExitChoice | null) =>
  plan !== null && known.exitRule !== null && !isOfPlan(known.exitRule, plan);

/**
 * What the ladder says about this bar and this account, for every state that the desk can be in.
 * `plan`: how the next trade is meant to end; null where it ends as the model's trades did. A
 * model on bars of another step than it was trained on says so beside whatever it answers, and so
 * does one whose P does not rise with the size.
 */
export function answerOf(
  known: Known,
  position: Position,
  ladder: readonly Rung[],
  decision: Decision,
  curve: RiskCurve | null,
  plan: ExitChoice | null,
): Answer {
  const answer = settledAnswer(known, position, ladder, decision, curve, plan);
  const warned = (text: string): Answer => ({ ...answer, note: { tone: 'warn', text } });
  const { trainedOn, series } = known;
  if (curve && trainedOn !== null && trainedOn !== series.timeframe) {
    return warned(
      `This model was trained on ${trainedOn} bars; these are ${series.timeframe}. Its P is untested on them.`,
    );
  }
  if (curve && known.gap) {
    const { missing, before } = known.gap;
    return warned(
      `${count(missing)} bars are missing before ${momentText(before)} UTC: a holiday, or a gap to import.`,
    );
  }
  const { recommended, limit } = decision;
  const smaller = recommended
    ? ladder.slice(0, recommended.size - 1).find((rung) => !isUnder(rung, limit))
    : undefined;
  if (!smaller) return answer;
  const p = probability(smaller.pLiquidation!, limit);
  return warned(
    `${sizeText(smaller.size)} oz is smaller and over the limit, at ${p}%: this model’s P need not rise with the size.`,
  );
}

function settledAnswer(
  known: Known,
  position: Position,
  ladder: readonly Rung[],
  decision: Decision,
  curve: RiskCurve | null,
  plan: ExitChoice | null,
): Answer {
  const { recommended, limit } = decision;
  const without = (kind: AnswerKind, headline: string, why: string, note: Answer['note'] = null) =>
    ({ kind, headline, isSize: false, why, note }) as const;
  const p = (rung: Rung) => `${probability(rung.pLiquidation!, limit)}%`;
  const limitPercent = `${limitText(limit)}%`;
  const source = known.model?.kind ?? null;
  const ofLimit =
    marginOf(source) === 'penalty'
      ? `${limitPercent} (${penaltyText(limit, source)})`
      : limitPercent;

  if (!ladder[0]!.feasible) {
    const { equity, rules } = position;
    const beside =
      rules.otherMargin > 0 ? ` beside ${wholeDollars(rules.otherMargin)} of margin in use` : '';
    return without(
      'no-margin',
      'No position',
      `Equity of ${wholeDollars(equity)} carries no position at ${number(rules.leverage, 0)}×${beside}.`,
    );
  }
  if (!known.model) {
    return without(
      'no-model',
      'No model',
      'Without a model there is no P(liquidation), so no size is recommended.',
      { tone: 'info', text: 'Liquidation prices below need no model and are exact.' },
    );
  }
  if (isForOtherRules(known, plan)) {
    return without(
      'other-rules',
      'Other exit',
      `This model was trained for exits on *${exitTrait(known.exitRule!)}*. Your plan says *${ruleName(plan!)}*.`,
      { tone: 'warn', text: 'Choose a model that fits the plan, or change the plan.' },
    );
  }
  if (known.missing || !curve) {
    const { needed = 0, loaded = 0 } = known.missing ?? {};
    return without(
      'too-few-bars',
      'Too few candles',
      `The model needs ${count(needed)} candles; ${count(loaded)} are loaded.`,
      { tone: 'info', text: 'Liquidation prices below need no model and are exact.' },
    );
  }
  if (!recommended) {
    const smallest = ladder[0]!;
    return without(
      'stand-aside',
      'Stand aside',
      `Every size that fits is over ${ofLimit}. The smallest, *${sizeText(smallest.size)}*, is at ${p(smallest)}.`,
    );
  }

  const size = sizeText(recommended.size);
  const answered = (kind: AnswerKind, why: MarkedText, note: Answer['note'] = null): Answer => ({
    kind,
    headline: size,
    isSize: true,
    why,
    note,
  });
  const margin = capacity(position.equity, position.price, position.rules);

  if (lotsDown(ounces(recommended.size), position.rules).lots === 0) {
    const smallest = smallestOrder(position.rules);
    const order = number(smallest, 2);
    const atOrder = riskOfSize(riskAt(curve), smallest, position).pLiquidation;
    const would = `${order} oz would be at ${probability(atOrder, limit)}%`;
    const text =
      margin < smallest
        ? `Margin does not carry ${order} oz. It is not rounded up for you.`
        : atOrder < limit
          ? `${would}, under the ${limitPercent} limit, but it is none of the 30 sizes.`
          : `${would}, over the ${limitPercent} limit. It is not rounded up for you.`;
    return answered(
      'below-smallest-lot',
      `*${size}* is safe, but the broker’s smallest order is *${order}* oz (${position.rules.lotStep} lot).`,
      { tone: 'warn', text },
    );
  }
  if (decision.wholeLadderSafe && decision.policy === 'largest-safe') {
    return answered(
      'all-safe',
      `All ${SIZE_COUNT} sizes are under ${ofLimit}; *${size}* is the largest on the ladder.`,
      {
        tone: 'info',
        text: `The ladder is the cap here, not the risk. Margin would allow ${number(margin, 2)}\u00a0oz.`,
      },
    );
  }
  const marginShort = ladder.some((rung) => !rung.feasible);
  const marginEnds = marginShort ? ` Margin ends at ${number(margin, 2)}\u00a0oz.` : '';
  // The sentence has room for two lines.
  const under = marginShort ? limitPercent : ofLimit;
  const kind = marginShort ? 'margin-short' : 'normal';
  if (decision.policy === 'best-return') {
    const largest = ladder.findLast((rung) => isUnder(rung, limit))!;
    return answered(
      kind,
      largest.size === recommended.size
        ? `*${size}* is the best mean return and the largest under ${under}.${marginEnds}`
        : `*${size}* is the best mean return under ${under}; the largest is *${sizeText(largest.size)}*.${marginEnds}`,
    );
  }
  const { firstOver } = decision;
  return answered(
    kind,
    firstOver
      ? `*${size}* is the largest under ${under}; *${sizeText(firstOver.size)}* is at ${p(firstOver)}.${marginEnds}`
      : `Every size that fits is under ${under}; *${size}* is the largest.${marginEnds}`,
  );
}

/** The last answer, when the bars of a feed are too old to act on. */
export function staleAnswer(
  last: Answer,
  timeframe: string,
  { age, limit }: { readonly age: number; readonly limit: number },
): Answer {
  return {
    ...last,
    kind: 'stale',
    why: `The newest ${timeframe} bar closed ${spanText(age)} ago; the limit is ${spanText(limit)}.`,
    note: {
      tone: 'warn',
      text: 'This size is not current. Do not trade on it; recording is off until new bars arrive.',
    },
  };
}

/** What the why line says while another size is looked at. */
export function lookText(rung: Rung, decision: Decision): string {
  const size = sizeText(rung.size);
  if (rung.pLiquidation === null) return `Showing ${size} oz`;
  const { limit } = decision;
  const points = number(Math.abs(rung.pLiquidation - limit) * 100, 1);
  const side = isUnder(rung, limit) ? 'under' : 'over';
  return `Showing ${size} oz: ${probability(rung.pLiquidation, limit)}%, ${points} points ${side} the limit`;
}
