import { deskPolicy, TOLD_AT, VOLATILITY_RULE } from '#contract/evaluation-words.ts';
import type {
  Evaluation,
  JudgedModel,
  PairedDifference,
  PolicyResult,
} from '#contract/evaluation.ts';

/** What an evaluation says of one model, and of two beside each other. */

/** A model on all trades, and what came of the sizes that the desk would have named by it. */
export interface Judged {
  readonly model: JudgedModel;
  readonly policy: PolicyResult;
}

/** Names of the two: the challenger, and what it has to beat (the volatility rule without a champion). */
export function opponents(evaluation: Evaluation, challenger: string) {
  const { models } = evaluation.groups[0]!;
  const champion = evaluation.plan.models.find((name) => name !== challenger);
  const rule = models.find(({ name }) => name === VOLATILITY_RULE)?.name;
  return { challenger, champion: champion ?? rule ?? null };
}

export function judgedOf({ groups }: Evaluation, name: string): Judged | null {
  const model = groups[0]!.models.find((one) => one.name === name);
  return model ? { model, policy: deskPolicy(model, TOLD_AT) } : null;
}

/** Challenger less champion, whichever of them the evaluation names first. */
export function pairedOf(
  { differences }: Evaluation,
  champion: string,
  challenger: string,
  measure: PairedDifference['measure'],
): Pick<PairedDifference, 'difference' | 'interval'> | null {
  const of = (model: string, against: string) =>
    differences.find(
      (one) => one.measure === measure && one.model === model && one.against === against,
    );
  const straight = of(challenger, champion);
  if (straight) return straight;
  const reversed = of(champion, challenger);
  if (!reversed) return null;
  const { difference, interval } = reversed;
  return {
    difference: -difference,
    interval: interval && { low: -interval.high, high: -interval.low },
  };
}
