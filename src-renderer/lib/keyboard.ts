/** The key that a press names, such as "L", "?", "ArrowUp", "Space" or "Ctrl+Shift+L". */
export function keyName(event: KeyboardEvent): string {
  if (event.key === ' ') return 'Space';
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  if (!event.ctrlKey && !event.metaKey) return event.altKey ? `Alt+${key}` : key;
  return event.shiftKey ? `Ctrl+Shift+${key}` : `Ctrl+${key}`;
}

/** Single keys belong to a field or a menu that has focus. */
export function isInField(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, select, textarea, dialog, [role=menu]') !== null
  );
}

/** The space bar presses the button that has the focus, and does nothing else. */
export const isOnButton = ({ target }: KeyboardEvent) =>
  target instanceof Element && target.closest('button, summary') !== null;

const SIGNS: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  Escape: 'Esc',
};

/** Keys as they are read: "Ctrl K", "↑". */
export const keyText = (keys: string) =>
  SIGNS[keys] ?? (keys.length > 1 ? keys.replaceAll('+', ' ') : keys);
