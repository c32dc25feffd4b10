import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RecordedDecision } from '../../../src-main/contract/desk.ts';
import type { Settings } from '../../../src-main/contract/settings.ts';
import type { UtcSeconds } from '../../../src-main/domain/units.ts';
import { openStore, type Store } from '../../../src-main/store/store.ts';
import { dataFolder } from '../../support/data-folder.ts';

const at = (seconds: number) => seconds as UtcSeconds;

function open(folder = dataFolder()): Store {
  const store = openStore(folder);
  onTestFinished(() => store.close());
  return store;
}

const RULES = {
  leverage: 20,
  stopOut: { kind: 'equity', fraction: 0.3 },
  costs: { spread: 0, commissionPerSide: 0, swapPerNight: { long: 0, short: 0 } },
  negativeBalanceProtection: true,
};
/** What is assumed where a record was made before these could be set. */
const ASSUMED = { contractSize: 100, lotStep: 0.01, gapFill: 'open', otherMargin: 0 };
const DEFAULTS = {
  equity: 500,
  appetite: { threshold: 0.1, safetyFactor: 0.6 },
  rules: RULES,
  direction: 'long',
  policy: 'largest-safe',
  theme: 'system',
  series: null,
} as unknown as Settings;

describe('settings', () => {
  it('are the defaults until they are written', () => {
    const folder = dataFolder();
    const store = openStore(folder);
    expect(store.settings.read(DEFAULTS)).toEqual(DEFAULTS);
    store.settings.write({ equity: 750 as Settings['equity'], series: 'gold' });
    store.settings.write({ series: 'silver' });
    store.close();
    expect(open(folder).settings.read(DEFAULTS)).toEqual({
      ...DEFAULTS,
      equity: 750,
      series: 'silver',
    });
  });

  it('of a broker keep their numbers where newer rules are missing', () => {
    const store = open();
    const rules = { ...RULES, leverage: 30, negativeBalanceProtection: false };
    store.settings.write({ rules } as unknown as Partial<Settings>);
    expect(store.settings.read(DEFAULTS).rules).toEqual({ ...rules, ...ASSUMED });
  });

  it('that are no longer valid give way to the defaults', () => {
    const store = open();
    store.settings.write({ equity: -1, theme: 'dark', gone: 1 } as unknown as Partial<Settings>);
    expect(store.settings.read(DEFAULTS)).toEqual({ ...DEFAULTS, theme: 'dark' });
  });
});

describe('decisions', () => {
  const decision = {
    series: 'gold',
    bar: 4,
    direction: 'short',
    equity: 500,
    rules: RULES,
    appetite: DEFAULTS.appetite,
    policy: 'largest-safe',
    recordedAt: 1_700_000_000,
    closedAt: 1_699_999_200,
    price: 1935.25,
    model: 'v3 bundled',
    limit: 0.06,
    size: null,
    pLiquidation: null,
    liquidationPrice: null,
  } as unknown as Omit<RecordedDecision, 'id'>;

  const complete = { ...decision, timeframe: null, rules: { ...RULES, ...ASSUMED } };

  it('keep the rules that they were made under, whatever is set later', () => {
    const store = open();
    const rules = { ...RULES, ...ASSUMED, leverage: 30, otherMargin: 80 };
    store.decisions.record({ ...decision, rules } as unknown as RecordedDecision);
    store.settings.write({ rules: { ...RULES, leverage: 5 } } as unknown as Partial<Settings>);
    expect(store.decisions.list()[0]!.rules).toEqual(rules);
  });

  it('are listed newest first, as they were recorded', () => {
    const store = open();
    const first = store.decisions.record(decision);
    const second = store.decisions.record({ ...decision, bar: 5 });
    expect(second.id).toBeGreaterThan(first.id);
    expect(store.decisions.list()).toEqual([
      { ...complete, bar: 5, id: second.id },
      { ...complete, id: first.id },
    ]);
  });
});

