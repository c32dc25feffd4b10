import { DeskScreen, lineText, priceText, recommendation, sizeText } from './desk-screen.ts';
import { expect, test } from './running-app.ts';
import { goTo } from './screens.ts';

test.describe('a first start', () => {
  test('shows a series that is named as synthetic, and a size for it', async ({
    desk: page,
    complaints,
  }) => {
    const desk = new DeskScreen(page);
    await expect(page.getByLabel('Series', { exact: true })).toHaveValue('Synthetic demo');
    await expect(desk.syntheticMark).toBeVisible();
    await expect(desk.rungs).toHaveCount(30);
    await expect(desk.recommendedRung).toHaveCount(1);
    await expect(desk.equity).toHaveValue('$500');
    await expect(desk.threshold).toHaveValue('10%');
    expect(complaints).toEqual([]);
  });

  test('says why: the size, the limit and the first size over it', async ({
    desk: page,
    dataFolder,
    complaints,
  }) => {
    const desk = new DeskScreen(page);
    const { recommended, firstOver } = await recommendation(dataFolder);
    const size = sizeText(recommended!.size);
    const over = sizeText(firstOver!.size);
    await expect(desk.answer).toHaveText(`${size}oz`);
    await expect(desk.answerBlock).toContainText(
      new RegExp(`${size} is the largest under 6\\.0%; ${over} is at \\d+\\.\\d+%\\.`),
    );
    await expect(desk.answerBlock).toContainText('under the 6.0% limit');
    expect(complaints).toEqual([]);
  });

  test('agrees with the command line on the same folder in every row', async ({
    desk: page,
    dataFolder,
    complaints,
  }) => {
    await new DeskScreen(page).showsWhat(await recommendation(dataFolder));
    expect(complaints).toEqual([]);
  });
});

test.describe('the ladder', () => {
  test('settles while the slider is dragged, even with no app behind the window', async ({
    app,
    desk: page,
    dataFolder,
  }) => {
    const desk = new DeskScreen(page);
    await expect(desk.rungs).toHaveCount(30);
    await app.stop();
    await expect(page.getByRole('alert')).toContainText('app behind this window has stopped');
    const track = (await desk.equitySlider.boundingBox())!;
    const middle = track.y + track.height / 2;
    await page.mouse.move(track.x + track.width * 0.4, middle);
    await page.mouse.down();
    for (const share of [0.1, 0.6]) {
      await page.mouse.move(track.x + track.width * share, middle);
      await expect(desk.equity).not.toHaveValue('$500');
      const equity = Number((await desk.equity.inputValue()).replace(/[$,]/g, ''));
      expect(equity % 10, 'the slider snaps to $10').toBe(0);
      await desk.showsWhat(await recommendation(dataFolder, { equity }));
    }
    await page.mouse.up();
    await expect(desk.record).toBeDisabled();
    await expect(page.getByText('The app has stopped.', { exact: true })).toBeVisible();
  });

  test('asks the app nothing when equity and threshold move, only to remember them', async ({
    app,
    page,
    dataFolder,
    complaints,
  }) => {
    const asked: string[] = [];
    page.on('websocket', (socket) =>
      socket.on('framesent', ({ payload }) => {
        const name = /"([a-z]+\.[a-zA-Z]+)"/.exec(String(payload))?.[1];
        if (name) asked.push(name);
      }),
    );
    await page.goto(app.oneTimeAddress);
    const desk = new DeskScreen(page);
    await desk.showsWhat(await recommendation(dataFolder));
    await expect.poll(() => asked).toContain('settings.write');
    expect(asked).toContain('desk.read');
    asked.length = 0;

    await desk.equitySlider.press('ArrowRight');
    await desk.equitySlider.press('ArrowRight');
    await page.getByRole('slider', { name: 'Threshold' }).press('ArrowRight');
    await desk.showsWhat(await recommendation(dataFolder, { equity: 520, threshold: 0.105 }));
    await expect.poll(() => asked).toContain('settings.write');
    expect(new Set(asked)).toEqual(new Set(['settings.write']));
    expect(complaints).toEqual([]);
  });

  test('follows an equity that is typed', async ({ desk: page, dataFolder, complaints }) => {
    const desk = new DeskScreen(page);
    await desk.type(desk.equity, '1,234.56');
    await expect(desk.equity).toHaveValue('$1,234.56');
    await desk.showsWhat(await recommendation(dataFolder, { equity: 1234.56 }));
    expect(complaints).toEqual([]);
  });

  test('never offers a larger size under a lower threshold', async ({ desk: page, complaints }) => {
    const desk = new DeskScreen(page);
    const sizes: number[] = [];
    for (const threshold of [25, 18, 12.5, 8, 5, 2, 1]) {
      await desk.type(desk.threshold, String(threshold));
      const limit = (threshold * 0.6).toFixed(1);
      await expect(desk.ladder).toHaveAccessibleName(
        `Sizes by risk, the limit is ${limit} percent`,
      );
      const size = Number((await desk.answer.innerText()).replace('oz', ''));
      sizes.push(Number.isNaN(size) ? 0 : size);
    }
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(sizes.at(-1)).toBeLessThan(sizes[0]!);
    expect(complaints).toEqual([]);
  });

  test('turns with L and S, and the liquidation prices with it', async ({
    desk: page,
    dataFolder,
    complaints,
  }) => {
    const desk = new DeskScreen(page);
    await desk.showsWhat(await recommendation(dataFolder));
    await page.keyboard.press('s');
    await expect(page.getByRole('radio', { name: 'Short' })).toBeChecked();
    const short = await recommendation(dataFolder, { direction: 'short' });
    expect(short.ladder.every((rung) => rung.liquidationPrice > short.price)).toBe(true);
    await desk.showsWhat(short);
    await page.keyboard.press('l');
    await expect(page.getByRole('radio', { name: 'Long' })).toBeChecked();
    await desk.showsWhat(await recommendation(dataFolder));
    expect(complaints).toEqual([]);
  });
});

