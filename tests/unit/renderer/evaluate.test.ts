// @vitest-environment jsdom
import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import { describe, expect, it, vi } from 'vitest';
import { CodedError } from '#contract/errors.ts';
import App from '../../../src-renderer/App.svelte';
import { standInForBrowser } from './browser-stand-ins.ts';
import { JOB } from './dataset-samples.ts';
import { BAR, fakeClient } from './fake-app.ts';
import { EVALUATION } from './training-samples.ts';
import type { Handlers } from '#contract/calls.ts';
import type {
  CourtPlan,
  Evaluation,
  EvaluationInfo,
  JudgedModel,
  PolicyResult,
} from '#contract/evaluation.ts';
import type { ModelInfo } from '#contract/models.ts';
import type { UtcSeconds } from '#domain/units.ts';

// jsdom has no canvas: the chart itself is looked at in a real browser.
vi.mock('../../../src-renderer/charts/candles/price-chart.ts', () => import('./chart-stand-in.ts'));
standInForBrowser();

/** All numbers are made up. Liquidated: under 10% surely, not surely, and surely over. */
const [challenger, champion] = EVALUATION.groups[0]!.models as [JudgedModel, JudgedModel];
const NAMED: PolicyResult = {
  ...champion.policies[0]!,
  policy: 'most-likely',
  threshold: null,
  safetyFactor: 1,
};
const liquidated = (model: JudgedModel, name: string, low: number, high: number): JudgedModel => ({
  ...model,
  name,
  policies: model.policies.map((policy) => ({
    ...policy,
    realised: (low + high) / 2,
    realisedInterval: { low, high },
  })),
});
const MODELS: JudgedModel[] = [
  {
    ...challenger,
    reliability: [bin(0.02, 0.01, 40_000), bin(0.2, 0.3, 120)],
    regretShares: [0.7, 0.3],
  },
  { ...liquidated(champion, 'V3 spring', 0.08, 0.14), regretShares: [0.6, 0.4] },
  { ...liquidated(champion, 'volatility rule', 0.12, 0.19), kind: 'baseline' },
  { ...champion, name: 'V1 old', kind: 'v1', scores: null, policies: [NAMED] },
];
function bin(meanProbability: number, frequency: number, count: number) {
  const interval = { low: frequency / 2, high: Math.min(1, frequency * 2) };
  return { count, meanProbability, frequency, interval };
}
const group = (name: string, models = MODELS) => ({ name, trades: 1_000, months: 12, models });
const RESULT: Evaluation = {
  ...EVALUATION,
  regretEdges: [0, 0.01],
  groups: [
    group('all'),
    group('long', [liquidated(challenger, challenger.name, 0.01, 0.03), ...MODELS.slice(1)]),
    group('short', [liquidated(challenger, challenger.name, 0.06, 0.08), ...MODELS.slice(1)]),
  ],
  differences: [
    {
      model: challenger.name,
      against: 'volatility rule',
      measure: 'logLoss',
      difference: -0.0067,
      interval: { low: -0.0118, high: -0.0021 },
    },
    {
      model: 'V3 spring',
      against: 'volatility rule',
      measure: 'logLoss',
      difference: -0.001,
      interval: { low: -0.004, high: 0.002 },
    },
  ],
};
const INFO: EvaluationInfo = {
  id: 3,
  madeAt: RESULT.to,
  series: 'XAUUSD_H1',
  from: RESULT.from,
  to: RESULT.to,
  models: RESULT.plan.models,
  trades: 2_000,
};
const model = (name: string, kind: ModelInfo['kind'] = 'v3'): ModelInfo => ({
  ...BAR.model!,
  name,
  kind,
  inUse: name === BAR.model!.name,
});

async function openEvaluate(handlers: Partial<Handlers> = {}) {
  const client = fakeClient(
    BAR,
    {},
    {
      'court.list': () => [INFO],
      'court.read': ({ id }) => ({ id, madeAt: RESULT.to, result: RESULT }),
      'models.list': () => [model(BAR.model!.name), model('V2 autumn', 'v2')],
      ...handlers,
    },
  );
  render(App, { connection: { client, onReached: () => () => {} } });
  await screen.findByRole('navigation', { name: 'Screens' });
  await fireEvent.keyDown(document.body, { key: '4', ctrlKey: true });
  await screen.findByRole('heading', { name: 'Evaluate' });
  return client;
}
const text = (element: Element) => element.textContent!.replace(/\s+/g, ' ').trim();
const methods = () => screen.getByRole('table', { name: 'Models and baselines' });
/** The cells of a row or a table, one after the other. */
const cells = (element: Element) => [...element.querySelectorAll('td')].map(text).join(' ');
const row = (name: string) => cells(within(methods()).getByText(name).closest('tr')!);
const click = (name: string | RegExp) => fireEvent.click(screen.getByRole('button', { name }));

