// @vitest-environment jsdom
import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import type { z } from 'zod';
import { anyAppetite, appetite, brokerRules, stopOutRule } from '#contract/account.ts';
import { generationPlan } from '#contract/datasets.ts';
import { courtPlan } from '#contract/evaluation.ts';
import { exitPlan } from '#contract/exits.ts';
import { settings } from '#contract/settings.ts';
import { trainingConfig, trainingPlan } from '#contract/training.ts';
import * as limits from '#domain/limits.ts';
import { isWithin, type Limit } from '#domain/limits.ts';
import * as option from '../../../src-main/hosts/cli/options.ts';
import type { Option } from '../../../src-main/hosts/cli/command.ts';
import App from '../../../src-renderer/App.svelte';
import { rangeOf, type FieldLimit } from '../../../src-renderer/lib/limits.ts';
import { standInForBrowser } from './browser-stand-ins.ts';
import { DATASET } from './dataset-samples.ts';
import { BAR, fakeClient } from './fake-app.ts';

// jsdom has no canvas: the chart itself is looked at in a real browser.
vi.mock('../../../src-renderer/charts/candles/price-chart.ts', () => import('./chart-stand-in.ts'));
standInForBrowser();

interface Place {
  readonly limit: Limit;
  readonly schema: z.ZodType;
  /** What a call holds around the number. */
  readonly around?: (value: number) => unknown;
  readonly command?: Option<unknown>;
  /** Id of the field, its screen, and what 1 is there. */
  readonly field?: readonly [id: string, screen: (typeof SCREENS)[number], one?: number];
}

const { costs } = brokerRules.shape;
const stopOut = (kind: 'equity' | 'margin') => (value: number) =>
  kind === 'equity' ? { kind, fraction: value } : { kind, level: value };
const PLACES: readonly (readonly [string, Place])[] = Object.entries<Place>({
  equity: { limit: limits.EQUITY, schema: settings.shape.equity, field: ['equity', 'Desk'] },
  threshold: {
    limit: limits.THRESHOLD,
    schema: appetite.shape.threshold,
    field: ['threshold', 'Desk', 100],
  },
  'any threshold': {
    limit: limits.ANY_THRESHOLD,
    schema: anyAppetite.shape.threshold,
    command: option.threshold,
  },
  'safety factor': {
    limit: limits.SAFETY_FACTOR,
    schema: appetite.shape.safetyFactor,
    command: option.safetyFactor,
    field: ['safety-factor', 'Settings'],
  },
  leverage: {
    limit: limits.LEVERAGE,
    schema: brokerRules.shape.leverage,
    command: option.leverage,
    field: ['leverage', 'Settings'],
  },
  'leverage tried': {
    limit: limits.LEVERAGE,
    schema: brokerRules.shape.leverage,
    field: ['try-leverage', 'History'],
  },
  'safety factor tried': {
    limit: limits.SAFETY_FACTOR,
    schema: appetite.shape.safetyFactor,
    field: ['try-safety', 'History'],
  },
  'stop-out of equity': {
    limit: limits.STOP_OUT.equity,
    schema: stopOutRule,
    around: stopOut('equity'),
    field: ['stop-out-level', 'Settings', 100],
  },
  'stop-out of margin': {
    limit: limits.STOP_OUT.margin,
    schema: stopOutRule,
    around: stopOut('margin'),
  },
  spread: { limit: limits.COST, schema: costs.shape.spread, field: ['spread', 'Settings'] },
  commission: {
    limit: limits.COST,
    schema: costs.shape.commissionPerSide,
    field: ['commission', 'Settings'],
  },
  swap: {
    limit: limits.SWAP,
    schema: costs.shape.swapPerNight.shape.short,
    field: ['swap-short', 'Settings'],
  },
  'ounces of a lot': {
    limit: limits.CONTRACT_SIZE,
    schema: brokerRules.shape.contractSize,
    command: option.contract,
    field: ['contract-size', 'Settings'],
  },
  'lot step': {
    limit: limits.LOT_STEP,
    schema: brokerRules.shape.lotStep,
    field: ['lot-step', 'Settings'],
  },
  'margin in use elsewhere': {
    limit: limits.OTHER_MARGIN,
    schema: brokerRules.shape.otherMargin,
    field: ['other-margin', 'Settings'],
  },
  'planned holding': {
    limit: limits.PLANNED_HOLDING,
    schema: exitPlan.shape.holding,
  },
  'trades of a dataset': {
    limit: limits.DATASET_TRADES,
    schema: generationPlan.shape.trades,
  },
  'seed of a dataset': {
    limit: limits.SEED,
    schema: generationPlan.shape.seed,
    command: option.seed,
    field: ['dataset-seed', 'Data'],
  },
  'leverage of a dataset': {
    limit: limits.LEVERAGE,
    schema: generationPlan.shape.leverage,
    command: option.leverage,
    field: ['dataset-leverage', 'Data'],
  },
  'seed of a run': {
    limit: limits.SEED,
    schema: trainingPlan.shape.seed,
    command: option.seed,
    field: ['training-seed', 'Training'],
  },
  epochs: {
    limit: limits.EPOCHS,
    schema: trainingConfig.shape.epochs,
    command: option.epochs,
    field: ['training-epochs', 'Training'],
  },
  batch: {
    limit: limits.BATCH,
    schema: trainingConfig.shape.batch,
    command: option.batch,
    field: ['training-batch', 'Training'],
  },
  'learning rate': {
    limit: limits.LEARNING_RATE,
    schema: trainingConfig.shape.learningRate,
    command: option.learningRate,
    field: ['training-learningRate', 'Training'],
  },
  'weight decay': {
    limit: limits.WEIGHT_DECAY,
    schema: trainingConfig.shape.weightDecay,
    command: option.weightDecay,
  },
  patience: {
    limit: limits.PATIENCE,
    schema: trainingConfig.shape.patience,
    command: option.patience,
    field: ['training-patience', 'Training'],
  },
  'bars from entry to entry': {
    limit: limits.ENTRY_STEP,
    schema: courtPlan.shape.every,
    command: option.every,
  },
  'seed of an evaluation': {
    limit: limits.SEED,
    schema: courtPlan.shape.seed,
    command: option.seed,
  },
});

