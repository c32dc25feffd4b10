import { describe, expect, it } from 'vitest';
import { newYorkOffset } from '../../../src-main/domain/time/new-york.ts';
import { fitMarket } from '../../../src-main/synth/fit.ts';
import { stylisedFacts } from '../../../src-main/synth/facts.ts';
import { syntheticMarket } from '../../../src-main/synth/market.ts';
import { minimise } from '../../../src-main/synth/minimise.ts';
import type { UtcSeconds } from '../../../src-main/domain/units.ts';
import { goldUntil2023 } from '../../support/gold.ts';
import { describeShared } from '../../support/shared.ts';
import { PARAMETERS } from './parameters.ts';

const NOW = 1_700_000_000 as UtcSeconds;
const drawFrom = (mix: { garch: number; volatility: number }) =>
  syntheticMarket(
    { parameters: { ...PARAMETERS, scaleDeviation: 0 }, bootstrapSource: null },
    { ...mix, bootstrap: 0 },
  ).path(21, 0, 30_000);

describe('fitting the synthetic market to a series that it drew itself', () => {
  it('finds the GARCH parameters again', () => {
    const { garch, volatility } = fitMarket(
      drawFrom({ garch: 1, volatility: 0 }),
      { name: 'drawn', instrument: null },
      NOW,
    );
    expect(garch.alpha).toBeCloseTo(0.05, 1.7);
    expect(garch.alpha + garch.beta).toBeCloseTo(0.99, 1.7);
    expect(garch.degrees).toBeGreaterThan(4);
    expect(garch.degrees).toBeLessThan(6.5);
    expect(garch.intrabar).toBeCloseTo(0.9, 0.9);
    expect(volatility.weekendGap.scale).toBe(0);
  });

  it('finds the parameters of stochastic volatility again', () => {
    const { volatility } = fitMarket(
      drawFrom({ garch: 0, volatility: 1 }),
      { name: 'drawn', instrument: null },
      NOW,
    );
    const truth = PARAMETERS.volatility;
    expect(volatility.slow.deviation).toBeGreaterThan(0.22);
    expect(volatility.slow.deviation).toBeLessThan(0.48);
    expect(volatility.slow.persistence).toBeGreaterThan(0.99);
    expect(volatility.fast.deviation).toBeCloseTo(truth.fast.deviation, 0.9);
    expect(volatility.fast.persistence).toBeCloseTo(truth.fast.persistence, 0.7);
    expect(volatility.hourShape[4]! - volatility.hourShape[16]!).toBeCloseTo(-0.6, 0.9);
    expect(volatility.jumps.rate).toBeGreaterThan(0.0008);
    expect(volatility.jumps.rate).toBeLessThan(0.004);
    expect(volatility.level).toBeCloseTo(truth.level, 0.5);
  });

  it('refuses bars that are not hourly, too few of them, and bars that stand still', () => {
    const bars = drawFrom({ garch: 1, volatility: 0 });
    expect(() =>
      fitMarket({ ...bars, stepSeconds: 60 }, { name: 'minutes', instrument: null }, NOW),
    ).toThrow(/hourly/);
    const few = syntheticMarket(
      { parameters: PARAMETERS, bootstrapSource: null },
      { garch: 1, volatility: 0, bootstrap: 0 },
    ).path(1, 0, 500);
    expect(() => fitMarket(few, { name: 'few', instrument: null }, NOW)).toThrow(/needs 3000 bars/);
    const still = { ...bars, open: bars.close, high: bars.close, low: bars.close };
    still.close.fill(1_800);
    expect(() => fitMarket(still, { name: 'still', instrument: null }, NOW)).toThrow(
      /moves too little/,
    );
  });
});

describe('the simplex search', () => {
  it('finds the floor of the Rosenbrock valley', () => {
    const [x, y] = minimise(([a, b]) => (1 - a!) ** 2 + 100 * (b! - a! * a!) ** 2, [-1.2, 1], 0.5);
    expect(x).toBeCloseTo(1, 3);
    expect(y).toBeCloseTo(1, 3);
  });
});

describeShared('fitting real gold up to the end of 2022', () => {
  const gold = goldUntil2023();
  // The file is on the server's clock, seven hours ahead of New York.
  gold.time.forEach((server, i) => {
    const wall = server - 7 * 3_600;
    gold.time[i] = wall - newYorkOffset((wall + 5 * 3_600) as UtcSeconds);
  });
  const parameters = fitMarket(gold, { name: 'XAUUSD H1', instrument: null }, NOW);

  it('gives parameters that the literature knows: persistent, fat tails, busy New York mornings', () => {
    const { garch, volatility } = parameters;
    expect(garch.alpha + garch.beta).toBeGreaterThan(0.97);
    expect(garch.degrees).toBeGreaterThan(3);
    expect(garch.degrees).toBeLessThan(7);
    expect(volatility.slow.persistence).toBeGreaterThan(0.995);
    expect(volatility.fast.persistence).toBeLessThan(0.95);
    expect(volatility.hourShape.indexOf(Math.max(...volatility.hourShape))).toBe(9);
    expect(volatility.jumps.rate).toBeGreaterThan(0.0005);
    expect(volatility.jumps.rate).toBeLessThan(0.005);
    expect(parameters.provenance.bars).toBe(gold.close.length);
  });

  it.each([
    { generator: 'garch', mix: { garch: 1, volatility: 0, bootstrap: 0 } },
    { generator: 'volatility', mix: { garch: 0, volatility: 1, bootstrap: 0 } },
    { generator: 'bootstrap', mix: { garch: 0, volatility: 0, bootstrap: 1 } },
  ])('$generator draws a market with the stylised facts of the real one', ({ mix }) => {
    const market = syntheticMarket(
      { parameters: { ...parameters, scaleDeviation: 0 }, bootstrapSource: gold },
      mix,
    );
    const drawn = stylisedFacts(market.path(1, 1, gold.close.length));
    const real = parameters.facts;
    expect(Math.abs(drawn.rangeToVolatility / real.rangeToVolatility - 1)).toBeLessThan(0.05);
    expect(Math.abs(drawn.volatility / real.volatility - 1)).toBeLessThan(0.25);
    expect(drawn.kurtosis).toBeGreaterThan(8);
    expect(drawn.kurtosis).toBeLessThan(120);
    for (const lag of [1, 6, 24, 120] as const) {
      const gap = drawn.rangeAutocorrelation[lag] - real.rangeAutocorrelation[lag];
      expect(Math.abs(gap), `lag ${lag}`).toBeLessThan(0.27);
    }
  });
});
