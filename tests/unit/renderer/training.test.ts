// @vitest-environment jsdom
import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { CodedError } from '#contract/errors.ts';
import { presetConfig } from '../../../src-main/app/training/presets.ts';
import App from '../../../src-renderer/App.svelte';
import { standInForBrowser } from './browser-stand-ins.ts';
import { DATASET, JOB } from './dataset-samples.ts';
import { BAR, fakeClient, type FakeClient } from './fake-app.ts';
import {
  CANCELLED,
  DONE,
  epochs,
  EVALUATION,
  FAILED,
  INTERRUPTED,
  PLAN,
  RUNNING,
  TRAINED,
} from './training-samples.ts';
import type { CallName, Handlers } from '#contract/calls.ts';
import type { PairedDifference } from '#contract/evaluation.ts';
import type { ModelInfo } from '#contract/models.ts';
import type { TrainingRun } from '#contract/training.ts';

// jsdom has no canvas: the chart itself is looked at in a real browser.
vi.mock('../../../src-renderer/charts/candles/price-chart.ts', () => import('./chart-stand-in.ts'));
standInForBrowser();

async function openTraining(handlers: Partial<Handlers> = {}) {
  const client = fakeClient(
    BAR,
    {},
    {
      'datasets.list': () => [DATASET],
      'court.read': ({ id }) => ({ id, madeAt: EVALUATION.to, result: EVALUATION }),
      ...handlers,
    },
  );
  render(App, { connection: { client, onReached: () => () => {} } });
  await screen.findByRole('navigation', { name: 'Screens' });
  await fireEvent.keyDown(document.body, { key: '3', ctrlKey: true });
  await screen.findByRole('heading', { name: 'Training' });
  return client;
}

const text = (element: Element) => element.textContent!.replace(/\s+/g, ' ').trim();
const inputs = (client: FakeClient, name: CallName) =>
  client.calls.filter((call) => call.name === name).map(({ input }) => input);
const button = (name: string | RegExp) => screen.getByRole<HTMLButtonElement>('button', { name });
const click = (name: string | RegExp) => fireEvent.click(button(name));
const field = (name: string) => screen.getByRole<HTMLInputElement>('textbox', { name });
const type = (name: string, value: string) => fireEvent.input(field(name), { target: { value } });
const choose = (name: string, value: string) =>
  fireEvent.change(screen.getByRole('combobox', { name }), { target: { value } });
const radio = (name: string | RegExp) => screen.getByRole<HTMLInputElement>('radio', { name });
const reason = () => text(document.getElementById('start-reason')!);
const head = () => text(screen.getByRole('group', { name: `Run of ${PLAN.name}` }));
const region = (name: string) => screen.getByRole('region', { name });
const rows = (table: string) =>
  within(screen.getByRole('table', { name: table }))
    .getAllByRole('row')
    .slice(1)
    .map((row) => Array.from(row.children, text).join(' | '));
const withRuns = (...runs: TrainingRun[]): Partial<Handlers> => ({ 'training.list': () => runs });

