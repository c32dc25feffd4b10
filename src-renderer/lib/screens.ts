import type { Settings } from '#contract/settings.ts';

/** The screens of the rail; Settings stands at its foot. */
export type Screen = Settings['screen'];
