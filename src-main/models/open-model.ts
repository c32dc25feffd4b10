import { asLadderModel as asPicker } from './v1/size-pick.ts';
import { asLadderModel as asSizeModel, openSizeNet } from './v2/size-net.ts';
import { asLadderModel as asRiskModel, openRiskNet } from './v3/risk-net.ts';
import type { LadderModel } from './ladder-model.ts';
import type { StoredModel } from './model-file.ts';

/** A stored model of any kind, ready to be asked about the 30 sizes of a trade. */
export function openLadderModel(stored: StoredModel): LadderModel {
  switch (stored.kind) {
    case 'v1':
      return asPicker(stored);
    case 'v2':
      return asSizeModel(openSizeNet(stored));
    case 'v3':
      return asRiskModel(openRiskNet(stored));
  }
}
