import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openApp } from '../../../src-main/app/open-app.ts';
import { answer } from '../../../src-main/contract/transport.ts';
import { correctedLimit } from '../../../src-main/domain/risk/correction.ts';
import { DEFAULT_APPETITE } from '../../../src-main/domain/risk/decision.ts';
import { STUDY_RULES } from '../../../src-main/domain/account/broker.ts';
import { sliceBars } from '../../../src-main/domain/bars/bars.ts';
import { ounces } from '../../../src-main/domain/size.ts';
import { barsAt, goldTimes } from '../../support/candle-files.ts';
import { openStore } from '../../../src-main/store/store.ts';
import { importModel } from '../../../src-main/app/training/model-registry.ts';
import { writeModelFile } from '../../../src-main/models/model-file.ts';
import { untrained, untrainedV2 } from '../models/fixtures.ts';
import { dataFolder } from '../../support/data-folder.ts';
import { fillWithTrades, GOLD_BARS, tradeOn } from '../../support/past-trades.ts';
import type { CallName, CallOutput } from '../../../src-main/contract/calls.ts';
import type { EventName } from '../../../src-main/contract/events.ts';
import type {
  TakenTrade,
  ReviewAccount,
  ReviewFilter,
  ReviewQuery,
} from '../../../src-main/contract/journal.ts';
import type { Fraction, SizeIndex, Money, Ounces } from '../../../src-main/domain/units.ts';

const ACCOUNT: ReviewAccount = {
  equity: 500 as Money,
  rules: STUDY_RULES,
  appetite: DEFAULT_APPETITE,
  policy: 'largest-safe',
  fixed: 1.5 as Ounces,
  ofDecisions: 'recorded',
};
const ANY: ReviewFilter = {
  source: null,
  account: null,
  direction: null,
  outcome: null,
  text: '',
};

/** A decision at a bar, in the study's account. */
const record = (bar: number, direction = 'long') => ({
  series: 'XAUUSD_H1',
  timeframe: null,
  bar,
  direction,
  equity: 500,
  rules: STUDY_RULES,
  appetite: DEFAULT_APPETITE,
  policy: 'largest-safe',
});

function folderWithTrades(trades: readonly TakenTrade[], bars = GOLD_BARS): string {
  const folder = dataFolder();
  fillWithTrades(folder, trades, bars);
  return folder;
}

async function opened(folder: string) {
  const app = await openApp({ dataFolder: folder, shell: 'browser' });
  let closing: Promise<void> | null = null;
  const close = () => (closing ??= app.close());
  onTestFinished(close);
  const events: EventName[] = [];
  app.subscribe((name) => events.push(name));
  const ask = async <Name extends CallName>(name: Name, payload: unknown) => {
    const told = await answer(app.handlers, name, payload);
    if (!told.ok) throw Object.assign(new Error(told.fault.happened), told.fault);
    return told.value as CallOutput<Name>;
  };
  const review = (more: Partial<ReviewQuery> = {}) =>
    ask('journal.review', {
      account: ACCOUNT,
      filter: ANY,
      sort: { by: 'entry', descending: true },
      first: 0,
      count: 100,
      ...more,
    });
  const trade = (key: string) => ask('journal.trade', { key, account: ACCOUNT });
  return { ask, events, review, trade, close };
}

const FIRST = 400;
const TRADES = Array.from({ length: 40 }, (_, i) => tradeOn(GOLD_BARS, FIRST + i * 31, 20));

