// @vitest-environment jsdom
import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import App from '../../../src-renderer/App.svelte';
import { standInForBrowser } from './browser-stand-ins.ts';
import { BAR, fakeClient, SERIES, type FakeClient } from './fake-app.ts';
import { SCREEN_NAMES, screenText } from '#contract/screens.ts';
import type { CallInput, Handlers } from '#contract/calls.ts';
import type { ImportReport } from '#contract/series.ts';
import type { UtcSeconds } from '#domain/units.ts';

// jsdom has no canvas: the chart itself is looked at in a real browser.
vi.mock('../../../src-renderer/charts/candles/price-chart.ts', () => import('./chart-stand-in.ts'));

standInForBrowser();

let tellReached: (reached: boolean) => void;

async function open(client: FakeClient = fakeClient()) {
  const onReached = (listener: (reached: boolean) => void) => {
    tellReached = listener;
    return () => {};
  };
  render(App, { connection: { client, onReached } });
  await screen.findByRole('navigation', { name: 'Screens' });
  return client;
}

const press = (key: string, more: KeyboardEventInit = {}, on: Element = document.body) =>
  fireEvent.keyDown(on, { key, ...more });
const selected = () =>
  within(screen.getByRole('listbox'))
    .getByRole('option', { selected: true })
    .getAttribute('aria-label');
const pressed = (name: string) => screen.getByRole<HTMLInputElement>('radio', { name }).checked;