/** The ends of a limit and of what a field takes of it, and numbers to either side of each. */
function probes({ from, above, to, below, typed }: Limit): number[] {
  const ends = [from, above, to, below, typed?.from, typed?.to].filter((end) => end !== undefined);
  const near = ends.flatMap((end) => {
    const little = Math.max(1e-7, Math.abs(end) / 128);
    return [end - little, end, end + little, end - 1, end + 1];
  });
  return [...new Set([...near, 0, 3, 3.5])];
}

describe.each(PLACES)('%s', (_, { limit, schema, around = (value) => value, command }) => {
  it.each(probes(limit))(
    'of %d is taken, or refused, by schema and command line alike',
    (value) => {
      const taken = isWithin(limit, value);
      expect(schema.safeParse(around(value)).success).toBe(taken);
      if (command) expect(command.schema.safeParse(String(value)).success).toBe(taken);
    },
  );
});

const SCREENS = ['Desk', 'History', 'Training', 'Data', 'Settings'] as const;

describe.each(SCREENS)('the fields of %s', (name) => {
  it('take what the schema takes, and of no more digits than they show', async () => {
    const client = fakeClient(BAR, {}, { 'datasets.list': () => [DATASET] });
    render(App, { connection: { client, onReached: () => () => {} } });
    const rail = await screen.findByRole('navigation', { name: 'Screens' });
    // History has fields only beside a decision.
    await fireEvent.keyDown(document.body, { key: 'r' });
    await fireEvent.click(await within(rail).findByRole('button', { name: new RegExp(name) }));
    const here = PLACES.flatMap(([, { limit, field }]) =>
      field?.[1] === name ? [{ limit: limit as FieldLimit, id: field[0], one: field[2] ?? 1 }] : [],
    );
    expect(here).not.toEqual([]);
    for (const { limit, id, one } of here) {
      const [lowest, highest] = rangeOf(limit);
      const field = await vi.waitFor(() => {
        const found = document.getElementById(id);
        if (!found) throw new Error(`there is no field ${id}`);
        return found;
      });
      // A field of whole numbers rounds.
      for (const value of probes(limit).filter((at) => !limit.whole || Number.isInteger(at))) {
        const typed = (value * one).toFixed(9);
        await fireEvent.input(field, { target: { value: typed } });
        const taken = field.getAttribute('aria-invalid') !== 'true';
        expect({ id, typed, taken }).toMatchObject({ taken: value >= lowest && value <= highest });
        if (taken) expect(isWithin(limit, value)).toBe(true);
      }
    }
  });
});
