/** When a trade ends by itself (product rules, section 2). There is no stop loss. */
export type ExitRule =
  | { readonly kind: 'cross'; readonly fast: number; readonly slow: number; readonly cap: number }
  | { readonly kind: 'trend'; readonly fast: number; readonly slow: number; readonly cap: number }
  | {
      readonly kind: 'rsi';
      readonly period: number;
      readonly high: number;
      readonly low: number;
      readonly cap: number;
    }
  | { readonly kind: 'hold'; readonly shortest: number; readonly cap: number }
  | OwnExit;

/** Holding times as the trader's own trades had them (`own-exits.ts`). */
export interface OwnExit {
  readonly kind: 'own';
  /** Bars, rising: each is held as often as the others. */
  readonly holding: readonly number[];
  /** Trades that the trader ended, which they stand on. */
  readonly trades: number;
  /** The longest of them. */
  readonly cap: number;
}

export type ExitRuleName = ExitRule['kind'];
/** Rules that are the same for everyone. */
export type CommonExit = Exclude<ExitRuleName, 'own'>;

export const EXIT_RULES: { readonly [Name in CommonExit]: ExitRule & { kind: Name } } = {
  cross: { kind: 'cross', fast: 32, slow: 128, cap: 720 },
  rsi: { kind: 'rsi', period: 14, high: 70, low: 30, cap: 480 },
  hold: { kind: 'hold', shortest: 24, cap: 720 },
  trend: { kind: 'trend', fast: 48, slow: 192, cap: 960 },
};

/** What trades may be asked for with: a rule by its name, or one's own. */
export type ExitChoice = CommonExit | OwnExit;

export const ruleOf = (choice: ExitChoice): ExitRule =>
  typeof choice === 'string' ? EXIT_RULES[choice] : choice;

/** What a rule is asked for by. */
export const choiceOf = (rule: ExitRule): ExitChoice => (rule.kind === 'own' ? rule : rule.kind);

/** As `--exit` takes it: its name, or `own:TRADES:BARS,BARS,…`. No two rules have the same. */
export const exitWord = (choice: ExitChoice) =>
  typeof choice === 'string' ? choice : `own:${choice.trades}:${choice.holding.join(',')}`;

/** Whether trades of a rule end as a plan says: its own rule, or any of the common kind that it names. */
export const isOfPlan = (rule: ExitRule, plan: ExitChoice): boolean =>
  exitWord(choiceOf(rule)) === exitWord(plan);

/** The rule that a trade of a plan ends by: the model's, where it is of the plan. */
export const plannedRule = (plan: ExitChoice, ofModel: ExitRule | null | undefined): ExitRule =>
  ofModel && isOfPlan(ofModel, plan) ? ofModel : ruleOf(plan);

/** Names of the rules, as a plan is read. */
const NAMES: Readonly<Record<ExitRuleName, string>> = {
  cross: 'a cross of averages',
  rsi: 'RSI',
  hold: 'a holding time',
  trend: 'the end of a trend',
  own: 'your own holding times',
};

export const ruleName = (plan: ExitChoice) => NAMES[ruleOf(plan).kind];

/** Whether a rule that `exitRuleText` wrote is of a plan. */
export const isTextOfPlan = (text: string, plan: ExitChoice): boolean =>
  typeof plan === 'string' ? text.startsWith(`${plan} `) : text === exitRuleText(plan);

/** What a trade of the rule ends on: "32/128 crosses". */
export function exitTrait(rule: ExitRule): string {
  switch (rule.kind) {
    case 'cross':
      return `${rule.fast}/${rule.slow} crosses`;
    case 'trend':
      return `the end of ${rule.fast}/${rule.slow} trends`;
    case 'rsi':
      return `RSI ${rule.high} and ${rule.low}`;
    case 'hold':
      return `holding times of ${rule.shortest} to ${rule.cap} bars`;
    case 'own':
      return `the holding times of ${rule.trades} trades of yours`;
  }
}

/** How what is asked for is read. */
export const exitChoiceText = (choice: ExitChoice) => exitRuleText(ruleOf(choice));

/** How a rule is read: "cross 32/128". */
export function exitRuleText(rule: ExitRule): string {
  switch (rule.kind) {
    case 'cross':
    case 'trend':
      return `${rule.kind} ${rule.fast}/${rule.slow}`;
    case 'rsi':
      return `rsi ${rule.period} over ${rule.high} / under ${rule.low}`;
    case 'hold':
      return `hold ${rule.shortest} to ${rule.cap} bars`;
    case 'own':
      return `own ${rule.holding[0]} to ${rule.cap} bars, from ${rule.trades} trades`;
  }
}