describe('a recorded decision', () => {
  it('cannot be changed even by another program', () => {
    const folder = dataFolder();
    const store = openStore(folder);
    store.decisions.record({ recordedAt: 1 } as unknown as RecordedDecision);
    store.close();
    const db = new Database(join(folder, 'size-picker.db'));
    onTestFinished(() => {
      db.close();
    });
    expect(() => db.exec('UPDATE decision SET recorded_at = 2')).toThrow('never changed');
  });
});

describe('models', () => {
  const model = {
    name: 'bundled',
    kind: 'v3',
    exit: 'cross 32/128',
    trainedAt: at(1_700_000_000),
    trades: 30_000,
    scope: {
      fitted: { instrument: 'gold', from: at(1_500_000_000), to: at(1_600_000_000) },
      timeframe: 'H1',
      exitRule: { kind: 'cross', fast: 32, slow: 128, cap: 720 },
    },
    bundled: true,
    file: '{"weights":[1,2]}',
  } as const;

  it('exactly one is in use: the first, until another is chosen', () => {
    const store = open();
    expect(store.models.list()).toEqual([]);
    store.models.save(model);
    store.models.save({ ...model, name: 'mine', bundled: false, file: new Uint8Array([0, 255]) });
    const { file: _, ...info } = model;
    expect(store.models.list()).toEqual([
      { ...info, inUse: true },
      { ...info, name: 'mine', bundled: false, inUse: false },
    ]);
    store.models.use('mine');
    expect(store.models.list().map(({ inUse }) => inUse)).toEqual([false, true]);
  });

  it('come back byte by byte', () => {
    const store = open();
    store.models.save(model);
    store.models.save({ ...model, name: 'mine', file: new Uint8Array([0, 255, 7]) });
    expect(new TextDecoder().decode(store.models.read('bundled'))).toBe(model.file);
    expect([...store.models.read('mine')]).toEqual([0, 255, 7]);
  });

  it('that name a size but no P never come into use by themselves', () => {
    const store = open();
    store.models.save({ ...model, name: 'picker', kind: 'v1' });
    expect(store.models.list()).toMatchObject([{ inUse: false }]);
    store.models.save(model);
    store.models.save({ ...model, name: 'third' });
    expect(store.models.list().map(({ inUse }) => inUse)).toEqual([false, true, false]);
  });

  it.each([
    ['a trained one over the bundled', true, false],
    ['the bundled over a trained one', false, true],
    ['a trained one over another', false, false],
  ])('are never written over: %s', (_, before, after) => {
    const store = open();
    store.models.save({ ...model, bundled: before });
    const save = () => store.models.save({ ...model, bundled: after, trades: 9, file: 'new' });
    expect(save).toThrow('The name "bundled" is taken: another model has it.');
    expect(store.models.list()).toMatchObject([{ bundled: before, trades: 30_000 }]);
    expect(new TextDecoder().decode(store.models.read('bundled'))).toBe(model.file);
  });

  it('that are bundled make way for a newer bundled one, which stays in use', () => {
    const store = open();
    store.models.save(model);
    store.models.save({ ...model, name: 'other' });
    store.models.save({ ...model, trades: 60_000, file: 'new' });
    expect(store.models.list()).toMatchObject([
      { name: 'bundled', trades: 60_000, inUse: true },
      { name: 'other', inUse: false },
    ]);
    expect(new TextDecoder().decode(store.models.read('bundled'))).toBe('new');
  });

  it('that are unknown are refused, and the one in use stays', () => {
    const store = open();
    store.models.save(model);
    expect(() => store.models.use('x')).toThrow('There is no model named "x".');
    expect(() => store.models.read('x')).toThrow('There is no model named "x".');
    expect(store.models.list()[0]!.inUse).toBe(true);
  });
});

describe('markets', () => {
  it('come back as they were fitted; a new fit replaces the old', () => {
    const store = open();
    expect(store.markets.read('gold')).toBeNull();
    store.markets.save({ name: 'silver', json: { omega: 2 } });
    store.markets.save({ name: 'gold', json: { omega: 1e-6 } });
    store.markets.save({ name: 'gold', json: { omega: 2e-6 } });
    expect(store.markets.list()).toEqual(['gold', 'silver']);
    expect(store.markets.read('gold')).toEqual({ omega: 2e-6 });
  });
});
