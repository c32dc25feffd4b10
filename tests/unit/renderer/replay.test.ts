// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import fc from 'fast-check';
import { recommend } from '../../../src-main/app/desk/recommend.ts';
import { POLICIES } from '#domain/risk/decision.ts';
import { kindOfCurve } from '#domain/models/kinds.ts';
import { scoreOf } from '../../../src-renderer/desk/replay/replay-score.ts';
import { positions, riskCurves } from '../../support/risk-curves.ts';
import { BAR, CLOSE, fakeClient, openFakeApp, SERIES, SETTINGS } from './fake-app.ts';
import type { DeskBar, FollowedTrade, FollowPlan } from '#contract/desk.ts';
import type { Money, SizeIndex, UtcSeconds } from '#domain/units.ts';

const EXIT = BAR.bar + 40;
const size = (index: number) => index as SizeIndex;

/** Up to 1.50 oz survives and makes 1% an index; larger sizes go 15 bars after the entry. */
function follow({ entry, upTo }: FollowPlan): FollowedTrade {
  const last = Math.min(upTo, EXIT);
  return {
    exit: upTo >= EXIT ? { bar: EXIT, closedAt: (BAR.closedAt + 40 * 3600) as UtcSeconds } : null,
    last,
    entryPrice: CLOSE,
    adverse: 0.1 as FollowedTrade['adverse'],
    move: 0.02 as FollowedTrade['move'],
    outcomes: Array.from({ length: 30 }, (_, i) => {
      const isGone = i >= 10 && last >= entry + 15;
      return {
        feasible: true,
        liquidatedAt: isGone ? entry + 15 : null,
        return: isGone ? -0.7 : 0.01 * (i + 1),
        liquidationPrice: null,
      };
    }),
    best: size(10),
    bars: null,
  };
}

async function open() {
  const client = fakeClient(BAR, {}, { 'trades.follow': follow });
  const app = await openFakeApp(client);
  const asked = () =>
    client.calls
      .filter(({ name }) => name === 'trades.follow')
      .map(({ input }) => input as FollowPlan);
  return { ...app, app, desk: app.desk, replay: app.replay, client, asked };
}

describe('what the desk in a window recommends of a bar', () => {
  it('is to the last bit what the app would, in any account, and so is that of a position on paper', async () => {
    for (const [i, curve] of fc.sample(riskCurves, { numRuns: 6, seed: 14 }).entries()) {
      const kind = kindOfCurve(curve);
      const resolved = { long: [i % 2 === 0], short: [] };
      const model: DeskBar['model'] = { ...BAR.model!, kind };
      const bar = { ...BAR, curves: { long: curve, short: curve }, model, resolved };
      const client = fakeClient(bar, {}, { 'trades.follow': follow });
      const { desk, replay, settings } = await openFakeApp(client);
      let asked = SETTINGS;
      for (const { direction, rules } of fc.sample(positions, { numRuns: 20, seed: i })) {
        for (const [n, equity] of [90, 500, 8_000].entries()) {
          const policy = POLICIES[n % POLICIES.length]!;
          asked = { ...asked, direction, rules, equity: equity as Money, policy };
          settings.change(asked);
          const { ladder, decision } = recommend(bar, asked);
          expect(desk.ladder).toEqual(ladder);
          expect(desk.decision).toEqual(decision);
        }
      }
      replay.place(size(1));
      expect(replay.trade!.recommended).toBe(
        recommend(bar, asked).decision.recommended?.size ?? null,
      );
    }
  });
});

describe('a position on paper', () => {
  it('is entered at the bar on the desk, with the account and the exit rule of now', async () => {
    const { replay, asked } = await open();
    replay.place(size(19));
    await vi.waitFor(() => expect(replay.followed).not.toBeNull());
    expect(replay.trade).toMatchObject({
      series: SERIES.name,
      entry: BAR.bar,
      taken: 19,
      recommended: 19,
      equity: 500,
      direction: 'long',
      rule: { kind: 'cross', fast: 32, slow: 128 },
    });
    expect(asked()).toMatchObject([{ entry: BAR.bar, upTo: BAR.bar }]);
  });

  it('is followed no further than the bar on the desk', async () => {
    const { desk, replay, asked } = await open();
    replay.place(size(19));
    for (let i = 1; i <= 20; i++) {
      await desk.open(SERIES.name, BAR.bar + i);
      await replay.follow(desk.bar!);
    }
    expect(Math.max(...asked().map(({ upTo }) => upTo))).toBe(BAR.bar + 20);
    expect(replay.followed!.outcomes[18]!.liquidatedAt).toBe(BAR.bar + 15);
    expect(replay.isOver).toBe(false);
  });

  it('runs to the exit, is revealed there, and counts once', async () => {
    const { desk, replay } = await open();
    replay.place(size(19));
    replay.reveal();
    expect(replay.session, 'nothing is revealed before the exit').toEqual([]);
    await replay.runToExit();
    expect(desk.bar!.bar).toBe(EXIT);
    await replay.follow(desk.bar!);
    expect(replay.isOver).toBe(true);
    replay.reveal();
    replay.reveal();
    expect(replay.session).toHaveLength(1);
    expect(replay.trade).toBeNull();
    expect(replay.revealed!.followed.best).toBe(10);
  });

  it('that is closed early does not count, and comes back', async () => {
    const { replay, notices } = await open();
    replay.place(size(3));
    replay.abandon();
    expect(replay.trade).toBeNull();
    notices.news.at(-1)!.action!.run();
    expect(replay.trade!.taken).toBe(3);
    expect(replay.session).toEqual([]);
  });

  it('ends by the planned rule where the model was trained for another', async () => {
    const { replay, settings } = await open();
    settings.change({ exitPlan: { exit: 'hold', holding: 48 } });
    replay.place(size(3));
    expect(replay.trade).toMatchObject({ rule: { kind: 'hold' }, holding: 48 });
  });
});

