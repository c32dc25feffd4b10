import { sliceBars, type Bars } from '../../domain/bars/bars.ts';
import { sideOfAverages } from '../../domain/exits/cross.ts';
import { averagesOf } from '../../domain/exits/exit-rule.ts';
import { candlesNeeded, WINDOW } from '../../domain/features/features.ts';
import { gapsIn } from '../../domain/bars/gaps.ts';
import { hoursOf } from '../../domain/instrument.ts';
import { averageTrueRange } from '../../domain/features/indicators.ts';
import { CodedError } from '../../contract/errors.ts';
import { timeframeOf } from '../../contract/series.ts';
import type { Averages, DeskBar } from '../../contract/desk.ts';
import type { UsdPerOunce, UtcSeconds } from '../../domain/units.ts';
import type { CurveModel } from '../training/model-registry.ts';
import type { HeldSeries } from '../series/series-cache.ts';

const ATR_PERIOD = 14;
/** History behind the decision bar that the facts are read from; Wilder's average has settled by then. */
const FACTS_HISTORY = 2_000;

/** Everything that the ladder beside bar `bar` needs, read from bars up to it and none after. */
export function readDesk(
  { info: series, storedAs, bars }: HeldSeries,
  bar: number,
  model: CurveModel | null,
  resolved: DeskBar['resolved'],
): DeskBar {
  if (bar < 0 || bar >= bars.close.length) {
    const problem = `Bar ${bar} is not in ${series.name}, which has ${bars.close.length} bars.`;
    throw new CodedError('bad-argument', { problem });
  }
  const history = sliceBars(bars, Math.max(0, bar + 1 - FACTS_HISTORY), bar + 1);
  const averages = model && averagesOf(model.stored.exitRule);
  const needed = model ? candlesNeeded(model.stored.exitRule) : 0;
  const enough = bar + 1 >= needed;
  const atr = averageTrueRange(history.high, history.low, history.close, ATR_PERIOD).at(-1)!;
  return {
    series,
    bar,
    time: bars.time[bar] as UtcSeconds,
    closedAt: (bars.time[bar]! + bars.stepSeconds) as UtcSeconds,
    close: bars.close[bar] as UsdPerOunce,
    atr: Number.isFinite(atr) ? (atr as UsdPerOunce) : null,
    storedAs,
    exitRule: model?.stored.exitRule ?? null,
    averages,
    signal: averages && enough ? signalOf(history.close, averages) : null,
    model: model?.info ?? null,
    trainedOn: model ? timeframeOf(model.stored.barSeconds) : null,
    curves:
      model && enough
        ? { long: model.curve(bars, bar, 'long'), short: model.curve(bars, bar, 'short') }
        : null,
    missing: enough ? null : { needed, loaded: bar + 1 },
    resolved,
    gap: newestGap(bars, Math.max(0, bar + 1 - WINDOW), bar, series.symbol),
  };
}

const newestGap = ({ time, stepSeconds }: Bars, from: number, to: number, symbol: string) =>
  gapsIn(time, from, to, stepSeconds, hoursOf(symbol)).at(-1) ?? null;

/** Which side the exit rule's averages stand on, and for how many bars. */
function signalOf(close: Float64Array, averages: Averages): DeskBar['signal'] {
  const sides = sideOfAverages(close, averages);
  const now = sides.at(-1)!;
  if (now === 0) return null;
  const before = sides.findLastIndex((side) => side !== now);
  return { side: now > 0 ? 'long' : 'short', bars: sides.length - 1 - before };
}
