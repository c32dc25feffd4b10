import { effectiveLeverage, LEVERAGE_AT_LARGEST } from '../../domain/account/broker.ts';
import { LARGEST_SIZE, SIZE_COUNT, sizeAt } from '../../domain/size.ts';
import { PlainWindowNetwork } from '../plain-window-network.ts';
import type { LadderModel } from '../ladder-model.ts';
import type { StoredV1 } from '../model-file.ts';

/**
 * A stored V1 model: it picks the most likely best size, the smaller of two that are equally likely.
 * An account outside those that were trained on takes the size of the same effective leverage in the
 * nearest of them, rounded down.
 */
export function asLadderModel(stored: StoredV1): LadderModel {
  const network = new PlainWindowNetwork(stored);
  const { from, to } = LEVERAGE_AT_LARGEST;
  return {
    name: stored.name,
    kind: stored.kind,
    opinionAt(bars, at, direction, { price, equity }) {
      const leverage = effectiveLeverage(LARGEST_SIZE, equity, price);
      const trained = Math.min(to, Math.max(from, leverage));
      const logits = network.lookAt(bars, at, direction)(trained);
      const likeliest = logits.indexOf(Math.max(...logits)) + 1;
      const rung = Math.floor(likeliest * (trained / leverage));
      return {
        p: null,
        meanReturn: null,
        pick: sizeAt(Math.min(SIZE_COUNT, Math.max(1, rung))),
      };
    },
  };
}