describe('a new run', () => {
  it('is not possible without a dataset, and says where one comes from', async () => {
    await openTraining({ 'datasets.list': () => [] });
    expect(screen.getByText('No datasets yet. Generate one in Data.')).toBeTruthy();
    expect(button('Start training').disabled).toBe(true);
    expect(reason()).toBe('There is no dataset to train on.');
    await click('Open Data');
    expect(screen.getByRole('heading', { name: 'Data' })).toBeTruthy();
  });

  it('is asked for with what the standard preset says of V3', async () => {
    const client = await openTraining({ 'training.start': () => RUNNING });
    expect(radio(/^Standard/).checked).toBe(true);
    await click('Start training');
    expect(inputs(client, 'training.start')).toEqual([
      {
        kind: 'v3',
        dataset: DATASET.name,
        name: 'V3 cross 32/128',
        seed: 1,
        config: presetConfig('v3', 'standard'),
        trial: {
          series: BAR.series.name,
          from: Date.UTC(2023, 0, 1) / 1000,
          to: Date.UTC(2023, 11, 27) / 1000,
        },
      },
    ]);
  });

  it('takes the numbers of another model and preset', async () => {
    await openTraining();
    await fireEvent.click(radio(/^Thorough/));
    expect(field('Epochs').value).toBe(String(presetConfig('v3', 'thorough').epochs));
    await fireEvent.click(radio('V2'));
    expect(radio(/^Thorough/).checked).toBe(true);
    expect(field('Learning rate').value).toBe(String(presetConfig('v2', 'thorough').learningRate));
    expect(field('Name').value).toBe('V2 cross 32/128');
  });

  it('can have numbers of its own, which are no preset', async () => {
    const client = await openTraining({ 'training.start': () => RUNNING });
    await type('Batch', '256');
    await type('Stop early after', '2');
    await type('Seed', '17');
    expect(screen.getAllByRole<HTMLInputElement>('radio', { name: /epoch/ })).toSatisfy(
      (presets: HTMLInputElement[]) => presets.every(({ checked }) => !checked),
    );
    await click('Start training');
    expect(inputs(client, 'training.start')).toMatchObject([
      {
        seed: 17,
        config: { ...presetConfig('v3', 'standard'), batch: 256, patience: 2 },
      },
    ]);
  });

  it.each([
    ['Batch', '8', 'A batch is 16 to 16,384.'],
    ['Learning rate', '2', 'The rate is over 0, 1 at most.'],
    ['Epochs', '0', 'Epochs are 1 to 1,000.'],
    ['From', '2023-02-30', 'A day is written 2023-01-01.'],
    ['To, inclusive', '2022-12-31', 'The last day lies before the first.'],
    ['From', '2025-01-01', 'The last day lies before the first.'],
    ['Name', ' ', 'Give the model a name.'],
    ['Name', BAR.model!.name, 'This name is taken. Add a number or a date.'],
  ])('is held up by %s %s, and the field says why', async (name, value, problem) => {
    await openTraining();
    await type(name, value);
    expect(field(name).getAttribute('aria-invalid')).toBe(
      problem === 'The last day lies before the first.' && name === 'From' ? 'false' : 'true',
    );
    expect(text(document.body)).toContain(`× ${problem}`);
    expect(button('Start training').disabled).toBe(true);
    expect(reason()).toBe('Correct the marked field first.');
  });

  it('gets a name that is not taken', async () => {
    await openTraining({
      'models.list': () => [
        { ...TRAINED, name: 'V3 cross 32/128' },
        { ...TRAINED, name: 'V3 cross 32/128, 2' },
      ],
    });
    expect(field('Name').value).toBe('V3 cross 32/128, 3');
  });

  it('starts from a dataset that holds all classes, and says what another one lacks', async () => {
    const small = { ...DATASET, name: 'small_v2', mix: { small: 100, mid: 0, big: 0 } };
    await openTraining({ 'datasets.list': () => [small, DATASET] });
    const select = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Dataset' });
    expect(select.value).toBe(DATASET.name);
    expect(screen.queryByText(/^It holds no/)).toBeNull();
    await choose('Dataset', 'small_v2');
    expect(screen.getByText(/^It holds no mid and no big trades/)).toBeTruthy();
  });

  it('can be narrowed to the datasets of one exit rule', async () => {
    const rsi = { ...DATASET, name: 'gold-rsi', exit: 'rsi 14 over 70 / under 30' };
    await openTraining({ 'datasets.list': () => [DATASET, rsi] });
    await choose('Exit rule', rsi.exit);
    const select = screen.getByRole<HTMLSelectElement>('combobox', { name: 'Dataset' });
    expect(Array.from(select.options, ({ value }) => value)).toEqual(['gold-rsi']);
    expect(field('Name').value).toBe(`V3 ${rsi.exit}`);
  });

  it('warns of bars that the market was fitted to', async () => {
    await openTraining();
    expect(screen.queryByText(/was fitted to gold before 2023/)).toBeNull();
    await type('From', '2022-06-01');
    expect(screen.getByText(/was fitted to gold before 2023/)).toBeTruthy();
  });

  it('may be trained only, without being judged', async () => {
    const client = await openTraining({ 'training.start': () => RUNNING });
    await choose('Judge on real bars', '');
    expect(screen.queryByRole('textbox', { name: 'From' })).toBeNull();
    await click('Start training');
    expect(inputs(client, 'training.start')).toMatchObject([{ trial: null }]);
  });

  it('says why the app refused it', async () => {
    await openTraining({
      'training.start': () => {
        throw new CodedError('name-taken', { name: 'V3', taken: 'another model has it' });
      },
    });
    await click('Start training');
    expect(text(await screen.findByRole('alert'))).toContain('another model has it');
    expect(button('Start training').disabled).toBe(false);
  });
});

