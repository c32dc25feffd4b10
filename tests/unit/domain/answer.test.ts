import { describe, expect, it } from 'vitest';
import { answerOf, staleAnswer, type Known } from '../../../src-main/domain/answer/answer.ts';
import { STUDY_RULES } from '../../../src-main/domain/account/broker.ts';
import { EXIT_RULES, type ExitChoice } from '../../../src-main/domain/exits/exit-rule.ts';
import { decide, DEFAULT_APPETITE, limitOf } from '../../../src-main/domain/risk/decision.ts';
import { settleLadder } from '../../../src-main/domain/risk/ladder.ts';
import type { RiskCurve } from '../../../src-main/domain/risk/risk-curve.ts';
import type { Money, UsdPerOunce, UtcSeconds } from '../../../src-main/domain/units.ts';

/** P(liquidation) falls with the distance: about 4% at a move of 8%. */
const CURVE: RiskCurve = {
  kind: 'hazard',
  reference: -6.4,
  cumulativeHazard: Array.from({ length: 25 }, (_, edge) => (edge / 24) ** 3 * 8),
  meanReturn: new Array<number>(25).fill(0),
};

function answered(
  known: Partial<Known> = {},
  equity = 500,
  curve: RiskCurve | null = CURVE,
  plan: ExitChoice | null = null,
) {
  const position = {
    price: 2000 as UsdPerOunce,
    equity: equity as Money,
    direction: 'long' as const,
    rules: STUDY_RULES,
  };
  const ladder = settleLadder(curve, position);
  const whole = {
    model: { kind: 'v3' as const },
    missing: null,
    series: { timeframe: 'H1' },
    trainedOn: 'H1',
    exitRule: EXIT_RULES.cross,
    gap: null,
    ...known,
  };
  const limit = limitOf(DEFAULT_APPETITE, whole.model?.kind ?? null);
  return answerOf(whole, position, ladder, decide(ladder, limit), curve, plan);
}

describe('the answer in words', () => {
  it('names the size, the limit, the first size over it and by how much', () => {
    const { headline, why, note } = answered();
    expect(Number(headline)).toBeGreaterThan(0);
    expect(why).toMatch(
      new RegExp(
        `^\\*${headline}\\* is the largest under 6\\.0%; \\*\\d\\.\\d\\d\\* is at \\d+\\.\\d+%\\.$`,
      ),
    );
    expect(note).toBeNull();
  });

  it('says where the limit of a V2 comes from', () => {
    const { why } = answered({ model: { kind: 'v2' } });
    expect(why).toMatch(
      /is the largest under 2\.174% \(10% with V2’s 5× penalty\); \*\d\.\d\d\* is at \d\.\d+%\.$/,
    );
    expect(answered({ model: { kind: 'v2' } }, 440).why).toMatch(
      /is the largest under 2\.174%; .+ Margin ends at 4\.40\u00a0oz\.$/,
    );
    const risky = { ...CURVE, cumulativeHazard: new Array<number>(25).fill(0.5) } as RiskCurve;
    expect(answered({ model: { kind: 'v2' } }, 100, risky).why).toBe(
      'Every size that fits is over 2.174% (10% with V2’s 5× penalty). The smallest, *0.15*, is at 60.7%.',
    );
  });

  it('warns where a smaller size than the answer is over the limit', () => {
    const p = Array.from({ length: 30 }, (_, i) => (i === 4 || i > 18 ? 0.05 : 0.01));
    const curve: RiskCurve = {
      kind: 'sizes',
      leverages: [5, 40],
      p: [...p, ...p],
      meanReturn: new Array<number>(60).fill(0),
    };
    const { headline, note } = answered({ model: { kind: 'v2' } }, 500, curve);
    expect(headline).toBe('2.85');
    expect(note).toEqual({
      tone: 'warn',
      text: '0.75 oz is smaller and over the limit, at 5.0%: this model’s P need not rise with the size.',
    });
  });

  it('warns where the model was trained on bars of another step', () => {
    const { note, headline } = answered({ series: { timeframe: 'M1' } });
    expect(headline).toBe(answered().headline);
    expect(note).toEqual({
      tone: 'warn',
      text: 'This model was trained on H1 bars; these are M1. Its P is untested on them.',
    });
  });

  it('warns where candles that the model looks at are missing', () => {
    const before = (Date.UTC(2023, 11, 22, 9) / 1000) as UtcSeconds;
    const { note, headline } = answered({ gap: { missing: 14, before } });
    expect(headline).toBe(answered().headline);
    expect(note).toEqual({
      tone: 'warn',
      text: '14 bars are missing before 22 Dec, 09:00 UTC: a holiday, or a gap to import.',
    });
  });

  it('recommends nothing to a trade that is meant to end otherwise than the model’s did', () => {
    const other = answered({}, 500, null, 'rsi');
    expect(other).toMatchObject({
      kind: 'other-rules',
      isSize: false,
      why: 'This model was trained for exits on *32/128 crosses*. Your plan says *RSI*.',
    });
    expect(answered({}, 500, CURVE, 'cross')).toEqual(answered());
  });

  it('keeps the last size of a feed that fell silent, marked as not current', () => {
    const last = answered();
    const stale = staleAnswer(last, 'H1', { age: 3 * 3600 + 12 * 60, limit: 4500 });
    expect(stale).toMatchObject({
      kind: 'stale',
      headline: last.headline,
      why: 'The newest H1 bar closed 3 h 12 min ago; the limit is 1 h 15 min.',
    });
    expect(stale.note?.text).toContain('Do not trade on it');
  });

  it('says that it does not know without a model, and with too few candles', () => {
    expect(answered({ model: null, trainedOn: null }, 500, null)).toMatchObject({
      kind: 'no-model',
      isSize: false,
      why: 'Without a model there is no P(liquidation), so no size is recommended.',
    });
    expect(answered({ missing: { needed: 128, loaded: 96 } }, 500, null)).toMatchObject({
      kind: 'too-few-bars',
      why: 'The model needs 128 candles; 96 are loaded.',
    });
  });

  it('tells no margin at all from standing aside', () => {
    expect(answered({}, 4).why).toBe('Equity of $4 carries no position at 20×.');
  });
});
