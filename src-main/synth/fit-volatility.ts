import type { Bars } from '../domain/bars/bars.ts';
import { logRanges, newYorkHourOf } from './day-shape.ts';
import { autocovariance, mean } from './facts.ts';
import { minimise } from './minimise.ts';
import { MOST_DEGREES, studentLogDensity } from './student.ts';
import type { VolatilityParameters } from './parameters.ts';

/** Lags, in bars, at which the two factors are told apart: hours, days, weeks, months. */
const LAGS = [1, 2, 3, 4, 6, 8, 12, 23, 46, 69, 115, 172, 230, 345, 460, 690, 920];
/** Bars on each side that a bar's own volatility is judged by. */
const NEIGHBOURS = 12;
/** A return beyond this many volatilities counts as a jump. */
const JUMP = 6;
const WEEKEND = 86_400;
/** Weekends are few: their fit must not end at a tail without a variance. */
const FEWEST_DEGREES = 2.5;
const FEWEST_WEEKENDS = 20;
const NO_GAP = { scale: 0, degrees: 30 };

/** What log ranges show at once; the rest is settled by drawing and comparing (`calibrate`). */
export type ShapeOfVolatility = Omit<VolatilityParameters, 'level' | 'intrabar'>;

/**
 * Moments of the log range, which is log volatility plus noise (Alizadeh, Brandt and Diebold 2002).
 * Its autocovariance beyond lag 0 gives the two factors, once the shape of the day is taken out. The
 * returns beyond six neighbouring volatilities give rate and size of jumps (peaks over threshold).
 */
export function fitShapeOfVolatility(bars: Bars, hourShape: readonly number[]): ShapeOfVolatility {
  const shape = bars.time.map((time) => hourShape[newYorkHourOf(time)]!);
  const flat = logRanges(bars).map((range, i) => range - shape[i]!);
  return { hourShape: [...hourShape], ...fitFactors(flat), ...fitTails(bars, flat, shape) };
}

/** Least squares of variance · persistence^lag, summed over two factors, on the autocovariance. */
function fitFactors(flat: Float64Array): Pick<ShapeOfVolatility, 'slow' | 'fast'> {
  const seen = LAGS.map((lag) => autocovariance(flat, lag));
  // Logs of both deviations and of both memories in bars.
  const factorsAt = ([slow, slowMemory, fast, fastMemory]: readonly number[]) => ({
    slow: { deviation: Math.exp(slow!), persistence: Math.exp(-Math.exp(-slowMemory!)) },
    fast: { deviation: Math.exp(fast!), persistence: Math.exp(-Math.exp(-fastMemory!)) },
  });
  const misfit = (at: readonly number[]) => {
    const factors = Object.values(factorsAt(at));
    return LAGS.reduce((sum, lag, i) => {
      const expected = factors.reduce((s, f) => s + f.deviation ** 2 * f.persistence ** lag, 0);
      return sum + (seen[i]! - expected) ** 2;
    }, 0);
  };
  const start = [Math.log(0.3), Math.log(500), Math.log(0.3), Math.log(5)];
  return factorsAt(minimise(misfit, start, 0.3));
}

function fitTails(
  bars: Bars,
  flat: Float64Array,
  shape: Float64Array,
): Pick<ShapeOfVolatility, 'jumps' | 'weekendGap'> {
  // Range to volatility of the typical bar, so that sizes come out in units of the volatility.
  const inside: number[] = [];
  const gaps: number[] = [];
  for (let i = NEIGHBOURS; i < flat.length - NEIGHBOURS; i++) {
    const level = neighbourhood(flat, i);
    inside.push(Math.log(bars.close[i]! / bars.open[i]!) / Math.exp(level + shape[i]!));
    if (bars.time[i]! - bars.time[i - 1]! > WEEKEND) {
      gaps.push(Math.log(bars.open[i]! / bars.close[i - 1]!) / Math.exp(level));
    }
  }
  const unit = medianOfSizes(inside) / MEDIAN_OF_NORMAL;
  const beyond = inside.map((r) => Math.abs(r / unit) - JUMP).filter((excess) => excess > 0);
  return {
    jumps: {
      rate: beyond.length / inside.length,
      threshold: JUMP,
      excess: beyond.length === 0 ? 0 : mean(Float64Array.from(beyond)),
    },
    weekendGap: fitGap(gaps.map((gap) => gap / unit)),
  };
}

/** Median of |x| of a standard normal. */
const MEDIAN_OF_NORMAL = 0.6744897501960817;

const medianOfSizes = (values: readonly number[]) =>
  values.map(Math.abs).sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

function neighbourhood(values: Float64Array, at: number): number {
  let sum = 0;
  for (let j = 1; j <= NEIGHBOURS; j++) sum += values[at - j]! + values[at + j]!;
  return sum / (2 * NEIGHBOURS);
}

/** Maximum likelihood of scale · Student-t; no gap where the typical weekend shows none. */
function fitGap(values: readonly number[]): ShapeOfVolatility['weekendGap'] {
  if (values.length < FEWEST_WEEKENDS || medianOfSizes(values) === 0) return NO_GAP;
  const parametersAt = ([scale, degrees]: readonly number[]) => ({
    scale: Math.exp(scale!),
    degrees: FEWEST_DEGREES + Math.min(Math.exp(degrees!), MOST_DEGREES),
  });
  return parametersAt(
    minimise(
      (at) => {
        const { scale, degrees } = parametersAt(at);
        const density = studentLogDensity(degrees);
        return -values.reduce((sum, value) => sum + density(value * value, scale * scale), 0);
      },
      [0, 0],
      0.5,
    ),
  );
}
