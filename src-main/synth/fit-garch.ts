import type { Bars } from '../domain/bars/bars.ts';
import { newYorkHourOf } from './day-shape.ts';
import { logReturns, mean } from './facts.ts';
import { minimise } from './minimise.ts';
import { MOST_DEGREES, studentLogDensity } from './student.ts';
import type { GarchParameters } from './parameters.ts';

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

/** GARCH without the variance inside a bar, which returns alone do not show. */
export type GarchOfReturns = Omit<GarchParameters, 'intrabar'>;

/**
 * Maximum likelihood of GARCH(1,1) with Student-t returns; the variance is the sample's (variance
 * targeting), alpha + beta < 1 and degrees > 2 by construction. The shape of the day is taken out of
 * the returns first: left in, it passes for volatility that is forgotten within hours.
 */
export function fitGarch(bars: Bars, hourShape: readonly number[]): GarchOfReturns {
  const returns = logReturns(bars);
  const variance = mean(returns.map((r) => r * r));
  const flat = returns.map((r, i) => r / Math.exp(hourShape[newYorkHourOf(bars.time[i + 1]!)]!));
  const scale = variance / mean(flat.map((r) => r * r));
  const squares = flat.map((r) => r * r * scale);
  const parametersAt = ([persistence, share, degrees]: readonly number[]) => {
    const sum = logistic(persistence!);
    const alpha = sum * logistic(share!);
    return {
      variance,
      alpha,
      beta: sum - alpha,
      degrees: 2 + Math.min(Math.exp(degrees!), MOST_DEGREES),
    };
  };
  const start = [3, -2, 0.5];
  return parametersAt(minimise((at) => -logLikelihood(squares, parametersAt(at)), start, 0.5));
}

function logLikelihood(squares: Float64Array, garch: GarchOfReturns): number {
  const { variance, alpha, beta, degrees } = garch;
  const density = studentLogDensity(degrees);
  const base = variance * (1 - alpha - beta);
  const scaleOfVariance = (degrees - 2) / degrees;
  let expected = variance;
  let sum = 0;
  for (const square of squares) {
    sum += density(square, expected * scaleOfVariance);
    expected = base + alpha * square + beta * expected;
  }
  return sum;
}
