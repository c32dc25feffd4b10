import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recommend } from '../../src-main/app/desk/recommend.ts';
import { feasibleCount, isFeasible, STUDY_RULES } from '../../src-main/domain/account/broker.ts';
import { emptyBars } from '../../src-main/domain/bars/bars.ts';
import { limitAfter } from '../../src-main/domain/risk/correction.ts';
import { limitOf, pick, POLICIES, type RiskAppetite } from '../../src-main/domain/risk/decision.ts';
import {
  emptyLadder,
  riskOfSize,
  settle,
  settleLadder,
  type Position,
} from '../../src-main/domain/risk/ladder.ts';
import { kindOfCurve } from '../../src-main/domain/models/kinds.ts';
import { riskAt, type RiskCurve } from '../../src-main/domain/risk/risk-curve.ts';
import { ounces, SIZES } from '../../src-main/domain/size.ts';
import { recommendedSize } from '../../src-main/journal/what-if.ts';
import { ladderModelOf } from '../../src-main/models/ladder-model.ts';
import { picksUnder } from '../../src-main/models/evaluation/choices.ts';
import type { DeskBar } from '../../src-main/contract/desk.ts';
import type { Drawdown } from '../../src-main/domain/simulate/drawdown.ts';
import type { Fraction, Ounces } from '../../src-main/domain/units.ts';
import type { JudgedTrade } from '../../src-main/models/evaluation/judged-trades.ts';
import { positions, riskCurves } from '../support/risk-curves.ts';

const policies = fc.constantFrom(...POLICIES);
const appetites: fc.Arbitrary<RiskAppetite> = fc.record({
  threshold: fc.integer({ min: 1, max: 25 }).map((one) => (one / 100) as Fraction),
  safetyFactor: fc.integer({ min: 1, max: 10 }).map((one) => (one / 10) as Fraction),
});
/** Outcomes of decisions that had ended. */
const outcomes = fc.array(fc.boolean(), { maxLength: 5 });

/** What the desk and the command line name. */
const atTheDesk = (
  curve: RiskCurve,
  { price, ...account }: Position,
  appetite: RiskAppetite,
  policy: (typeof POLICIES)[number],
  resolved: readonly boolean[],
) => {
  const bar = {
    close: price,
    curves: { long: curve, short: curve },
    model: { kind: kindOfCurve(curve) },
    resolved: { long: resolved, short: resolved },
  } as unknown as DeskBar;
  return recommend(bar, { ...account, appetite, policy });
};
/** What History recommends of a past trade at that price, whatever became of it. */
const inHistory = (
  curve: RiskCurve,
  { price, equity, direction, rules }: Position,
  limit: Fraction,
  policy: (typeof POLICIES)[number],
) => {
  const unread = {} as Drawdown;
  const path = { direction, entryPrice: price, least: unread, most: unread, curve };
  return recommendedSize(
    { ...path, model: 'a model', taken: null },
    { equity, rules, limit, policy },
  );
};
/** What the evaluation makes of a model that draws that curve, by the study's rule. */
const inTheEvaluation = (curve: RiskCurve, position: Position) =>
  ladderModelOf({ name: 'a model', kind: kindOfCurve(curve) }, () => curve).predict(
    emptyBars(0, 3600),
    0,
    position.direction,
    position,
  );

describe('one decision, wherever it is made', () => {
  it('is the same size at the desk and in History: any curve, account, rules, policy and past', () => {
    const named = new Set<number>();
    fc.assert(
      fc.property(
        riskCurves,
        positions,
        appetites,
        policies,
        outcomes,
        (curve, position, appetite, policy, resolved) => {
          const { decision } = atTheDesk(curve, position, appetite, policy, resolved);
          const limit = limitAfter(limitOf(appetite, kindOfCurve(curve)), resolved);
          const size = decision.recommended?.size ?? null;
          expect(decision.limit).toBe(limit);
          expect(inHistory(curve, position, limit, policy)).toBe(size);
          named.add(size ?? 0);
        },
      ),
      { numRuns: 1_000, seed: 14 },
    );
    expect(named.size).toBeGreaterThan(20);
  });

  it('is the same P, to the last bit, and the same size in the evaluation, by the study’s rule', () => {
    let sizes = 0;
    fc.assert(
      fc.property(riskCurves, positions, appetites, policies, (curve, any, appetite, policy) => {
        const position = { ...any, rules: STUDY_RULES };
        const opinion = inTheEvaluation(curve, position);
        const { ladder, decision } = atTheDesk(curve, position, appetite, policy, []);
        for (const { size, feasible, pLiquidation, expectedReturn } of ladder) {
          if (!feasible) continue;
          expect(opinion.p![size - 1]).toBe(pLiquidation);
          expect(opinion.meanReturn![size - 1]).toBe(expectedReturn ?? NaN);
          sizes++;
        }
        const trade = { feasible: feasibleCount(position.equity, position.price, STUDY_RULES) };
        const { p, meanReturn } = opinion;
        const chosen = picksUnder(
          { p: p!, meanReturn },
          [trade as JudgedTrade],
          decision.limit,
          policy,
        );
        expect(chosen[0]).toBe(decision.recommended?.size ?? 0);
      }),
      { numRuns: 1_000, seed: 14 },
    );
    expect(sizes).toBeGreaterThan(5_000);
  });
});

