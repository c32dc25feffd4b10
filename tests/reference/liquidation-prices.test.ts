import { expect, it } from 'vitest';
import {
  feasibleCount,
  liquidationMove,
  liquidationPrice,
  STUDY_RULES,
  type BrokerRules,
  type StopOutRule,
} from '../../src-main/domain/account/broker.ts';
import { nearestSize, ounces } from '../../src-main/domain/size.ts';
import type {
  Direction,
  Fraction,
  Money,
  Ounces,
  UsdPerOunce,
} from '../../src-main/domain/units.ts';
import { readCsv } from '../support/gold.ts';
import { describeShared } from '../support/shared.ts';

const equityRule: StopOutRule = { kind: 'equity', fraction: 0.3 as Fraction };
const marginRule = (level: number): StopOutRule => ({ kind: 'margin', level: level as Fraction });

describeShared('liquidation moves and prices computed by an independent program', () => {
  it('agree for both stop-out rules, both directions and every listed size', () => {
    const rows = readCsv('reference/liquidation_moves.csv');
    expect(rows.length).toBeGreaterThan(50);
    for (const row of rows) {
      const price = Number(row.price) as UsdPerOunce;
      const equity = Number(row.equity) as Money;
      const rung = nearestSize(Number(row.size_oz) as Ounces)!;
      const size = ounces(rung);
      const leverage = Number(row.leverage);
      const under = (stopOut: StopOutRule): BrokerRules => ({ ...STUDY_RULES, leverage, stopOut });
      const move = (stopOut: StopOutRule) =>
        liquidationMove(size, equity, price, under(stopOut), 'long');
      const at = (direction: Direction) =>
        liquidationPrice(size, equity, price, under(equityRule), direction);

      expect(Math.abs(move(equityRule) - Number(row.move_equity_30pct))).toBeLessThan(1e-8);
      expect(Math.abs(move(marginRule(0.3)) - Number(row.move_margin_30pct))).toBeLessThan(1e-8);
      expect(Math.abs(move(marginRule(0.5)) - Number(row.move_margin_50pct))).toBeLessThan(1e-8);
      expect(at('long')).toBeCloseTo(Number(row.liq_price_long_equity_30pct), 5);
      expect(at('short')).toBeCloseTo(Number(row.liq_price_short_equity_30pct), 5);
      expect(rung <= feasibleCount(equity, price, { ...STUDY_RULES, leverage })).toBe(
        row.feasible === '1',
      );
    }
  });
});
