import type { Flat } from './optimiser.ts';

/** Mean and standard deviation of each feature over the training rows. */
export interface Scaler {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** A feature further than this from its mean, in deviations, counts as this far. */
export const FURTHEST = 5;

/** Fit to the given rows of a table of `width` columns. */
export function fitScaler(table: Flat, width: number, rows: Int32Array): Scaler {
  const mean = new Array<number>(width).fill(0);
  const deviation = new Array<number>(width).fill(0);
  for (const row of rows) for (let i = 0; i < width; i++) mean[i]! += table[row * width + i]!;
  for (let i = 0; i < width; i++) mean[i]! /= rows.length;
  for (const row of rows) {
    for (let i = 0; i < width; i++) deviation[i]! += (table[row * width + i]! - mean[i]!) ** 2;
  }
  for (let i = 0; i < width; i++) deviation[i] = Math.sqrt(deviation[i]! / rows.length) || 1;
  return { mean, deviation };
}

/** Standardise rows in place: zero mean, unit deviation, cut at five deviations. */
export function standardise(table: Flat, { mean, deviation }: Scaler): void {
  const width = mean.length;
  for (let at = 0; at < table.length; at++) {
    const value = (table[at]! - mean[at % width]!) / deviation[at % width]!;
    table[at] = Math.min(FURTHEST, Math.max(-FURTHEST, value));
  }
}
