import { readFileSync } from 'node:fs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openApp, type App } from '../../../src-main/app/open-app.ts';
import { answer } from '../../../src-main/contract/transport.ts';
import { DEFAULT_APPETITE } from '../../../src-main/domain/risk/decision.ts';
import { STUDY_RULES } from '../../../src-main/domain/account/broker.ts';
import { dataFolder } from '../../support/data-folder.ts';
import type { CallName, CallOutput } from '../../../src-main/contract/calls.ts';
import type { EventName } from '../../../src-main/contract/events.ts';

const DEMO = 'resources/demo/synthetic-gold-h1.csv';
const demoLines = () => readFileSync(DEMO, 'utf8').trim().split('\n');

async function open(folder = dataFolder()): Promise<App> {
  const app = await openApp({ dataFolder: folder, shell: 'browser' });
  onTestFinished(() => app.close());
  return app;
}

/** Calls as a window does: by name and payload, through the contract's one door. */
async function ask<Name extends CallName>(app: App, name: Name, payload: unknown) {
  const told = await answer(app.handlers, name, payload);
  if (!told.ok) throw Object.assign(new Error(told.fault.happened), told.fault);
  return told.value as CallOutput<Name>;
}

async function stage(app: App, text: string, fileName = 'bars.csv'): Promise<string> {
  const piece = Buffer.from(text).toString('base64');
  const { upload } = await ask(app, 'import.stage', { upload: null, fileName, piece });
  return upload;
}

const settings = { name: 'walk', symbol: 'WALK', clock: 'utc' };
const decision = (series: string, bar: number) => ({
  series,
  bar,
  direction: 'long',
  equity: 500,
  rules: STUDY_RULES,
  appetite: DEFAULT_APPETITE,
  policy: 'largest-safe',
});

describe('a first start', () => {
  it('has the bundled model in use and the synthetic demo, named as such', async () => {
    const app = await open();
    expect(await ask(app, 'models.list', {})).toMatchObject([
      { kind: 'v3', exit: 'cross 32/128', inUse: true, bundled: true },
    ]);
    const [demo] = await ask(app, 'series.list', {});
    expect(demo).toMatchObject({ name: 'Synthetic demo', synthetic: true, bars: 6000 });
    const desk = await ask(app, 'desk.read', { series: demo!.name, bar: null });
    expect(desk.bar).toBe(5999);
    expect(desk.curves!.long).toMatchObject({ kind: 'hazard', meanReturn: { length: 25 } });
    expect(desk.averages).toEqual({ fast: 32, slow: 128 });
  });
});

describe('a series in a longer step', () => {
  it('is put together bar by bar, and the desk says what it is made of', async () => {
    const app = await open();
    const series = 'Synthetic demo';
    const bars = await ask(app, 'series.bars', { series, first: 0, count: 8 });
    const asked = { series, timeframe: 'H4', first: 0, count: 2 };
    const longer = await ask(app, 'series.bars', asked);
    const first = bars.time.filter((time) => time < longer.time[1]!).length;
    expect(longer.open[0]).toBe(bars.open[0]);
    expect(longer.close[0]).toBe(bars.close[first - 1]);
    expect(longer.high[0]).toBe(Math.max(...bars.high.slice(0, first)));

    const desk = await ask(app, 'desk.read', { series, timeframe: 'H4', bar: null });
    expect(desk).toMatchObject({ storedAs: 'H1', series: { name: series, timeframe: 'H4' } });
    expect(desk.bar).toBe(desk.series.bars - 1);
    const { bar } = await ask(app, 'series.barAt', {
      series,
      timeframe: 'H4',
      closedAt: desk.closedAt,
    });
    expect(bar).toBe(desk.bar);
  });

  it('is refused in a shorter one', async () => {
    const app = await open();
    await expect(
      ask(app, 'desk.read', { series: 'Synthetic demo', timeframe: 'M5', bar: null }),
    ).rejects.toMatchObject({ code: 'finer-step' });
  });
});

describe('the door of the contract', () => {
  it.each([
    ['a call that does not exist', 'no.such', {}],
    ['a name from the prototype', '__proto__', {}],
    ['a payload of another shape', 'desk.read', { series: 7 }],
    ['a bar beyond the end', 'desk.read', { series: 'Synthetic demo', bar: 6000 }],
    ['a threshold of 300%', 'settings.write', { appetite: { threshold: 3, safetyFactor: 0.6 } }],
    ['an equity that is no number', 'settings.write', { equity: null }],
  ])('answers %s with a coded fault', async (_, name, payload) => {
    const app = await open();
    expect(await answer(app.handlers, name, payload)).toMatchObject({
      ok: false,
      fault: { code: 'bad-argument' },
    });
  });

  it('names a series that is not there', async () => {
    const app = await open();
    const told = await answer(app.handlers, 'desk.read', { series: 'NONE', bar: null });
    expect(told).toMatchObject({ ok: false, fault: { code: 'no-series' } });
  });
});