describe('keys on the desk', () => {
  it('move the size shown and bring the recommended one back', async () => {
    await open();
    await press('ArrowDown');
    expect(selected()).toContain('3.00 ounces');
    await press('ArrowUp');
    await press('ArrowUp');
    expect(selected()).toContain('2.70 ounces');
    await press('End');
    expect(selected()).toContain('4.50 ounces');
    await press('Home');
    expect(selected()).toContain('0.15 ounces');
    await press('Escape');
    expect(selected()).toContain('2.85 ounces');
  });

  it('turn the side, lead to the fields and record', async () => {
    const client = await open();
    await press('s');
    expect(pressed('Short')).toBe(true);
    await press('l');
    expect(pressed('Long')).toBe(true);
    await press('e');
    expect(document.activeElement?.id).toBe('equity');
    await press('r');
    await waitFor(() => expect(client.calls.at(-1)?.name).toBe('decisions.record'));
  });

  it('step through the bars', async () => {
    await open();
    await press(',');
    await screen.findByText('Bar 34,122 of 34,224');
    await press('.');
    await screen.findByText('Bar 34,123 of 34,224');
  });

  it('work again when Esc leaves a field, without what was typed there', async () => {
    await open();
    const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Equity in dollars' });
    field.focus();
    await fireEvent.input(field, { target: { value: '7' } });
    await press('Escape', {}, field);
    expect(document.activeElement).toBe(document.body);
    expect(field.value).toBe('$500');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('do nothing while a field has the focus', async () => {
    const client = await open();
    const field = screen.getByRole('textbox', { name: 'Equity in dollars' });
    const before = client.calls.length;
    for (const key of ['s', 'r', ',', '?']) await press(key, {}, field);
    expect(pressed('Long')).toBe(true);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(client.calls).toHaveLength(before);
  });

  it('are the dialog’s while one is open, whichever it is', async () => {
    const client = await open();
    const before = client.calls.length;
    for (const [opening, closing] of [
      ['?', 'Close'],
      ['a', 'Done'],
      ['x', 'Done'],
    ] as const) {
      await press(opening);
      const dialog = within(await screen.findByRole('dialog'));
      for (const key of ['s', 'r', ',']) await press(key);
      await fireEvent.click(dialog.getByRole('button', { name: closing }));
      await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    }
    expect(pressed('Long')).toBe(true);
    expect(client.calls.slice(before).map(({ name }) => name)).not.toContain('decisions.record');
  });

  it('are listed by ?', async () => {
    await open();
    await press('?');
    expect(screen.getByRole('dialog', { name: 'All keys' })).toBeTruthy();
  });
});

describe('the screens', () => {
  it('are reached by Ctrl and a number', async () => {
    await open();
    await press('2', { ctrlKey: true });
    expect(screen.getByRole('heading', { name: 'History' })).toBeTruthy();
    expect(await screen.findByText(/Nothing recorded yet/)).toBeTruthy();
    await press('3', { ctrlKey: true });
    expect(screen.getByRole('heading', { name: 'Training' })).toBeTruthy();
    await press('5', { ctrlKey: true });
    expect(screen.getByRole('heading', { name: 'Data' })).toBeTruthy();
    await press('1', { ctrlKey: true });
    expect(screen.getByTestId('answer')).toBeTruthy();
  });

  it('are all on the rail, in the menu and among the commands', async () => {
    const client = await open();
    for (const name of SCREEN_NAMES) {
      const { label } = screenText(name);
      client.tell('menu.chosen', { item: `show-${name}` });
      const shown = await screen.findByRole('button', { name: label, current: 'page' });
      expect(shown.closest('nav')?.getAttribute('aria-label')).toBe('Screens');
      await screen.findByRole('heading', { name: label, level: 1 });
      await press('k', { ctrlKey: true });
      screen.getByRole('option', { name: new RegExp(`^View: ${label}`) });
      await fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    }
  });

  it('follow the theme', async () => {
    await open();
    expect(document.documentElement.dataset['theme']).toBe('dark');
    await press('L', { ctrlKey: true, shiftKey: true });
    expect(document.documentElement.dataset['theme']).toBe('light');
  });

  it('open a recorded decision’s bar on the desk', async () => {
    await open();
    await press('r');
    await press(',');
    await screen.findByText('Bar 34,122 of 34,224');
    await press('2', { ctrlKey: true });
    await fireEvent.click((await screen.findByRole('grid')).querySelector('tbody tr')!);
    await fireEvent.click(await screen.findByRole('button', { name: 'Open on desk' }));
    await screen.findByText('Bar 34,123 of 34,224');
  });

  it('say when a series is no market', async () => {
    const series = { ...SERIES, synthetic: true };
    await open(fakeClient({ ...BAR, series }));
    expect(screen.getByText('Synthetic')).toBeTruthy();
  });

  it('say what to do while there are no candles', async () => {
    await open(fakeClient(BAR, {}, { 'series.list': () => [] }));
    expect(screen.getByText('Drop a CSV file here, or choose Import series.')).toBeTruthy();
  });

  it('say that the app has stopped, and until then keep what they show', async () => {
    await open();
    tellReached(false);
    expect((await screen.findByRole('alert')).textContent).toContain(
      'The app behind this window has stopped.',
    );
    expect(screen.getByTestId('answer').textContent).toContain('2.85');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: /^Record/ }).disabled).toBe(true);
    tellReached(true);
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  });
});

