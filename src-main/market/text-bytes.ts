/**
 * The bytes of a candle file as ASCII-compatible text: byte order marks gone, UTF-16 (as MetaTrader
 * writes it, the low byte first) turned into UTF-8. Null where the file is not text.
 */
export function textBytes(file: Uint8Array): Uint8Array | null {
  const [first, second, third] = file;
  if (first === 0xff && second === 0xfe) {
    return new TextEncoder().encode(new TextDecoder('utf-16le').decode(file));
  }
  if (first === 0xfe && second === 0xff) {
    return new TextEncoder().encode(new TextDecoder('utf-16be').decode(file));
  }
  const text = first === 0xef && second === 0xbb && third === 0xbf ? file.subarray(3) : file;
  return text.subarray(0, 4096).includes(0) ? null : text;
}

const decoder = new TextDecoder();

/** A piece of the file as it is quoted to the trader, cut to a readable length. */
export function quote(bytes: Uint8Array, from: number, to: number): string {
  const text = decoder.decode(bytes.subarray(from, Math.min(to, from + 120))).trim();
  return to - from > 120 ? `${text}…` : text;
}