describe('a run under way', () => {
  it('tells its epoch, its best one, how fast it is and how long it still takes', async () => {
    await openTraining(withRuns(RUNNING));
    expect(head()).toContain('Epoch 5 of 8');
    expect(head()).toContain('Best: epoch 3, validation loss 0.1900');
    expect(head()).toContain('About 9 min left');
    expect(head()).toContain('55%');
    expect(head()).toMatch(/Samples\/s 41,200 ?Backend wasm/);
    expect(head()).toContain('900,000 + 100,000 for validation');
  });

  it('locks the form, which shows what runs', async () => {
    await openTraining(withRuns(RUNNING));
    expect(field('Name').value).toBe(PLAN.name);
    expect(field('Seed').value).toBe('7');
    for (const name of ['Name', 'Seed', 'Batch', 'From']) {
      expect(field(name).matches(':disabled')).toBe(true);
    }
    expect(button('Start training').disabled).toBe(true);
    expect(reason()).toBe('Cancel keeps the best epoch so far as a model you can compare.');
  });

  it('lists its epochs, newest first, with the best one marked', async () => {
    await openTraining(withRuns(RUNNING));
    expect(rows('Epochs')).toEqual([
      '4 | 0.3100 | 0.2100 | 0.00350 | 2.5 | ',
      '3 | 0.2900 | 0.1900 | 0.00400 | 2.5 | Best',
      '2 | 0.3400 | 0.2400 | 0.00450 | 2.5 | ',
      '1 | 0.4200 | 0.3200 | 0.00500 | 2.5 | ',
    ]);
  });

  it('draws its losses, what it has to beat, and the learning rate', async () => {
    await openTraining(withRuns(RUNNING));
    expect(screen.getByRole('img', { name: /^Validation loss/ }).getAttribute('aria-label')).toBe(
      'Validation loss 0.3200 after epoch 1, 0.2100 after epoch 4, best 0.1900 at epoch 3. ' +
        'To beat: constant 0.4000, volatility rule 0.2500.',
    );
    const rate = screen.getByRole('img', { name: /^Learning rate/ });
    expect(rate.getAttribute('aria-label')).toBe(
      'Learning rate over 8 epochs, 0.00500 at most; now 0.00494.',
    );
    // What is done, and what is to come.
    expect(rate.querySelectorAll('.rate')).toHaveLength(2);
    await fireEvent.click(radio('Log'));
    expect(text(screen.getByRole('img', { name: /^Validation loss/ }))).toContain('0.200');
  });

  it('moves on as the app tells', async () => {
    const client = await openTraining(withRuns(RUNNING));
    client.tell('training.changed', { ...RUNNING, epochs: epochs(5) });
    await waitFor(() => expect(head()).toContain('Epoch 6 of 8'));
    client.tell('training.changed', {
      ...RUNNING,
      epochs: epochs(8),
      phase: 'judging',
      live: null,
    });
    await waitFor(() => expect(head()).toContain('Judging on XAUUSD_H1, 2023'));
  });

  it('is seen on the rail from every screen', async () => {
    const client = await openTraining(withRuns(RUNNING));
    expect(button('Training , a run is under way')).toBeTruthy();
    client.tell('training.changed', DONE);
    await screen.findByRole('button', { name: 'Training' });
  });

  it('that another window started is followed', async () => {
    const client = await openTraining();
    client.tell('training.changed', RUNNING);
    await waitFor(() => expect(head()).toContain('Epoch 5 of 8'));
    expect(field('Name').value).toBe(PLAN.name);
  });

  it('is cancelled and keeps its best epoch', async () => {
    const models: ModelInfo[] = [BAR.model!];
    const client = await openTraining({
      ...withRuns(RUNNING),
      'jobs.cancel': () => ({}),
      'models.list': () => [...models],
    });
    await click('Cancel run');
    expect(inputs(client, 'jobs.cancel')).toEqual([{ id: RUNNING.job }]);
    expect(reason()).toContain('Cancelling');
    expect(button('Cancel run').disabled).toBe(true);
    models.push(TRAINED);
    client.tell('training.changed', CANCELLED);
    client.tell('models.changed', {});
    await waitFor(() => expect(head()).toContain('Cancelled after epoch 4 of 8'));
    expect(head()).toContain('Its best epoch is kept as V3 autumn.');
    expect(button('Use this model').disabled).toBe(false);
    // The next run needs another name.
    await waitFor(() => expect(field('Name').value).toBe('V3 cross 32/128'));
    expect(button('Start training').disabled).toBe(false);
  });

  it('is not shown among the jobs of Data as well', async () => {
    await openTraining({
      ...withRuns(RUNNING),
      'jobs.list': () => [{ ...JOB, id: RUNNING.job, kind: 'train-model' }],
    });
    await fireEvent.keyDown(document.body, { key: '5', ctrlKey: true });
    await screen.findByRole('heading', { name: 'Data' });
    expect(screen.queryByRole('region', { name: JOB.title })).toBeNull();
  });
});

