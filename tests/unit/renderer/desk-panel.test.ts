// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, describe, expect, it } from 'vitest';
import { STUDY_RULES } from '#domain/account/broker.ts';
import {
  BAR,
  BAR_OF_V2,
  curve,
  fakeClient,
  openFakeApp,
  SERIES,
  sizesCurve,
  type FakeClient,
} from './fake-app.ts';
import Panel from './Panel.svelte';
import type { DeskBar } from '#contract/desk.ts';
import type { Settings } from '#contract/settings.ts';
import type { Fraction, Money } from '#domain/units.ts';

afterEach(cleanup);

async function show(bar: Partial<DeskBar> = {}, settings: Partial<Settings> = {}) {
  const client = fakeClient({ ...BAR, ...bar }, settings);
  const app = await openFakeApp(client);
  render(Panel, { app });
  return { app, client };
}

const risky = { ...sizesCurve(), p: sizesCurve().p.map(() => 0.5) };
const text = (element: Element) => element.textContent!.replace(/\s+/g, ' ').trim();
const headline = () => text(screen.getByTestId('answer'));
const panel = () => text(screen.getByRole('complementary', { name: 'Decision' }));
const rows = () => within(screen.getByRole('listbox')).getAllByRole('option');
const row = (size: string) => screen.getByRole('option', { name: new RegExp(`^${size} ounces`) });
const equity = (value: number) => ({ equity: value as Money });
const callsNamed = (client: FakeClient, name: string) =>
  client.calls.filter((call) => call.name === name);

describe('the answer', () => {
  it('is the largest size under the limit, with the first that fails', async () => {
    await show();
    expect(headline()).toBe('2.85oz');
    expect(panel()).toContain('2.85 is the largest under 6.0%; 3.00 is at 6.4%.');
    expect(panel()).toContain('5.5% under the 6.0% limit');
  });

  it('of a V2 says that its limit comes from its penalty, not from the safety factor', async () => {
    await show(BAR_OF_V2);
    expect(headline()).toBe('1.20oz');
    expect(panel()).toContain('under the 2.174% limit');
    const inputs = screen.getByRole('region', { name: 'Account' });
    expect(text(inputs)).toMatch(/Threshold 5× = ?to 2\.174%/);
    expect(text(inputs)).not.toContain('×0.6');
    expect(
      screen.getByTitle(/10% with V2’s 5× penalty; the safety factor does not apply/),
    ).toBeTruthy();
  });

  it('of a V2 that stands aside gives the limit with its penalty among the facts', async () => {
    await show({ ...BAR_OF_V2, curves: { long: risky, short: risky } }, equity(45));
    const facts = text(screen.getByRole('region', { name: 'Facts of this size' }));
    expect(facts).toContain('Limit 2.174% 10% with 5×');
  });

  it('gives six facts of that size', async () => {
    await show();
    const facts = text(screen.getByRole('region', { name: 'Facts of this size' }));
    expect(facts).toContain('Liquidation price 1,937.32');
    expect(facts).toContain('Distance $122.81 5.96%');
    expect(facts).toContain('In ATR(14) 27.8 × $4.42');
    expect(facts).toContain('Margin used $293.57 59%');
    expect(facts).toContain('Margin free $206.43 cap 4.85 oz');
    expect(facts).toContain('Broker lots, down 0.02 = 2.00 oz');
  });

  it('is to stand aside where every size is over', async () => {
    await show({ curves: { long: curve(-3), short: curve(-3) } }, equity(45));
    expect(headline()).toBe('Stand aside');
    expect(panel()).toMatch(
      /Every size that fits is over 6\.0%\. The smallest, 0\.15, is at \d+\.\d%\./,
    );
    expect(screen.getByRole('button', { name: /^Record: stood aside/ })).toBeTruthy();
  });

  it('says that the ladder is the cap where all sizes are safe', async () => {
    await show({}, equity(2000));
    expect(headline()).toBe('4.50oz');
    expect(panel()).toContain('All 30 sizes are under 6.0%; 4.50 is the largest on the ladder.');
    expect(panel()).toContain(
      'The ladder is the cap here, not the risk. Margin would allow 19.42 oz.',
    );
  });

  it('says where margin ends', async () => {
    await show({}, equity(200));
    expect(panel()).toContain(
      '1.05 is the largest under 6.0%; 1.20 is at 6.4%. Margin ends at 1.94 oz.',
    );
  });

  it('does not round a size up to the smallest order', async () => {
    await show({}, equity(150));
    expect(headline()).toBe('0.75oz');
    expect(panel()).toContain(
      '0.75 is safe, but the broker’s smallest order is 1.00 oz (0.01 lot).',
    );
    expect(panel()).toMatch(
      /1\.00 oz would be at \d\.\d%, over the 6\.0% limit\. It is not rounded up/,
    );
    expect(panel()).toContain('Broker lots, down 0.00 cannot trade');
  });

  it('recommends nothing without a model, and still knows the liquidation prices', async () => {
    await show({ model: null, curves: null, signal: null });
    expect(headline()).toBe('No model');
    expect(panel()).toContain(
      'Without a model there is no P(liquidation), so no size is recommended.',
    );
    expect(text(row('2.85'))).toBe('2.85 — — 1,937.3 No model');
    const record = screen.getByRole<HTMLButtonElement>('button', { name: /^Record/ });
    expect(record.disabled).toBe(true);
    expect(panel()).toContain('Recording needs a model and enough candles.');
  });

  it('counts the candles that are missing', async () => {
    await show({ bar: 95, curves: null, signal: null, missing: { needed: 128, loaded: 96 } });
    expect(headline()).toBe('Too few candles');
    expect(panel()).toContain('The model needs 128 candles; 96 are loaded.');
    expect(text(row('2.85'))).toContain('Too few');
  });

  it('says when equity carries no position at all', async () => {
    await show({}, { ...equity(20), rules: { ...STUDY_RULES, leverage: 10 } });
    expect(headline()).toBe('No position');
    expect(panel()).toContain('Equity of $20 carries no position at 10×.');
  });

  it('shows what the other policy would take beside its own', async () => {
    const gain = { ...curve(), meanReturn: curve().meanReturn.map((_, i) => 0.2 - i * 0.02) };
    await show({
      curves: { long: { ...gain, meanReturn: gain.meanReturn.toReversed() }, short: gain },
    });
    expect(headline()).toBe('2.85oz');
    expect(panel()).toMatch(/Best return \d\.\d\d oz/);
  });
});

