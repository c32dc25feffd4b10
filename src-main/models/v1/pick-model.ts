import { z } from 'zod';
import { effectiveLeverage, LEVERAGE_AT_LARGEST } from '../../domain/account/broker.ts';
import { LARGEST_SIZE, SIZE_COUNT, sizeAt } from '../../domain/size.ts';
import { storedFields } from '../stored-model.ts';
import { PlainWindowNetwork, WINDOW_FEATURE_NAMES, WINDOW_INPUTS } from '../window.ts';
import type { LadderModel } from '../ladder-model.ts';

const schema = z.object({ kind: z.literal('v1'), ...storedFields });
export type StoredV1 = z.infer<typeof schema>;

/** V1, the picker: from the candles of the window and the account, logits of the best of 30 sizes. */
export const pickKind = {
  schema,
  net: { features: WINDOW_FEATURE_NAMES, inputs: WINDOW_INPUTS, outputs: SIZE_COUNT },
  openLadder: openPicker,
  openCurve: null,
};

/**
 * A stored V1: it picks the most likely best size, the smaller of two that are equally likely. An
 * account outside those that were trained on takes the size of the same effective leverage in the
 * nearest of them, rounded down.
 */
function openPicker(stored: StoredV1): LadderModel {
  const network = new PlainWindowNetwork(stored);
  const { from, to } = LEVERAGE_AT_LARGEST;
  return {
    name: stored.name,
    kind: stored.kind,
    predict(bars, at, direction, { price, equity }) {
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
