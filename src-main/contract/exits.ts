import { PLANNED_HOLDING } from '../domain/limits.ts';
import { z } from 'zod';
import type { ExitKind, ExitParameter } from '../domain/exits/define-exit.ts';
import {
  COMMON_EXITS,
  EXIT_KINDS,
  EXIT_RULE_NAMES,
  isCommonExit,
  type ExitChoice,
  type ExitRule,
  type ExitRuleName,
} from '../domain/exits/exit-rule.ts';
import type { Assert, Same } from './same-type.ts';
import { within } from './units.ts';

/** Schema of a kind of rule, out of what its file says of its parameters. */
type SchemaOf<Kind> = Kind extends { kind: infer Name extends string; parameters: infer Parameters }
  ? z.ZodObject<
      { kind: z.ZodLiteral<Name> } & {
        [Parameter in keyof Parameters]: Parameters[Parameter] extends { each: object }
          ? z.ZodReadonly<z.ZodArray<z.ZodNumber>>
          : z.ZodNumber;
      }
    >
  : never;

const parameterSchema = (parameter: ExitParameter) =>
  'each' in parameter
    ? z.array(within(parameter.each)).min(1).max(parameter.most).readonly()
    : within(parameter);

function schemaOf<Name extends ExitRuleName>(name: Name): SchemaOf<(typeof EXIT_KINDS)[Name]> {
  const { kind, parameters } = EXIT_KINDS[name];
  const { problem }: ExitKind<ExitRule> = EXIT_KINDS[name];
  const shape = Object.entries<ExitParameter>(parameters).map(
    ([parameter, limits]) => [parameter, parameterSchema(limits)] as const,
  );
  const schema = z
    .object({ kind: z.literal(kind), ...Object.fromEntries(shape) })
    .superRefine((rule, context) => {
      const wrong = problem?.(rule as unknown as ExitRule);
      if (wrong) context.addIssue(wrong);
    });
  return schema as unknown as SchemaOf<(typeof EXIT_KINDS)[Name]>;
}

type OneOf<Schema> = [Schema, ...Schema[]];
const each = <Name extends ExitRuleName>(names: readonly Name[]) =>
  names.map(schemaOf) as OneOf<SchemaOf<(typeof EXIT_KINDS)[Name]>>;

export const exitRule = z.discriminatedUnion('kind', each(EXIT_RULE_NAMES), {
  error: ({ code }) =>
    code === 'invalid_union' ? 'is an exit rule that this version does not know' : undefined,
});
export const ownExit = schemaOf('own');
/** A rule by its name, or one of the trader's own. */
export const exitChoice = z.union([
  z.enum(COMMON_EXITS),
  ...each(EXIT_RULE_NAMES.filter((name) => !isCommonExit(name))),
]);

/** A rule that either side lacks fails the type check here. */
export type ExitSchemasAreWhole = [
  Assert<Same<z.output<typeof exitRule>, ExitRule>>,
  Assert<Same<z.output<typeof exitChoice>, ExitChoice>>,
];

/** How the trader means to leave the next trade. */
export const exitPlan = z.object({
  exit: exitChoice,
  /** Bars that the trade is meant to last; null where the trader names none. */
  holding: within(PLANNED_HOLDING).nullable(),
});
export type ExitPlan = z.infer<typeof exitPlan>;