describe('the ladder', () => {
  it('has 30 rows, each read as its size, its risk and its state', async () => {
    await show();
    expect(rows()).toHaveLength(30);
    expect(row('2.70').getAttribute('aria-label')).toBe(
      '2.70 ounces, 4.8 percent, under the limit',
    );
    expect(row('2.85').getAttribute('aria-label')).toBe('2.85 ounces, 5.5 percent, recommended');
    expect(row('3.00').getAttribute('aria-label')).toBe('3.00 ounces, 6.4 percent, over the limit');
  });

  it('says every state in a word', async () => {
    await show({}, equity(200));
    expect(text(row('0.90'))).toContain('Under');
    expect(text(row('1.05'))).toContain('Use this');
    expect(text(row('1.20'))).toContain('Over');
    expect(text(row('1.95'))).toBe('1.95 — — 1,988.3 No margin');
    expect(row('1.95').getAttribute('aria-label')).toBe('1.95 ounces, no margin');
  });

  it('shows another size on a click: facts and why line move, the big number stays', async () => {
    await show();
    await fireEvent.click(row('3.60'));
    expect(headline()).toBe('2.85oz');
    expect(panel()).toMatch(/Showing 3\.60 oz: \d+\.\d%, \d\.\d points over the limit/);
    expect(panel()).toContain('Liquidation price 1,962.91');
    expect(row('3.60').getAttribute('aria-selected')).toBe('true');
    await fireEvent.click(screen.getByRole('button', { name: /back to 2\.85/ }));
    expect(panel()).toContain('Liquidation price 1,937.32');
  });

  it('lets no size be shown that margin does not carry', async () => {
    const { app } = await show({}, equity(200));
    await fireEvent.click(row('4.50'));
    expect(app.desk.selected).toBeNull();
    app.desk.moveSelection(Infinity);
    expect(app.desk.shown!.size).toBe(12);
  });

  it('drops the selection when a setting changes the decision', async () => {
    const { app } = await show();
    await fireEvent.click(row('3.60'));
    app.settings.change({ theme: 'light' });
    expect(app.desk.selected).toBe(24);
    app.settings.change({ direction: 'short' });
    expect(app.desk.selected).toBeNull();
  });
});

describe('equity and threshold', () => {
  it('settle the answer in the window, without asking the app', async () => {
    const { client } = await show();
    const before = client.calls.length;
    await fireEvent.input(screen.getByRole('textbox', { name: 'Equity in dollars' }), {
      target: { value: '200' },
    });
    expect(headline()).toBe('1.05oz');
    await fireEvent.input(screen.getByRole('slider', { name: 'Threshold' }), {
      target: { value: '48' },
    });
    expect(panel()).toContain('14.7% under the 15.0% limit');
    expect(headline()).toBe('1.80oz');
    expect(client.calls).toHaveLength(before);
  });

  it('move by $10 with an arrow key on the slider', async () => {
    const { app } = await show();
    await fireEvent.keyDown(screen.getByRole('slider', { name: 'Equity' }), { key: 'ArrowRight' });
    expect(app.settings.current.equity).toBe(510);
  });

  it('keep the last good answer, and say so, while a number cannot be used', async () => {
    await show();
    const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Equity in dollars' });
    await fireEvent.input(field, { target: { value: '7' } });
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByRole('alert').textContent).toContain('Equity is $20 to $100,000.');
    expect(headline()).toBe('2.85oz');
    expect(panel()).toContain('Last size, at $500');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: /^Record/ }).disabled).toBe(true);
    await fireEvent.input(field, { target: { value: '$2,000' } });
    expect(headline()).toBe('4.50oz');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('take the side from a radio group', async () => {
    const { app } = await show();
    await fireEvent.click(screen.getByRole('radio', { name: 'Short' }));
    expect(app.settings.current.direction).toBe('short');
    expect(panel()).toContain('2,182.94');
  });
});

describe('recording', () => {
  it('keeps the recommended size with the rules of this moment, whatever is looked at', async () => {
    const { client } = await show();
    await fireEvent.click(row('3.60'));
    await fireEvent.click(screen.getByRole('button', { name: /^Record this decision/ }));
    await tick();
    expect(callsNamed(client, 'decisions.record').map(({ input }) => input)).toEqual([
      {
        series: SERIES.name,
        timeframe: null,
        bar: BAR.bar,
        direction: 'long',
        equity: 500,
        rules: STUDY_RULES,
        appetite: { threshold: 0.1, safetyFactor: 0.6 },
        policy: 'largest-safe',
      },
    ]);
  });

  it('confirms quietly, until the decision is another one', async () => {
    const { app } = await show();
    await app.recording.record();
    await tick();
    expect(panel()).toMatch(/Recorded .* at 14:00 UTC/);
    app.settings.change({ appetite: { threshold: 0.05 as Fraction, safetyFactor: 1 as Fraction } });
    await tick();
    expect(panel()).not.toContain('Recorded');
  });
});
