import { readDesk } from './desk.ts';
import { followTrade, holdingHistory } from '../../journal/follow.ts';
import { lastClosedAt } from '../../domain/bars/bars.ts';
import { heldFile } from '../series/candle-files.ts';
import { decisionOf, recommendationOf } from './recommend.ts';
import type { HandlersOf } from '../../contract/calls.ts';
import type { Timeframe } from '../../contract/series.ts';
import type { UtcSeconds } from '../../domain/units.ts';
import type { Journal } from '../../journal/journal.ts';
import type { Rooms } from '../rooms.ts';

export function deskHandlers(
  { store, series, models, publish, now }: Rooms,
  journal: Journal,
): HandlersOf<'desk' | 'trades' | 'decisions'> {
  const desk = (name: string, timeframe: Timeframe | null, bar: number | null) => {
    const held = series.read(name, timeframe);
    const at = bar ?? held.bars.close.length - 1;
    const closedAt = (held.bars.time[at]! + held.bars.stepSeconds) as UtcSeconds;
    return readDesk(held, at, models.inUse(), journal.resolved(held.info, closedAt));
  };
  return {
    'desk.read': ({ series: name, timeframe, bar }) => desk(name, timeframe, bar),
    'trades.follow': (plan) => followTrade(series.read(plan.series, plan.timeframe).bars, plan),
    'trades.holding': ({ series: name, timeframe, bar, direction, rule }) =>
      holdingHistory(series.read(name, timeframe).bars, bar, direction, rule),
    'desk.recommend': ({ bars: from, at, ...account }) => {
      const held = 'file' in from ? heldFile(from.file, from.clock) : series.read(from.series);
      const { info, bars } = held;
      const bar = at === null ? bars.close.length - 1 : lastClosedAt(bars, at);
      if (bar < 0) return null;
      const closedAt = (bars.time[bar]! + bars.stepSeconds) as UtcSeconds;
      const resolved = journal.resolved(info, closedAt);
      return recommendationOf(readDesk(held, bar, models.inUse(), resolved), account);
    },
    'decisions.list': () => store.decisions.list(),
    'decisions.record': (input) => {
      const recorded = store.decisions.record(
        decisionOf(desk(input.series, input.timeframe, input.bar), input, now()),
      );
      publish('decisions.changed', {});
      return recorded;
    },
  };
}
