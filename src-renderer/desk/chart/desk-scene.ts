import { breakEvenPrice, swapANight, type BrokerRules } from '#domain/account/broker.ts';
import { WINDOW } from '#domain/features/features.ts';
import { gapsIn } from '#domain/bars/gaps.ts';
import { hoursOf } from '#domain/instrument.ts';
import { count, dateTime, dollars, number, price, sideName, sizeText } from '../../lib/format.ts';
import { zone } from '../../lib/zone.svelte.ts';
import type { DeskBar } from '#contract/desk.ts';
import type { BarColumns } from '#contract/series.ts';
import { ounces } from '#domain/size.ts';
import type { Rung } from '#domain/risk/ladder.ts';
import type { Direction } from '#domain/units.ts';
import type { Scene } from '../../charts/candles/scene.ts';

/** Holes are looked for among so many of the newest bars; further back they are not marked. */
const MOST_SEARCHED = 3_000;

/** What the desk shows on its candles. */
export interface OnDesk {
  readonly bar: DeskBar;
  /** The block of candles that is held. */
  readonly columns: BarColumns | null;
  /** The rung whose line is drawn; null for none. */
  readonly shown: Rung | null;
  readonly direction: Direction;
  readonly rules: BrokerRules;
  readonly gaps: Scene['gaps'];
}

/** Entry, liquidation and break-even of the size shown, the model's window, and the holes. */
export function deskScene({ bar, columns, shown, direction, rules, gaps = [] }: OnDesk): Scene {
  const place = bar.bar - (columns?.first ?? 0);
  const liquidates = shown && shown.liquidationPrice > 0 ? shown : null;
  const breakEven = breakEvenPrice(bar.close, rules, direction);
  const swap = shown ? -swapANight(ounces(shown.size), rules, direction) : 0;
  const nightly = swap === 0 ? '' : ` · swap ${swap > 0 ? '+' : ''}${dollars(swap)} a night`;
  return {
    direction,
    entry: bar.close,
    entryTag: `Entry ${sideName(direction)} ${price(bar.close)}`,
    liquidation: liquidates && liquidationOf(liquidates, bar, direction),
    breakEven:
      breakEven === bar.close && nightly === ''
        ? null
        : { price: breakEven, tag: `Break-even ${price(breakEven)}${nightly}` },
    window:
      bar.model && place >= WINDOW - 1
        ? { from: place - WINDOW + 1, to: place, name: `Model window · last ${WINDOW} candles` }
        : null,
    // The block may hold bars after this one: in a replay they are still to come.
    gaps: gaps.filter(({ at }) => at <= place),
  };
}

function liquidationOf({ size, liquidationPrice }: Rung, { close, atr }: DeskBar, side: Direction) {
  const move = Math.abs(close - liquidationPrice);
  const sign = side === 'long' ? '−' : '+';
  const share = number((move / close) * 100, 2);
  return {
    price: liquidationPrice,
    tag: `Liquidation ${sizeText(size)} oz · ${price(liquidationPrice)} · ${sign}${dollars(move)} (${share}%)`,
    distance: atr && `${number(move / atr, 1)} ATR`,
  };
}

/** Bars of the block before which others are missing. */
export function gapMarks({ time }: BarColumns, { closedAt, time: opens, series }: DeskBar) {
  const last = time.length - 1;
  const from = Math.max(0, last - MOST_SEARCHED);
  return gapsIn(time, from, last, closedAt - opens, hoursOf(series.symbol)).map((gap) => ({
    at: time.indexOf(gap.before, from),
    text: `${count(gap.missing)} missing`,
  }));
}

/** The chart for one who cannot see it. */
export function sceneText(bar: DeskBar, scene: Scene, shown: Rung | null): string {
  const { liquidation, breakEven, direction } = scene;
  const away = liquidation?.distance ? `, ${liquidation.distance} away` : '';
  const line = liquidation
    ? `The liquidation line of ${sizeText(shown!.size)} ounces is at ${price(liquidation.price)}${away}.`
    : 'No liquidation line is shown.';
  const even = breakEven ? ` Break-even is at ${price(breakEven.price)}.` : '';
  const { symbol, timeframe } = bar.series;
  return `Candles of ${symbol} ${timeframe} up to ${dateTime(bar.time)} ${zone.at(bar.time)}. Entry ${direction} at ${price(bar.close)}.${even} ${line}`;
}
