/** The screens of the rail, in its order; Settings stands at its foot. */
export const SCREENS = ['desk', 'history', 'training', 'evaluate', 'data', 'settings'] as const;
export type Screen = (typeof SCREENS)[number];
