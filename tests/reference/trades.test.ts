import { expect, it } from 'vitest';
import { pathOf } from '../../src-main/domain/bars/bars.ts';
import { EXIT_RULES } from '../../src-main/domain/exits/exit-rule.ts';
import { prepareExits } from '../../src-main/domain/exits/exits.ts';
import { excursion } from '../../src-main/domain/simulate/simulate.ts';
import type { Direction } from '../../src-main/domain/units.ts';
import { fileTime, goldUntil2023, readCsv } from '../support/gold.ts';
import { describeShared } from '../support/shared.ts';

const REFERENCES = [
  { rule: EXIT_RULES.cross, file: 'reference/trades_cross_gold_2018_2022.csv', trades: 1884 },
  { rule: EXIT_RULES.rsi, file: 'reference/trades_rsi_gold_2018_2022.csv', trades: 1793 },
];

describeShared('trades computed by an independent program on real gold', () => {
  const bars = goldUntil2023();
  const indexOf = new Map(Array.from(bars.time, (time, i) => [time, i]));

  for (const { rule, file, trades } of REFERENCES) {
    it(`agree on all ${trades} trades of ${rule.kind}: entry, exit, mae and final return`, () => {
      const exits = prepareExits(bars, rule);
      const paths = { long: pathOf(bars, 'long'), short: pathOf(bars, 'short') };
      const rows = readCsv(file);
      expect(rows).toHaveLength(trades);
      for (const row of rows) {
        const direction = row.direction as Direction;
        const entry = indexOf.get(fileTime(row.entry_time!))!;
        const exit = exits.exitOf(entry, direction, 0);
        const { adverse, final } = excursion(paths[direction], entry, exit);
        expect(bars.close[entry]).toBe(Number(row.entry_price));
        expect(bars.time[exit], `exit of ${row.entry_time} ${direction}`).toBe(
          fileTime(row.exit_time!),
        );
        expect(exit - entry).toBe(Number(row.bars));
        expect(Math.abs(adverse - Number(row.mae))).toBeLessThan(1e-8);
        expect(Math.abs(final - Number(row.final_return))).toBeLessThan(1e-8);
      }
    });

    it(`are all the trades of ${rule.kind} that may be entered every 29 bars from bar 300`, () => {
      const exits = prepareExits(bars, rule);
      const entered: string[] = [];
      for (let at = 300; at < bars.close.length; at += 29) {
        for (const direction of ['long', 'short'] as const) {
          if (exits.mayEnter(at, direction)) entered.push(`${bars.time[at]} ${direction}`);
        }
      }
      const expected = readCsv(file).map((row) => `${fileTime(row.entry_time!)} ${row.direction}`);
      expect(entered).toEqual(expected);
    });
  }
});