describe('an evaluation', () => {
  it('orders models and rules by log loss; one that states no P stands last, with dashes', async () => {
    await openEvaluate();
    const names = within(methods())
      .getAllByRole('row')
      .slice(1)
      .map((one) => text(one.querySelector('td')!));
    expect(names.slice(0, 1)).toEqual([challenger.name]);
    expect(names.at(-1)).toBe('V1 old');
    expect(row(challenger.name)).toContain('0.0291 0.0300 0.900 1.40 0');
    expect(row('V1 old')).toContain('— — — — —');
  });

  it('gives its verdict by the whole interval, never by the point', async () => {
    await openEvaluate();
    expect(row(challenger.name)).toMatch(/Under/);
    expect(row('V3 spring')).toMatch(/11\.0 8\.0 to 14\.0 Not certain/);
    expect(row('volatility rule')).toMatch(/15\.5 12\.0 to 19\.0 Over/);
    expect(row('V1 old')).not.toMatch(/Under|Over|Not certain/);
  });

  it('says of differences that the interval holds 0 in that they cannot be told apart', async () => {
    await openEvaluate();
    const paired = screen.getByRole('region', { name: 'Paired differences' });
    const said = within(paired).getAllByRole('listitem').map(text);
    expect(said[0]).toBe(`${challenger.name} log loss −0.0067 (−0.0118 to −0.0021), lower`);
    expect(said[1]).toMatch(/−0\.0040 to \+0\.0020\), cannot be told apart$/);
  });

  it('warns where one direction was liquidated far more often', async () => {
    await openEvaluate();
    expect(screen.getByText(/Shorts were liquidated 3\.5 times as often as longs/)).toBeTruthy();
  });

  it('shows longs or shorts alone, and another threshold', async () => {
    await openEvaluate();
    await fireEvent.click(screen.getByRole('radio', { name: 'Short' }));
    expect(row(challenger.name)).toMatch(/7\.0 6\.0 to 8\.0/);
    await fireEvent.click(screen.getByRole('radio', { name: '20%' }));
    expect(text(methods())).toContain('Liquidated % at 20%');
  });

  it('has every chart as a table too', async () => {
    await openEvaluate();
    const pane = screen.getByRole('region', { name: 'Reliability' });
    expect(within(pane).getAllByRole('img')[0]!.getAttribute('aria-label')).toMatch(
      /predicted 2\.0, realised 1\.0/,
    );
    await fireEvent.click(within(pane).getByRole('button', { name: 'Table' }));
    expect(cells(within(pane).getByRole('table'))).toContain('20.0 30.0 15.0 to 60.0 120');
  });

  it('draws no count beyond its axis', async () => {
    await openEvaluate();
    const counts = screen.getByRole('img', { name: /Pairs of trade and size/ });
    const bars = [...counts.querySelectorAll('rect')].map((one) => Number(one.getAttribute('y')));
    const lines = [...counts.querySelectorAll('.grid')].map((one) =>
      Number(/ ([\d.]+)H/.exec(one.getAttribute('d')!)![1]),
    );
    expect(bars).toHaveLength(2);
    expect(Math.min(...bars)).toBeGreaterThanOrEqual(Math.min(...lines));
  });

  it('names every line of a chart', async () => {
    await openEvaluate();
    const named = (pane: string) =>
      within(screen.getByRole('region', { name: pane }))
        .getAllByRole('listitem')
        .map(text);
    expect(named('Reliability')).toEqual([challenger.name, 'volatility rule']);
    expect(named('Regret')).toEqual([challenger.name, 'V3 spring']);
  });

  it('says that returns are history, and by what the verdict is', async () => {
    await openEvaluate();
    const main = text(screen.getByRole('main'));
    expect(main).toContain('history, no forecast of any return from sizing');
    expect(main).toContain('The verdict is that of the whole interval, never of the point.');
  });

  it('tells the fill assumptions and the span beside', async () => {
    await openEvaluate();
    const foot = text(screen.getByRole('contentinfo'));
    expect(foot).toContain('2023-01-03 – 2023-12-22');
    expect(foot).toContain('2,000 decisions');
    expect(foot).toContain(RESULT.assumptions);
    expect(foot).toContain('After the gold that the bundled market was fitted to');
  });

  it('warns where some of the bars are those that the market was fitted to', async () => {
    const from = (Date.UTC(2022, 5, 1) / 1000) as UtcSeconds;
    const earlier = { ...RESULT, from };
    await openEvaluate({ 'court.read': ({ id }) => ({ id, madeAt: RESULT.to, result: earlier }) });
    const foot = text(screen.getByRole('contentinfo'));
    expect(foot).toContain('fitted to gold before 2023: on those bars the result flatters');
    expect(foot).not.toContain('After the gold');
  });

  it('warns where the trades end by another rule than the one that the model knows', async () => {
    const other = { ...RESULT, exit: 'RSI 14' };
    await openEvaluate({ 'court.read': ({ id }) => ({ id, madeAt: RESULT.to, result: other }) });
    expect(text(screen.getByRole('contentinfo'))).toContain(
      'was trained for cross 32/128: here it is judged on trades that end by RSI 14.',
    );
  });

  it('is written out as a report, and says where', async () => {
    await openEvaluate({ 'court.report': ({ format }) => ({ file: `/data/exports/e.${format}` }) });
    await click('Report');
    expect(await screen.findByText(/The report is in \/data\/exports\/e\.html/)).toBeTruthy();
  });
});

