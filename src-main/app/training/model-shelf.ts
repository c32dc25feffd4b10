import { modelNamed, openModel, type CurveModel } from './model-registry.ts';
import type { Store } from '../../store/store.ts';

/** The models that are kept open: the one in use, and those that decisions were recorded with. */
export class ModelShelf {
  readonly #store: Store;
  #inUse: CurveModel | null = null;
  /** The model of a name, opened once; the one in use for null, or where the named one is gone. */
  readonly named: (name: string | null) => CurveModel | null;

  constructor(store: Store) {
    this.#store = store;
    this.named = modelNamed(store, () => this.inUse());
  }

  /** The first one that is trained or imported comes into use by itself. Throws `bad-model-file`. */
  inUse(): CurveModel | null {
    const inUse = this.#store.models.list().find((one) => one.inUse);
    if (inUse?.name !== this.#inUse?.info.name) this.#inUse = openModel(this.#store);
    return this.#inUse;
  }
}
