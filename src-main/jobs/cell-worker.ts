import { parentPort, workerData } from 'node:worker_threads';
import { faultOf, type Fault } from '../contract/errors.ts';
import { drawCell } from '../datasets/cell.ts';
import { encodeColumns } from '../datasets/columns.ts';
import { syntheticMarket, type MarketSource } from '../synth/market.ts';
import type { PerClass } from '../contract/datasets.ts';
import type { DrawSpec, Quota } from '../datasets/spec.ts';

/** What a drawing thread is started with. */
export interface CellOrder {
  readonly source: MarketSource;
  readonly spec: DrawSpec;
  readonly quota: Quota;
  /** Cells to be drawn, by all threads together. */
  readonly cells: Int32Array;
  /** Index of the next one: each thread takes it and moves it on. */
  readonly next: Int32Array<SharedArrayBuffer>;
}

export interface DrawnCell {
  readonly cell: number;
  readonly drawn: PerClass;
  /** Its trades, encoded. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}
export type CellMessage = DrawnCell | { readonly fault: Fault };

const { source, spec, quota, cells, next } = workerData as CellOrder;
try {
  const market = syntheticMarket(source, spec.mix);
  for (;;) {
    const index = Atomics.add(next, 0, 1);
    if (index >= cells.length) break;
    const cell = cells[index]!;
    const { drawn, trades } = drawCell(market, spec, quota, cell);
    const bytes = encodeColumns(trades);
    const message: CellMessage = { cell, drawn, bytes };
    parentPort!.postMessage(message, [bytes.buffer]);
  }
} catch (error) {
  const message: CellMessage = { fault: faultOf(error) };
  parentPort!.postMessage(message);
}