describe('judging', () => {
  const empty = { 'court.list': () => [] } as const;

  it('says what to do where nothing has been judged', async () => {
    await openEvaluate(empty);
    expect(screen.getByText(/Nothing has been judged yet/)).toBeTruthy();
  });

  it('asks for the model in use on the bars that the market never saw, unless others are chosen', async () => {
    const judging = { ...JOB, id: 8, kind: 'judge-models', title: 'Judge v3-gold' };
    const client = await openEvaluate({ ...empty, 'court.judge': () => judging });
    await click('Judge models…');
    const dialog = await screen.findByRole('dialog');
    await fireEvent.click(within(dialog).getByRole('checkbox', { name: /V2 autumn/ }));
    await fireEvent.click(within(dialog).getByRole('button', { name: 'Judge' }));
    const asked = client.calls.find(({ name }) => name === 'court.judge')!.input;
    expect(asked).toMatchObject({
      series: 'XAUUSD_H1',
      from: Date.UTC(2023, 0, 1) / 1000,
      models: ['v3-gold', 'V2 autumn'],
    });
    expect(await screen.findByRole('region', { name: 'Judge v3-gold' })).toBeTruthy();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('starts from the series, the days and the models of the evaluation that is looked at', async () => {
    const days = { from: Date.UTC(2023, 2, 1) / 1000, to: Date.UTC(2023, 9, 1) / 1000 };
    const { exit, ...rest } = RESULT.plan;
    const asked = { ...rest, ...days, models: ['V2 autumn', 'v3-gold'] };
    const plan = { ...asked, exit } as CourtPlan;
    const client = await openEvaluate({
      'court.read': ({ id }) => ({ id, madeAt: RESULT.to, result: { ...RESULT, plan } }),
      'court.judge': () => ({ ...JOB, kind: 'judge-models' }),
    });
    await click('Judge…');
    const dialog = await screen.findByRole('dialog');
    await fireEvent.click(within(dialog).getByRole('button', { name: 'Judge' }));
    expect(client.calls.find(({ name }) => name === 'court.judge')!.input).toMatchObject(asked);
  });

  it('that runs is marked in the rail, and leaves no empty screen without a word', async () => {
    const running = { ...JOB, kind: 'judge-models' };
    await openEvaluate({ ...empty, 'jobs.list': () => [running] });
    const under = screen.getAllByRole('button', { name: /a run is under way/ });
    expect(under.map(text)).toEqual([expect.stringMatching(/^Evaluate/)]);
    expect(text(screen.getByRole('main'))).toBe('The result is shown here when it is there.');
  });

  it('marks a day that cannot be used, and waits', async () => {
    await openEvaluate(empty);
    await click('Judge models…');
    const dialog = await screen.findByRole('dialog');
    const from = within(dialog).getByRole('textbox', { name: 'From' });
    await fireEvent.input(from, { target: { value: '2023-02-31' } });
    expect(text(dialog)).toContain('A day is written 2023-01-01.');
    expect(within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Judge' }).disabled).toBe(
      true,
    );
  });

  it('shows the result when it is there', async () => {
    let list: EvaluationInfo[] = [];
    const client = await openEvaluate({ 'court.list': () => list });
    list = [INFO];
    client.tell('evaluations.changed', { id: 3, job: 8 });
    await waitFor(() => expect(methods()).toBeTruthy());
  });

  it('shows the fault where the app refuses', async () => {
    await openEvaluate({
      ...empty,
      'court.judge': () => {
        throw new CodedError('too-few-trades', { found: 0, needed: 1 });
      },
    });
    await click('Judge models…');
    await fireEvent.click(await screen.findByRole('button', { name: 'Judge' }));
    expect(await screen.findByText(/0 trades were found/)).toBeTruthy();
  });
});
