import { DEFAULT_APPETITE } from '../domain/risk/decision.ts';
import { MINUS, number } from '../domain/answer/wording.ts';
import { sideOfZero } from '../domain/stats/verdict.ts';
import type {
  Evaluation,
  JudgedGroup,
  JudgedModel,
  PairedDifference,
  PolicyResult,
} from './evaluation.ts';
import type { Interval } from '../domain/stats/bootstrap.ts';

/** How an evaluation is put into words, in the window, the report and on the command line. */

export const NO_VALUE = '—';

/** Name of the rule that every model is compared with. */
export const VOLATILITY_RULE = 'volatility rule';
/** Names that no model may have: those of the rules beside it. */
export const RULE_NAMES: readonly string[] = [VOLATILITY_RULE, 'constant', 'lookup', 'fixed size'];

/** A share in percent; a dash where there is none. */
export const percent = (share: number | null | undefined, digits = 1) =>
  share === null || share === undefined ? NO_VALUE : number(share * 100, digits);

/** With its sign, a true minus; no sign where no digit of it shows. */
export function signed(value: number, digits: number): string {
  const text = number(value, digits);
  return Number(text.replace(MINUS, '-')) > 0 ? `+${text}` : text;
}

/** In percent with its sign. */
export const signedPercent = (value: number, digits = 2) => signed(value * 100, digits);

export const score = (value: number | null | undefined, digits: number) =>
  value === null || value === undefined ? NO_VALUE : number(value, digits);

const plainPercent = (value: number) => percent(value);
export const between = (
  interval: Interval | null | undefined,
  show: (value: number) => string = plainPercent,
) => (interval ? `${show(interval.low)} to ${show(interval.high)}` : NO_VALUE);

/** Best mean return is what training trades brought: it says nothing of the next one. */
const POLICIES: Readonly<Record<PolicyResult['policy'], string>> = {
  'largest-safe': 'largest under the limit',
  'best-return': 'best past mean return under the limit',
  'most-likely': 'most likely best size',
  fixed: 'fixed share of margin',
};

export const policyName = ({ policy, corrected }: PolicyResult) =>
  `${POLICIES[policy]}${corrected ? ', corrected by closed trades' : ''}`;

/** The threshold that returns, regret and differences are told at. */
export const TOLD_AT = DEFAULT_APPETITE.threshold;

/** What the desk would have named at a threshold; a model's own pick, whatever the threshold. */
export function deskPolicy({ policies }: JudgedModel, threshold: number): PolicyResult {
  const plain = policies.filter(
    (row) => row.policy === 'largest-safe' && row.threshold === threshold && !row.corrected,
  );
  return plain.at(-1) ?? policies[0]!;
}

const MEASURES: Readonly<
  Record<PairedDifference['measure'], { name: string; unit: number; digits: number }>
> = {
  logLoss: { name: 'log loss', unit: 1, digits: 4 },
  realised: { name: 'liquidated, points', unit: 100, digits: 1 },
  meanReturn: { name: 'average return, points', unit: 100, digits: 2 },
  regret: { name: 'regret, points', unit: 100, digits: 2 },
};

/** "log loss −0.0067 (−0.0118 to −0.0021), lower". */
export function differenceText({ measure, difference, interval }: PairedDifference): string {
  const { name, unit, digits } = MEASURES[measure];
  const show = (value: number) => signed(value * unit, digits);
  const side = sideOfZero(interval);
  const verdict = !interval
    ? 'too few months to tell'
    : side
      ? { below: 'lower', above: 'higher' }[side]
      : 'cannot be told apart';
  return `${name} ${show(difference)} (${between(interval, show)}), ${verdict}`;
}

/** Log loss of every other model against the volatility rule. */
export const againstRule = ({ differences }: Evaluation) =>
  differences.filter(
    ({ measure, against }) => measure === 'logLoss' && against === VOLATILITY_RULE,
  );

/** A sentence on longs and shorts of the first model; null where one of them is missing. */
export function directionsText({ groups }: Evaluation): string | null {
  const rateOf = (name: string) => {
    const group = groups.find((one) => one.name === name);
    return group ? deskPolicy(group.models[0]!, TOLD_AT).realised : null;
  };
  const [long, short] = [rateOf('long'), rateOf('short')];
  if (long === null || short === null) return null;
  return (
    `${groups[0]!.models[0]!.name}: of the longs ${percent(long)}% were liquidated, of the shorts ` +
    `${percent(short)}%. The limit speaks for both together, not for each.`
  );
}

const GROUPS: Readonly<Record<string, string>> = { all: 'All', long: 'Longs', short: 'Shorts' };

/** "Longs", "2023". */
export const groupName = ({ name }: Pick<JudgedGroup, 'name'>) => GROUPS[name] ?? name;

/** What is said of every return in an evaluation. */
export const RETURNS_NOTE =
  'Returns are what these bars brought: history, no forecast of any return from sizing.';

/** Where the trades end by another rule than the model's. */
export const otherExit = ({ exit, modelExit, plan }: Evaluation) =>
  exit === modelExit
    ? null
    : `${plan.models[0]} was trained for ${modelExit}: here it is judged on trades that end by ${exit}.`;
