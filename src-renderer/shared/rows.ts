/** Arrows, Home and End move the focus along a table's rows; Enter opens the row. */
export function rowKeys(event: KeyboardEvent, open: () => void): void {
  const row = event.currentTarget as HTMLElement;
  const target = {
    ArrowDown: row.nextElementSibling,
    ArrowUp: row.previousElementSibling,
    Home: row.parentElement!.firstElementChild,
    End: row.parentElement!.lastElementChild,
  }[event.key];
  if (target instanceof HTMLElement) target.focus();
  else if (event.key === 'Enter') open();
  else return;
  event.preventDefault();
}
