import type { UtcSeconds } from '../domain/units.ts';

/** The clock of the app; everything below it is told the time. */
export const now = () => Math.floor(Date.now() / 1000) as UtcSeconds;
