import { decimal } from './cells.ts';
import type { TableLayout } from './format.ts';
import type { LineCells } from './line-cells.ts';
import type { Problems } from './problems.ts';
import { quote } from './text-bytes.ts';

const COMMA = 0x2c;
const PRICES = ['open', 'high', 'low', 'close'] as const;

/** The amounts of a line: prices that fit each other, and a volume. A fault adds a problem. */
export class RowPrices {
  /** Open, high, low and close of the last line that was read. */
  readonly values = new Float64Array(4);
  volume = 0;

  readonly #bytes: Uint8Array;
  readonly #cells: LineCells;
  readonly #prices: readonly number[];
  readonly #volume: number | null;
  readonly #mayLackVolume: boolean;
  readonly #problems: Problems;

  constructor(bytes: Uint8Array, cells: LineCells, layout: TableLayout, problems: Problems) {
    const { columns, mayLackVolume = false } = layout;
    this.#bytes = bytes;
    this.#cells = cells;
    this.#prices = PRICES.map((name) => columns[name]);
    this.#volume = columns.volume;
    this.#mayLackVolume = mayLackVolume;
    this.#problems = problems;
  }

  /** Whether the line's amounts are sound. */
  read(line: number): boolean {
    const values = this.values;
    for (let i = 0; i < 4; i++) {
      const price = this.#amount(this.#prices[i]!);
      if (Number.isNaN(price)) return this.#badAmount(line, PRICES[i]!, this.#prices[i]!);
      if (price <= 0) {
        this.#problems.add('price-not-positive', line, { column: PRICES[i]!, price });
        return false;
      }
      values[i] = price;
    }
    const high = values[1]!;
    const low = values[2]!;
    if (high < low) {
      this.#problems.add('high-below-low', line, { high, low });
      return false;
    }
    for (const i of [0, 3]) {
      const price = values[i]!;
      if (price <= high && price >= low) continue;
      this.#problems.add('outside-range', line, { column: PRICES[i]!, price, high, low });
      return false;
    }
    this.volume = this.#volume === null ? 0 : this.#amount(this.#volume);
    if (this.volume >= 0) return true;
    if (this.#mayLackVolume && /^(nan)?$/i.test(this.#text(this.#volume!))) {
      this.volume = 0;
      return true;
    }
    return this.#badAmount(line, 'volume', this.#volume!);
  }

  /** Whether all four price cells read `null`. */
  areNull(): boolean {
    return this.#prices.every((cell) => {
      const { starts, ends } = this.#cells;
      return ends[cell]! - starts[cell]! === 4 && this.#text(cell).toLowerCase() === 'null';
    });
  }

  /** Whether the line that was read last has no range and no volume. */
  isIdle(): boolean {
    const [open, high, low] = this.values;
    return this.volume === 0 && high === low && open === high;
  }

  #amount(cell: number): number {
    return decimal(this.#bytes, this.#cells.starts[cell]!, this.#cells.ends[cell]!);
  }

  #text(cell: number): string {
    return quote(this.#bytes, this.#cells.starts[cell]!, this.#cells.ends[cell]!);
  }

  #badAmount(line: number, column: string, cell: number): false {
    const { starts, ends } = this.#cells;
    const hasComma = this.#bytes.subarray(starts[cell], ends[cell]).includes(COMMA);
    const code = hasComma ? 'decimal-comma' : 'bad-number';
    this.#problems.add(code, line, { column, cell: this.#text(cell) });
    return false;
  }
}
