import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { judgeModels, judgeOnce, writeReport } from '../../../src-main/app/evaluation/court.ts';
import { openApp } from '../../../src-main/app/open-app.ts';
import { openWorkspace } from '../../../src-main/app/folder/workspace.ts';
import { keepDemoSeries } from '../../../src-main/app/series/candle-files.ts';
import { writeModelFile } from '../../../src-main/models/model-file.ts';
import { EXIT_RULES } from '../../../src-main/domain/exits/exit-rule.ts';
import { dataFolder } from '../../support/data-folder.ts';
import { untrainedV1, untrainedV2 } from '../models/fixtures.ts';
import type { CourtPlan, StoredEvaluation } from '../../../src-main/contract/evaluation.ts';
import type { UtcSeconds } from '../../../src-main/domain/units.ts';
import type { Store } from '../../../src-main/store/store.ts';

const DEMO = 'Synthetic demo';

/** A store with the demo series and, beside the bundled model, a V1 and a V2 that nobody trained. */
function store(): Store {
  const opened = openWorkspace(dataFolder(), 'write');
  onTestFinished(() => opened.close());
  keepDemoSeries(opened);
  for (const model of [untrainedV1(1), untrainedV2(2)]) {
    const name = `<b>"${model.kind}" & co</b>`;
    const file = writeModelFile({ ...model, name, exitRule: EXIT_RULES.rsi });
    const info = {
      name,
      kind: model.kind,
      exit: 'rsi',
      trades: 1,
      scope: null,
      bundled: false,
    } as const;
    opened.models.save({ ...info, trainedAt: 0 as UtcSeconds, file });
  }
  return opened;
}

function planOf(opened: Store, more: Partial<CourtPlan> = {}): CourtPlan {
  const { from, to } = opened.series.info(DEMO);
  const models = opened.models.list().map(({ name }) => name);
  return { series: DEMO, from, to, exit: 'cross', every: 20, seed: 1, models, ...more };
}

