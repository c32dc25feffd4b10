import { byShowing, screenText } from './screens.ts';

/** Menus in their order, as the shell or the page shows them. */
export const MENUS = ['File', 'View', 'Desk', 'Replay', 'Model', 'Help'] as const;
export type MenuName = (typeof MENUS)[number];

interface CommandText {
  readonly label: string;
  readonly menu: MenuName;
  /** As it is read: "Ctrl+1", "R", "Space". Single keys do nothing while a field has the focus. */
  readonly keys?: string;
  /** Its keys count on the desk alone. */
  readonly onDesk?: true;
}

/**
 * Everything that can be asked for by a menu, a key or the palette: one table for the native menu, the
 * page's own, the keys and the list of keys. No schema here, so that the window may read it.
 */
export const COMMANDS = {
  'import-series': { label: 'Import a series…', menu: 'File' },
  'import-trades': { label: 'Import trades…', menu: 'File' },
  'follow-file': { label: 'Follow a file…', menu: 'File' },
  'follow-live': { label: 'Follow live bars…', menu: 'File' },
  unfollow: { label: 'Stop the feed', menu: 'File' },
  'copy-picture': { label: 'Copy a picture of the chart', menu: 'File', onDesk: true },
  'save-picture': { label: 'Save a picture of the chart', menu: 'File', onDesk: true },
  'new-window': { label: 'New window', menu: 'View' },
  ...byShowing((screen): CommandText => ({ ...screenText(screen), menu: 'View' })),
  'toggle-theme': { label: 'Dark or light', menu: 'View', keys: 'Ctrl+Shift+L' },
  'theme-dark': { label: 'Dark theme', menu: 'View' },
  'theme-light': { label: 'Light theme', menu: 'View' },
  'theme-system': { label: 'Theme of the system', menu: 'View' },
  palette: { label: 'Commands…', menu: 'View', keys: 'Ctrl+K' },
  'size-table': { label: 'Table of sizes…', menu: 'Desk', keys: 'A', onDesk: true },
  'candle-table': { label: 'Table of candles…', menu: 'Desk' },
  record: { label: 'Record this decision', menu: 'Desk', keys: 'R', onDesk: true },
  long: { label: 'Long', menu: 'Desk', keys: 'L', onDesk: true },
  short: { label: 'Short', menu: 'Desk', keys: 'S', onDesk: true },
  equity: { label: 'Equity', menu: 'Desk', keys: 'E', onDesk: true },
  threshold: { label: 'Threshold', menu: 'Desk', keys: 'T', onDesk: true },
  smaller: { label: 'One size smaller', menu: 'Desk', keys: 'ArrowUp', onDesk: true },
  larger: { label: 'One size larger', menu: 'Desk', keys: 'ArrowDown', onDesk: true },
  smallest: { label: 'Smallest size', menu: 'Desk', keys: 'Home', onDesk: true },
  largest: { label: 'Largest size that fits', menu: 'Desk', keys: 'End', onDesk: true },
  recommended: {
    label: 'Back to the recommended size',
    menu: 'Desk',
    keys: 'Escape',
    onDesk: true,
  },
  play: { label: 'Play or pause', menu: 'Replay', keys: 'Space', onDesk: true },
  back: { label: 'One bar back', menu: 'Replay', keys: ',', onDesk: true },
  forward: { label: 'One bar forward', menu: 'Replay', keys: '.', onDesk: true },
  newest: { label: 'End of the series', menu: 'Replay' },
  jump: { label: 'Jump to a date…', menu: 'Replay' },
  random: { label: 'Random start', menu: 'Replay' },
  place: { label: 'Place the size shown, on paper', menu: 'Replay' },
  'exit-plan': { label: 'Exit plan and model…', menu: 'Model', keys: 'X', onDesk: true },
  retrain: { label: 'Retrain…', menu: 'Model' },
  judge: { label: 'Evaluate models', menu: 'Model' },
  keys: { label: 'All keys', menu: 'Help', keys: '?' },
} as const satisfies Record<string, CommandText>;

export type CommandId = keyof typeof COMMANDS;
export const COMMAND_IDS = Object.keys(COMMANDS) as [CommandId, ...CommandId[]];
export const commandText = (id: CommandId): CommandText => COMMANDS[id];

/** Commands of a menu, in its order. */
export const commandsOf = (menu: MenuName) =>
  COMMAND_IDS.filter((id) => COMMANDS[id].menu === menu);