describe('a run that did not end well', () => {
  it('does not lock the form for good where only its job tells of the end', async () => {
    const runs = [RUNNING];
    const client = await openTraining({ 'training.list': () => [...runs] });
    runs.pop();
    client.tell('jobs.changed', { ...JOB, id: RUNNING.job, kind: 'train-model', state: 'failed' });
    await waitFor(() => expect(button('Start training').disabled).toBe(false));
  });

  it('says where and why it stopped, and is tried again', async () => {
    const client = await openTraining({ ...withRuns(FAILED), 'training.start': () => RUNNING });
    expect(head()).toContain('Training stopped at epoch 5');
    expect(head()).toContain('The loss grew without bound. Try a lower learning rate.');
    await type('Learning rate', '0.001');
    await click('Retry');
    expect(inputs(client, 'training.start')).toMatchObject([
      { name: PLAN.name, seed: 7, config: { learningRate: 0.001 } },
    ]);
  });

  it('was interrupted and goes on', async () => {
    const runs = [INTERRUPTED];
    const client = await openTraining({
      'training.list': () => [...runs],
      'jobs.resume': () => {
        runs[0] = RUNNING;
        return { ...JOB, id: RUNNING.job };
      },
    });
    expect(head()).toContain('Interrupted after epoch 4 of 8');
    await click('Resume');
    await waitFor(() => expect(head()).toContain('Epoch 5 of 8'));
    expect(inputs(client, 'jobs.resume')).toEqual([{ id: RUNNING.job }]);
  });

  it('was interrupted and is forgotten', async () => {
    const runs = [INTERRUPTED];
    await openTraining({
      'training.list': () => [...runs],
      'jobs.discard': () => {
        runs[0] = { ...INTERRUPTED, state: 'cancelled' };
        return {};
      },
    });
    await click('Discard');
    await waitFor(() => expect(head()).toContain('Cancelled after epoch 4 of 8'));
    expect(screen.queryByRole('button', { name: 'Resume' })).toBeNull();
  });
});

