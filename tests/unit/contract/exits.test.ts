import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import type { Handlers } from '../../../src-main/contract/calls.ts';
import { generationPlan } from '../../../src-main/contract/datasets.ts';
import { exitRule } from '../../../src-main/contract/exits.ts';
import type { Assert, Same } from '../../../src-main/contract/same-type.ts';
import { answer } from '../../../src-main/contract/transport.ts';
import type { ExitParameter } from '../../../src-main/domain/exits/define-exit.ts';
import {
  choiceOf,
  EXIT_KINDS,
  EXIT_RULE_NAMES,
  EXIT_RULES,
  exitRuleText,
  exitWord,
  isTextOfPlan,
  kindOf,
  type ExitRule,
  type PersonalExit,
} from '../../../src-main/domain/exits/exit-rule.ts';
import { prepareExits } from '../../../src-main/domain/exits/exits.ts';
import type { Limit } from '../../../src-main/domain/limits.ts';
import { originOf, readOrigin } from '../../../src-main/datasets/origin.ts';
import { exitRule as exitOption } from '../../../src-main/hosts/cli/options.ts';
import { readModelFile, writeModelFile } from '../../../src-main/models/model-file.ts';
import { PLAN } from '../../support/generation.ts';
import { barsOf } from '../../support/market.ts';
import { SOURCE, SPEC } from '../datasets/run.ts';
import { untrained } from '../models/fixtures.ts';

/** One of each kind that has none in common. */
const PERSONAL: { readonly [Kind in PersonalExit['kind']]: PersonalExit } = {
  own: { kind: 'own', holding: [3, 8, 8, 90], trades: 41, cap: 90 },
};
const RULES: Readonly<Record<string, ExitRule>> = { ...EXIT_RULES, ...PERSONAL };

/** Numbers just outside a limit. */
const outside = ({ from, above, to, below, whole }: Limit) => [
  ...(from === undefined ? [] : [from - 1]),
  ...(to === undefined ? [] : [to + 1]),
  ...[above, below, whole && 3.5, NaN].filter((value) => value !== undefined),
];

it('there is a rule of every kind of the table, under its own name', () => {
  expect(Object.keys(RULES).toSorted()).toEqual(EXIT_RULE_NAMES.toSorted());
  for (const name of EXIT_RULE_NAMES) expect(EXIT_KINDS[name].kind).toBe(name);
});

describe.each(EXIT_RULE_NAMES)('an exit rule of the kind %s', (name) => {
  const rule = RULES[name]!;
  const choice = choiceOf(rule);

  it('is stored and read again as it was, its fields in the same order', () => {
    const stored = JSON.stringify(rule);
    expect(JSON.stringify(exitRule.parse(JSON.parse(stored)))).toBe(stored);
  });

  it('is asked for by its word on the command line', () => {
    expect(exitOption.schema.parse(exitWord(choice))).toEqual(choice);
  });

  it('stands in the plan of a job', () => {
    const plan = JSON.stringify({ ...PLAN, exit: choice });
    expect(JSON.stringify(generationPlan.parse(JSON.parse(plan)))).toBe(plan);
  });

  it('is told by its text from every other', () => {
    const text = exitRuleText(rule);
    const others = Object.values(RULES).filter((other) => isTextOfPlan(text, choiceOf(other)));
    expect(others).toEqual([rule]);
  });

  it('is refused with a parameter that is missing or beyond its limits', () => {
    for (const [field, limits] of Object.entries<ExitParameter>(EXIT_KINDS[name].parameters)) {
      const wrong: unknown[] =
        'each' in limits
          ? [[], 1, outside(limits.each), Array(limits.most + 1).fill(limits.each.from)]
          : outside(limits);
      for (const value of [undefined, 'x', ...wrong]) {
        const { success } = exitRule.safeParse({ ...rule, [field]: value });
        expect({ field, value, success }).toMatchObject({ success: false });
      }
    }
  });

  it('begins no trade before the candles that it needs, and ends each by its cap', () => {
    const bars = barsOf(
      Array.from({ length: 1_500 }, (_, i) => ({
        gap: 0,
        body: i % 7 < 3 ? 90 : -110,
        upper: 9,
        lower: 9,
      })),
    );
    const exits = prepareExits(bars, rule);
    const entered = [...bars.close.keys()].filter((at) => exits.mayEnter(at, 'short'));
    expect(entered.length).toBeGreaterThan(0);
    expect(entered[0]).toBeGreaterThanOrEqual(kindOf(rule).candles(rule) - 1);
    for (const at of entered) {
      const held = exits.exitOf(at, 'short', 0.999) - at;
      expect(held).toBeGreaterThan(0);
      expect(held).toBeLessThanOrEqual(rule.cap);
    }
  });
});

/** The type check refuses a schema that differs from the rules: by a kind, a field or its type. */
export type Refused = [
  // @ts-expect-error The schema lacks a rule.
  Assert<Same<Exclude<z.output<typeof exitRule>, { kind: 'hold' }>, ExitRule>>,
  // @ts-expect-error The schema has a rule that is none.
  Assert<Same<z.output<typeof exitRule> | { kind: 'novel'; cap: number }, ExitRule>>,
  // @ts-expect-error A field more, even one that may be left out.
  Assert<Same<z.output<typeof exitRule> & { note?: string }, ExitRule>>,
  // @ts-expect-error A field of another type.
  Assert<Same<{ cap: string }, { cap: number }>>,
];

describe('a stored rule that this version does not know', () => {
  const novel = { kind: 'novel', cap: 100 } as unknown as ExitRule;

  it('is a coded error where a dataset was drawn with it', () => {
    const quota = { kind: 'natural', trades: 10 } as const;
    const kept = originOf({ ...SPEC, exit: novel }, quota, SOURCE);
    expect(() => readOrigin('of tomorrow', kept)).toThrow(
      'The dataset "of tomorrow" was drawn from what this version cannot read ' +
        '(spec.exit.kind: is an exit rule that this version does not know).',
    );
  });

  it('is a coded error where a model was trained for it', () => {
    const { sha256: _, ...file } = JSON.parse(writeModelFile(untrained(1)));
    const model = { ...file.model, exitRule: novel };
    const sha256 = createHash('sha256').update(JSON.stringify(model)).digest('hex');
    expect(() => readModelFile(JSON.stringify({ ...file, sha256, model }))).toThrow(
      'model.exitRule.kind: is an exit rule that this version does not know',
    );
  });

  it('is a coded error where a call names it', async () => {
    const place = { series: 'S', timeframe: null, bar: 1, direction: 'long', rule: novel };
    expect(await answer({} as Handlers, 'trades.holding', place)).toMatchObject({
      ok: false,
      fault: {
        code: 'bad-argument',
        happened: 'trades.holding.rule.kind: is an exit rule that this version does not know',
      },
    });
  });
});
