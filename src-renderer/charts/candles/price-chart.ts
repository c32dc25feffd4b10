import {
  CandlestickSeries,
  createChart,
  LineSeries,
  type IChartApi,
  type IPrimitivePaneView,
  type ISeriesApi,
  type ISeriesPrimitive,
  type ISeriesPrimitiveAxisView,
  type Logical,
  type MouseEventParams,
  type Time,
  type UTCTimestamp,
} from 'lightweight-charts';
import { simpleMovingAverage } from '#domain/features/indicators.ts';
import { price, wallText } from '../../lib/format.ts';
import { wallTimes, type OffsetOf } from '../../lib/zone-clock.ts';
import { paintGround, paintLines, type Places } from './paint.ts';
import { isOnScale, type Scene } from './scene.ts';
import type { FormingBar } from '#contract/feeds.ts';
import type { BarColumns } from '#contract/series.ts';
import type { UtcSeconds } from '#domain/units.ts';
import type { Palette } from './palette.ts';

/** Bars in view at first: the model's window and some of what came before it. */
const BARS_IN_VIEW = 200;
const NARROWEST_BAR = 3.35;
/** So that the longest path fits into a narrow pane. */
const NARROWEST_OF_PATH = 0.2;
/** Room to the right of a path that is over, as a share of it, for the word at its end. */
const ROOM_FOR_EXIT = 0.22;
/** Room to the right of the decision bar, for the bracket. */
const RIGHT_BARS = 12;
/** More history is asked for when fewer bars than this lie left of the view. */
const BARS_AHEAD = 300;

export interface ChartEvents {
  /** The view comes near the oldest bar that is loaded. */
  readonly onNearOldest?: () => void;
  /** The view comes near the newest bar that is loaded. */
  readonly onNearNewest?: () => void;
  /** The bar under the crosshair, as an index into the series; null where there is none. */
  readonly onPoint?: (bar: number | null) => void;
}

/**
 * The candle chart. The only file that knows the charting library: it is given bars, a scene and a
 * palette, and shows nothing after the decision bar.
 */
