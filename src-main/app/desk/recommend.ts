import { marginOf } from '../../domain/models/kinds.ts';
import { answerOf } from '../../domain/answer/answer.ts';
import { limitAfter } from '../../domain/risk/correction.ts';
import {
  decide,
  limitOf,
  type Decision,
  type Policy,
  type RiskAppetite,
} from '../../domain/risk/decision.ts';
import { settleLadder, type Position, type Rung } from '../../domain/risk/ladder.ts';
import { ounces } from '../../domain/size.ts';
import { isoTime } from '../../domain/time/time.ts';
import { CodedError } from '../../contract/errors.ts';
import type {
  DecisionInput,
  DeskBar,
  RecordedDecision,
  Recommendation,
} from '../../contract/desk.ts';
import type { BrokerRules } from '../../domain/account/broker.ts';
import type { Direction, Money, UtcSeconds } from '../../domain/units.ts';

/** What the trader brings to a decision bar. */
export interface Account {
  readonly equity: Money;
  readonly direction: Direction;
  readonly rules: BrokerRules;
  readonly appetite: RiskAppetite;
  readonly policy: Policy;
}

/** The ladder of a decision bar and the size picked from it: what the window shows, without one. */
export function recommend(
  desk: DeskBar,
  account: Account,
): { position: Position; ladder: Rung[]; decision: Decision } {
  const { equity, direction, rules } = account;
  const position = { price: desk.close, equity, direction, rules };
  const ladder = settleLadder(desk.curves?.[direction] ?? null, position);
  const nominal = limitOf(account.appetite, desk.model?.kind ?? null);
  const limit = limitAfter(nominal, desk.resolved[direction]);
  return { position, ladder, decision: decide(ladder, limit, account.policy) };
}

/** The recommendation of a bar as it is recorded: with the rules and numbers of that moment. */
export function decisionOf(
  desk: DeskBar,
  input: DecisionInput,
  recordedAt: UtcSeconds,
): Omit<RecordedDecision, 'id'> {
  const { decision } = recommend(desk, input);
  if (!desk.model) throw new CodedError('no-model');
  if (desk.missing) throw new CodedError('too-few-bars', desk.missing);
  return {
    ...input,
    recordedAt,
    closedAt: desk.closedAt,
    price: desk.close,
    model: desk.model.name,
    limit: decision.limit,
    size: decision.recommended?.size ?? null,
    pLiquidation: decision.recommended?.pLiquidation ?? null,
    liquidationPrice: decision.recommended?.liquidationPrice ?? null,
  };
}

/** The recommendation of a bar for the terminal: sizes in ounces, times in ISO. */
export function recommendationOf(desk: DeskBar, account: Account): Recommendation {
  const { position, ladder, decision } = recommend(desk, account);
  const { recommended } = decision;
  const curve = desk.curves?.[account.direction] ?? null;
  const answer = answerOf(desk, position, ladder, decision, curve, null);
  return {
    recommended: recommended && {
      size: ounces(recommended.size),
      pLiquidation: recommended.pLiquidation,
      liquidationPrice: recommended.liquidationPrice,
    },
    reason: desk.missing ? 'too-few-bars' : desk.model ? decision.reason : 'no-model',
    why: answer.why.replaceAll('*', ''),
    warning: answer.note?.tone === 'warn' ? answer.note.text : null,
    firstOver: decision.firstOver && {
      size: ounces(decision.firstOver.size),
      pLiquidation: decision.firstOver.pLiquidation,
    },
    otherPolicy: decision.otherPolicy && { size: ounces(decision.otherPolicy.size) },
    policy: account.policy,
    threshold: account.appetite.threshold,
    safetyFactor:
      marginOf(desk.model?.kind ?? null) === 'penalty' ? null : account.appetite.safetyFactor,
    limit: decision.limit,
    equity: account.equity,
    direction: account.direction,
    price: desk.close,
    leverage: account.rules.leverage,
    stopOut: account.rules.stopOut,
    ladder: ladder.map(({ size, ...rung }) => ({
      size: ounces(size),
      feasible: rung.feasible,
      pLiquidation: rung.pLiquidation,
      expectedReturn: rung.expectedReturn,
      liquidationPrice: rung.liquidationPrice,
      leverage: rung.leverage,
    })),
    model: desk.model && {
      name: desk.model.name,
      kind: desk.model.kind,
      exit: desk.model.exit,
      trainedAt: isoTime(desk.model.trainedAt),
    },
    series: desk.series.name,
    asOf: isoTime(desk.closedAt),
  };
}
