import { extname } from 'node:path';
import { z } from 'zod';
import { CodedError } from '../../contract/errors.ts';
import { DEFAULT_MARKET } from '../../domain/instrument.ts';
import { trainingPreset } from '../../contract/training.ts';
import { exitChoice } from '../../contract/exits.ts';
import { modelKind as modelKindOf } from '../../contract/models.ts';
import {
  clockChoice,
  TIMEFRAMES,
  type ClockChoice,
  type Timeframe,
} from '../../contract/series.ts';
import { EXIT_WORDS, readExitWord, type ExitChoice } from '../../domain/exits/exit-rule.ts';
import {
  ANY_EQUITY,
  ANY_THRESHOLD,
  BATCH,
  CONTRACT_SIZE,
  ENTRY_STEP,
  EPOCHS,
  isWithin,
  LEARNING_RATE,
  LEVERAGE,
  MOST_COMPARED,
  PATIENCE,
  SAFETY_FACTOR,
  SEED,
  STOP_OUT,
  WEIGHT_DECAY,
  type Limit,
} from '../../domain/limits.ts';
import { isoTime } from '../../domain/time/time.ts';
import { POLICIES, type Policy } from '../../domain/risk/decision.ts';
import type { StopOutRule } from '../../domain/account/broker.ts';
import type { Direction, Fraction, Money, Ounces, UtcSeconds } from '../../domain/units.ts';
import type { Option } from './command.ts';

type Schema<Value> = z.ZodType<Value, string | boolean | undefined>;

/** An option of its own kind. */
export const custom = <Value>(takes: string, help: string, schema: z.ZodType<Value, string>) => ({
  takes,
  help,
  schema: schema as unknown as Schema<Value>,
});

/** The option must be given. */
export function required<Value>({ takes, help, schema }: Option<Value>): Option<Value> {
  const present = z.custom<string>((value) => value !== undefined, `is missing (${takes})`);
  return { takes, help, schema: present.pipe(schema as never) as unknown as Schema<Value> };
}

/** The option may be left out. */
export function optional<Value>({ takes, help, schema }: Option<Value>): Option<Value | undefined> {
  return { takes, help, schema: schema.optional() as Schema<Value | undefined> };
}

/** The option may be left out and then has this value, which the help writes as `shown`. */
export function byDefault<Value>(
  given: Option<Value>,
  value: Value,
  shown = String(value),
): Option<Value> {
  const schema = given.schema.optional().transform((found) => found ?? value);
  const help = `${given.help} (default ${shown})`;
  return { takes: given.takes, help, schema: schema as Schema<Value> };
}

export const flag = (help: string): Option<boolean> => ({
  takes: null,
  help,
  schema: z
    .boolean()
    .optional()
    .transform((set) => set === true) as Schema<boolean>,
});

export const text = (takes: string, help: string) =>
  custom(takes, help, z.string().min(1, 'must not be empty'));

/** Names between commas. */
export const names = (help: string) =>
  custom(
    'A,B,C',
    help,
    z.string().transform((word, context) => {
      const list = word.split(',').map((name) => name.trim());
      if (list.every((name) => name !== '') && list.length <= MOST_COMPARED) return list;
      context.addIssue(`must be up to ${MOST_COMPARED} names between commas`);
      return z.NEVER;
    }),
  );

export function number(takes: string, help: string, limit: Limit): Option<number> {
  const { from, above, to, below, whole } = limit;
  const rule = [
    whole ? 'must be a whole number' : 'must be a number',
    above === undefined ? '' : `above ${above}`,
    from === undefined ? '' : `from ${from}`,
    to === undefined ? '' : `up to ${to}`,
    below === undefined ? '' : `below ${below}`,
  ];
  return custom(
    takes,
    help,
    z.string().transform((word, context) => {
      const value = word.trim() === '' ? NaN : Number(word);
      if (isWithin(limit, value)) return value;
      context.addIssue(rule.filter(Boolean).join(' '));
      return z.NEVER;
    }),
  );
}

export const wholeNumber = (takes: string, help: string, limit: Limit) =>
  number(takes, help, { ...limit, whole: true });

export const equity = number('MONEY', 'equity of the account', ANY_EQUITY) as Option<Money>;
export const threshold = number(
  'SHARE',
  'accepted P(liquidation), such as 0.1',
  ANY_THRESHOLD,
) as Option<Fraction>;
export const safetyFactor = number(
  'SHARE',
  'the limit is threshold times this',
  SAFETY_FACTOR,
) as Option<Fraction>;
export const leverage = number('TIMES', "the broker's leverage", LEVERAGE);

export const contract = number(
  'OZ',
  'ounces of a lot (default: as profits in USD show it, else 100)',
  CONTRACT_SIZE,
) as Option<Ounces>;

export const fixedSize = number('OZ', 'a size that every trade is also settled at, to compare', {
  above: 0,
  to: 1e6,
}) as Option<Ounces>;