export class PriceChart {
  readonly #chart: IChartApi;
  readonly #candles: ISeriesApi<'Candlestick'>;
  /** One candle at most: the bar that has not closed. */
  readonly #forming: ISeriesApi<'Candlestick'>;
  readonly #averages: readonly ISeriesApi<'Line'>[];
  readonly #overlay: Overlay;
  #shown: {
    columns: BarColumns;
    bar: number;
    end: number;
    periods: string;
    offset: OffsetOf;
  } | null = null;
  /** Times of the bars that are shown, as the axis reads them. */
  #times: number[] = [];

  constructor(container: HTMLElement, palette: Palette, events: ChartEvents) {
    this.#chart = createChart(container, {
      autoSize: true,
      layout: { attributionLogo: false, fontSize: 11 },
      localization: {
        locale: 'en-GB',
        priceFormatter: price,
        tickmarksPriceFormatter: (prices: readonly number[]) => prices.map(price),
        timeFormatter: (time: Time) => wallText(time as number as UtcSeconds),
      },
      timeScale: {
        timeVisible: true,
        rightOffset: RIGHT_BARS,
        minBarSpacing: 0.5,
        // The view is moved here: a bar that forms and closes would move it twice.
        shiftVisibleRangeOnNewBar: false,
      },
      rightPriceScale: { scaleMargins: { top: 0.06, bottom: 0.08 }, minimumWidth: 72 },
      kineticScroll: { touch: true, mouse: false },
    });
    this.#averages = [0, 1].map(() =>
      this.#chart.addSeries(LineSeries, {
        lineWidth: 1,
        priceLineVisible: false,
        lastValueVisible: false,
        crosshairMarkerVisible: false,
        autoscaleInfoProvider: () => null,
      }),
    );
    this.#candles = this.#chart.addSeries(CandlestickSeries, {
      priceLineVisible: false,
      lastValueVisible: false,
    });
    this.#forming = this.#chart.addSeries(CandlestickSeries, {
      priceLineVisible: false,
      lastValueVisible: false,
    });
    this.#overlay = new Overlay(this.#chart, this.#candles, palette);
    this.#candles.attachPrimitive(this.#overlay);
    this.paintWith(palette);

    this.#chart.timeScale().subscribeVisibleLogicalRangeChange((range) => {
      const held = this.#shown;
      if (!range || !held) return;
      if (range.from < BARS_AHEAD) events.onNearOldest?.();
      if (range.to > held.end - held.columns.first - BARS_AHEAD) events.onNearNewest?.();
    });
    this.#chart.subscribeCrosshairMove(({ logical, point }: MouseEventParams) => {
      const place = point && logical !== undefined ? Math.round(logical) : -1;
      const held = this.#shown;
      const isHeld = held !== null && place >= 0 && place < held.end - held.columns.first;
      events.onPoint?.(isHeld ? held.columns.first + place : null);
    });
  }

  paintWith(palette: Palette): void {
    this.#chart.applyOptions({
      layout: {
        background: { color: palette.panel },
        textColor: palette.text3,
        fontFamily: palette.font,
      },
      grid: { vertLines: { color: palette.grid }, horzLines: { color: palette.grid } },
      timeScale: { borderColor: palette.line },
      rightPriceScale: { borderColor: palette.line },
      crosshair: {
        vertLine: { color: palette.text3, labelBackgroundColor: palette.raised },
        horzLine: { color: palette.text3, labelBackgroundColor: palette.raised },
      },
    });
    this.#candles.applyOptions({
      // Hollow rising, filled falling: readable without colour.
      upColor: palette.panel,
      downColor: palette.down,
      borderUpColor: palette.up,
      borderDownColor: palette.down,
      wickUpColor: palette.up,
      wickDownColor: palette.down,
    });
    this.#forming.applyOptions({
      upColor: palette.panel,
      downColor: palette.panel,
      borderUpColor: palette.text3,
      borderDownColor: palette.text3,
      wickUpColor: palette.text3,
      wickDownColor: palette.text3,
    });
    this.#averages[0]!.applyOptions({ color: palette.fast });
    this.#averages[1]!.applyOptions({ color: palette.slow });
    this.#overlay.paintWith(palette);
  }

  /**
   * Bars up to `bar` (an index into the series), as far as the block holds them, with the averages of
   * these periods, on an axis that is `offset` ahead of UTC.
   */
  show(columns: BarColumns, bar: number, periods: readonly number[], offset: OffsetOf): void {
    const before = this.#shown;
    const key = periods.join();
    const end = Math.min(bar + 1, columns.first + columns.time.length);
    const isSameLook = before?.periods === key && before.offset === offset;
    if (isSameLook && before.columns === columns && before.bar === bar) return;
    this.#shown = { columns, bar, end, periods: key, offset };
    const range = this.#chart.timeScale().getVisibleLogicalRange();
    const isGrown =
      isSameLook && before.columns.first === columns.first && isSameSeries(before.columns, columns);
    if (isGrown && end === before.end + 1) this.#append(columns, end - 1, periods);
    else if (!isGrown || end !== before.end) this.#replace(columns, end, periods);
    if (!before || !range || !isSameSeries(before.columns, columns)) {
      this.#showNewest();
    } else {
      // Bars in front move every place; a step along the series moves the view with it, unless older
      // bars are looked at.
      const step = before.end === before.bar + 1 && end === bar + 1 ? bar - before.bar : 0;
      const moved = before.columns.first - columns.first + step;
      if (moved === 0) return;
      this.#chart
        .timeScale()
        .setVisibleLogicalRange({ from: range.from + moved, to: range.to + moved });
    }
  }

  /** All bars of a path that is over, from end to end. */
  showWhole(columns: BarColumns, offset: OffsetOf): void {
    const bar = columns.first + columns.time.length - 1;
    this.#shown = { columns, bar, end: bar + 1, periods: '', offset };
    this.#replace(columns, bar + 1, []);
    this.#chart.timeScale().applyOptions({ minBarSpacing: NARROWEST_OF_PATH });
    const bars = columns.time.length;
    this.#chart.timeScale().setVisibleLogicalRange({ from: 0, to: bars * (1 + ROOM_FOR_EXIT) });
    this.#chart.priceScale('right').applyOptions({ autoScale: true });
  }

  /** One bar more: the library is not handed the whole history again. */
  #append(columns: BarColumns, bar: number, periods: readonly number[]): void {
    const last = bar - columns.first;
    const [shown] = wallTimes([columns.time[last]!], this.#shown!.offset);
    const time = Math.max(shown!, (this.#times.at(-1) ?? 0) + 1);
    this.#times.push(time);
    this.#candles.update(candleAt(columns, last, time));
    this.#averages.forEach((series, which) => {
      const period = periods[which];
      if (!period || last + 1 < period) return;
      const closes = Float64Array.from(columns.close.slice(last + 1 - period, last + 1));
      const value = simpleMovingAverage(closes, period).at(-1)!;
      series.update({ time: time as UTCTimestamp, value });
    });
  }

  #replace(columns: BarColumns, end: number, periods: readonly number[]): void {
    const length = end - columns.first;
    const times = wallTimes(columns.time.slice(0, length), this.#shown!.offset);
    this.#times = times;
    this.#candles.setData(times.map((time, i) => candleAt(columns, i, time)));
    const closes = Float64Array.from(columns.close.slice(0, length));
    this.#averages.forEach((series, which) => {
      const period = periods[which];
      const average = period ? simpleMovingAverage(closes, period) : new Float64Array(0);
      series.setData(
        Array.from(average, (value, i) => ({
          time: times[i] as UTCTimestamp,
          value,
        })).filter(({ value }) => !Number.isNaN(value)),
      );
    });
  }

  /** The bar after the newest one, in grey: no size rests on it. */
  setForming(bar: FormingBar | null): void {
    const offset = this.#shown?.offset;
    if (!bar || !offset) return this.#forming.setData([]);
    const { open, high, low, close } = bar;
    const time = Math.max(bar.time + offset(bar.time), (this.#times.at(-1) ?? 0) + 1);
    this.#forming.setData([{ time: time as UTCTimestamp, open, high, low, close }]);
  }

  setScene(scene: Scene): void {
    this.#overlay.show(scene);
  }

  /** What is drawn now, axes and lines included, without the crosshair. */
  picture(): HTMLCanvasElement {
    return this.#chart.takeScreenshot(true);
  }

  dispose(): void {
    this.#chart.remove();
  }

  #showNewest(): void {
    const scale = this.#chart.timeScale();
    scale.applyOptions({ barSpacing: Math.max(NARROWEST_BAR, scale.width() / BARS_IN_VIEW) });
    scale.scrollToPosition(RIGHT_BARS, false);
    this.#chart.priceScale('right').applyOptions({ autoScale: true });
  }
}

