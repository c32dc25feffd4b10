import { describe, expect, it } from 'vitest';
import {
  kindOfCurve,
  MODEL_KIND_NAMES,
  MODEL_KINDS,
  statesRisk,
} from '../../../src-main/domain/models/kinds.ts';
import { openCurve, openLadderModel } from '../../../src-main/models/kinds.ts';
import { randomWalk, UNTRAINED } from './fixtures.ts';
import type { Money, UsdPerOunce } from '../../../src-main/domain/units.ts';

const BARS = randomWalk(200, 1);
const ACCOUNT = { price: 1800 as UsdPerOunce, equity: 500 as Money };

describe.each(MODEL_KIND_NAMES)('a %s', (kind) => {
  const { curve, label } = MODEL_KINDS[kind];
  const stored = UNTRAINED[kind];

  it('draws the curve that its description names, or none', () => {
    const drawn = openCurve(stored)?.(BARS, 199, 'long') ?? null;
    expect(drawn?.kind ?? null).toBe(curve);
    if (drawn) expect(kindOfCurve(drawn)).toBe(kind);
  });

  it('predicts P(liquidation) of every size, or picks one where it states none', () => {
    const { p, pick } = openLadderModel(stored).predict(BARS, 199, 'short', ACCOUNT);
    expect(p?.length ?? 0).toBe(statesRisk(kind) ? 30 : 0);
    expect(pick === null).toBe(statesRisk(kind));
  });

  it('has a name and a marker of its own', () => {
    const others = MODEL_KIND_NAMES.filter((other) => other !== kind).map((k) => MODEL_KINDS[k]);
    expect(others.map((other) => other.label)).not.toContain(label);
    expect(others.map(({ marker }) => marker)).not.toContain(MODEL_KINDS[kind].marker);
  });
});