describe('challenger against champion', () => {
  const comparison = (differences: readonly PairedDifference[]): Partial<Handlers> => ({
    ...withRuns(DONE),
    'models.list': () => [BAR.model!, TRAINED],
    'court.read': ({ id }) => ({
      id,
      madeAt: EVALUATION.to,
      result: { ...EVALUATION, differences: [...differences] },
    }),
  });
  const found = comparison(EVALUATION.differences);

  it('is told measure by measure, and by whole intervals', async () => {
    const client = await openTraining(found);
    await screen.findByRole('table', { name: 'Challenger against champion' });
    expect(rows('Challenger against champion')).toEqual([
      'Log loss | 0.0343 | 0.0291 | −0.0052 better −0.0083 to −0.0021',
      'ECE % | 1.4 | 1.4 | 0.0',
      'Liquidated % | 5.2 | 5.5 | cannot be told apart −0.2 to +0.9',
      '95% interval | 4.7 to 5.8 | 4.7 to 5.8 | ',
      'Average return % | +2.6 | −0.4 | cannot be told apart −7.0 to +1.0',
      'Regret % | 4.8 | 4.8 | cannot be told apart −0.2 to +0.4',
      'Stood aside % | 6.0 | 5.0 | ',
    ]);
    expect(inputs(client, 'court.read')).toEqual([{ id: 3 }]);
  });

  it('names the bars it was judged on', async () => {
    await openTraining(found);
    expect(
      await screen.findByText(/^Judged on XAUUSD_H1, 2023-01-03 to 2023-12-22: 2,000 trades/),
    ).toBeTruthy();
    expect(screen.getByText(/Entry at the close of the decision bar/)).toBeTruthy();
  });

  it('says in a sentence what can be told apart, and what cannot', async () => {
    await openTraining(found);
    expect(
      await screen.findByText(
        'On these bars, V3 autumn beside v3-gold: log loss better. ' +
          'They cannot be told apart in liquidations, average return and regret.',
      ),
    ).toBeTruthy();
  });

  it('calls nothing better whose interval holds 0, however large the point', async () => {
    const far = EVALUATION.differences.map((one) => ({
      ...one,
      difference: -0.5,
      interval: { low: -1, high: 0.0001 },
    }));
    await openTraining(comparison(far));
    await screen.findByText(
      /^On these bars V3 autumn and v3-gold cannot be told apart in log loss/,
    );
    expect(text(region('Challenger against champion'))).not.toMatch(/better|worse|fewer|lower/);
  });

  it('reads an evaluation that names the champion first the same way', async () => {
    const reversed = EVALUATION.differences.map(
      ({ model, against, difference, interval, ...one }) => ({
        ...one,
        model: against,
        against: model,
        difference: -difference,
        interval: { low: -interval!.high, high: -interval!.low },
      }),
    );
    await openTraining(comparison(reversed));
    await screen.findByRole('table', { name: 'Challenger against champion' });
    expect(rows('Challenger against champion')[0]).toContain('−0.0052 better −0.0083 to −0.0021');
  });

  it('is not there for a model that no real bars were chosen for', async () => {
    const run = { ...DONE, evaluation: null, plan: { ...PLAN, trial: null } };
    await openTraining({ ...withRuns(run), 'models.list': () => [BAR.model!, TRAINED] });
    expect(text(region('Challenger against champion'))).toContain(
      'No real bars were chosen to judge it on.',
    );
    expect(button('Use this model').disabled).toBe(false);
  });
});