const candleAt = (columns: BarColumns, i: number, time: number) => ({
  time: time as UTCTimestamp,
  open: columns.open[i]!,
  high: columns.high[i]!,
  low: columns.low[i]!,
  close: columns.close[i]!,
});

/** Two blocks of one series share the time of any bar that both hold. */
function isSameSeries(a: BarColumns, b: BarColumns): boolean {
  const shared = Math.max(a.first, b.first);
  const time = (columns: BarColumns) => columns.time[shared - columns.first];
  return time(a) !== undefined && time(a) === time(b);
}

/** The scene as the library draws it: with the candles, on every move of the view. */
class Overlay implements ISeriesPrimitive<Time> {
  readonly #chart: IChartApi;
  readonly #series: ISeriesApi<'Candlestick'>;
  #palette: Palette;
  #scene: Scene | null = null;
  readonly #views: readonly IPrimitivePaneView[];
  readonly #labels: readonly ISeriesPrimitiveAxisView[];
  #requestUpdate: () => void = () => {};

  constructor(chart: IChartApi, series: ISeriesApi<'Candlestick'>, palette: Palette) {
    this.#chart = chart;
    this.#series = series;
    this.#palette = palette;
    this.#views = [this.#layer('bottom', paintGround), this.#layer('top', paintLines)];
    this.#labels = [
      this.#label(
        () => this.#scene?.entry,
        () => [this.#palette.accentFill, this.#palette.onAccent],
      ),
      this.#label(
        () => (this.#scene && isOnScale(this.#scene) ? this.#scene.liquidation?.price : undefined),
        () => [this.#palette.down, this.#palette.panel],
      ),
    ];
  }

