// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CodedError } from '#contract/errors.ts';
import { BAR, BAR_OF_V2, fakeClient, openFakeApp, SERIES, SETTINGS } from './fake-app.ts';
import type { CallInput } from '#contract/calls.ts';
import type { Fraction, Money } from '#domain/units.ts';

const threshold = 0.2 as Fraction;
const settled = () => vi.waitFor(() => {});

describe('stepping through bars', () => {
  it('goes one bar back and forward, and not past the newest', async () => {
    const { desk } = await openFakeApp(fakeClient({ ...BAR, bar: SERIES.bars - 1 }));
    expect(desk.atNewest).toBe(true);
    desk.step(1);
    await settled();
    expect(desk.bar!.bar).toBe(SERIES.bars - 1);
    desk.step(-1);
    await vi.waitFor(() => expect(desk.bar!.bar).toBe(SERIES.bars - 2));
  });

  it('reads only the last of many wishes while one bar is on its way', async () => {
    const client = fakeClient();
    const { desk } = await openFakeApp(client);
    const before = client.calls.filter(({ name }) => name === 'desk.read').length;
    for (let i = 0; i < 10; i++) desk.step(-1);
    await vi.waitFor(() => expect(desk.bar!.bar).toBe(BAR.bar - 10));
    const reads = client.calls.filter(({ name }) => name === 'desk.read').length - before;
    expect(reads).toBe(2);
  });

  it('loads bars up to the decision bar and none after it', async () => {
    const client = fakeClient();
    const { desk } = await openFakeApp(client);
    const columns = desk.candles.columns!;
    expect(columns.first + columns.time.length - 1).toBe(BAR.bar);
    for (const { input } of client.calls.filter(({ name }) => name === 'series.bars')) {
      const { first, count } = input as CallInput<'series.bars'>;
      expect(first + count).toBeLessThanOrEqual(BAR.bar + 1);
    }
  });

  it('joins older pages without a gap', async () => {
    const { desk } = await openFakeApp(fakeClient());
    const { first } = desk.candles.columns!;
    await desk.candles.older();
    const { first: older, time } = desk.candles.columns!;
    expect(older).toBeLessThan(first);
    expect(time.every((value, i) => i === 0 || value === time[i - 1]! + 3600)).toBe(true);
  });
});

describe('a bar that closes', () => {
  it('comes onto the desk while the newest is shown', async () => {
    let bars = SERIES.bars;
    const client = fakeClient(
      BAR,
      {},
      {
        'desk.read': ({ bar }) => ({ ...BAR, series: { ...SERIES, bars }, bar: bar ?? bars - 1 }),
      },
    );
    const { desk } = await openFakeApp(client);
    await desk.open(SERIES.name, null);
    bars++;
    client.tell('series.grew', { name: SERIES.name });
    await vi.waitFor(() => expect(desk.bar!.bar).toBe(SERIES.bars));
  });

  it('leaves an older bar that is looked at where it is', async () => {
    const client = fakeClient();
    const { desk } = await openFakeApp(client);
    client.tell('series.grew', { name: SERIES.name });
    await settled();
    expect(desk.bar!.bar).toBe(BAR.bar);
  });
});

describe('a V2 on the desk', () => {
  const said = (app: Awaited<ReturnType<typeof openFakeApp>>) => app.desk.answer!.why;

  it('settles every equity, threshold and side in the window, without asking the app', async () => {
    const client = fakeClient(BAR_OF_V2);
    const app = await openFakeApp(client);
    const before = client.calls.length;
    expect(said(app)).toBe(
      '*1.20* is the largest under 2.174% (10% with V2’s 5× penalty); *1.35* is at 2.2%.',
    );
    app.settings.change({ equity: 1000 as Money });
    expect(app.desk.ladder[17]!.pLiquidation).toBeCloseTo(0.004 * app.desk.ladder[17]!.leverage, 4);
    expect(said(app)).toContain('*2.55* is the largest');
    app.settings.change({ direction: 'short', appetite: { ...SETTINGS.appetite, threshold } });
    expect(said(app)).toContain('under 4.762% (20% with V2’s 5× penalty)');
    expect(client.calls.length).toBe(before);
  });

  it('pays no heed to the safety factor', async () => {
    const app = await openFakeApp(fakeClient(BAR_OF_V2));
    const before = said(app);
    app.settings.change({ appetite: { ...SETTINGS.appetite, safetyFactor: 0.1 as Fraction } });
    expect(said(app)).toBe(before);
  });
});

