/** A number as statements write it: "1 714.48", "- 0.08", "1,234.50", "−3"; NaN for what is none. */
export function amount(text: string): number {
  const plain = text.replace(/[\s\u00a0\u202f’']/g, '').replace(/[−–]/g, '-');
  // A comma parts thousands, or the amount cannot be told from a thousandth of it.
  const hasThousands = /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?$/.test(plain);
  const digits = hasThousands ? plain.replaceAll(',', '') : plain;
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(digits) ? Number(digits) : NaN;
}

/** A price that may be missing: statements write 0 or nothing. */
export function level(text: string): number | null {
  const value = amount(text);
  return value > 0 ? value : null;
}

/** "2023.04.21 16:39:46" (also with dashes, a T, or without seconds), as seconds of its own clock. */
export function moment(text: string): number {
  const [, year, month, day, hour, minute, second = '0'] =
    /^(\d{4})[.\-/](\d{2})[.\-/](\d{2})[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?Z?$/.exec(
      text.trim(),
    ) ?? [];
  if (!year) return NaN;
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const time = Date.UTC(y, mo - 1, d, h, mi, s) / 1000;
  const date = new Date(time * 1000);
  // 31 February is no day, and there is no month 13.
  return date.getUTCDate() === d && date.getUTCMonth() === mo - 1 && h < 24 && mi < 60 && s < 60
    ? time
    : NaN;
}