describe('a past trade that the bars cover', () => {
  it('is told with the size taken, the one recommended before it, and the best in hindsight', async () => {
    const { review } = await opened(folderWithTrades(TRADES));
    const page = await review();
    expect(page).toMatchObject({ total: 40, matching: 40, unknown: {} });
    for (const row of page.rows) {
      expect(row).toMatchObject({ source: 'statement', series: 'XAUUSD_H1', taken: 1, why: null });
      expect(row.recommended === null).toBe(row.stoodAside);
      expect(row.regret).toBeGreaterThanOrEqual(0);
      expect(row.adverse).toBeGreaterThanOrEqual(0);
      // Without costs the return is the price change times the size, while the position lives.
      const move = (row.closePrice! - row.openPrice) * (row.direction === 'long' ? 1 : -1);
      if (row.outcome === 'survived') expect(row.return).toBeCloseTo(move / 500, 9);
    }
    expect(page.scores.taken).toMatchObject({ trades: 40 });
    expect(page.curves.taken.sum.at(-1)).toBeCloseTo(
      page.rows.reduce((sum, row) => sum + row.return!, 0),
      9,
    );
  });

  it('is counted where the bundled market was fitted to its bars, and not after', async () => {
    const before = barsAt(goldTimes('2022-09-05', '2022-12-17'));
    const trades = Array.from({ length: 9 }, (_, i) => tradeOn(before, FIRST + i * 31, 20));
    const { review } = await opened(folderWithTrades(trades, before));
    const page = await review();
    expect(page.fittedTo).toBe(page.scores.recommended!.trades);
    expect(page.fittedTo).toBeGreaterThan(0);
    const after = await (await opened(folderWithTrades(TRADES))).review();
    expect(after.scores.recommended!.trades).toBeGreaterThan(0);
    expect(after.fittedTo).toBe(0);
  });

  it('shows all thirty sizes, and none is recommended by a later bar', async () => {
    const one = TRADES[20]!;
    const { ask } = await opened(folderWithTrades([one]));
    const { outcomes, bars, row, statement } = await ask('journal.trade', {
      key: `t1001:${one.ticket}`,
      account: ACCOUNT,
    });
    expect(outcomes).toHaveLength(30);
    expect(statement).toMatchObject({ ticket: one.ticket, currency: 'USD' });
    expect(outcomes!.filter(({ feasible }) => feasible).length).toBeGreaterThan(10);
    expect(bars!.columns.time[bars!.entry - bars!.columns.first]!).toBeLessThan(one.openedAt);
    // The same trade in a world whose bars differ from its first one on is advised the same.
    const after = FIRST + 20 * 31;
    const changed = { ...GOLD_BARS, close: GOLD_BARS.close.slice() };
    for (let i = after; i < changed.close.length; i++) changed.close[i] = GOLD_BARS.low[i]!;
    const other = await opened(folderWithTrades([one], changed));
    expect((await other.review()).rows[0]!.recommended).toBe(row.recommended);
  });

  it('follows another equity, threshold and stop-out', async () => {
    const { review } = await opened(folderWithTrades(TRADES));
    const small = { ...ACCOUNT, equity: 100 as Money };
    const poor = await review({ account: small });
    for (const row of poor.rows) {
      expect(row.best ?? 0).toBeLessThanOrEqual(7);
      if (row.recommended)
        expect(ounces(row.recommended) * row.openPrice).toBeLessThanOrEqual(2_000);
    }
    const sizes = async (threshold: number) => {
      const appetite = { ...ACCOUNT.appetite, threshold };
      const { rows } = await review({ account: { ...ACCOUNT, appetite } as ReviewAccount });
      return rows.reduce((sum, { recommended }) => sum + (recommended ?? 0), 0);
    };
    expect(await sizes(0.02)).toBeLessThanOrEqual(await sizes(0.2));
  });
});

describe('many past trades', () => {
  const MANY = Array.from({ length: 3_000 }, (_, i) =>
    tradeOn(GOLD_BARS, FIRST + (i % 1_000), 20, { ticket: `many ${i}` }),
  );

  it('are looked at while the app goes on with other things, and come to the same', async () => {
    const { review } = await opened(folderWithTrades(MANY));
    let isDone = false;
    const looked = review().finally(() => (isDone = true));
    let turns = 0;
    for (; !isDone; turns++) await turn();
    expect(turns).toBeGreaterThan(10);
    const page = await looked;
    expect(page.scores.taken!.trades).toBe(3_000);
    // Two that ask at once, and one who asks again, hear the same.
    expect(await Promise.all([review(), review()])).toEqual([page, page]);
  });

  it('are told whole where something is written while they are looked at', async () => {
    const folder = folderWithTrades(MANY, sliceBars(GOLD_BARS, 0, 900));
    const { ask, review } = await opened(folder);
    const looking = review();
    await turn();
    await ask('journal.write', { key: 't1001:many 0', kind: 'note', entry: 'meanwhile' });
    await looking;
    const page = await review({ filter: { ...ANY, text: 'meanwhile' } });
    expect(page.matching).toBe(1);
    expect((await review()).matching).toBe(3_000);
  });
});