test.describe('looking at another size', () => {
  test('moves facts and liquidation line by the keys, and never the big number', async ({
    desk: page,
    dataFolder,
    complaints,
  }) => {
    const desk = new DeskScreen(page);
    const told = await recommendation(dataFolder);
    const { ladder } = told;
    const at = ladder.findIndex(({ size }) => size === told.recommended!.size);
    const big = `${sizeText(told.recommended!.size)}oz`;
    const looksAt = async (rung: (typeof ladder)[number]) => {
      await expect(desk.chart).toHaveAccessibleName(lineText(rung.size, rung.liquidationPrice));
      await expect(desk.facts).toContainText(
        rung.liquidationPrice > 0 ? priceText(rung.liquidationPrice) : 'never',
      );
      await expect(desk.ladder.getByRole('option', { selected: true })).toHaveAccessibleName(
        new RegExp(`^${sizeText(rung.size)} ounces`),
      );
      await expect(desk.answer).toHaveText(big);
    };
    await looksAt(ladder[at]!);
    await page.keyboard.press('ArrowDown');
    await looksAt(ladder[at + 1]!);
    await expect(desk.answerBlock).toContainText(/Showing .* points over the limit/);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ArrowUp');
    await looksAt(ladder[at - 1]!);
    await expect(desk.answerBlock).toContainText(/Showing .* points under the limit/);
    await page.keyboard.press('Home');
    await looksAt(ladder[0]!);
    await page.keyboard.press('End');
    await looksAt(ladder[29]!);
    await page.keyboard.press('Escape');
    await looksAt(ladder[at]!);
    await expect(desk.answerBlock).not.toContainText('Showing');
    await desk.rungs.nth(4).click();
    await looksAt(ladder[4]!);
    await page.getByRole('button', { name: /back to/ }).click();
    await looksAt(ladder[at]!);
    expect(complaints).toEqual([]);
  });

  test('lasts as long as the pointer is on its row', async ({ desk: page, complaints }) => {
    const desk = new DeskScreen(page);
    await expect(desk.recommendedRung).toHaveCount(1);
    const answer = await desk.answer.innerText();
    const before = await desk.chart.getAttribute('aria-label');
    await desk.rungs.nth(6).hover();
    await expect(desk.chart).toHaveAccessibleName(/line of 1\.05 ounces/);
    await expect(desk.answerBlock).toContainText('Showing 1.05 oz');
    await expect(desk.answer).toHaveText(answer.replace(/\s/g, ''));
    await page.mouse.move(300, 300);
    await expect(desk.chart).toHaveAccessibleName(before!);
    expect(complaints).toEqual([]);
  });

  test('ends when the account changes', async ({ desk: page, complaints }) => {
    const desk = new DeskScreen(page);
    await expect(desk.rungs).toHaveCount(30);
    await page.keyboard.press('Home');
    await expect(desk.answerBlock).toContainText('Showing 0.15 oz');
    await desk.equitySlider.press('ArrowRight');
    await expect(desk.answerBlock).not.toContainText('Showing');
    expect(complaints).toEqual([]);
  });
});