const oneOf = <Word extends string>(words: readonly Word[], help: string): Option<Word> =>
  custom(
    words.join('|'),
    help,
    z.enum(words as [Word, ...Word[]], `must be ${words.join(' or ')}`),
  );

export const direction: Option<Direction> = oneOf(['long', 'short'], 'side of the trade');
export const modelKind = oneOf(
  [...modelKindOf.options, 'all'],
  'kind of model; all trains the three, their kind added to NAME',
);
export const preset = oneOf(trainingPreset.options, 'how long it trains');
export const epochs = number('N', 'instead of the preset’s', EPOCHS);
export const batch = number('TRADES', 'trades a step', BATCH);
export const learningRate = number('RATE', 'highest learning rate of the cycle', LEARNING_RATE);
export const weightDecay = number('SHARE', 'weight decay', WEIGHT_DECAY);
export const patience = number('EPOCHS', 'epochs without a better one that end it', PATIENCE);
export const policy: Option<Policy> = oneOf(POLICIES, 'how the size is picked');
export const timeframe = oneOf(Object.keys(TIMEFRAMES) as Timeframe[], 'step of the bars');
export const exitRule: Option<ExitChoice> = custom(
  EXIT_WORDS.forms.join('|'),
  'rule that ends a trade',
  z.string().transform((word, context) => {
    const parsed = exitChoice.safeParse(readExitWord(word));
    if (parsed.success) return parsed.data;
    context.addIssue(`must be ${EXIT_WORDS.text}`);
    return z.NEVER;
  }),
);
export const clock: Option<ClockChoice> = custom(
  'CLOCK',
  "the file's clock: auto, utc, new-york-close, or an offset such as +02:00",
  z.string().transform((word, context) => {
    const parsed = clockChoice.safeParse(word.toLowerCase());
    if (parsed.success) return parsed.data;
    context.addIssue('must be auto, utc, new-york-close, or an offset such as +02:00');
    return z.NEVER;
  }),
);

const TIME = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?$/;

/** A day or a time in UTC; a day alone stands for its first second, or for its end as an upper bound. */
export function time(help: string, dayMeans: 'its start' | 'its end' = 'its start') {
  return custom(
    'TIME',
    help,
    z.string().transform((word, context) => {
      const whole = word.length === 10;
      const iso = whole ? `${word}T00:00:00` : word.replace(' ', 'T').replace(/Z$/, '');
      const milliseconds = TIME.test(word) ? Date.parse(`${iso}Z`) : NaN;
      // Date.parse reads 31 February as 3 March.
      if (
        Number.isFinite(milliseconds) &&
        isoTime(milliseconds / 1000).startsWith(iso.slice(0, 16))
      ) {
        const day = whole && dayMeans === 'its end' ? 86_400 : 0;
        return (milliseconds / 1000 + day) as UtcSeconds;
      }
      context.addIssue('must be a day or a time in UTC, such as 2023-01-31 or 2023-01-31T14:00');
      return z.NEVER;
    }),
  );
}

/** Options that do not go together. */
export function refuse(problem: string): never {
  throw new CodedError('bad-argument', { problem });
}

/** A span that ends before it begins is a slip of the pen. */
export function requireSpan(from: UtcSeconds, to: UtcSeconds): void {
  if (from < to) return;
  refuse('--to must be later than --from.');
}

/** `equity:0.30` or `margin:0.50`. */
export const stopOut: Option<StopOutRule> = custom(
  'RULE',
  'when the broker liquidates: equity:0.30 (share of equity) or margin:0.50 (margin level)',
  z.string().transform((word, context): StopOutRule => {
    const [, kind, digits] = /^(equity|margin):(\d*\.?\d+)$/.exec(word) ?? [];
    const share = Number(digits) as Fraction;
    if (kind === 'equity' && isWithin(STOP_OUT[kind], share)) return { kind, fraction: share };
    if (kind === 'margin' && isWithin(STOP_OUT[kind], share)) return { kind, level: share };
    context.addIssue('must be equity:SHARE with a share under 1, or margin:LEVEL up to 1');
    return z.NEVER;
  }),
);

export const every = byDefault(number('BARS', 'an entry every so many bars', ENTRY_STEP), 3);
export const seed = byDefault(number('SEED', 'seed of everything random', SEED), 1);
export const market = byDefault(text('NAME', `fitted market`), DEFAULT_MARKET);
/** A file whose ending says what is written. */
function fileOf<Format extends string>(help: string, formats: readonly [Format, ...Format[]]) {
  const known = z.enum(formats);
  const endings = formats.map((format) => `.${format}`).join(' or ');
  return custom(
    'FILE',
    `${help}, by its ending ${endings}`,
    z.string().transform((file, context) => {
      const format = known.safeParse(extname(file).slice(1).toLowerCase());
      if (format.success) return { file, format: format.data as Format };
      context.addIssue(`must end in ${endings}`);
      return z.NEVER;
    }),
  );
}

export const reportFile = fileOf('report of the evaluation', ['html', 'json']);
export const journalFile = fileOf('file to write', ['csv', 'parquet', 'html']);