describe('a past trade of which nothing is known', () => {
  const at = FIRST;
  it('yields no number, and says why', async () => {
    const good = tradeOn(GOLD_BARS, at, 20);
    const odd = (ticket: string, more: object) => tradeOn(GOLD_BARS, at, 20, { ticket, ...more });
    const { review } = await opened(
      folderWithTrades([
        good,
        odd('open', { closedAt: null, closePrice: null }),
        odd('before', { openedAt: GOLD_BARS.time[0]! - 86_400 }),
        odd('after', { closedAt: GOLD_BARS.time.at(-1)! + 90_000 }),
        odd('elsewhere', { openPrice: good.openPrice + 500 }),
      ]),
    );
    const { rows, unknown, scores } = await review();
    expect(unknown).toEqual({ open: 1, 'no-bars': 2, 'fills-outside': 1 });
    expect(scores.taken!.trades).toBe(1);
    for (const row of rows.filter(({ why }) => why !== null)) {
      expect(row).toMatchObject({ best: null, recommended: null, return: null, regret: null });
      expect(row.outcome).toBe(row.why === 'open' ? 'open' : 'unknown');
    }
  });

  it('with a hole in the bars on its way counts as not covered', async () => {
    const keep = Array.from(GOLD_BARS.time, (_, i) => i).filter((i) => i < at + 5 || i > at + 12);
    const pick = (column: Float64Array) => Float64Array.from(keep, (i) => column[i]!);
    const { time, open, high, low, close, volume } = GOLD_BARS;
    const holed = {
      stepSeconds: 3_600,
      time: pick(time),
      open: pick(open),
      high: pick(high),
      low: pick(low),
      close: pick(close),
      volume: pick(volume),
    };
    const { review } = await opened(folderWithTrades([tradeOn(GOLD_BARS, at, 20)], holed));
    expect((await review()).rows[0]).toMatchObject({ outcome: 'unknown', why: 'hole' });
  });

  it('where only the bar of a fill decides a size, that size has no result', async () => {
    // The exit's bar falls far under the exit's fill: before it, or after?
    const exit = at + 20;
    const low = GOLD_BARS.low.slice();
    low[exit] = GOLD_BARS.low[exit]! * 0.9;
    const trade = tradeOn(GOLD_BARS, at, 20, { ticket: '1', direction: 'long' });
    const { ask, review } = await opened(folderWithTrades([trade], { ...GOLD_BARS, low }));
    const { outcomes } = await ask('journal.trade', { key: 't1001:1', account: ACCOUNT });
    expect(outcomes![0]).toMatchObject({ isKnown: true, liquidatedAt: null });
    const largest = outcomes!.findLast(({ feasible }) => feasible)!;
    expect(largest).toMatchObject({ isKnown: false, return: null });
    expect((await review()).rows[0]).toMatchObject({ best: null, regret: null, why: 'in-the-bar' });
  });
});

