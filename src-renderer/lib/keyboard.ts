/** The key that a press names, such as "L", "?", "ArrowUp", "Space" or "Ctrl+Shift+L". */
export function keyName(event: KeyboardEvent): string {
  if (event.key === ' ') return 'Space';
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  if (!event.ctrlKey && !event.metaKey) return event.altKey ? `Alt+${key}` : key;
  return event.shiftKey ? `Ctrl+Shift+${key}` : `Ctrl+${key}`;
}

/** Whether a field, a dialog or a menu has the focus: single keys are its own. */
export function isInField(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('input, select, textarea, dialog, [role=menu]') !== null
  );
}

/** Kinds of fields that nothing is typed into, and the keys that move them. */
const UNTYPED = '[type=radio], [type=checkbox], [type=range]';
const MOVING = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'Space']);

/** Whether a single key belongs to what has the focus: to a slider or a choice only those that move it. */
export function isTakenBy(target: EventTarget | null, key: string): boolean {
  const isUntyped = target instanceof Element && target.matches(UNTYPED);
  return isUntyped && !target.closest('dialog') ? MOVING.has(key) : isInField(target);
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
