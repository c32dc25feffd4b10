/** Columns aligned as text: numbers to the right, words to the left. */
export function textTable(
  header: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const cells = [header, ...rows].map((row) => row.map(String));
  const widths = header.map((_, i) => Math.max(...cells.map((row) => row[i]!.length)));
  const toRight = header.map((_, i) => rows.every((row) => /^[−\-+]?[\d—.]/.test(String(row[i]))));
  return cells
    .map((row) =>
      row
        .map((cell, i) => (toRight[i] ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