describe('a recorded decision', () => {
  const SIZE = 7;
  /** Of the bundled rule; the bar is one whose trade ends within the bars. */
  it('is followed to the signal of its model’s rule, and settled at every size', async () => {
    const { ask, review } = await opened(folderWithTrades([]));
    await ask('decisions.record', record(600));
    const [row] = (await review()).rows;
    expect(row).toMatchObject({ key: 'd1', source: 'decision', taken: null });
    const followed = await ask('trades.follow', {
      series: 'XAUUSD_H1',
      timeframe: null,
      entry: 600,
      upTo: GOLD_BARS.time.length - 1,
      direction: 'long',
      equity: 500,
      rules: STUDY_RULES,
      rule: { kind: 'cross', fast: 32, slow: 128, cap: 720 },
      holding: null,
    });
    expect(row!.closedAt).toBe(followed.exit!.closedAt);
    const { outcomes } = await ask('journal.trade', { key: 'd1', account: ACCOUNT });
    expect(outcomes!.map((one) => one.liquidatedAt)).toEqual(
      followed.outcomes.map((one) => one.liquidatedAt),
    );
    expect(outcomes!.map((one) => one.return)).toEqual(
      followed.outcomes.map((one) => (one.return === null ? null : expect.closeTo(one.return, 9))),
    );
  });

  it('is open until its signal comes, and can be closed by hand; nothing is overwritten', async () => {
    const { ask, review, events } = await opened(folderWithTrades([]));
    const last = GOLD_BARS.time.length - 6;
    await ask('decisions.record', record(last));
    expect((await review()).rows[0]).toMatchObject({
      outcome: 'open',
      why: 'open',
      closedAt: null,
    });
    const closedAt = GOLD_BARS.time[last + 4]!;
    await ask('journal.write', { key: 'd1', kind: 'closed', entry: { closedAt } });
    expect(events).toContain('journal.changed');
    expect((await review()).rows[0]).toMatchObject({ outcome: 'survived', closedAt });
    await ask('journal.write', { key: 'd1', kind: 'closed', entry: null });
    expect((await review()).rows[0]).toMatchObject({ outcome: 'open' });
  });

  it('is settled when it ends, each size in a row that stays; another end is another row', async () => {
    const folder = folderWithTrades([]);
    const { ask } = await opened(folder);
    const rows = () => {
      const db = new Database(join(folder, 'size-picker.db'), { readonly: true });
      const found = db
        .prepare("SELECT subject, entry FROM journal_entry WHERE kind = 'settled' ORDER BY id")
        .all() as { subject: string; entry: string }[];
      db.close();
      return found.map(({ subject, entry }) => ({ subject, ...JSON.parse(entry) }));
    };
    const last = GOLD_BARS.time.length - 6;
    await ask('decisions.record', record(600));
    await ask('decisions.record', record(last));
    const { row, outcomes, settledAt } = await ask('journal.trade', {
      key: 'd1',
      account: ACCOUNT,
    });
    expect(settledAt).not.toBeNull();
    expect(rows()).toMatchObject([{ subject: 'd1', closedAt: row.closedAt }]);
    expect(rows()[0].outcomes.map((one: { return: number } | null) => one?.return ?? null)).toEqual(
      outcomes!.map((one) => one.return),
    );

    const end = async (bar: number) => {
      const entry = { closedAt: GOLD_BARS.time[bar]! };
      await ask('journal.write', { key: 'd2', kind: 'closed', entry });
    };
    await end(last + 4);
    await ask('journal.write', { key: 'd2', kind: 'note', entry: 'changes nothing' });
    expect(rows().map(({ subject }) => subject)).toEqual(['d1', 'd2']);
    await end(last + 3);
    const [, first, second] = rows();
    expect([first, second]).toMatchObject([
      { subject: 'd2', closedAt: GOLD_BARS.time[last + 4] },
      { subject: 'd2', closedAt: GOLD_BARS.time[last + 3] },
    ]);
  });

  it('is settled at the next start where bars came meanwhile, once', async () => {
    const short = sliceBars(GOLD_BARS, 0, 602);
    const folder = folderWithTrades([], short);
    const first = await opened(folder);
    await first.ask('decisions.record', record(600));
    expect((await first.trade('d1')).settledAt).toBeNull();
    await first.close();
    fillWithTrades(folder, []);
    for (let start = 0; start < 2; start++) {
      const { trade, close } = await opened(folder);
      expect((await trade('d1')).settledAt).not.toBeNull();
      await close();
    }
    const store = openStore(folder);
    onTestFinished(() => store.close());
    expect(store.journalEntries.newest('settled').size).toBe(1);
  });

  it('takes the size that was traded, a note and tags; the search finds them', async () => {
    const { ask, review } = await opened(folderWithTrades(TRADES));
    await ask('decisions.record', record(600));
    await ask('journal.write', { key: 'd1', kind: 'taken', entry: ounces(SIZE as SizeIndex) });
    await ask('journal.write', { key: 'd1', kind: 'note', entry: 'Before the Fed spoke' });
    await ask('journal.write', { key: 'd1', kind: 'tags', entry: ['news'] });
    const found = await review({ filter: { ...ANY, text: 'FED news' } });
    expect(found).toMatchObject({ total: 41, matching: 1 });
    expect(found.rows[0]).toMatchObject({
      taken: 1.05,
      note: 'Before the Fed spoke',
      tags: ['news'],
    });
    await expect(
      ask('journal.write', { key: 'd99', kind: 'note', entry: 'x' }),
    ).rejects.toMatchObject({ code: 'no-past-trade' });
  });
});

