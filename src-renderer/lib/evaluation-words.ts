import { sideOfZero } from '#domain/verdict.ts';
import { MINUS } from '#domain/wording.ts';
import { NO_VALUE, number, percent } from './format.ts';
import type { Evaluation, JudgedModel, PolicyResult } from '#contract/court.ts';

/** How an evaluation is put into words and classes on the screen. */

type Interval = PolicyResult['realisedInterval'];

/** Classes of a model's line: what it is, and how many of its kind came before. */
export function seriesClass(model: JudgedModel, models: readonly JudgedModel[]): string {
  const kind = model.kind === 'baseline' ? model.name.replaceAll(' ', '-') : model.kind;
  const before = models.slice(0, models.indexOf(model)).filter(({ kind }) => kind === model.kind);
  const order = model.kind === 'baseline' ? 0 : before.length;
  const rank = ['', 'second', 'later'][Math.min(order, 2)]!;
  return `series ${kind} ${rank} ${models[0] === model ? 'first' : ''}`;
}

export const score = (value: number | null | undefined, digits: number) =>
  value === null || value === undefined ? NO_VALUE : number(value, digits);

/** A share in percent, or a dash. */
export const share = (value: number | null | undefined, digits = 1) =>
  value === null || value === undefined ? NO_VALUE : number(value * 100, digits);

/** In percent with its sign, a true minus; no sign where no digit of it shows. */
export function signedShare(value: number, digits = 2): string {
  const text = number(Math.abs(value) * 100, digits);
  return Number(text) === 0 ? text : `${value < 0 ? MINUS : '+'}${text}`;
}

export const between = (interval: Interval, text: (value: number) => string = percent) =>
  interval ? `${text(interval.low)} to ${text(interval.high)}` : NO_VALUE;

/** What the desk names at a threshold, with the model's own margin of safety; a model's own pick. */
export function deskPolicy({ policies }: JudgedModel, threshold: number): PolicyResult | null {
  const plain = policies.filter(
    (row) => row.policy === 'largest-safe' && row.threshold === threshold && !row.corrected,
  );
  return plain.at(-1) ?? policies.find((row) => row.threshold === null) ?? null;
}

const POLICIES: Readonly<Record<PolicyResult['policy'], string>> = {
  'largest-safe': 'Largest under the limit',
  'best-return': 'Best past mean return under the limit',
  'most-likely': 'Most likely best size',
  fixed: 'Fixed share of margin',
};
export const policyName = ({ policy, corrected }: PolicyResult) =>
  `${POLICIES[policy]}${corrected ? ', corrected by closed trades' : ''}`;

const RULE = 'volatility rule';

/** Every model against the volatility rule, in a sentence each: by the whole interval only. */
export function againstRule({ differences }: Evaluation): { name: string; text: string }[] {
  return differences
    .filter(({ measure, against }) => measure === 'logLoss' && against === RULE)
    .map(({ model, difference, interval }) => {
      const signed = (value: number) => `${value < 0 ? MINUS : '+'}${number(Math.abs(value), 4)}`;
      const side = sideOfZero(interval);
      const verdict = !interval
        ? 'too few months to tell'
        : side
          ? { below: 'lower', above: 'higher' }[side]
          : 'cannot be told apart';
      return {
        name: model,
        text: `${signed(difference)}, month interval ${between(interval, signed)}: ${verdict}`,
      };
    });
}

/** How much more often one direction of the first model was liquidated; null where it was not. */
export function directionsWarning({ groups }: Evaluation, threshold: number): string | null {
  const policyOf = (name: string) => {
    const group = groups.find((one) => one.name === name);
    return group ? deskPolicy(group.models[0]!, threshold) : null;
  };
  const [long, short] = [policyOf('long'), policyOf('short')];
  if (!long?.realised || !short?.realised) return null;
  const [more, fewer, ratio] =
    short.realised >= long.realised
      ? ['Shorts', 'longs', short.realised / long.realised]
      : ['Longs', 'shorts', long.realised / short.realised];
  if (ratio < 1.5) return null;
  return `${more} were liquidated ${number(ratio, 1)} times as often as ${fewer} on these bars. The safety factor covers both on average, not each alone.`;
}

/** Name of a group as it is read. */
export const groupName = (name: string) =>
  ({ all: 'All', long: 'Long', short: 'Short' })[name] ?? name;