test.describe('what the desk says when', () => {
  test('every size is over the limit: stand aside', async ({
    desk: page,
    dataFolder,
    complaints,
  }) => {
    const desk = new DeskScreen(page);
    await desk.type(desk.equity, '20');
    await desk.type(desk.threshold, '1');
    await expect(desk.answer).toHaveText('Stand aside');
    await expect(desk.answerBlock).toContainText(
      /Every size that fits is over 0\.6%\. The smallest, 0\.15, is at \d+\.\d%\./,
    );
    await expect(desk.record).toContainText('Record: stood aside');
    await desk.showsWhat(await recommendation(dataFolder, { equity: 20, threshold: 0.01 }));
    expect(complaints).toEqual([]);
  });

  test('margin carries no size at all', async ({ desk: page, dataFolder, complaints }) => {
    await goTo(page, 'Settings');
    const desk = new DeskScreen(page);
    await desk.type(page.getByLabel('Leverage', { exact: true }), '1');
    await goTo(page, 'Desk');
    await desk.type(desk.equity, '20');
    await expect(desk.answer).toHaveText('No position');
    await expect(desk.answerBlock).toContainText('Equity of $20 carries no position at 1×.');
    await desk.showsWhat(await recommendation(dataFolder, { equity: 20, leverage: 1 }));
    expect(complaints).toEqual([]);
  });

  test('every size is safe: the ladder is the cap', async ({
    desk: page,
    dataFolder,
    complaints,
  }) => {
    const desk = new DeskScreen(page);
    await desk.type(desk.equity, '100000');
    await expect(desk.answer).toHaveText('4.50oz');
    await expect(desk.answerBlock).toContainText('All 30 sizes are under 6.0%');
    await expect(desk.facts).toContainText('The ladder is the cap here, not the risk.');
    await desk.showsWhat(await recommendation(dataFolder, { equity: 100_000 }));
    expect(complaints).toEqual([]);
  });

  test('margin ends before the ladder does', async ({ desk: page, dataFolder, complaints }) => {
    const desk = new DeskScreen(page);
    await desk.type(desk.equity, '200');
    await desk.type(desk.threshold, '25');
    const told = await recommendation(dataFolder, { equity: 200, threshold: 0.25 });
    const carried = told.ladder.filter(({ feasible }) => feasible).length;
    expect(carried).toBeLessThan(30);
    await expect(desk.answerBlock).toContainText(/Margin ends at \d\.\d\d\soz/);
    await desk.showsWhat(told);
    await page.keyboard.press('End');
    await expect(desk.ladder.getByRole('option', { selected: true })).toHaveAccessibleName(
      new RegExp(`^${sizeText(told.ladder[carried - 1]!.size)} ounces`),
    );
    expect(complaints).toEqual([]);
  });

  test('the size is below the broker’s smallest order', async ({
    desk: page,
    dataFolder,
    complaints,
  }) => {
    const desk = new DeskScreen(page);
    await desk.type(desk.equity, '100');
    await expect(desk.answerBlock).toContainText(
      /is safe, but the broker’s smallest order is 1\.00 oz \(0\.01 lot\)/,
    );
    await expect(desk.facts).toContainText('It is not rounded up for you.');
    await desk.showsWhat(await recommendation(dataFolder, { equity: 100 }));
    expect(complaints).toEqual([]);
  });

  test('an equity cannot be used: the last good answer stays, and is not recorded', async ({
    desk: page,
    complaints,
  }) => {
    const desk = new DeskScreen(page);
    const before = await desk.answer.innerText();
    for (const typed of ['abc', '', '-5', '19', '100001', 'NaN', '1e9']) {
      await desk.equity.fill(typed);
      await expect(page.getByRole('alert')).toContainText('Equity is $20 to $100,000.');
      await expect(desk.equity).toHaveAttribute('aria-invalid', 'true');
      await expect(desk.answer).toHaveText(before);
      await expect(desk.answerBlock).toContainText('Last size, at $500');
      await expect(desk.record).toBeDisabled();
    }
    await desk.equity.press('Escape');
    await expect(desk.equity).toHaveValue('$500');
    await expect(page.getByRole('alert')).toHaveCount(0);
    await expect(desk.record).toBeEnabled();
    expect(complaints).toEqual([]);
  });
});

test.describe('a step along the chart', () => {
  test('back and forward comes to the same ladder', async ({
    desk: page,
    dataFolder,
    complaints,
  }) => {
    const desk = new DeskScreen(page);
    const newest = await recommendation(dataFolder);
    await desk.showsWhat(newest);
    const closed = (hoursBack: number) => new Date(Date.parse(newest.asOf) - hoursBack * 3_600_000);
    const clock = (time: Date) => `closed ${time.toISOString().slice(11, 16)} UTC`;
    await expect(page.getByText(clock(closed(0)))).toBeVisible();

    await page.keyboard.press(',');
    await page.keyboard.press(',');
    const earlier = await recommendation(dataFolder, { at: closed(2).toISOString().slice(0, 16) });
    await expect(page.getByText(clock(closed(2)))).toBeVisible();
    await desk.showsWhat(earlier);

    await page.keyboard.press('.');
    await page.getByRole('button', { name: 'One bar forward' }).click();
    await expect(page.getByText(clock(closed(0)))).toBeVisible();
    await desk.showsWhat(newest);
    expect(complaints).toEqual([]);
  });
});

