interface ScreenText {
  readonly label: string;
  readonly keys?: string;
}

/**
 * The screens of the window, in the order of its rail; the last one stands at its foot. The setting,
 * the commands, the menus and the window's own table of views follow from it. No schema here, as in
 * `commands.ts`.
 */
export const SCREENS = {
  desk: { label: 'Desk', keys: 'Ctrl+1' },
  history: { label: 'History', keys: 'Ctrl+2' },
  training: { label: 'Training', keys: 'Ctrl+3' },
  evaluate: { label: 'Evaluate', keys: 'Ctrl+4' },
  data: { label: 'Data', keys: 'Ctrl+5' },
  settings: { label: 'Settings' },
} as const satisfies Record<string, ScreenText>;

export type Screen = keyof typeof SCREENS;
export const SCREEN_NAMES = Object.keys(SCREENS) as [Screen, ...Screen[]];
export const screenText = (screen: Screen): ScreenText => SCREENS[screen];

/** Something for each screen, under the name of the command that shows it. */
export type ByShowing<Value> = { readonly [Name in Screen as `show-${Name}`]: Value };
export const byShowing = <Value>(of: (screen: Screen) => Value) =>
  Object.fromEntries(SCREEN_NAMES.map((name) => [`show-${name}`, of(name)])) as ByShowing<Value>;
