/*
 * What a trader may ask for. Each limit stands here once, in the unit that is named beside it: the
 * contract's schemas, the fields of the window and the options of the command line read it. Those of an
 * exit rule's parameters stand in the file of the rule.
 */

/** Numbers that are taken: `from` and `to` among them, `above` and `below` not. */
export interface Limit {
  readonly from?: number;
  readonly above?: number;
  readonly to?: number;
  readonly below?: number;
  /** Whole numbers alone. */
  readonly whole?: true;
  /** Where a field of the window takes less, for its digits show no more. */
  readonly typed?: { readonly from?: number; readonly to?: number };
}

/** Whether a number is taken. */
export const isWithin = (
  { from = -Infinity, above = -Infinity, to = Infinity, below = Infinity, whole }: Limit,
  value: number,
): boolean =>
  Number.isFinite(value) &&
  value >= from &&
  value > above &&
  value <= to &&
  value < below &&
  (!whole || Number.isInteger(value));

/** Times the margin that the broker lends. */
export const LEVERAGE = { from: 1, to: 1_000 } as const satisfies Limit;
/** Of the desk, in account money. */
export const EQUITY = { from: 20, to: 100_000 } as const satisfies Limit;
/** That the command line answers for: accounts of any kind. */
export const ANY_EQUITY = { above: 0, to: 1e9 } as const satisfies Limit;
/** Accepted P(liquidation) of the desk, as a share. */
export const THRESHOLD = { from: 0.01, to: 0.25 } as const satisfies Limit;
/** That the command line answers for. */
export const ANY_THRESHOLD = { above: 0, to: 1 } as const satisfies Limit;
/** Share of the threshold. */
export const SAFETY_FACTOR = { above: 0, to: 1, typed: { from: 0.05 } } as const satisfies Limit;
/** Share of the equity at entry, and margin level as a share, at which the broker liquidates. */
export const STOP_OUT = {
  equity: { from: 0, below: 1, typed: { to: 0.99 } },
  margin: { from: 0, to: 1, typed: { to: 0.99 } },
} as const satisfies Record<string, Limit>;
/** Spread, and commission of a side, in account money per ounce. */
export const COST = { from: 0, typed: { to: 1_000 } } as const satisfies Limit;
/** A night, in account money per ounce; negative where it is a credit. */
export const SWAP = { typed: { from: -1_000, to: 1_000 } } as const satisfies Limit;
/** Ounces of a lot. */
export const CONTRACT_SIZE = {
  above: 0,
  to: 100_000,
  typed: { from: 0.01 },
} as const satisfies Limit;
/** Lots. */
export const LOT_STEP = { above: 0, to: 100, typed: { from: 0.0001 } } as const satisfies Limit;
/** Margin that other positions use, in account money. */
export const OTHER_MARGIN = { from: 0, to: 1e9, typed: { to: 1_000_000 } } as const satisfies Limit;
/** Bars that a trade is planned to last. */
export const PLANNED_HOLDING = { from: 1, to: 10_000, whole: true } as const satisfies Limit;

/** Trades of a dataset. */
export const DATASET_TRADES = { from: 1, to: 10_000_000, whole: true } as const satisfies Limit;
/** Trades of each class; fewer would leave the balanced dataset without a class. */
export const TRADES_OF_A_CLASS = { ...DATASET_TRADES, from: 10 } as const satisfies Limit;
/** Of everything random. */
export const SEED = {
  from: 0,
  to: Number.MAX_SAFE_INTEGER,
  whole: true,
} as const satisfies Limit;

export const EPOCHS = { from: 1, to: 1_000, whole: true } as const satisfies Limit;
/** Epochs without a better validation loss after which training ends. */
export const PATIENCE = { from: 1, to: 1_000, whole: true } as const satisfies Limit;
/** Trades of a step. */
export const BATCH = { from: 16, to: 16_384, whole: true } as const satisfies Limit;
/** The highest of the cycle. */
export const LEARNING_RATE = {
  above: 0,
  to: 1,
  typed: { from: 0.000001 },
} as const satisfies Limit;
export const WEIGHT_DECAY = { from: 0, to: 10 } as const satisfies Limit;

/** Bars from one entry that is judged to the next. */
export const ENTRY_STEP = { from: 1, whole: true } as const satisfies Limit;

/** Characters of the name of a series, dataset, model or account. */
export const LONGEST_NAME = 80;
export const LONGEST_SYMBOL = 32;
export const LONGEST_NOTE = 4_000;
/** Tags of a trade, and characters of one. */
export const MOST_TAGS = 20;
export const LONGEST_TAG = 40;
/** Models that are judged side by side; as many names an option of the command line takes. */
export const MOST_COMPARED = 8;
