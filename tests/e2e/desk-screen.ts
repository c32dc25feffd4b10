import { expect, type Locator, type Page } from '@playwright/test';
import type { Recommendation } from '../../src-main/contract/desk.ts';
import { cliProcessJson } from '../support/cli-process.ts';

/** The desk as a trader finds his way on it: by what is written and read out. */
export class DeskScreen {
  readonly page: Page;
  /** Says that the series is no market. */
  readonly syntheticMark: Locator;
  /** The big number, or the words in its place. */
  readonly answer: Locator;
  /** The block with the answer, its P(liquidation) and the sentence that says why. */
  readonly answerBlock: Locator;
  readonly facts: Locator;
  readonly chart: Locator;
  readonly ladder: Locator;
  readonly rungs: Locator;
  readonly recommendedRung: Locator;
  readonly equity: Locator;
  readonly equitySlider: Locator;
  readonly threshold: Locator;
  readonly record: Locator;

  constructor(page: Page) {
    this.page = page;
    this.syntheticMark = page.getByRole('banner').locator('span', { hasText: 'Synthetic' });
    this.answer = page.getByTestId('answer');
    this.answerBlock = page.getByRole('region', { name: 'Answer' });
    this.facts = page.getByRole('region', { name: 'Facts of this size' });
    this.chart = page.getByRole('region', { name: 'Chart' }).getByRole('img');
    this.ladder = page.getByRole('listbox', { name: /^Sizes by risk/ });
    this.rungs = this.ladder.getByRole('option');
    this.recommendedRung = this.ladder.getByRole('option', { name: /recommended$/ });
    this.equity = page.getByLabel('Equity in dollars');
    this.equitySlider = page.getByRole('slider', { name: 'Equity' });
    this.threshold = page.getByLabel('Threshold in percent');
    this.record = page.getByRole('button', { name: /^Record/ });
  }

  /** Types into a field and leaves it, so that the desk's keys work again. */
  async type(field: Locator, text: string): Promise<void> {
    await field.fill(text);
    await field.press('Enter');
  }

  /** The sizes as they are read out, smallest first. */
  async readOut(): Promise<string[]> {
    const rungs = await this.rungs.all();
    return Promise.all(rungs.map(async (rung) => (await rung.getAttribute('aria-label')) ?? ''));
  }

  /** The answer and all 30 rows are those of the command line. */
  async showsWhat(told: Recommendation): Promise<void> {
    const { recommended } = told;
    await expect(this.answerBlock).toContainText(told.why);
    if (recommended) {
      await expect(this.answer).toHaveText(`${sizeText(recommended.size)}oz`);
      await expect(this.recommendedRung).toHaveCount(1);
      await expect(this.chart).toHaveAccessibleName(
        lineText(recommended.size, recommended.liquidationPrice),
      );
    } else {
      await expect(this.answer).toHaveText(/Stand aside|No position/);
      await expect(this.recommendedRung).toHaveCount(0);
    }
    const shown = (await this.rungs.allInnerTexts()).map((row) => row.trim().split(/\s+/));
    expect(shown).toHaveLength(told.ladder.length);
    told.ladder.forEach((rung, i) => {
      const [size, p, , price, ...state] = shown[i]!;
      expect(size).toBe(sizeText(rung.size));
      expectRead(price!, rung.liquidationPrice > 0 ? rung.liquidationPrice : 'never');
      expectRead(p!, rung.pLiquidation === null ? '—' : rung.pLiquidation * 100);
      expect(state.join(' '), `state of ${size} oz`).toBe(stateOf(rung, told));
    });
  }
}

/** A number with one decimal, or the word in its place. */
function expectRead(text: string, value: number | string): void {
  if (typeof value === 'string') expect(text).toBe(value);
  else {
    const read = Number(text.replaceAll(',', ''));
    expect(Math.abs(read - value), `${text} for ${value}`).toBeLessThanOrEqual(0.05001);
  }
}

function stateOf(rung: Recommendation['ladder'][number], told: Recommendation): string {
  if (!rung.feasible) return 'No margin';
  if (rung.size === told.recommended?.size) return 'Use this';
  return rung.pLiquidation! < told.limit ? 'Under' : 'Over';
}

export const sizeText = (ounces: number) => ounces.toFixed(2);

export const priceText = (price: number) =>
  price.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** What the chart says of its liquidation line. */
export const lineText = (ounces: number, price: number) =>
  price > 0
    ? new RegExp(`line of ${sizeText(ounces)} ounces is at ${priceText(price)}\\b`)
    : /No liquidation line is shown/;

export interface Account {
  readonly equity?: number;
  readonly direction?: 'long' | 'short';
  readonly threshold?: number;
  readonly leverage?: number;
  readonly 'stop-out'?: string;
  /** ISO time: decide at the last bar closed by then. */
  readonly at?: string;
}

/** Where the candles come from: a stored series or a file. */
type Source = { readonly series: string } | { readonly candles: string };

/** What the command line answers on the same data folder, also while the app has it open. */
export function recommendation(
  dataFolder: string,
  account: Account = {},
  source: Source = { series: 'Synthetic demo' },
): Promise<Recommendation> {
  const options = { equity: 500, direction: 'long', ...account, ...source, data: dataFolder };
  const words = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return cliProcessJson('recommend', ...words);
}
