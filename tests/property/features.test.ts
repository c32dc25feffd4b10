import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sliceBars, type Bars } from '../../src-main/domain/bars/bars.ts';
import { EXIT_RULES, type ExitRule } from '../../src-main/domain/exits/exit-rule.ts';
import {
  candlesNeeded,
  RISK_FEATURE_COUNT,
  RISK_FEATURE_NAMES,
  riskFeatures,
} from '../../src-main/domain/features/features.ts';
import type { Direction } from '../../src-main/domain/units.ts';
import { barsOf, randomBars } from '../support/market.ts';

const rules = fc.constantFrom<ExitRule>(...Object.values(EXIT_RULES));
const directions = fc.constantFrom<Direction>('long', 'short');
const series = randomBars({ minLength: 230, maxLength: 260 });

function featuresOf(bars: Bars, at: number, direction: Direction, rule: ExitRule) {
  const values = new Float64Array(RISK_FEATURE_COUNT);
  const reference = riskFeatures(bars, at, direction, rule, values, 0);
  return { reference, values: [...values] };
}

/** The same market upside down: what was a rise of a share is a fall of it. */
function inverted(bars: Bars): Bars {
  const inverse = (column: Float64Array) => column.map((price) => 1e7 / price);
  return {
    ...bars,
    open: inverse(bars.open),
    high: inverse(bars.low),
    low: inverse(bars.high),
    close: inverse(bars.close),
  };
}

describe('summary features', () => {
  it('do not change when the future is cut off, nor the past before the window (look-ahead)', () => {
    fc.assert(
      fc.property(series, rules, directions, (bars, rule, direction) => {
        const at = 215;
        const whole = featuresOf(bars, at, direction, rule);
        expect(featuresOf(sliceBars(bars, 0, at + 1), at, direction, rule)).toEqual(whole);
        const needed = candlesNeeded(rule);
        const window = sliceBars(bars, at + 1 - needed, at + 1);
        expect(featuresOf(window, needed - 1, direction, rule)).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  });

  it('are finite for every market, even one that stands still', () => {
    fc.assert(
      fc.property(series, rules, directions, (bars, rule, direction) => {
        const { values, reference } = featuresOf(bars, bars.close.length - 1, direction, rule);
        expect(values.every(Number.isFinite) && Number.isFinite(reference)).toBe(true);
      }),
      { numRuns: 60 },
    );
    const still = barsOf(
      Array.from({ length: 199 }, () => ({ gap: 0, body: 0, upper: 0, lower: 0 })),
    );
    const { values, reference } = featuresOf(still, 199, 'long', EXIT_RULES.cross);
    expect(values.every(Number.isFinite) && Number.isFinite(reference)).toBe(true);
  });

  it('read the same at any price level: no price, no equity, only shape', () => {
    fc.assert(
      fc.property(series, rules, directions, (bars, rule, direction) => {
        const eightfold = (column: Float64Array) => column.map((price) => price * 8);
        const scaled = {
          ...bars,
          open: eightfold(bars.open),
          high: eightfold(bars.high),
          low: eightfold(bars.low),
          close: eightfold(bars.close),
        };
        const a = featuresOf(bars, 220, direction, rule);
        const b = featuresOf(scaled, 220, direction, rule);
        a.values.forEach((value, i) =>
          expect(b.values[i], RISK_FEATURE_NAMES[i]!).toBeCloseTo(value, 6),
        );
      }),
      { numRuns: 30 },
    );
  });

  it('reflect a short into a long: drift and wicks change sides with the market', () => {
    fc.assert(
      fc.property(series, (bars) => {
        const long = featuresOf(bars, 220, 'long', EXIT_RULES.cross);
        const short = featuresOf(bars, 220, 'short', EXIT_RULES.cross);
        RISK_FEATURE_NAMES.forEach((name, i) => {
          const turns = /drift|wick|average_distance|close_to|relative_strength/.test(name);
          const stays = /^log_/.test(name);
          if (turns) expect(short.values[i], name).toBeCloseTo(-long.values[i]!, 9);
          if (stays) expect(short.values[i], name).toBe(long.values[i]);
        });
        const at = (name: string) => RISK_FEATURE_NAMES.indexOf(name);
        expect(short.values[at('run_up')]).toBe(long.values[at('run_down')]);
      }),
      { numRuns: 30 },
    );
  });

  it('say the same of a long in an upside-down market as of a short in this one', () => {
    const drifts = RISK_FEATURE_NAMES.flatMap((name, i) => (/drift/.test(name) ? [i] : []));
    fc.assert(
      fc.property(series, (bars) => {
        const short = featuresOf(bars, 220, 'short', EXIT_RULES.cross);
        const upsideDown = featuresOf(inverted(bars), 220, 'long', EXIT_RULES.cross);
        for (const i of drifts) expect(upsideDown.values[i]).toBeCloseTo(short.values[i]!, 6);
      }),
      { numRuns: 30 },
    );
  });
});
