import { MINUS } from '#domain/answer/wording.ts';
import { NO_VALUE, number, percent } from '../lib/format.ts';
import { deskPolicy, TOLD_AT, VOLATILITY_RULE } from '#contract/evaluation-words.ts';
import type {
  Evaluation,
  JudgedModel,
  PairedDifference,
  PolicyResult,
} from '#contract/evaluation.ts';

/** A model on all trades, and the results of the sizes that the desk would have recommended by it. */
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

type Measure = PairedDifference['measure'];
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

const LIQUIDATED = 'Liquidated %';
export const SAME = 'cannot be told apart';
/** Too few calendar months to resample. */
const NO_INTERVAL = 'no interval';

interface Kind {
  readonly name: string;
  /** Null for one without a paired interval. */
  readonly measure: Measure | null;
  readonly value: (judged: Judged) => number | null;
  /** In percent, with one decimal; as it is, with four, otherwise. */
  readonly isShare: boolean;
  /** Words for the challenger below and above the champion. */
  readonly words: readonly [string, string];
  readonly higherIsBetter?: boolean;
}

const KINDS: readonly Kind[] = [
  {
    name: 'Log loss',
    measure: 'logLoss',
    value: ({ model }) => model.scores?.logLoss ?? null,
    isShare: false,
    words: ['better', 'worse'],
  },
  {
    name: 'ECE %',
    measure: null,
    value: ({ model }) => model.scores?.ece ?? null,
    isShare: true,
    words: ['', ''],
  },
  {
    name: LIQUIDATED,
    measure: 'realised',
    value: ({ policy }) => policy?.realised ?? null,
    isShare: true,
    words: ['fewer', 'more'],
  },
  {
    name: 'Average return %',
    measure: 'meanReturn',
    value: ({ policy }) => policy?.meanReturn ?? null,
    isShare: true,
    words: ['lower', 'higher'],
    higherIsBetter: true,
  },
  {
    name: 'Regret %',
    measure: 'regret',
    value: ({ policy }) => policy?.regret ?? null,
    isShare: true,
    words: ['lower', 'higher'],
  },
];
const digitsOf = ({ isShare }: Kind) => (isShare ? 1 : 4);
const plainText = (kind: Kind, value: number) =>
  kind.measure === 'meanReturn'
    ? signedText(kind, value, false)
    : number(scaled(kind, value), digitsOf(kind));
const scaled = ({ isShare }: Kind, value: number) => (isShare ? value * 100 : value);

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
    const text = (value: number | null) => (value === null ? NO_VALUE : plainText(kind, value));
    const plain = from === null || to === null ? null : to - from;
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
  const side = !interval || (interval.low <= 0 && interval.high >= 0) ? null : interval.low > 0;
  const signed = (value: number) => signedText(kind, value, side !== null);
  if (interval === undefined) return { ...none, difference: signed(difference) };
  if (interval === null) return { ...none, difference: signed(difference), interval: NO_INTERVAL };
  return {
    verdict: side === null ? SAME : kind.words[side ? 1 : 0],
    difference: signed(difference),
    interval: `${signed(interval.low)} to ${signed(interval.high)}`,
    favours: side === null ? null : side === (kind.higherIsBetter ?? false),
  };
}

/** With a sign; where it must not read as 0, with as many decimals as that takes. */
function signedText(kind: Kind, value: number, notZero: boolean): string {
  const size = Math.abs(scaled(kind, value));
  let digits = digitsOf(kind);
  while (notZero && size > 0 && Number(size.toFixed(digits)) === 0 && digits < 6) digits++;
  const text = number(size, digits);
  return Number(text) === 0 ? text : `${value < 0 ? MINUS : '+'}${text}`;
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

function intervalOf({ policy }: Judged): string {
  const interval = policy?.realisedInterval;
  return interval ? `${percent(interval.low)} to ${percent(interval.high)}` : NO_VALUE;
}

const asideOf = ({ policy }: Judged, { trades }: Evaluation) =>
  policy ? percent(policy.stoodAside / trades) : NO_VALUE;

/** What may be said of the two in sentences: by whole intervals only. */
export function conclusion(
  rows: readonly ComparisonRow[],
  champion: string,
  challenger: string,
): string {
  const clear = rows.filter(({ verdict }) => verdict !== '' && verdict !== SAME);
  const same = rows.filter(({ verdict }) => verdict === SAME);
  const named = (list: readonly ComparisonRow[], text: (row: ComparisonRow) => string) =>
    new Intl.ListFormat('en-GB').format(list.map(text));
  const plain = ({ name }: ComparisonRow) =>
    name === LIQUIDATED ? 'liquidations' : name.replace(' %', '').toLowerCase();
  if (clear.length === 0) {
    return same.length === 0
      ? 'There are too few months to tell the two apart.'
      : `On these bars ${challenger} and ${champion} cannot be told apart in ${named(same, plain)}.`;
  }
  const apart = named(clear, (row) => `${plain(row)} ${row.verdict}`);
  const rest = same.length > 0 ? ` They cannot be told apart in ${named(same, plain)}.` : '';
  return `On these bars, ${challenger} beside ${champion}: ${apart}.${rest}`;
}