describe('models', () => {
  function shelf(...trained: ModelInfo[]) {
    let inUse = BAR.model!.name;
    return {
      'models.list': () =>
        [BAR.model!, ...trained].map((model) => ({ ...model, inUse: model.name === inUse })),
      'models.use': ({ name }) => {
        inUse = name;
        return { ...TRAINED, name, inUse: true };
      },
    } satisfies Partial<Handlers>;
  }

  it('are used at once, with a way back', async () => {
    const client = await openTraining({ ...withRuns(DONE), ...shelf(TRAINED) });
    await click('Use this model');
    await screen.findByText('The desk uses V3 autumn.');
    expect(button('Use this model').disabled).toBe(true);
    await fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(button('Use this model').disabled).toBe(false));
    expect(inputs(client, 'models.use')).toEqual([{ name: PLAN.name }, { name: 'v3-gold' }]);
  });

  it('that state no P(liquidation) cannot be used, and say so', async () => {
    const plan = { ...PLAN, kind: 'v1' as const };
    await openTraining({ ...withRuns({ ...DONE, plan }), ...shelf({ ...TRAINED, kind: 'v1' }) });
    expect(button('Use this model').disabled).toBe(true);
    expect(screen.getByText(/^V1 names a size but no P\(liquidation\)/)).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Use V3 autumn' })).toBeNull();
  });

  it('of earlier runs stay, are put back and exported', async () => {
    const client = await openTraining({
      ...shelf(TRAINED),
      'models.export': ({ name }) => ({ file: `/data/exports/${name}.json` }),
    });
    const items = within(region('Models')).getAllByRole('listitem').map(text);
    expect(items).toEqual([
      'V3 autumn Use Export V3 · cross 32/128 · 30,000 trades · 2023-12-22',
      'v3-gold In use Export V3 · cross 32/128 · 30,000 trades · 2023-12-22 · bundled',
    ]);
    await click('Use V3 autumn');
    expect(inputs(client, 'models.use')).toEqual([{ name: 'V3 autumn' }]);
    await click('Export v3-gold');
    expect(await screen.findByText('Exported v3-gold to /data/exports/v3-gold.json')).toBeTruthy();
  });

  it('come in from a file', async () => {
    const client = await openTraining({
      'import.stage': () => ({ upload: 'one' }),
      'models.import': () => TRAINED,
    });
    const file = new File(['{}'], 'model.json');
    await fireEvent.change(screen.getByLabelText('Model file'), { target: { files: [file] } });
    await waitFor(() => expect(inputs(client, 'models.import')).toEqual([{ upload: 'one' }]));
  });
});

describe('the screen', () => {
  it('is opened by Model > Retrain… of the menu', async () => {
    const client = await openTraining();
    await fireEvent.keyDown(document.body, { key: '1', ctrlKey: true });
    client.tell('menu.chosen', { item: 'retrain' });
    expect(await screen.findByRole('heading', { name: 'Training' })).toBeTruthy();
  });

  it('is opened from the model on the desk', async () => {
    await openTraining();
    await fireEvent.keyDown(document.body, { key: '1', ctrlKey: true });
    await click('Retrain…');
    expect(screen.getByRole('heading', { name: 'Training' })).toBeTruthy();
  });
});

describe('earlier runs', () => {
  it('are listed and looked at again', async () => {
    const before = { ...DONE, job: 2, plan: { ...PLAN, name: 'V3 summer' }, epochs: epochs(6) };
    await openTraining(withRuns(FAILED, before));
    expect(rows('Runs')).toEqual(['V3 autumn | stopped | 0.1900', 'V3 summer | done | 0.1900']);
    await fireEvent.click(screen.getByRole('cell', { name: 'V3 summer' }));
    expect(text(screen.getByRole('group', { name: 'Run of V3 summer' }))).toContain(
      'Ended early, epoch 6 of 8',
    );
    // Only the newest is tried again.
    expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
  });
});
