// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { Candles, MOST_HELD } from '../../../src-renderer/desk/chart/candles.svelte.ts';
import { Notices } from '../../../src-renderer/lib/notices.svelte.ts';
import { BAR, fakeClient, openFakeApp, SERIES } from './fake-app.ts';
import { CodedError } from '#contract/errors.ts';
import type { CallInput } from '#contract/calls.ts';

const MILLION = 1_000_000;
const GOLD = { series: 'gold', timeframe: 'M1' } as const;

function open() {
  const client = fakeClient();
  const candles = new Candles(client, new Notices());
  const asked = () =>
    client.calls
      .filter(({ name }) => name === 'series.bars')
      .map(({ input }) => input as CallInput<'series.bars'>);
  return { candles, asked };
}

describe('a million bars', () => {
  it('are never all held: scrolled back and forth, the block stays small and unbroken', async () => {
    const { candles, asked } = open();
    await candles.reach(GOLD, MILLION - 1);
    for (let page = 0; page < 40; page++) {
      await candles.older();
      expect(candles.columns!.time.length).toBeLessThanOrEqual(MOST_HELD);
    }
    const farBack = candles.columns!.first;
    expect(farBack).toBeLessThan(MILLION - 150_000);
    for (let page = 0; page < 60; page++) {
      await candles.newer();
      const { time } = candles.columns!;
      expect(time.length).toBeLessThanOrEqual(MOST_HELD);
      expect(time.every((value, i) => i === 0 || value === time[i - 1]! + 3600)).toBe(true);
    }
    const { first, time } = candles.columns!;
    expect(first + time.length, 'back at the decision bar').toBe(MILLION);
    expect(Math.max(...asked().map(({ count }) => count))).toBeLessThanOrEqual(5_000);
  });

  it('are read up to the decision bar and never past it', async () => {
    const { candles, asked } = open();
    const now = 400_000;
    await candles.reach(GOLD, now);
    for (let page = 0; page < 8; page++) await candles.older();
    for (let page = 0; page < 20; page++) await candles.newer();
    for (const { first, count } of asked()) expect(first + count).toBeLessThanOrEqual(now + 1);
  });

  it('leave the trader where he looks when a bar closes far from it', async () => {
    const { candles } = open();
    await candles.reach(GOLD, MILLION - 1);
    for (let page = 0; page < 10; page++) await candles.older();
    const looked = candles.columns;
    await candles.reach(GOLD, MILLION);
    expect(candles.columns).toBe(looked);
  });
});

describe('another step', () => {
  it('shows the same moment and is remembered', async () => {
    const client = fakeClient(
      BAR,
      {},
      {
        'desk.read': ({ timeframe, bar }) => ({
          ...BAR,
          storedAs: 'M5',
          series: { ...SERIES, timeframe: timeframe ?? 'M5' },
          bar: bar ?? SERIES.bars - 1,
        }),
        'series.barAt': () => ({ bar: 77 }),
      },
    );
    const { desk, settings } = await openFakeApp(client);
    await desk.open(SERIES.name, 900);
    expect(desk.timeframes).toEqual(['M5', 'M15', 'M30', 'H1', 'H4', 'D1']);
    await desk.setTimeframe('H4');
    expect(desk.bar!.series.timeframe).toBe('H4');
    expect(desk.bar!.bar).toBe(77);
    expect(client.calls.findLast(({ name }) => name === 'series.barAt')!.input).toEqual({
      series: SERIES.name,
      timeframe: 'H4',
      closedAt: BAR.closedAt,
    });
    expect(settings.current.timeframe).toBe('H4');
    await desk.setTimeframe('M5');
    expect(settings.current.timeframe).toBeNull();
  });

  it('gives way to the series’ own where that is longer', async () => {
    const client = fakeClient(
      BAR,
      { timeframe: 'M5' },
      {
        'desk.read': ({ timeframe, bar }) => {
          if (timeframe !== null) throw new CodedError('finer-step', {});
          return { ...BAR, bar: bar ?? BAR.bar };
        },
      },
    );
    const { desk, notices } = await openFakeApp(client);
    await vi.waitFor(() => expect(desk.bar!.series.timeframe).toBe('H1'));
    expect(notices.fault).toBeNull();
  });
});
