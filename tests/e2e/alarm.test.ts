import { DEFAULT_APPETITE } from '../../src-main/domain/risk/decision.ts';
import { STUDY_RULES } from '../../src-main/domain/account/broker.ts';
import { openStore } from '../../src-main/store/store.ts';
import { fillWithTrades, GOLD_BARS } from '../support/past-trades.ts';
import { seriousFaults } from './axe.ts';
import { DeskScreen } from './desk-screen.ts';
import { expect, test } from './running-app.ts';
import { goTo } from './screens.ts';
import type {
  Fraction,
  Money,
  SizeIndex,
  UsdPerOunce,
  UtcSeconds,
} from '../../src-main/domain/units.ts';

const ENTRIES = Array.from({ length: 8 }, (_, i) => 300 + i * 150);
const HOUR = 3_600;

/** Eight decisions whose P was said to be 2%, and a fall by a third inside one bar after each. */
function fillWithLiquidations(folder: string): void {
  const low = GOLD_BARS.low.map((price, i) =>
    ENTRIES.some((entry) => i === entry + 1) ? price * 0.66 : price,
  );
  fillWithTrades(folder, [], { ...GOLD_BARS, low });
  const store = openStore(folder);
  for (const bar of ENTRIES) {
    const closedAt = (GOLD_BARS.time[bar]! + HOUR) as UtcSeconds;
    store.decisions.record({
      series: 'XAUUSD_H1',
      timeframe: 'H1',
      bar,
      direction: 'long',
      equity: 500 as Money,
      rules: STUDY_RULES,
      appetite: DEFAULT_APPETITE,
      policy: 'largest-safe',
      recordedAt: closedAt,
      closedAt,
      price: GOLD_BARS.close[bar]! as UsdPerOunce,
      model: 'V3-cross-gold-2022',
      limit: 0.06 as Fraction,
      size: 10 as SizeIndex,
      pLiquidation: 0.02 as Fraction,
      liquidationPrice: (GOLD_BARS.close[bar]! * 0.85) as UsdPerOunce,
    });
  }
  store.close();
}

test.describe('an alarm', () => {
  test('stands on the desk and in History until the trader has acted', async ({
    dataFolder,
    startApp,
    complaints,
    page,
  }) => {
    fillWithLiquidations(dataFolder);
    await page.goto((await startApp()).oneTimeAddress);
    const alarm = page.getByRole('alert', { name: 'Alarm' });
    await expect(new DeskScreen(page).rungs).toHaveCount(30);
    await expect(alarm).toContainText('8 of 8 recorded decisions were liquidated');
    await expect(alarm).toContainText('at most 0.2 were to be expected');
    await expect(alarm).toContainText('wrong in at most 5.0% of all accounts');
    expect(await seriousFaults(page)).toEqual([]);

    await alarm.getByRole('button', { name: 'Safety factor…' }).click();
    await expect(page.getByLabel('Safety factor')).toBeVisible();
    await goTo(page, 'History');
    await alarm.getByRole('button', { name: /^Retrain/ }).click();
    await expect(page.getByRole('heading', { name: 'Training', level: 1 })).toBeVisible();

    await goTo(page, 'History');
    await alarm.getByRole('button', { name: /watch anew$/ }).click();
    await expect(alarm).toHaveCount(0);
    await page.reload();
    await expect(page.getByRole('grid', { name: 'Past trades' })).toBeVisible();
    await expect(alarm).toHaveCount(0);
    expect(complaints).toEqual([]);
  });
});
