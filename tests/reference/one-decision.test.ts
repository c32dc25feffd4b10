import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { recommend } from '../../src-main/app/desk/recommend.ts';
import { readResource } from '../../src-main/app/folder/resources.ts';
import { STUDY_RULES } from '../../src-main/domain/account/broker.ts';
import { DEFAULT_APPETITE, limitOf, POLICIES } from '../../src-main/domain/risk/decision.ts';
import { logLoss } from '../../src-main/domain/stats/metrics.ts';
import { SIZE_COUNT } from '../../src-main/domain/size.ts';
import { recommendedSize } from '../../src-main/journal/what-if.ts';
import { readCandles } from '../../src-main/market/read-candles.ts';
import { picksUnder } from '../../src-main/models/evaluation/choices.ts';
import { judgedTrades, type JudgedTrade } from '../../src-main/models/evaluation/judged-trades.ts';
import { opinionsOf } from '../../src-main/models/evaluation/opinions.ts';
import { readModelFile } from '../../src-main/models/model-file.ts';
import { openLadderModel } from '../../src-main/models/kinds.ts';
import type { DeskBar } from '../../src-main/contract/desk.ts';
import type { Bars } from '../../src-main/domain/bars/bars.ts';
import type { RiskCurve } from '../../src-main/domain/risk/risk-curve.ts';
import type { Drawdown } from '../../src-main/domain/simulate/drawdown.ts';
import type { UtcSeconds } from '../../src-main/domain/units.ts';
import { openSizeCurve, type StoredV2 } from '../../src-main/models/v2/size-model.ts';
import { openRiskCurve, type StoredV3 } from '../../src-main/models/v3/curve-model.ts';
import { describeShared, sharedFile } from '../support/shared.ts';
import { untrainedV2 } from '../unit/models/fixtures.ts';

const BUNDLED = readModelFile(readResource('models/v3-cross-gold.json').toString()) as StoredV3;
/** Nobody trained it, but its P lies in between and differs from account to account. */
const SIZES_NET = { ...untrainedV2(5), exitRule: BUNDLED.exitRule };

const bundled = openRiskCurve(BUNDLED);
const sizes = openSizeCurve(SIZES_NET);
/** What the desk is sent for a bar, by kind of model. */
const CURVES = {
  v3: (bars: Bars, { entry, direction }: JudgedTrade) => bundled(bars, entry, direction),
  v2: (bars: Bars, { entry, direction }: JudgedTrade) => sizes(bars, entry, direction),
} as const satisfies Record<string, (bars: Bars, trade: JudgedTrade) => RiskCurve>;

/** The trades of 2023 that the evaluation is made of. */
const tradesOf = (bars: Bars, every: number) =>
  judgedTrades({
    bars,
    exitRule: BUNDLED.exitRule,
    from: (Date.UTC(2023, 0, 1) / 1000) as UtcSeconds,
    to: (Date.UTC(2024, 0, 1) / 1000) as UtcSeconds,
    every,
    seed: 1,
  });
const opinions = (bars: Bars, trades: readonly JudgedTrade[], stored: StoredV2 | StoredV3) =>
  opinionsOf(openLadderModel(stored), bars, trades, () => {});

/**
 * Goes through every size of every trade as the evaluation, the desk and History have it: how many
 * differ in P, and how many trades in the size that a policy takes.
 */
function compare(bars: Bars, trades: readonly JudgedTrade[], stored: StoredV2 | StoredV3) {
  const { p, meanReturn } = opinions(bars, trades, stored);
  const limit = limitOf(DEFAULT_APPETITE, stored.kind);
  const chosen = POLICIES.map((policy) => picksUnder({ p: p!, meanReturn }, trades, limit, policy));
  const found = { rungs: 0, otherP: 0, otherSizes: 0 };
  const sizes = new Set<number>();
  trades.forEach((trade, row) => {
    const { price, equity, direction } = trade;
    // As it comes to a window: in JSON.
    const curve = JSON.parse(JSON.stringify(CURVES[stored.kind](bars, trade))) as RiskCurve;
    const desk = { close: price, model: { kind: stored.kind }, resolved: { long: [], short: [] } };
    const bar = { ...desk, curves: { long: curve, short: curve } } as unknown as DeskBar;
    const unread = {} as Drawdown;
    const path = { direction, entryPrice: price, least: unread, most: unread, curve };
    POLICIES.forEach((policy, i) => {
      const account = { equity, rules: STUDY_RULES, policy };
      const asked = { ...account, direction, appetite: DEFAULT_APPETITE };
      const { ladder, decision } = recommend(bar, asked);
      const size = decision.recommended?.size ?? null;
      const inHistory = { ...path, model: stored.name, taken: null };
      const past = recommendedSize(inHistory, { ...account, limit });
      if (chosen[i]![row] !== (size ?? 0) || past !== size) found.otherSizes++;
      sizes.add(size ?? 0);
      for (const { size, feasible, pLiquidation } of i === 0 ? ladder : []) {
        if (!feasible) continue;
        found.rungs++;
        if (pLiquidation !== p![row * SIZE_COUNT + size - 1]) found.otherP++;
      }
    });
  });
  return { ...found, sizes: sizes.size };
}

describe('the demo series, trade by trade', () => {
  const file = readResource('demo/synthetic-gold-h1.csv');
  const { bars } = readCandles(file, 'demo.csv', { symbol: 'DEMO', clock: 'utc' });

  for (const stored of [BUNDLED, SIZES_NET]) {
    it(`has the same P and sizes at the desk, in History and in the evaluation: ${stored.name}`, () => {
      const found = compare(bars!, tradesOf(bars!, 12), stored);
      expect(found).toMatchObject({ otherP: 0, otherSizes: 0 });
      expect(found.rungs).toBeGreaterThan(20_000);
      expect(found.sizes).toBeGreaterThan(3);
    });
  }
});

describeShared('real gold of 2023, trade by trade', () => {
  let bars: Bars;
  let trades: readonly JudgedTrade[];
  beforeAll(() => {
    const file = readFileSync(sharedFile('data/XAUUSD_H1.csv'));
    bars = readCandles(file, 'XAUUSD_H1.csv', { symbol: 'XAUUSD', clock: 'auto' }).bars!;
    trades = tradesOf(bars, 3);
  });

  it('has the same P and sizes at the desk, in History and in the evaluation', () => {
    const { rungs, otherP, otherSizes } = compare(bars, trades, BUNDLED);
    expect({ rungs, otherP, otherSizes }).toEqual({ rungs: 92_985, otherP: 0, otherSizes: 0 });
  });

  it('has the log loss of before there was one settling, to six digits', () => {
    expect(BUNDLED.name).toBe('V3-cross-gold-2022');
    const { p } = opinions(bars, trades, BUNDLED);
    const stated: number[] = [];
    const hits: number[] = [];
    trades.forEach(({ feasible, liquidated }, row) => {
      stated.push(...p!.subarray(row * SIZE_COUNT, row * SIZE_COUNT + feasible));
      hits.push(...liquidated.subarray(0, feasible));
    });
    const loss = logLoss(Float64Array.from(stated), Uint8Array.from(hits));
    expect(loss.toFixed(6)).toBe('0.030491');
  });
});