describe('the score of a session', () => {
  it('counts liquidations, and means what was taken, recommended and best', async () => {
    const { replay, desk } = await open();
    for (const taken of [size(19), size(5)]) {
      await desk.open(SERIES.name, BAR.bar);
      replay.place(taken);
      await replay.runToExit();
      await replay.follow(desk.bar!);
      replay.reveal();
    }
    const score = scoreOf(replay.session, 'taken')!;
    expect(score).toMatchObject({ trades: 2, liquidated: 1 });
    expect(score.meanReturn).toBeCloseTo((-0.7 + 0.05) / 2, 12);
    expect(score.meanRegret).toBeCloseTo((0.8 + 0.05) / 2, 12);
    expect(scoreOf(replay.session, 'recommended')).toMatchObject({ liquidated: 2 });
    expect(scoreOf(replay.session, 'best')).toMatchObject({ liquidated: 0, meanRegret: 0 });
  });

  it('is none before a trade, and begins anew with a way back', async () => {
    const { replay, desk, notices } = await open();
    expect(scoreOf(replay.session, 'taken')).toBeNull();
    await desk.open(SERIES.name, BAR.bar);
    replay.place(size(5));
    await replay.runToExit();
    await replay.follow(desk.bar!);
    replay.reveal();
    replay.newSession();
    expect(replay.session).toEqual([]);
    notices.news.at(-1)!.action!.run();
    expect(replay.session).toHaveLength(1);
  });
});

describe('a random start', () => {
  it('has candles enough before it and a whole trade behind it', async () => {
    for (const chance of [0, 0.999_999]) {
      const { replay, desk } = await open();
      replay.randomStart(() => chance);
      await vi.waitFor(() => expect(desk.bar!.bar).not.toBe(BAR.bar));
      expect(desk.bar!.bar).toBeGreaterThanOrEqual(128);
      expect(desk.bar!.bar).toBeLessThan(SERIES.bars - 720);
    }
  });
});

describe('playing', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('moves on as many bars a second as were chosen, and stops when asked', async () => {
    const { replay, desk } = await open();
    replay.player.speed = 10;
    replay.player.play();
    await vi.advanceTimersByTimeAsync(2_050);
    expect(desk.bar!.bar - BAR.bar).toBeGreaterThanOrEqual(19);
    expect(desk.bar!.bar - BAR.bar).toBeLessThanOrEqual(21);
    replay.player.pause();
    const stopped = desk.bar!.bar;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(desk.bar!.bar).toBe(stopped);
  });

  it('ends at the newest bar', async () => {
    const { replay, desk } = await open();
    await desk.open(SERIES.name, SERIES.bars - 3);
    replay.player.speed = 100;
    replay.player.play();
    await vi.advanceTimersByTimeAsync(500);
    expect(desk.bar!.bar).toBe(SERIES.bars - 1);
    expect(replay.player.playing).toBe(false);
  });

  it('does not hurry after bars that the app was too slow for', async () => {
    let release = () => {};
    const client = fakeClient(
      BAR,
      {},
      {
        'desk.read': async ({ bar }) => {
          if ((bar ?? 0) > BAR.bar) await new Promise<void>((done) => (release = done));
          return { ...BAR, bar: bar ?? BAR.bar };
        },
      },
    );
    const { desk, replay } = await openFakeApp(client);
    replay.player.speed = 100;
    replay.player.play();
    await vi.advanceTimersByTimeAsync(5_000);
    release();
    await vi.advanceTimersByTimeAsync(20);
    release();
    await vi.advanceTimersByTimeAsync(0);
    expect(desk.bar!.bar - BAR.bar).toBeLessThan(60);
  });
});
