import { createHash } from 'node:crypto';
import type { Bars } from '../domain/bars/bars.ts';
import type { MarketParameters } from './parameters.ts';

/** SHA-256, in hex, over times and prices of a series: two series with it in common are equal. */
export function fingerprintOf({ time, open, high, low, close }: Bars): string {
  const hash = createHash('sha256');
  for (const column of [time, open, high, low, close]) hash.update(bytesOf(column));
  return hash.digest('hex');
}

/** SHA-256, in hex, over what draws the candles: two fits with it in common draw the same market. */
export function fingerprintOfMarket(parameters: MarketParameters): string {
  const { scaleDeviation, garch, volatility } = parameters;
  return createHash('sha256')
    .update(JSON.stringify({ scaleDeviation, garch, volatility }))
    .digest('hex');
}

/** The bytes of a typed array, little-endian as on every machine that the app runs on. */
export const bytesOf = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
