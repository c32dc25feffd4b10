import { drawCell } from '../../datasets/cell.ts';
import { encodeColumns } from '../../datasets/columns.ts';
import { syntheticMarket, type MarketSource } from '../../synth/market.ts';
import type { PerClass } from '../../contract/datasets.ts';
import type { DrawSpec } from '../../datasets/spec.ts';
import type { Refusable } from '../terms.ts';

/** Trades drawn before the measured ones, so that the code is as fast as it will be; and measured. */
const WARM_UP = 1_024;
const MEASURED = 4_096;

export interface Probe extends Refusable {
  /** Of each class among the measured trades. */
  readonly drawn: PerClass;
  readonly tradesASecond: number;
  readonly bytesATrade: number;
}

/** Draws a few trades to tell what many of them will take on one thread of this machine. */
export function probeGenerationWork({
  source,
  spec,
}: {
  readonly source: MarketSource;
  readonly spec: DrawSpec;
}): Probe {
  const market = syntheticMarket(source, spec.mix);
  drawCell(market, spec, { kind: 'natural', trades: WARM_UP }, 0);
  const began = performance.now();
  const { drawn, trades } = drawCell(market, spec, { kind: 'natural', trades: MEASURED }, 0);
  const seconds = (performance.now() - began) / 1000;
  return {
    drawn,
    tradesASecond: MEASURED / seconds,
    bytesATrade: encodeColumns(trades).length / MEASURED,
  };
}
