/** Mean of the last `period` values at each index; NaN until there are enough. */
export function simpleMovingAverage(values: Float64Array, period: number): Float64Array {
  const average = new Float64Array(values.length).fill(NaN);
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i]!;
    if (i >= period) sum -= values[i - period]!;
    if (i >= period - 1) average[i] = sum / period;
  }
  return average;
}

/**
 * Relative strength index with Wilder's smoothing, 0 to 100. The averages of gains and losses start
 * at 0 on the first value; 50 where nothing has moved yet.
 */
export function relativeStrength(values: Float64Array, period: number): Float64Array {
  const strength = new Float64Array(values.length).fill(50);
  let gain = 0;
  let loss = 0;
  for (let i = 1; i < values.length; i++) {
    const change = values[i]! - values[i - 1]!;
    gain += (Math.max(change, 0) - gain) / period;
    loss += (Math.max(-change, 0) - loss) / period;
    if (gain + loss > 0) strength[i] = (100 * gain) / (gain + loss);
  }
  return strength;
}

/** Wilder's average true range over `period` bars; NaN until there are enough. */
export function averageTrueRange(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  period: number,
): Float64Array {
  const average = new Float64Array(close.length).fill(NaN);
  let value = 0;
  for (let i = 0; i < close.length; i++) {
    const previous = i === 0 ? close[0]! : close[i - 1]!;
    const trueRange = Math.max(high[i]!, previous) - Math.min(low[i]!, previous);
    if (i < period) value += trueRange / period;
    else value += (trueRange - value) / period;
    if (i >= period - 1) average[i] = value;
  }
  return average;
}