describe('the court as a job', () => {
  it('keeps the evaluation of all models beside the simple rules, and tells the windows', async () => {
    const app = await openApp({ dataFolder: dataFolder(), shell: 'browser' });
    onTestFinished(() => app.close());
    const { handlers } = app;
    const [series] = await handlers['series.list']({});
    const [model] = await handlers['models.list']({});
    const kept = Promise.withResolvers<{ id: number; job: number }>();
    app.subscribe((name, payload) => {
      if (name === 'evaluations.changed') kept.resolve(payload as { id: number; job: number });
    });
    const { from, to } = series!;
    const models = [model!.name];
    const plan: CourtPlan = { series: DEMO, from, to, exit: 'cross', every: 20, seed: 1, models };
    const job = await handlers['court.judge'](plan);
    expect(job).toMatchObject({ kind: 'judge-models', state: 'running', unit: 'trades' });
    expect(job.title).toBe(`Judge ${model!.name} on ${DEMO}, ${isoDay(from)} to ${isoDay(to - 1)}`);
    const { id, job: of } = await kept.promise;
    expect(of).toBe(job.id);
    const [listed] = await handlers['court.list']({});
    expect(listed).toMatchObject({ id, series: DEMO, models });
    const { result } = await handlers['court.read']({ id });
    expect(result.plan).toEqual(plan);
    expect(result.groups[0]!.models.map(({ name }) => name)).toEqual([
      model!.name,
      ...['constant', 'volatility rule', 'lookup', 'fixed size'],
    ]);
    expect(result.trades).toBe(listed!.trades);
    const { file } = await handlers['court.report']({ id, format: 'html' });
    expect(readFileSync(file, 'utf8')).toContain('volatility rule');
    const [done] = await handlers['jobs.list']({});
    expect(done).toMatchObject({ id: job.id, state: 'done', progress: 1 });
  });

  it('refuses what cannot be judged, by name, before a job begins', async () => {
    const opened = store();
    const refused = async (more: Partial<CourtPlan>, code: string) => {
      await expect(judgeModels(opened, planOf(opened, more), {})).rejects.toMatchObject({ code });
    };
    await refused({ series: 'nowhere' }, 'no-series');
    await refused({ models: ['nobody'] }, 'no-such-model');
    await refused({ to: planOf(opened).from }, 'bad-argument');
    const [name] = planOf(opened).models;
    await refused({ models: [name!, name!] }, 'bad-argument');
    expect(opened.jobs.list()).toEqual([]);
  });

  it('fails where the span holds no trade, and keeps nothing', async () => {
    const opened = store();
    const { to } = planOf(opened);
    const plan = planOf(opened, { from: (to - 7_200) as UtcSeconds });
    await expect(judgeModels(opened, plan, {})).rejects.toMatchObject({ code: 'too-few-trades' });
    expect(opened.jobs.list()).toMatchObject([{ state: 'failed' }]);
    expect(opened.evaluations.list()).toEqual([]);
  });

  it('keeps nothing where it is cancelled', async () => {
    const opened = store();
    const controller = new AbortController();
    const judging = judgeModels(opened, planOf(opened, { every: 1 }), {
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(judging).rejects.toMatchObject({ code: 'cancelled' });
    expect(opened.jobs.list()).toMatchObject([{ kind: 'judge-models', state: 'cancelled' }]);
    expect(opened.evaluations.list()).toEqual([]);
  });

  it('has no predictions to write for a model that states no P', async () => {
    const opened = store();
    const v1 = opened.models.list().find(({ kind }) => kind === 'v1')!;
    const plan = planOf(opened, { models: [v1.name] });
    await expect(judgeOnce(opened, plan, true, {})).rejects.toMatchObject({ code: 'bad-argument' });
    const { evaluation, predictions } = await judgeOnce(opened, plan, false, {});
    expect(evaluation.groups[0]!.models[0]).toMatchObject({ kind: 'v1', scores: null });
    expect(predictions).toBeNull();
    expect(opened.evaluations.list()).toEqual([]);
  });
});

describe('the report of an evaluation', () => {
  async function reported() {
    const opened = store();
    const id = await judgeModels(opened, planOf(opened), {});
    const files = (['html', 'json'] as const).map((format) => {
      const file = join(opened.folder, `report.${format}`);
      writeReport(opened.evaluations.read(id).result, format, file);
      return readFileSync(file, 'utf8');
    });
    return { opened, id, html: files[0]!, json: files[1]! };
  }

  it('is the evaluation itself as JSON', async () => {
    const { opened, id, json } = await reported();
    const { result } = opened.evaluations.read(id) as StoredEvaluation;
    expect(JSON.parse(json)).toEqual(result);
  });

  it('is one page that runs nothing, asks for nothing else and escapes every name', async () => {
    const { html } = await reported();
    expect(html).not.toMatch(/<(script|iframe|img|link|object|embed)\b/i);
    expect(html).not.toMatch(/\b(href|src|url|@import|on[a-z]+=)\b/i);
    expect(html).not.toMatch(/https?:/i);
    expect(html).not.toContain('<b>');
    expect(html).toContain('&lt;b&gt;&quot;v1&quot; &amp; co&lt;/b&gt;');
    expect(html).not.toMatch(/NaN|Infinity|undefined|\[object/);
  });

  it('tells the span, the fills and which exit rule each model was trained for', async () => {
    const opened = store();
    const [, v1] = opened.models.list();
    const plan = planOf(opened, { models: [v1!.name] });
    const { evaluation } = await judgeOnce(opened, plan, false, {});
    expect([evaluation.exit, evaluation.modelExit]).toEqual([
      'cross 32/128',
      'rsi 14 over 70 / under 30',
    ]);
    const { html } = await reported();
    expect(html).toContain('inside a bar the adverse extreme comes first');
    expect(html).toContain('liquidated at 30% of equity');
    for (const heading of [
      'Reliability',
      'Realised against threshold',
      'Equity curves',
      'Regret',
    ]) {
      expect(html).toContain(`${heading}`);
    }
  });
});

const isoDay = (seconds: number) => new Date(seconds * 1000).toISOString().slice(0, 10);
