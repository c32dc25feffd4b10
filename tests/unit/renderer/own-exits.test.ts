// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import { COMMON_EXITS } from '../../../src-main/domain/exits/exit-rule.ts';
import type { OwnExit } from '../../../src-main/domain/exits/own.ts';
import { presets } from '../../../src-main/app/training/presets.ts';
import { JOB } from './dataset-samples.ts';
import { BAR, fakeClient, openFakeApp } from './fake-app.ts';
import type { Fraction } from '../../../src-main/domain/units.ts';
import type { OwnExitsFound } from '../../../src-main/contract/journal.ts';

const RULE: OwnExit = { kind: 'own', holding: [8, 24, 60], trades: 40, cap: 60 };
const CUT = 0.01 as Fraction;
const FOUND: OwnExitsFound = { rule: RULE, ended: 40, censored: 2, cut: CUT, steps: [] };
const PLANNED = { exitPlan: { exit: RULE, holding: null } };

describe('exit rules to choose from', () => {
  it('are the common ones, with why there is none of the trader’s own', async () => {
    const app = await openFakeApp(fakeClient());
    await app.ownExits.look();
    expect(app.ownExits.choices).toEqual(COMMON_EXITS);
    expect(app.ownExits.lacking).toMatch(/^Needs 30 trades that you closed; you have 4/);
  });

  it('hold the rule of all imported trades, once where it is planned by already', async () => {
    const app = await openFakeApp(fakeClient(BAR, PLANNED, { 'journal.ownExits': () => FOUND }));
    await app.ownExits.look();
    expect(app.ownExits.choices).toEqual([...COMMON_EXITS, RULE]);
    expect(app.ownExits.lacking).toBeNull();
  });

  it('keep the rule that is planned by beside the one that newer trades make', async () => {
    const newer = { ...FOUND, rule: { ...RULE, trades: 43 } };
    const app = await openFakeApp(fakeClient(BAR, PLANNED, { 'journal.ownExits': () => newer }));
    await app.ownExits.look();
    expect(app.ownExits.choices).toEqual([...COMMON_EXITS, RULE, newer.rule]);
  });
});

describe('a model of one’s own exits', () => {
  it('is asked for with its trades, under names that are free', async () => {
    const client = fakeClient(
      BAR,
      {},
      {
        'journal.ownExits': () => FOUND,
        'training.presets': () => presets(),
        'datasets.generate': () => JOB,
      },
    );
    const app = await openFakeApp(client);
    await app.ownExits.show(null);
    await app.ownExits.train(RULE);
    expect(client.calls.find(({ name }) => name === 'datasets.generate')!.input).toMatchObject({
      kind: 'natural',
      name: 'own-exits-40',
      exit: RULE,
      training: { kind: 'v3', dataset: 'own-exits-40', name: 'V3 own exits of 40 trades' },
    });
    expect(app.screen).toBe('data');
    expect(app.ownExits.shown).toBeNull();
    // While that runs there is no second one.
    expect(app.ownExits.hindrance).toMatch(/^A run is under way/);
  });
});