describe('another model in use', () => {
  it('is read onto the desk at the bar that is shown', async () => {
    let shown = BAR;
    const client = fakeClient(
      BAR,
      {},
      { 'desk.read': ({ bar }) => ({ ...shown, bar: bar ?? shown.bar }) },
    );
    const { desk } = await openFakeApp(client);
    shown = BAR_OF_V2;
    client.tell('models.changed', {});
    await vi.waitFor(() => expect(desk.kind).toBe('v2'));
    expect(desk.bar!.bar).toBe(BAR.bar);
  });
});

describe('settings', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('are written once the hand rests', async () => {
    const client = fakeClient();
    const { settings } = await openFakeApp(client);
    settings.change({ equity: 510 as Money });
    settings.change({ equity: 520 as Money, direction: 'short' });
    await vi.advanceTimersByTimeAsync(1000);
    const writes = client.calls.filter(({ name }) => name === 'settings.write');
    expect(writes.map(({ input }) => input)).toEqual([{ equity: 520, direction: 'short' }]);
  });

  it('hear another window, but no echo while a change is on its way', async () => {
    const client = fakeClient();
    const { settings } = await openFakeApp(client);
    client.tell('settings.changed', { ...SETTINGS, equity: 700 as Money });
    expect(settings.current.equity).toBe(700);
    settings.change({ equity: 710 as Money });
    client.tell('settings.changed', { ...SETTINGS, equity: 700 as Money });
    expect(settings.current.equity).toBe(710);
  });
});

describe('a fault', () => {
  const failing = () => {
    throw new CodedError('no-series', { name: 'XAUUSD_H1' });
  };

  it('is shown, and what was on the desk stays', async () => {
    const client = fakeClient();
    const app = await openFakeApp(client);
    const answer = client.call.bind(client);
    client.call = async (name, input) => {
      if (name !== 'desk.read') return answer(name, input);
      try {
        return failing();
      } catch (error) {
        return { ok: false, fault: (error as CodedError).toFault() };
      }
    };
    app.desk.step(-1);
    await vi.waitFor(() => expect(app.notices.fault?.code).toBe('no-series'));
    expect(app.desk.bar!.bar).toBe(BAR.bar);
  });
});

describe('another series', () => {
  it('is shown where it was left, so that no later bar is seen by the way', async () => {
    const client = fakeClient(
      BAR,
      {},
      {
        'desk.read': ({ series, bar }) => ({
          ...BAR,
          series: { ...SERIES, name: series },
          bar: bar ?? SERIES.bars - 1,
        }),
        'series.barAt': () => ({ bar: 700 }),
      },
    );
    const { desk } = await openFakeApp(client);
    await desk.open(SERIES.name, 700);
    await desk.showSeries('Other');
    expect(desk.bar).toMatchObject({ series: { name: 'Other' }, bar: SERIES.bars - 1 });
    await desk.showSeries(SERIES.name);
    expect(desk.bar).toMatchObject({ series: { name: SERIES.name }, bar: 700 });
    expect(client.calls.findLast(({ name }) => name === 'series.barAt')!.input).toMatchObject({
      series: SERIES.name,
      closedAt: BAR.closedAt,
    });
    // Left at its newest bar, it is found there.
    await desk.open(SERIES.name, null);
    await desk.showSeries('Other');
    await desk.showSeries(SERIES.name);
    expect(desk.atNewest).toBe(true);
  });
});
