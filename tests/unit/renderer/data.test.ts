// @vitest-environment jsdom
import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { CodedError } from '#contract/errors.ts';
import App from '../../../src-renderer/App.svelte';
import { BLOCK_HEIGHT, standInForBrowser } from './browser-stand-ins.ts';
import { DATASET, ESTIMATE, JOB } from './dataset-samples.ts';
import { BAR, fakeClient, type FakeClient } from './fake-app.ts';
import type { CallName, Handlers } from '#contract/calls.ts';
import type { DatasetInfo } from '#contract/datasets.ts';
import type { JobInfo } from '#contract/jobs.ts';

// jsdom has no canvas: the chart itself is looked at in a real browser.
vi.mock('../../../src-renderer/charts/candles/price-chart.ts', () => import('./chart-stand-in.ts'));
standInForBrowser();

async function openData(handlers: Partial<Handlers> = {}) {
  const client = fakeClient(BAR, {}, handlers);
  render(App, { connection: { client, onReached: () => () => {} } });
  await screen.findByRole('navigation', { name: 'Screens' });
  await press('5', document.body, { ctrlKey: true });
  await screen.findByRole('heading', { name: 'Data' });
  return client;
}

const press = (key: string, on: Element, more: KeyboardEventInit = {}) =>
  fireEvent.keyDown(on, { key, ...more });
const click = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));
const inputs = (client: FakeClient, name: CallName) =>
  client.calls.filter((call) => call.name === name).map(({ input }) => input);
const text = (element: Element) => element.textContent!.replace(/\s+/g, ' ').trim();
const cells = (row: HTMLElement) => Array.from(row.children, text).join(' ');
const withDatasets = (...list: DatasetInfo[]): Partial<Handlers> => ({
  'datasets.list': () => list,
});
const withJob = (job: Partial<JobInfo>): Partial<Handlers> => ({
  'jobs.list': () => [{ ...JOB, ...job }],
});
const strip = () => screen.getByRole('region', { name: JOB.title });
const generateButton = () =>
  screen.getByRole<HTMLButtonElement>('button', { name: /^Generate dataset/ });

