import { linearTicks } from '../charts/ticks.ts';

/** Whole epochs under the axis, from 0 to at least `epochs`. */
export const epochTicks = (epochs: number) => linearTicks(0, epochs, Math.min(epochs, 8));
