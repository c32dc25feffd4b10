import type { Settings } from '#contract/schemas.ts';

/** The screens of the rail; Settings stands at its foot. */
export type Screen = Settings['screen'];