describe('the datasets', () => {
  it('say what to do while there are none', async () => {
    await openData();
    expect(screen.getByText(/^No datasets yet\. Generate one here/)).toBeTruthy();
  });

  it('show their mix, size and checksum, and where they come from', async () => {
    await openData(withDatasets(DATASET));
    const row = within(screen.getByRole('table', { name: 'Datasets' })).getAllByRole('row')[1]!;
    expect(cells(row)).toContain('gold-natural cross 32/128 1,000,000 24 / 7 / 69');
    expect(cells(row)).toContain('90.0 01234567');
    expect(within(row).getByText('01234567').title).toBe(DATASET.checksum);
    const about = text(screen.getByRole('region', { name: 'About gold-natural' }));
    expect(about).toContain(DATASET.command);
    expect(about).toContain(
      'gold-h1: GARCH 50.0%, stochastic volatility 50.0%; generator version 2',
    );
    expect(about).toContain(`Checksum ${DATASET.checksum}`);
  });

  it('are deleted at once, with a way back', async () => {
    const stored = [DATASET];
    const client = await openData({
      'datasets.list': () => [...stored],
      'datasets.delete': () => {
        stored.pop();
        return {};
      },
      'datasets.restore': () => {
        stored.push(DATASET);
        return {};
      },
    });
    await click('Delete');
    expect(text(await screen.findByRole('status'))).toContain('Deleted gold-natural.');
    expect(screen.queryByRole('table', { name: 'Datasets' })).toBeNull();
    await click('Undo');
    await screen.findByRole('table', { name: 'Datasets' });
    expect(inputs(client, 'datasets.restore')).toEqual([{ name: 'gold-natural' }]);
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
  });

  it('come back together where several were deleted', async () => {
    const stored = new Map(['one', 'two'].map((name) => [name, { ...DATASET, name }]));
    const client = await openData({
      'datasets.list': () => [...stored.values()],
      'datasets.delete': ({ name }) => {
        stored.delete(name);
        return {};
      },
      'datasets.restore': () => ({}),
    });
    const row = screen.getByText('one', { selector: 'td' }).parentElement!;
    await press('Delete', row);
    await waitFor(() => expect(screen.queryByText('one', { selector: 'td' })).toBeNull());
    await click('Delete');
    await screen.findByText('Deleted two and 1 more.');
    expect(screen.getAllByRole('status')).toHaveLength(1);
    await click('Undo');
    await waitFor(() =>
      expect(inputs(client, 'datasets.restore')).toEqual([{ name: 'one' }, { name: 'two' }]),
    );
  });

  it('are exported to a file whose path is told', async () => {
    const client = await openData({
      ...withDatasets(DATASET),
      'datasets.export': ({ name, format }) => ({ file: `/data/exports/${name}.${format}` }),
    });
    await click('Export CSV');
    expect(text(await screen.findByRole('status'))).toContain('/data/exports/gold-natural.csv');
    expect(inputs(client, 'datasets.export')).toEqual([
      { name: 'gold-natural', format: 'csv', windows: false },
    ]);
  });

  it('come in as a dropped Parquet file', async () => {
    const client = await openData({
      'import.stage': () => ({ upload: 'one' }),
      'datasets.import': () => DATASET,
    });
    const file = new File(['PAR1'], 'gold.parquet');
    await fireEvent.drop(document.body, { dataTransfer: { files: [file] } });
    expect(text(await screen.findByRole('status'))).toContain(
      'Imported gold-natural: 1,000,000 trades.',
    );
    expect(inputs(client, 'datasets.import')).toEqual([{ upload: 'one' }]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('say why a file is no dataset', async () => {
    await openData({
      'import.stage': () => ({ upload: 'one' }),
      'import.discard': () => ({}),
      'datasets.import': () => {
        const problem = 'its trades do not match their checksum';
        throw new CodedError('bad-dataset-file', { file: 'gold.parquet', problem });
      },
    });
    const file = new File(['PAR1'], 'gold.parquet');
    await fireEvent.drop(document.body, { dataTransfer: { files: [file] } });
    expect(text(await screen.findByRole('alert'))).toContain('do not match their checksum');
  });
});

describe('the form of a new dataset', () => {
  it('tells what the five datasets would take', async () => {
    await openData();
    await screen.findByText(
      /^About 300,000 trades out of 1\.6 million simulated, 26\sMB\. Takes about 40 s\.$/,
    );
  });

  it('starts them as a job that shows at once', async () => {
    const client = await openData({ 'datasets.generate': () => ({ ...JOB, rate: null }) });
    await fireEvent.click(generateButton());
    await screen.findByRole('region', { name: JOB.title });
    expect(inputs(client, 'datasets.generate')).toEqual([
      {
        kind: 'by-class',
        name: null,
        trades: 100_000,
        exit: 'cross',
        seed: 1,
        leverage: 20,
        market: 'gold-h1',
        training: null,
      },
    ]);
    expect(generateButton().disabled).toBe(true);
    expect(screen.getByText(/^A run is under way/)).toBeTruthy();
  });

  it('refuses a name that is taken', async () => {
    const client = await openData(withDatasets(DATASET));
    await fireEvent.click(screen.getByRole('radio', { name: 'Natural mix' }));
    expect(screen.getByText('Give the dataset a name.')).toBeTruthy();
    const name = screen.getByRole('textbox', { name: 'Name' });
    await fireEvent.input(name, { target: { value: 'gold-natural' } });
    expect(screen.getByText(/This name is taken\. Add a number or a date\./)).toBeTruthy();
    expect(name.getAttribute('aria-invalid')).toBe('true');
    expect(generateButton().disabled).toBe(true);
    await fireEvent.input(name, { target: { value: 'gold-natural-2' } });
    expect(generateButton().disabled).toBe(false);
    expect(inputs(client, 'datasets.generate')).toEqual([]);
  });

  it('refuses the five while one of them is there', async () => {
    await openData(withDatasets({ ...DATASET, name: ESTIMATE.names[1]! }));
    await screen.findByText(/^mid_v2_100k is there already/);
    expect(generateButton().disabled).toBe(true);
  });

  it('marks a field that cannot be used, and says why', async () => {
    await openData();
    const leverage = screen.getByRole('textbox', { name: 'Leverage, ×' });
    await fireEvent.input(leverage, { target: { value: '0' } });
    expect(screen.getByText('Leverage is 1 to 1,000.', { exact: false })).toBeTruthy();
    expect(generateButton().disabled).toBe(true);
    await fireEvent.input(leverage, { target: { value: '30' } });
    expect(generateButton().disabled).toBe(false);
  });

  it('asks for an estimate once the hand rests, of the last plan', async () => {
    const client = await openData();
    const trades = screen.getByRole('textbox', { name: 'Trades of each class' });
    for (const value of ['2', '20', '200']) await fireEvent.input(trades, { target: { value } });
    await waitFor(() => expect(inputs(client, 'datasets.estimate')).toHaveLength(2));
    expect(inputs(client, 'datasets.estimate').at(-1)).toMatchObject({ trades: 200 });
  });

  it('says why a plan cannot be', async () => {
    await openData({
      'datasets.estimate': () => {
        throw new CodedError('bad-argument', { problem: 'There is no market named "gold-h1"' });
      },
    });
    await screen.findByText(/There is no market named "gold-h1"/);
    expect(generateButton().disabled).toBe(true);
  });
});

describe('long work', () => {
  it('shows how far and how fast it is, and how long it still takes', async () => {
    await openData(withJob({}));
    expect(text(strip())).toContain('43.2% 41,000 trades/s 1 min left');
    const bar = within(strip()).getByRole('progressbar');
    expect(bar.getAttribute('aria-valuenow')).toBe('43.2');
  });

  it('moves on and ends as the app tells', async () => {
    const client = await openData(withJob({}));
    client.tell('jobs.changed', { ...JOB, progress: 0.9, secondsLeft: 8 });
    await waitFor(() => expect(text(strip())).toContain('90.0% 41,000 trades/s 8 s left'));
    client.tell('jobs.changed', { ...JOB, state: 'done', progress: 1 });
    expect(text(await screen.findByRole('status'))).toContain(`Done: ${JOB.title}.`);
    expect(screen.queryByRole('region', { name: JOB.title })).toBeNull();
  });

  it('is seen on the rail from every screen', async () => {
    const client = await openData(withJob({}));
    expect(screen.getByRole('button', { name: 'Data , a run is under way' })).toBeTruthy();
    client.tell('jobs.changed', { ...JOB, state: 'cancelled' });
    await screen.findByRole('button', { name: 'Data' });
  });

  it('is cancelled', async () => {
    const client = await openData({ ...withJob({}), 'jobs.cancel': () => ({}) });
    await click('Cancel');
    expect(inputs(client, 'jobs.cancel')).toEqual([{ id: JOB.id }]);
    expect(text(strip())).toContain('Cancelling…');
    client.tell('jobs.changed', { ...JOB, state: 'cancelled' });
    await waitFor(() => expect(screen.queryByRole('region', { name: JOB.title })).toBeNull());
  });

  it('says that it was interrupted, and goes on', async () => {
    const client = await openData({
      ...withJob({ state: 'interrupted', resumable: true, rate: null }),
      'jobs.resume': () => JOB,
    });
    expect(text(strip())).toContain('Interrupted at 43.2%. What was done is kept.');
    await click('Resume');
    await within(strip()).findByRole('progressbar');
    expect(inputs(client, 'jobs.resume')).toEqual([{ id: JOB.id }]);
  });

  it('is forgotten when it was interrupted and is not wanted', async () => {
    const jobs: JobInfo[] = [{ ...JOB, state: 'interrupted', resumable: true }];
    await openData({
      'jobs.list': () => [...jobs],
      'jobs.discard': () => {
        jobs.pop();
        return {};
      },
    });
    await click('Discard');
    await waitFor(() => expect(screen.queryByRole('region', { name: JOB.title })).toBeNull());
  });

  it('says why it failed until that is put away', async () => {
    const client = await openData(withJob({}));
    const detail = 'No trade was big. Grant a higher leverage.';
    client.tell('jobs.changed', { ...JOB, state: 'failed', detail });
    await waitFor(() => expect(text(strip())).toContain(`Failed: ${detail}`));
    await click('Dismiss');
    expect(screen.queryByRole('region', { name: JOB.title })).toBeNull();
  });

  it('that failed on another day is not told again', async () => {
    await openData(withJob({ state: 'failed' }));
    expect(screen.queryByRole('region', { name: JOB.title })).toBeNull();
  });
});

describe('the trades of a dataset', () => {
  const PAGE = 150;
  const IN_VIEW = BLOCK_HEIGHT / 26 - 1;

  async function browse(handlers: Partial<Handlers> = {}) {
    const client = await openData({ ...withDatasets(DATASET), ...handlers });
    await fireEvent.click(screen.getAllByRole('button', { name: 'Browse trades' })[0]!);
    const grid = await screen.findByRole('grid', { name: 'Trades of gold-natural' });
    await screen.findByRole('listbox', { name: 'Outcome of every size' });
    return { client, grid };
  }
  const pages = (client: FakeClient) =>
    (inputs(client, 'datasets.trades') as { first: number }[]).map(({ first }) => first / PAGE);
  const selectedRow = () =>
    cells(within(screen.getByRole('grid')).getByRole('row', { selected: true }));
  const option = (name: RegExp) => screen.getByRole('option', { name });

  it('hold the rows in view, of a million', async () => {
    const { client, grid } = await browse();
    expect(grid.getAttribute('aria-rowcount')).toBe('1000001');
    expect(within(grid).getAllByRole('row')).toHaveLength(1 + IN_VIEW);
    expect(selectedRow()).toBe('0 Long 0 2,000.00 500 18.0 60 4.10 +1.2 small 2.85');
    expect(pages(client)).toEqual([0]);
  });

  it('are asked for where the table is scrolled to, and nowhere between', async () => {
    const { client, grid } = await browse();
    await press('End', grid);
    // jsdom moves the scroll without saying so.
    const scroller = grid.parentElement!.parentElement!;
    await waitFor(() => expect(scroller.scrollTop).toBeGreaterThan(0));
    await fireEvent.scroll(scroller);
    await waitFor(() => expect(selectedRow()).toMatch(/^999,999 /));
    expect(pages(client)).toEqual([0, Math.floor((DATASET.trades - 1) / PAGE)]);
  });

  it('are walked through by the arrows, with their candles', async () => {
    const { client, grid } = await browse();
    await press('ArrowDown', grid);
    await press('ArrowDown', grid);
    expect(selectedRow()).toMatch(/^2 /);
    await waitFor(() =>
      expect(inputs(client, 'datasets.trade').at(-1)).toEqual({ name: 'gold-natural', row: 2 }),
    );
    await press('ArrowUp', grid);
    expect(selectedRow()).toMatch(/^1 Short/);
  });

  it('are told by class', async () => {
    const { client } = await browse();
    await fireEvent.click(screen.getByRole('radio', { name: 'Big' }));
    await waitFor(() => expect(selectedRow()).toMatch(/^2 .* big /));
    expect(screen.getByText('333,333 trades')).toBeTruthy();
    expect(inputs(client, 'datasets.trades').at(-1)).toMatchObject({ sizeClass: 'big', first: 0 });
  });

  it('show what each of the 30 sizes came to', async () => {
    await browse();
    const list = screen.getByRole('listbox', { name: 'Outcome of every size' });
    expect(within(list).getAllByRole('option')).toHaveLength(30);
    expect(option(/^2\.85/).getAttribute('aria-label')).toBe(
      '2.85 ounces, +22.8 percent, survived, best',
    );
    expect(option(/^3\.00/).getAttribute('aria-label')).toBe(
      '3.00 ounces, −70.0 percent, liquidated, bar 17',
    );
    expect(option(/^4\.50/).getAttribute('aria-label')).toBe('4.50 ounces, no margin');
  });

  it('show on the candles what the chosen size came to', async () => {
    await browse();
    const candles = () => screen.getByRole('img').getAttribute('aria-label');
    expect(candles()).toContain('Entry long at 2,000.00, exit after 60 bars');
    expect(candles()).toContain('2.85 ounces: survived, +22.8 percent.');
    await press('ArrowDown', screen.getByRole('listbox'));
    expect(candles()).toContain('3.00 ounces: liquidated after 17 bars, −70.0 percent.');
  });

  it('are left by Esc', async () => {
    await browse();
    await press('Escape', document.activeElement!);
    expect(screen.queryByRole('grid')).toBeNull();
    expect(screen.getByRole('table', { name: 'Datasets' })).toBeTruthy();
  });
});

describe('market facts', () => {
  async function openFacts(handlers: Partial<Handlers> = {}) {
    const client = await openData(handlers);
    await fireEvent.click(screen.getByRole('radio', { name: 'Market facts' }));
    return client;
  }

  it('set the series beside the generators, in words and as a picture', async () => {
    const client = await openFacts();
    await screen.findByText('XAUUSD_H1 12.5; synthetic 8.0 to 15.3. Normal returns have 3.');
    expect(screen.getByText('At 24 bars: XAUUSD_H1 0.31, GARCH 0.28, Mix 0.26.')).toBeTruthy();
    expect(screen.getByText('At 20×: XAUUSD_H1 12.1%, GARCH 10.4%, Mix 13.3%.')).toBeTruthy();
    expect(screen.getAllByRole('img')).toHaveLength(4);
    expect(inputs(client, 'facts.read')).toEqual([{ series: 'XAUUSD_H1' }]);
  });

  it('are read as a table too', async () => {
    await openFacts();
    const figure = await screen.findByRole('figure', { name: 'Trades liquidated by leverage' });
    await fireEvent.click(within(figure).getByRole('button', { name: 'Table' }));
    const rows = within(figure).getAllByRole('row').map(cells);
    expect(rows).toEqual([
      'Market 10 20',
      'XAUUSD_H1 4.0% 12.1%',
      'GARCH 3.5% 10.4%',
      'Mix 4.4% 13.3%',
    ]);
  });

  it('stand without a real series where there is none', async () => {
    const demo = { ...BAR.series, synthetic: true };
    const client = await openFacts({ 'series.list': () => [demo] });
    await screen.findByText(/^No real hourly series yet/);
    expect(inputs(client, 'facts.read')).toEqual([{ series: null }]);
  });

  it('say why there are none', async () => {
    await openFacts({
      'facts.read': () => {
        throw new CodedError('bad-argument', { problem: 'It has 96 bars: too few' });
      },
    });
    expect(text(await screen.findByRole('alert'))).toContain('It has 96 bars: too few');
  });
});