test.describe('settings', () => {
  test('another stop-out rule moves the liquidation prices', async ({
    desk: page,
    dataFolder,
    complaints,
  }) => {
    const desk = new DeskScreen(page);
    await goTo(page, 'Settings');
    await page.getByRole('radio', { name: /^EU retail/ }).check({ force: true });
    await goTo(page, 'Desk');
    const margin = await recommendation(dataFolder, { 'stop-out': 'margin:0.50' });
    const equity = await recommendation(dataFolder);
    expect(margin.ladder[20]!.liquidationPrice).not.toBe(equity.ladder[20]!.liquidationPrice);
    await desk.showsWhat(margin);
    await expect(page.getByRole('region', { name: 'Facts', exact: true })).toContainText(
      'margin level 50%',
    );
    expect(complaints).toEqual([]);
  });

  test('costs draw the price at which they are earned back', async ({ desk: page, complaints }) => {
    const desk = new DeskScreen(page);
    await expect(desk.chart).not.toHaveAccessibleName(/Break-even/);
    await goTo(page, 'Settings');
    await desk.type(page.getByLabel('Spread'), '0.30');
    await desk.type(page.getByLabel('Commission, a side'), '0.05');
    await goTo(page, 'Desk');
    const [, entry] = /Entry long at ([\d,.]+\d)/.exec(
      (await desk.chart.getAttribute('aria-label'))!,
    )!;
    const even = Number(entry!.replaceAll(',', '')) + 0.4;
    await expect(desk.chart).toHaveAccessibleName(
      new RegExp(`Break-even is at ${priceText(even)}`),
    );
    expect(complaints).toEqual([]);
  });

  test('margin in use elsewhere leaves less for the ladder, and a bad number changes nothing', async ({
    desk: page,
    complaints,
  }) => {
    const desk = new DeskScreen(page);
    await goTo(page, 'Settings');
    const field = page.getByLabel('Margin in use elsewhere');
    await desk.type(field, '350');
    await goTo(page, 'Desk');
    await expect(desk.rungs.last()).toHaveAccessibleName(/no margin$/);
    await expect(desk.answerBlock).toContainText(/Margin ends at 1\.\d\d/);
    await goTo(page, 'Settings');
    await field.fill('a lot');
    await expect(page.getByText('Margin in use is $0 to $1,000,000.')).toBeVisible();
    await goTo(page, 'Desk');
    await expect(desk.answerBlock).toContainText(/Margin ends at 1\.\d\d/);
    expect(complaints).toEqual([]);
  });

  test('the theme stays after a reload', async ({ desk: page, complaints }) => {
    const root = page.locator('html');
    await expect(root).toHaveAttribute('data-theme', 'dark');
    await page.getByRole('button', { name: 'Dark or light' }).click();
    await expect(root).toHaveAttribute('data-theme', 'light');
    await page.reload();
    await expect(new DeskScreen(page).answer).toBeVisible();
    await expect(root).toHaveAttribute('data-theme', 'light');
    expect(complaints).toEqual([]);
  });

  test('equity, threshold and side show in a second window and outlast a restart', async ({
    app,
    desk: page,
    context,
    dataFolder,
    startApp,
    complaints,
  }) => {
    const desk = new DeskScreen(page);
    const second = new DeskScreen(await context.newPage());
    await second.page.goto(app.origin);
    await expect(second.equity).toHaveValue('$500');
    await desk.type(desk.equity, '750');
    await desk.type(desk.threshold, '12.5');
    await page.keyboard.press('s');
    const account = { equity: 750, threshold: 0.125, direction: 'short' } as const;
    await expect(second.page.getByRole('radio', { name: 'Short' })).toBeChecked();
    await second.showsWhat(await recommendation(dataFolder, account));

    await second.page.close();
    await page.goto('about:blank');
    await app.stop();
    await page.goto((await startApp()).oneTimeAddress);
    await expect(desk.equity).toHaveValue('$750');
    await expect(desk.threshold).toHaveValue('12.5%');
    await desk.showsWhat(await recommendation(dataFolder, account));
    expect(complaints).toEqual([]);
  });
});