describe('importing a file', () => {
  const REPORT: ImportReport = {
    fileName: 'XAGUSD_M5.csv',
    bytes: 300,
    lines: 11,
    format: 'MetaTrader 5 export',
    timeframe: 'M5',
    clock: 'new-york-close',
    clockEvidence: 'The market reopens by this clock.',
    name: 'XAGUSD_M5',
    symbol: 'XAGUSD',
    bars: 10,
    from: 1_700_000_000 as UtcSeconds,
    to: 1_700_003_000 as UtcSeconds,
    notes: ['2 bars are left out: nothing was traded (prices of null).'],
    gaps: 0,
    preview: Array.from({ length: 9 }, (_, i) => ({
      line: i + 2,
      time: (1_700_000_000 + i * 300) as UtcSeconds,
      open: 23.5,
      high: 23.61,
      low: 23.4,
      close: 23.5,
      volume: 12,
    })),
    problems: [],
    problemCount: 0,
    alreadyStored: 4,
  };

  async function drop(
    report: Partial<ImportReport> = {},
    file = new File(['a,b\n1,2'], 'XAGUSD_M5.csv'),
  ) {
    const handlers: Partial<Handlers> = {
      'import.stage': () => ({ upload: 'one' }),
      'import.preview': () => ({ ...REPORT, ...report }),
      'import.commit': () => ({ series: SERIES, added: 6 }),
      'import.discard': () => ({}),
    };
    const client = await open(fakeClient(BAR, {}, handlers));
    await fireEvent.drop(document.body, { dataTransfer: { files: [file] } });
    const dialog = await screen.findByRole('dialog', { name: 'Import series' });
    await within(dialog).findByLabelText('Save as');
    return { client, dialog: within(dialog) };
  }
  const named = (client: FakeClient, name: string) =>
    client.calls.filter((call) => call.name === name).map(({ input }) => input);

  it('shows what was detected, seven rows and how many bars would come', async () => {
    const { dialog } = await drop();
    expect(dialog.getByText('MetaTrader 5 export')).toBeTruthy();
    expect(dialog.getByText(/2 bars are left out/)).toBeTruthy();
    expect(dialog.getByLabelText<HTMLInputElement>('Symbol').value).toBe('XAGUSD');
    expect(dialog.getByLabelText<HTMLSelectElement>('Frame').value).toBe('M5');
    expect(dialog.getByText('UTC+2, summer +3, found')).toBeTruthy();
    expect(dialog.getAllByRole('row')).toHaveLength(1 + 7);
    expect(dialog.getByRole('button', { name: /^Import 6 bars/ })).toBeTruthy();
  });

  it('reads again when a setting is changed', async () => {
    const { client, dialog } = await drop();
    await fireEvent.change(dialog.getByLabelText('Clock of the file'), {
      target: { value: 'utc' },
    });
    await waitFor(() =>
      expect(named(client, 'import.preview').at(-1)).toEqual({
        upload: 'one',
        settings: { symbol: 'XAGUSD', clock: 'utc' },
      }),
    );
  });

  it('imports and opens the series on the desk', async () => {
    const { client, dialog } = await drop();
    await fireEvent.click(dialog.getByRole('button', { name: /^Import 6 bars/ }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(named(client, 'import.commit')).toHaveLength(1);
    expect(named(client, 'desk.read').at(-1)).toEqual({
      timeframe: null,
      series: SERIES.name,
      bar: null,
    });
  });

  it('refuses a file with a wrong line, and lists the line', async () => {
    const problem = {
      code: 'x',
      line: 1207,
      text: 'High is below low.',
      next: 'Correct the line.',
    };
    const { dialog } = await drop({ problems: [problem], problemCount: 1 });
    expect(dialog.getByText('Line 1,207')).toBeTruthy();
    expect(dialog.getByText('High is below low.')).toBeTruthy();
    expect(dialog.getByRole<HTMLButtonElement>('button', { name: /^Import/ }).disabled).toBe(true);
    expect(dialog.getByText(/Nothing is imported while a line is wrong/)).toBeTruthy();
  });

  it('has nothing to import where every bar is stored', async () => {
    const { dialog } = await drop({ alreadyStored: 10 });
    expect(dialog.getByText('All 10 bars are already stored under XAGUSD_M5.')).toBeTruthy();
  });

  it('hands a large file over in pieces of at most 1 MiB that join to the file', async () => {
    const text = 'x'.repeat(2_500_000);
    const { client } = await drop({}, new File([text], 'XAGUSD_M5.csv'));
    const pieces = named(client, 'import.stage') as CallInput<'import.stage'>[];
    expect(pieces.map(({ upload }) => upload)).toEqual([null, 'one', 'one']);
    expect(pieces.every(({ piece }) => atob(piece).length <= 2 ** 20)).toBe(true);
    expect(pieces.map(({ piece }) => atob(piece)).join('')).toBe(text);
  });

  it('forgets the file when the sheet is closed', async () => {
    const { client, dialog } = await drop();
    await fireEvent.click(dialog.getByRole('button', { name: /^Cancel/ }));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(named(client, 'import.discard')).toEqual([{ upload: 'one' }]);
  });
});
