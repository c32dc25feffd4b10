import { DEFAULT_APPETITE } from '#domain/decision.ts';
import { NO_VALUE, number, percent, signedPercent } from './format.ts';
import { MINUS } from '#domain/wording.ts';
import type { Evaluation, JudgedModel, PairedDifference, PolicyResult } from '#contract/court.ts';

type Measure = PairedDifference['measure'];
type Judged = { readonly model: JudgedModel; readonly policy: PolicyResult | null };
type Interval = NonNullable<PairedDifference['interval']>;

/** One measure of champion and challenger, and what may be said of the difference. */
export interface ComparisonRow {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** "cannot be told apart" unless the whole interval lies on one side of 0; empty without one. */
  readonly verdict: string;
  /** Challenger less champion, and its 95% interval. */
  readonly difference: string;
  readonly interval: string;
  /** Whether the whole interval speaks for the challenger; null where it speaks for neither. */
  readonly favours: boolean | null;
}

export const SAME = 'cannot be told apart';
/** Too few calendar months to resample. */
const NO_INTERVAL = 'no interval';

interface Kind {
  readonly name: string;
  readonly measure: Measure | null;
  readonly value: (judged: Judged) => number | null | undefined;
  readonly text: (value: number) => string;
  /** Words for the challenger below and above the champion. */
  readonly words: readonly [string, string];
  readonly higherIsBetter?: boolean;
}

const KINDS: readonly Kind[] = [
  {
    name: 'Log loss',
    measure: 'logLoss',
    value: ({ model }) => model.scores?.logLoss,
    text: (value) => number(value, 4),
    words: ['better', 'worse'],
  },
  {
    name: 'ECE %',
    measure: null,
    value: ({ model }) => model.scores?.ece,
    text: percent,
    words: ['', ''],
  },
  {
    name: 'Liquidated %',
    measure: 'realised',
    value: ({ policy }) => policy?.realised,
    text: percent,
    words: ['fewer', 'more'],
  },
  {
    name: 'Average return %',
    measure: 'meanReturn',
    value: ({ policy }) => policy?.meanReturn,
    text: (value) => signedPercent(value as never),
    words: ['lower', 'higher'],
    higherIsBetter: true,
  },
  {
    name: 'Regret %',
    measure: 'regret',
    value: ({ policy }) => policy?.regret,
    text: percent,
    words: ['lower', 'higher'],
  },
];

/** Threshold that policies are compared at. */
export const COMPARED_AT = DEFAULT_APPETITE.threshold;

/** Names of the two: the challenger, and what it has to beat (the volatility rule without a champion). */
export function opponents(evaluation: Evaluation, challenger: string) {
  const { models } = evaluation.groups[0]!;
  const champion = evaluation.plan.models.find((name) => name !== challenger);
  const rule = models.find(({ kind }) => kind === 'baseline')?.name;
  return { challenger, champion: champion ?? rule ?? null };
}

/** The measures of two models side by side, on all trades of an evaluation. */
export function compare(
  evaluation: Evaluation,
  champion: string,
  challenger: string,
): ComparisonRow[] {
  const [before, after] = [champion, challenger].map((name) => judgedOf(evaluation, name));
  if (!before || !after) return [];
  const rows = KINDS.map((kind) => {
    const [from, to] = [kind.value(before), kind.value(after)];
    const text = (value: number | null | undefined) => (value == null ? NO_VALUE : kind.text(value));
    const plain = from == null || to == null ? null : to - from;
    const paired = kind.measure && pairedOf(evaluation, champion, challenger, kind.measure);
    return {
      name: kind.name,
      before: text(from),
      after: text(to),
      ...said(kind, paired?.difference ?? plain, paired ? paired.interval : undefined),
    };
  });
  rows.splice(3, 0, plainRow('95% interval', intervalOf(before), intervalOf(after)));
  rows.push(plainRow('Stood aside %', asideOf(before, evaluation), asideOf(after, evaluation)));
  return rows;
}

/** What the row says of a difference. `interval`: undefined where the measure has none. */
function said(kind: Kind, difference: number | null, interval: Interval | null | undefined) {
  const none = { verdict: '', difference: '', interval: '', favours: null };
  if (difference === null) return none;
  const signed = (value: number) => {
    const text = kind.text(Math.abs(value)).replace('+', '');
    return Number(text) === 0 ? text : `${value < 0 ? MINUS : '+'}${text}`;
  };
  if (interval === undefined) return { ...none, difference: signed(difference) };
  if (interval === null) return { ...none, difference: signed(difference), interval: NO_INTERVAL };
  const { low, high } = interval;
  const side = high < 0 ? 0 : low > 0 ? 1 : null;
  return {
    verdict: side === null ? SAME : kind.words[side],
    difference: signed(difference),
    interval: `${signed(low)} to ${signed(high)}`,
    favours: side === null ? null : (side === 1) === (kind.higherIsBetter ?? false),
  };
}

const plainRow = (name: string, before: string, after: string): ComparisonRow => ({
  name,
  before,
  after,
  verdict: '',
  difference: '',
  interval: '',
  favours: null,
});

function judgedOf({ groups }: Evaluation, name: string): Judged | null {
  const model = groups[0]!.models.find((one) => one.name === name);
  return model ? { model, policy: policyOf(model) } : null;
}

/** The default policy at the default threshold with its margin of safety; V1's own pick. */
export function policyOf({ policies }: JudgedModel): PolicyResult | null {
  const largest = policies.filter(
    ({ policy, threshold, corrected }) =>
      policy === 'largest-safe' && threshold === COMPARED_AT && !corrected,
  );
  const careful = largest.toSorted((a, b) => a.safetyFactor - b.safetyFactor)[0];
  return careful ?? policies.find(({ policy }) => policy === 'most-likely') ?? null;
}

/** Challenger less champion, whichever of them the evaluation names first. */
function pairedOf(
  { differences }: Evaluation,
  champion: string,
  challenger: string,
  measure: Measure,
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

function intervalOf({ policy }: Judged): string {
  const interval = policy?.realisedInterval;
  return interval ? `${percent(interval.low)} to ${percent(interval.high)}` : NO_VALUE;
}

const asideOf = ({ policy }: Judged, { trades }: Evaluation) =>
  policy ? percent(policy.stoodAside / trades) : NO_VALUE;