describe('the desk', () => {
  it('says how many candles it needs where there are too few, and records nothing then', async () => {
    const app = await open();
    const desk = await ask(app, 'desk.read', { series: 'Synthetic demo', bar: 126 });
    expect(desk).toMatchObject({ curves: null, missing: { needed: 128, loaded: 127 } });
    const enough = await ask(app, 'desk.read', { series: 'Synthetic demo', bar: 127 });
    expect(enough.curves).not.toBeNull();
    const recorded = ask(app, 'decisions.record', decision('Synthetic demo', 126));
    await expect(recorded).rejects.toMatchObject({ code: 'too-few-bars' });
    expect(await ask(app, 'decisions.list', {})).toEqual([]);
  });

  it('reads a bar the same whether later bars are there or not', async () => {
    const app = await open();
    const lines = demoLines();
    const upload = await stage(app, lines.slice(0, 4001).join('\n'));
    await ask(app, 'import.commit', { upload, settings });
    const cut = await ask(app, 'desk.read', { series: 'walk', bar: null });
    const whole = await ask(app, 'desk.read', { series: 'Synthetic demo', bar: 3999 });
    const { series: _cut, ...ofCut } = cut;
    const { series: _whole, ...ofWhole } = whole;
    expect(ofCut).toEqual(ofWhole);
  });
});

describe('importing through the window', () => {
  it('previews without storing, imports, and tells every window', async () => {
    const app = await open();
    const heard: EventName[] = [];
    app.subscribe((name) => heard.push(name));
    const upload = await stage(app, demoLines().join('\n'));
    const report = await ask(app, 'import.preview', { upload, settings });
    expect(report).toMatchObject({ bars: 6000, problemCount: 0, alreadyStored: 0 });
    expect(await ask(app, 'series.list', {})).toHaveLength(1);
    expect(await ask(app, 'import.commit', { upload, settings })).toMatchObject({
      added: 6000,
      series: { name: 'walk', synthetic: false },
    });
    expect(heard).toContain('series.changed');
    // The file was handed back with the import.
    const again = answer(app.handlers, 'import.commit', { upload, settings });
    expect(await again).toMatchObject({ ok: false, fault: { code: 'upload-gone' } });
  });

  it('refuses a file with a problem whole, naming the line', async () => {
    const app = await open();
    const lines = demoLines();
    lines[500] = lines[499]!;
    const upload = await stage(app, lines.join('\n'));
    const told = await answer(app.handlers, 'import.commit', { upload, settings });
    expect(told).toMatchObject({ ok: false, fault: { code: 'import-refused' } });
    expect(JSON.stringify(told)).toContain('Line 501');
    expect(await ask(app, 'series.list', {})).toHaveLength(1);
  });

  it('finds a recorded decision again after older bars moved it', async () => {
    const app = await open();
    const [header, ...rows] = demoLines();
    const late = await stage(app, [header, ...rows.slice(3000)].join('\n'));
    await ask(app, 'import.commit', { upload: late, settings });
    const recorded = await ask(app, 'decisions.record', decision('walk', 500));
    const early = await stage(app, [header, ...rows.slice(0, 3000)].join('\n'));
    await ask(app, 'import.commit', { upload: early, settings });
    const { closedAt } = recorded;
    const { bar } = await ask(app, 'series.barAt', { series: 'walk', closedAt });
    expect(bar).toBe(3500);
    const desk = await ask(app, 'desk.read', { series: 'walk', bar });
    expect(desk.close).toBe(recorded.price);
  });
});

describe('a recorded decision', () => {
  it('keeps rules, model and numbers of its moment, and what the window showed', async () => {
    const app = await open();
    const recorded = await ask(app, 'decisions.record', decision('Synthetic demo', 5999));
    expect(recorded).toMatchObject({
      rules: STUDY_RULES,
      model: 'V3-cross-gold-2022',
      price: 2000,
      limit: expect.closeTo(0.06, 12) as number,
    });
    expect(recorded.pLiquidation).toBeLessThan(recorded.limit);
    expect(await ask(app, 'decisions.list', {})).toEqual([recorded]);
  });
});
