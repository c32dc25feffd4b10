import { readDesk } from './desk.ts';
import { followTrade, holdingHistory } from './follow.ts';
import { decisionOf } from './recommend.ts';
import type { HandlersOf } from '../../contract/calls.ts';
import type { Timeframe } from '../../contract/series.ts';
import type { UtcSeconds } from '../../domain/units.ts';
import type { Journal } from '../journal/journal.ts';
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