describe('the limit after decisions that ended', () => {
  /** A fall by a third, which liquidates any size that a model would call safe. */
  const FALL = 604;
  const fallen = (column: Float64Array) =>
    column.map((price, i) => (i < FALL ? price : price * 0.66));
  const { open, high, low, close } = GOLD_BARS;
  const bars = {
    ...GOLD_BARS,
    open: fallen(open),
    high: fallen(high),
    low: fallen(low),
    close: fallen(close),
  };
  it('falls from the bar on that a recommended size was liquidated on, for its direction alone', async () => {
    const { ask, review } = await opened(folderWithTrades([], bars));
    const { size } = await ask('decisions.record', record(600));
    expect(size).not.toBeNull();
    expect((await review()).rows[0]).toMatchObject({ outcome: 'liquidated' });
    const at = async (bar: number) =>
      (await ask('desk.read', { series: 'XAUUSD_H1', bar })).resolved;
    expect(await at(FALL - 1)).toEqual({ long: [], short: [] });
    expect(await at(FALL)).toEqual({ long: [true], short: [] });
    // What is recorded next keeps to the lowered limit.
    const next = await ask('decisions.record', record(FALL + 300));
    expect(next.limit).toBeCloseTo(0.06 - 0.02 * (1 - 0.06), 9);
    const other = await ask('decisions.record', record(FALL + 300, 'short'));
    expect(other.limit).toBeCloseTo(0.06, 9);
  });

  it('is what past trades are held to as well: the desk’s at their entry, in any account', async () => {
    const { ask } = await opened(folderWithTrades([], bars));
    const appetite = { threshold: 0.2, safetyFactor: 0.5 };
    const tried = { ...ACCOUNT, appetite, ofDecisions: 'tried' };
    const limits = async (account: object, keys: readonly string[]) => {
      const views = keys.map(async (key) => (await ask('journal.trade', { key, account })).limit);
      return Promise.all(views);
    };
    for (const more of [record(600), record(FALL + 300), record(FALL + 300, 'short')]) {
      await ask('decisions.record', more);
    }
    const keys = ['d1', 'd2', 'd3'];
    const lowered = correctedLimit(0.1 as Fraction, 0.1 as Fraction, true);
    expect(await limits(tried, keys)).toEqual([0.1, lowered, 0.1]);
    const recorded = (await ask('decisions.list', {})).toReversed().map(({ limit }) => limit);
    expect(await limits({ ...tried, ofDecisions: 'recorded' }, keys)).toEqual(recorded);
  });
});

describe('the policy that past trades are looked at by', () => {
  const BARS = [260, 330, 410, 505, 640, 777];
  /** A model that saw small sizes do better than large ones: its mean return rises with the move. */
  const careful = { ...untrained(3), meanReturn: Array.from({ length: 25 }, (_, i) => 0.01 * i) };
  const bold = { appetite: { threshold: 0.25 as Fraction, safetyFactor: 1 as Fraction } };

  it('is that of the account: the size is the one that the desk would have named', async () => {
    const named = async (policy: string) => {
      const folder = folderWithTrades([]);
      const store = openStore(folder);
      const file = new TextEncoder().encode(writeModelFile(careful));
      const { name } = importModel(store, 'model.json', file);
      store.close();
      const { ask } = await opened(folder);
      await ask('models.use', { name });
      for (const bar of BARS) {
        const short = bar % 2 ? 'short' : 'long';
        await ask('decisions.record', { ...record(bar, short), ...bold, policy });
      }
      return { ask, sizes: (await ask('decisions.list', {})).toReversed().map(({ size }) => size) };
    };
    const largest = await named('largest-safe');
    const best = await named('best-return');
    expect(best.sizes).not.toEqual(largest.sizes);
    const { policy: _policy, ...account } = { ...ACCOUNT, ...bold };
    const recommended = async ({ ask }: typeof largest, more: Partial<ReviewAccount>) => {
      const sort = { by: 'entry', descending: false };
      const query = { account: { ...account, ...more }, filter: ANY, sort, first: 0, count: 100 };
      return (await ask('journal.review', query)).rows.map((row) => row.recommended);
    };
    for (const folder of [largest, best]) {
      const tried = { ofDecisions: 'tried' } as const;
      expect(await recommended(folder, { ...tried, policy: 'largest-safe' })).toEqual(
        largest.sizes,
      );
      expect(await recommended(folder, { ...tried, policy: 'best-return' })).toEqual(best.sizes);
      expect(await recommended(folder, tried), 'left out').toEqual(largest.sizes);
      // A decision as it was recorded keeps its own.
      expect(await recommended(folder, { policy: 'best-return' })).toEqual(folder.sizes);
      expect(await recommended(folder, { policy: 'largest-safe' })).toEqual(folder.sizes);
    }
  });
});

describe('a decision of a model that is no longer in use', () => {
  it('is tried in another account by the limit of its own kind of model', async () => {
    const folder = folderWithTrades([]);
    const store = openStore(folder);
    const file = new TextEncoder().encode(writeModelFile(untrainedV2(1)));
    const { name } = importModel(store, 'model.json', file);
    store.close();
    const { ask } = await opened(folder);
    const before = (await ask('models.list', {})).find(({ inUse }) => inUse)!;
    await ask('models.use', { name });
    const { id } = await ask('decisions.record', record(600));
    await ask('models.use', { name: before.name });
    const tried = { ...ACCOUNT, ofDecisions: 'tried' };
    const { limit } = await ask('journal.trade', { key: `d${id}`, account: tried });
    // t / (5 - 4t) of a threshold of 10%: the penalty of V2 is its safety factor.
    expect(limit).toBeCloseTo(0.1 / 4.6, 12);
  });
});

