import type { Limit } from '../limits.ts';
import type { Direction } from '../units.ts';

/** What a rule is asked for with: a number, or a list of at most so many. */
export type ExitParameter = Limit | { readonly each: Limit; readonly most: number };

/** In the order in which a rule is stored. Every rule ends a trade after `cap` bars. */
export interface ExitParameters {
  readonly [name: string]: ExitParameter;
  readonly cap: Limit;
}

/** A rule with its parameters' values: plain data. */
export type RuleWith<Kind extends string, Parameters extends ExitParameters> = {
  readonly [Name in keyof Parameters | 'kind']: Name extends 'kind'
    ? Kind
    : Parameters[Name] extends { readonly each: Limit }
      ? readonly number[]
      : number;
};

/** Periods, in bars, of two moving averages of the close. */
export interface Averages {
  readonly fast: number;
  readonly slow: number;
}

/** A rule made ready for the closes of one series; the cap is not its concern. */
export interface ExitSignals {
  /** Whether a trade may begin at the close of bar `at`; left out where it may at any. */
  allows?(at: number, direction: Direction): boolean;
  /**
   * Bar that ends a trade entered at the close of bar `entry`; the number of bars or more where none
   * does. `draw` in [0, 1) decides holding times that a rule draws.
   */
  signal(entry: number, direction: Direction, draw: number): number;
}

/** What is particular to a kind of rule. */
export interface ExitKind<Rule> {
  /** As a plan is read: "a cross of averages". */
  readonly name: string;
  /** What tells one rule of the kind from another: "32/128". */
  detail(rule: Rule): string;
  /** What a trade of the rule ends on: "32/128 crosses". */
  trait(rule: Rule): string;
  /** Averages that the rule watches, for the chart and the features; null where it watches none. */
  averages(rule: Rule): Averages | null;
  /** Whether a trade that is planned to last so many bars is held for them, whatever is drawn. */
  readonly holdsAsPlanned: boolean;
  /** Candles without which no trade begins, that of the entry included. */
  candles(rule: Rule): number;
  prepare(close: Float64Array, rule: Rule): ExitSignals;
  /** What is wrong between parameters that are within their limits; null where nothing is. */
  problem?(rule: Rule): string | null;
}

interface Defined<Kind extends string, Parameters extends ExitParameters> extends ExitKind<
  RuleWith<Kind, Parameters>
> {
  readonly kind: Kind;
  readonly parameters: Parameters;
}

/** The same for everyone, and asked for by its kind alone. */
export interface CommonExitKind<
  Kind extends string,
  Parameters extends ExitParameters,
> extends Defined<Kind, Parameters> {
  readonly common: Omit<RuleWith<Kind, Parameters>, 'kind'>;
}

/** Every trader has one of their own, which the command line takes as a word. */
export interface PersonalExitKind<
  Kind extends string,
  Parameters extends ExitParameters,
> extends Defined<Kind, Parameters> {
  readonly word: ExitWord<RuleWith<Kind, Parameters>>;
}

export interface ExitWord<Rule> {
  /** "own:TRADES:BARS,…", and what holds of it. */
  readonly form: string;
  readonly hint: string;
  write(rule: Rule): string;
  /** A rule that has yet to be checked; null where the word is of another kind. */
  read(word: string): object | null;
}

export const commonExit = <const Kind extends string, const Parameters extends ExitParameters>(
  kind: CommonExitKind<Kind, Parameters>,
) => kind;

export const personalExit = <const Kind extends string, const Parameters extends ExitParameters>(
  kind: PersonalExitKind<Kind, Parameters>,
) => kind;

/** For every bar the first later bar at which `isSignal`, or the number of bars. */
export function nextSignal(bars: number, isSignal: (at: number) => boolean): Int32Array {
  const next = new Int32Array(bars);
  let seen = bars;
  for (let i = bars - 1; i >= 0; i--) {
    next[i] = seen;
    if (isSignal(i)) seen = i;
  }
  return next;
}

/** Of an average or an index, in bars. */
export const PERIOD = { from: 2, to: 2_000, whole: true } as const;
/** Bars after which a trade ends whatever happens. */
export const CAP = { from: 2, to: 10_000, whole: true } as const;