  attached({ requestUpdate }: { requestUpdate: () => void }): void {
    this.#requestUpdate = requestUpdate;
  }

  show(scene: Scene): void {
    this.#scene = scene;
    this.#requestUpdate();
  }

  paintWith(palette: Palette): void {
    this.#palette = palette;
    this.#requestUpdate();
  }

  paneViews = () => this.#views;

  priceAxisViews = () => this.#labels;

  /** The scale holds entry and liquidation line, whichever bars are in view. */
  autoscaleInfo(_from: Logical, to: Logical) {
    const scene = this.#scene;
    if (!scene || (scene.window && scene.window.to > to + 1)) return null;
    const prices = [scene.entry, ...(isOnScale(scene) ? [scene.liquidation!.price] : [])];
    return { priceRange: { minValue: Math.min(...prices), maxValue: Math.max(...prices) } };
  }

  #layer(zOrder: 'bottom' | 'top', paint: typeof paintGround): IPrimitivePaneView {
    return {
      zOrder: () => zOrder,
      renderer: () => ({
        draw: (target) =>
          target.useMediaCoordinateSpace(({ context, mediaSize }) => {
            if (this.#scene) paint(context, this.#scene, this.#places(mediaSize), this.#palette);
          }),
      }),
    };
  }

  #label(
    place: () => number | undefined,
    colors: () => readonly [string, string],
  ): ISeriesPrimitiveAxisView {
    return {
      coordinate: () => this.#series.priceToCoordinate(place() ?? NaN) ?? -100,
      text: () => price(place() ?? 0),
      visible: () => place() !== undefined,
      tickVisible: () => false,
      backColor: () => colors()[0],
      textColor: () => colors()[1],
    };
  }

  #places({ width, height }: { width: number; height: number }): Places {
    const scene = this.#scene!;
    const x = (place: number) => this.#chart.timeScale().logicalToCoordinate(place as Logical);
    const spacing = this.#chart.timeScale().options().barSpacing;
    const from = scene.window && x(scene.window.from);
    const to = scene.window && x(scene.window.to);
    return {
      width,
      height,
      entry: this.#series.priceToCoordinate(scene.entry),
      liquidation: isOnScale(scene)
        ? this.#series.priceToCoordinate(scene.liquidation!.price)
        : null,
      breakEven: scene.breakEven ? this.#series.priceToCoordinate(scene.breakEven.price) : null,
      windowFrom: from === null ? null : from - spacing / 2,
      windowTo: to === null ? null : to + spacing / 2,
      gaps: (scene.gaps ?? []).map(({ at, text }) => {
        const middle = x(at);
        return { x: middle === null ? null : middle - spacing / 2, text };
      }),
      spacing,
      marks: (scene.marks ?? []).map((mark) => ({
        ...mark,
        x: x(mark.at),
        y: this.#series.priceToCoordinate(mark.price),
      })),
    };
  }
}
