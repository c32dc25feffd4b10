/** The key that a press names, such as "L", "?", "ArrowUp" or "Ctrl+Shift+L". */
export function keyName(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  if (!event.ctrlKey && !event.metaKey) return event.altKey ? `Alt+${key}` : key;
  return event.shiftKey ? `Ctrl+Shift+${key}` : `Ctrl+${key}`;
}

/** Single keys belong to a field or a menu that has focus. */
export function isInField(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, select, textarea, dialog') !== null;
}

/** The space bar presses the button that has the focus, and does nothing else. */
export const isOnButton = ({ target }: KeyboardEvent) =>
  target instanceof Element && target.closest('button, summary') !== null;

/** All keys, as the dialog lists them. */
export const KEYS: readonly { readonly keys: readonly string[]; readonly does: string }[] = [
  { keys: ['↑', '↓'], does: 'One size smaller or larger' },
  { keys: ['Home', 'End'], does: 'Smallest size, largest that fits' },
  { keys: ['Esc'], does: 'Back to the recommended size; close' },
  { keys: ['R'], does: 'Record this decision' },
  { keys: ['L', 'S'], does: 'Long, short' },
  { keys: ['E', 'T'], does: 'Equity, threshold' },
  { keys: ['Space'], does: 'Play or pause the replay' },
  { keys: [',', '.'], does: 'One bar back or forward' },
  { keys: ['Enter'], does: 'In a table: open the row' },
  { keys: ['Delete'], does: 'In the datasets: delete the row, with undo' },
  { keys: ['Ctrl 1', '…', 'Ctrl 5'], does: 'Desk, History, Training, Evaluate, Data' },
  { keys: ['Ctrl Shift L'], does: 'Dark or light' },
  { keys: ['?'], does: 'All keys' },
];