describe('the settling of a ladder', () => {
  it('tells of each size what is told of it alone, and of one between two rungs in between', () => {
    fc.assert(
      fc.property(riskCurves, positions, (curve, position) => {
        const settled = emptyLadder();
        settle(riskAt(curve), position, settled);
        for (const size of SIZES) {
          const alone = riskOfSize(riskAt(curve), ounces(size), position);
          expect(settled.p[size - 1]).toBe(alone.pLiquidation);
          expect(settled.meanReturn[size - 1]).toBe(alone.expectedReturn ?? NaN);
        }
        if (curve.kind !== 'hazard') return;
        const at = (size: number) =>
          riskOfSize(riskAt(curve), size as Ounces, position).pLiquidation;
        expect(at(1)).toBeGreaterThanOrEqual(at(0.9));
        expect(at(1)).toBeLessThanOrEqual(at(1.05));
      }),
    );
  });

  it('leaves out P where margin does not carry the size, and says 0 where no price liquidates', () => {
    let never = 0;
    fc.assert(
      fc.property(riskCurves, positions, (curve, position) => {
        const { price, equity, rules } = position;
        for (const rung of settleLadder(curve, position)) {
          expect(rung.feasible).toBe(isFeasible(ounces(rung.size), equity, price, rules));
          expect(rung.pLiquidation !== null).toBe(rung.feasible);
          if (rung.liquidationPrice > 0 || !rung.feasible) continue;
          expect(rung.pLiquidation).toBe(0);
          never++;
        }
        expect(settleLadder(null, position).every((rung) => rung.pLiquidation === null)).toBe(true);
      }),
    );
    expect(never).toBeGreaterThan(10);
  });

  it('writes one ladder among many, and no other', () => {
    fc.assert(
      fc.property(riskCurves, positions, fc.integer({ min: 0, max: 2 }), (curve, position, at) => {
        const one = emptyLadder();
        settle(riskAt(curve), position, one);
        const three = { p: new Float64Array(90).fill(7), meanReturn: new Float64Array(90).fill(7) };
        settle(riskAt(curve), position, three, at);
        const places = [0, 1, 2].map((i) => three.p.subarray(30 * i, 30 * (i + 1)));
        expect(places[at]).toEqual(one.p);
        for (const other of places.filter((_, i) => i !== at)) {
          expect(other.every((p) => p === 7)).toBe(true);
        }
      }),
    );
  });
});

describe('the pick', () => {
  it('is what the product says: carried, strictly under the limit, the largest, or the largest of the best', () => {
    fc.assert(
      fc.property(riskCurves, positions, appetites, (curve, position, appetite) => {
        const limit = limitOf(appetite, kindOfCurve(curve));
        const ladder = emptyLadder();
        settle(riskAt(curve), position, ladder);
        const { equity, price, rules } = position;
        const feasible = feasibleCount(equity, price, rules);
        const safe = SIZES.filter((size) => size <= feasible && ladder.p[size - 1]! < limit);
        expect(pick(ladder, feasible, limit, 'largest-safe')).toBe(Math.max(0, ...safe));
        const returnOf = (size: number) => ladder.meanReturn[size - 1]!;
        const best = Math.max(...safe.map(returnOf));
        const nearBest = safe.filter((size) => returnOf(size) >= best - 0.001);
        expect(pick(ladder, feasible, limit, 'best-return')).toBe(Math.max(0, ...nearBest));
      }),
      { numRuns: 500 },
    );
  });
});
