import { CodedError } from '../../contract/errors.ts';
import type { CellMessage, CellOrder, DrawnCell } from '../cell-worker.ts';
import { runThreads } from '../threads.ts';

/**
 * Draws cells on `threads` threads; `onCell` has each as it comes, in no certain order. Rejects with
 * what the first thread that fails throws, or `onCell`.
 */
export async function drawCells(
  order: Omit<CellOrder, 'next'>,
  threads: number,
  onCell: (cell: DrawnCell) => void,
): Promise<void> {
  const whole: CellOrder = { ...order, next: new Int32Array(new SharedArrayBuffer(4)) };
  const count = Math.min(threads, order.cells.length);
  await runThreads<CellMessage>('cell-worker', whole, count, (message) => {
    if ('fault' in message) throw new CodedError(message.fault.code, message.fault.details);
    onCell(message);
  });
}