describe('your own exits', () => {
  it('are a rule out of what you ended, with stop-outs and open trades counted as cut short', async () => {
    const long = TRADES.map((trade, i) => (i % 8 === 0 ? { ...trade, stoppedOut: true } : trade));
    const open = tradeOn(GOLD_BARS, 10, 5, { closedAt: null, closePrice: null });
    const { ask } = await opened(folderWithTrades([...long, open]));
    const found = await ask('journal.ownExits', { account: null });
    expect(found).toMatchObject({ ended: 35, censored: 6, rule: { kind: 'own', trades: 35 } });
    // Every trade lasts 20 bars of hours that gold trades.
    expect(found.rule.holding[31]).toBe(20);
    await expect(ask('journal.ownExits', { account: 'nobody' })).rejects.toMatchObject({
      code: 'too-few-exits',
    });
  });

  it('are refused below thirty', async () => {
    const { ask } = await opened(folderWithTrades(TRADES.slice(0, 29)));
    await expect(ask('journal.ownExits', { account: null })).rejects.toMatchObject({
      code: 'too-few-exits',
      details: { ended: 29 },
    });
  });
});

describe('the alarm', () => {
  const ENTRIES = Array.from({ length: 8 }, (_, i) => 300 + i * 150);
  /** A fall by a third inside one bar soon after each entry, gone at its close. */
  const low = GOLD_BARS.low.map((price, i) =>
    ENTRIES.some((entry) => i === entry + 3) ? price * 0.66 : price,
  );

  it('goes off where decisions are liquidated far beyond their P, until the trader has acted', async () => {
    const { ask, events } = await opened(folderWithTrades([], { ...GOLD_BARS, low }));
    expect(await ask('journal.alarm', {})).toMatchObject({ trades: 0, isFired: false });
    for (const entry of ENTRIES)
      expect((await ask('decisions.record', record(entry))).size).not.toBeNull();
    const alarm = await ask('journal.alarm', {});
    expect(alarm).toMatchObject({ trades: 8, isFired: true, falseAlarmRate: 0.05 });
    expect(alarm.realised).toBeGreaterThan(5);
    expect(alarm.expected).toBeLessThan(0.5);
    expect(await ask('journal.watchAnew', {})).toMatchObject({ trades: 0, isFired: false });
    expect(events).toContain('journal.changed');
  });

  it('stays silent while they live', async () => {
    const { ask } = await opened(folderWithTrades([]));
    for (const entry of ENTRIES) await ask('decisions.record', record(entry));
    const alarm = await ask('journal.alarm', {});
    expect(alarm).toMatchObject({ realised: 0, isFired: false });
    expect(alarm.evidence).toBeLessThanOrEqual(1);
  });
});

describe('the table', () => {
  it('is sorted by any column, with what is not known last', async () => {
    const { review } = await opened(
      folderWithTrades([
        ...TRADES,
        tradeOn(GOLD_BARS, 10, 5, { closedAt: null, closePrice: null }),
      ]),
    );
    for (const descending of [true, false]) {
      const { rows } = await review({ sort: { by: 'return', descending } });
      expect(rows.at(-1)!.return).toBeNull();
      const returns = rows.slice(0, -1).map((row) => row.return!);
      const sorted = returns.toSorted((a, b) => (descending ? b - a : a - b));
      expect(returns).toEqual(sorted);
    }
  });

  it('keeps to a filter, a page of it at a time', async () => {
    const { review } = await opened(folderWithTrades(TRADES));
    const longs = await review({ filter: { ...ANY, direction: 'long' }, first: 5, count: 5 });
    expect(longs).toMatchObject({ matching: 20, total: 40 });
    expect(longs.rows).toHaveLength(5);
    expect(longs.scores.fixed!.byDirection.short.trades).toBe(0);
    const liquidated = await review({ filter: { ...ANY, outcome: 'liquidated' } });
    // The rate is that of all, not of those that were picked for having been liquidated.
    expect(liquidated.scores.taken!.trades).toBe(40);
  });
});
