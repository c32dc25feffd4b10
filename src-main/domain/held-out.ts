import type { UtcSeconds } from './units.ts';

/** The bundled market was fitted to gold before this moment: of later bars it has seen nothing. */
export const FITTED_UNTIL = (Date.UTC(2023, 0, 1) / 1000) as UtcSeconds;

/** Whether the bundled market was fitted to gold of that time, so that what is judged there flatters. */
export const isFittedTo = (time: number) => time < FITTED_UNTIL;
