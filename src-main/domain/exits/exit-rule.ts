import { cross } from './cross.ts';
import { hold } from './hold.ts';
import { own } from './own.ts';
import { rsi } from './rsi.ts';
import { trend } from './trend.ts';
import type { Averages, ExitKind, ExitWord, RuleWith } from './define-exit.ts';

/*
 * When a trade ends by itself (product rules, section 2); there is no stop loss. All that has to know
 * of a kind of rule follows from this table: types, schema, words of the command line, choices of the
 * window.
 */

/** Every kind of rule by its name, in the order in which a trader chooses among them. */
export const EXIT_KINDS = { cross, rsi, hold, trend, own } as const satisfies Readonly<
  Record<string, { readonly kind: string }>
>;

type ExitKinds = typeof EXIT_KINDS;
type RuleOf<Kind> = Kind extends { kind: infer Name extends string; parameters: infer Parameters }
  ? RuleWith<Name, Extract<Parameters, { cap: object }>>
  : never;
export type ExitRule = RuleOf<ExitKinds[keyof ExitKinds]>;
export type ExitRuleName = ExitRule['kind'];
/** Rules that are the same for everyone. */
export type CommonExit = {
  [Name in ExitRuleName]: ExitKinds[Name] extends { common: object } ? Name : never;
}[ExitRuleName];
/** Rules that every trader has one of their own of. */
export type PersonalExit = Extract<ExitRule, { kind: Exclude<ExitRuleName, CommonExit> }>;

/** What trades may be asked for with: a rule by its name, or one's own. */
export type ExitChoice = CommonExit | PersonalExit;

export const EXIT_RULE_NAMES = Object.keys(EXIT_KINDS) as readonly ExitRuleName[];
export const isCommonExit = (name: ExitRuleName): name is CommonExit =>
  'common' in EXIT_KINDS[name];
/** The common ones, in order. */
export const COMMON_EXITS = EXIT_RULE_NAMES.filter(isCommonExit);

export const EXIT_RULES = Object.fromEntries(
  COMMON_EXITS.map((kind) => [kind, { kind, ...EXIT_KINDS[kind].common }]),
) as { readonly [Name in CommonExit]: Extract<ExitRule, { kind: Name }> };

/** What is particular to the kind of a rule. */
export const kindOf = (rule: ExitRule): ExitKind<ExitRule> => EXIT_KINDS[rule.kind];

export const ruleOf = (choice: ExitChoice): ExitRule =>
  typeof choice === 'string' ? EXIT_RULES[choice] : choice;

const isPersonal = (rule: ExitRule): rule is PersonalExit => !isCommonExit(rule.kind);

/** What a rule is asked for by. */
export const choiceOf = (rule: ExitRule): ExitChoice =>
  isPersonal(rule) ? rule : (rule.kind as CommonExit);

const wordOf = (rule: PersonalExit): ExitWord<PersonalExit> => EXIT_KINDS[rule.kind].word;

/** As `--exit` takes it: its name, or a word of one's own. No two rules have the same. */
export const exitWord = (choice: ExitChoice) =>
  typeof choice === 'string' ? choice : wordOf(choice).write(choice);

const WORDS = EXIT_RULE_NAMES.flatMap((name) => {
  const kind = EXIT_KINDS[name];
  return 'word' in kind ? [kind.word] : [];
});

/** What `--exit` takes, and how that is said where it took none. */
export const EXIT_WORDS = {
  forms: [...COMMON_EXITS, ...WORDS.map(({ form }) => form)],
  text: [COMMON_EXITS.join(' or '), ...WORDS.map(({ form, hint }) => `or ${form} ${hint}`)].join(
    ', ',
  ),
} as const;

/** What a word of `--exit` asks for, which has yet to be checked. */
export const readExitWord = (word: string): unknown =>
  WORDS.map(({ read }) => read(word)).find((rule) => rule !== null) ?? word;

/** Whether trades of a rule end as a plan says: its own rule, or any of the common kind that it names. */
export const isOfPlan = (rule: ExitRule, plan: ExitChoice): boolean =>
  exitWord(choiceOf(rule)) === exitWord(plan);

/** The rule that a trade of a plan ends by: the model's, where it is of the plan. */
export const plannedRule = (plan: ExitChoice, ofModel: ExitRule | null | undefined): ExitRule =>
  ofModel && isOfPlan(ofModel, plan) ? ofModel : ruleOf(plan);

/** How a rule is read: "cross 32/128". */
export const exitRuleText = (rule: ExitRule) => `${rule.kind} ${kindOf(rule).detail(rule)}`;

/** How what is asked for is read. */
export const exitChoiceText = (choice: ExitChoice) => exitRuleText(ruleOf(choice));

/** Whether a rule that `exitRuleText` wrote is of a plan. */
export const isTextOfPlan = (text: string, plan: ExitChoice): boolean =>
  typeof plan === 'string' ? text.startsWith(`${plan} `) : text === exitRuleText(plan);

/** As a plan is read: "a cross of averages". */
export const ruleName = (plan: ExitChoice) => kindOf(ruleOf(plan)).name;

/** What a trade of the rule ends on: "32/128 crosses". */
export const exitTrait = (rule: ExitRule) => kindOf(rule).trait(rule);

/** Averages that the rule watches; null where it watches none. */
export const averagesOf = (rule: ExitRule): Averages | null => kindOf(rule).averages(rule);
