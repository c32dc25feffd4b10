import { z } from 'zod';
import { MODEL_KINDS, type ModelKind } from '../domain/models/kinds.ts';
import { misfit, type NetShape } from './stored-model.ts';
import { pickKind } from './v1/pick-model.ts';
import { sizeKind } from './v2/size-model.ts';
import { curveKind } from './v3/curve-model.ts';
import type { DrawCurve, LadderModel } from './ladder-model.ts';

/** How models of a kind are stored and read. How they are trained: train/train-model.ts. */
interface KindOfModel<Stored> {
  readonly schema: z.ZodType<Stored>;
  readonly net: NetShape;
  openLadder(stored: Stored): LadderModel;
  /** For the desk; null where it states no P(liquidation). */
  readonly openCurve: ((stored: Stored) => DrawCurve) | null;
}

/** What each kind of model is made of. */
const KINDS = { v1: pickKind, v2: sizeKind, v3: curveKind } satisfies {
  readonly [K in ModelKind]: { readonly schema: z.ZodType<{ readonly kind: K }> };
};

/** A trained model of a kind, or of any. */
export type StoredModel<Kind extends ModelKind = ModelKind> = {
  [K in Kind]: { readonly kind: K } & z.infer<(typeof KINDS)[K]['schema']>;
}[Kind];

const kinds: { readonly [K in ModelKind]: KindOfModel<StoredModel<K>> } = KINDS;

const schemas = Object.values(KINDS).map(({ schema }) => schema);
type Schema = (typeof schemas)[number];

/** A trained model of any kind as it is kept: one that this version can read, to the last weight. */
export const storedModel = z
  .discriminatedUnion('kind', schemas as [Schema, ...Schema[]])
  .superRefine((model, context) => {
    const message = misfit(model, kinds[model.kind].net, MODEL_KINDS[model.kind].label);
    if (message) context.addIssue({ code: 'custom', message });
  });

/** A stored model, ready to be asked about the 30 sizes of a trade. */
export const openLadderModel = <Kind extends ModelKind>(stored: StoredModel<Kind>): LadderModel =>
  kinds[stored.kind].openLadder(stored);

/** A stored model as a drawer of curves for the desk; null where it states no P(liquidation). */
export const openCurve = <Kind extends ModelKind>(stored: StoredModel<Kind>): DrawCurve | null =>
  kinds[stored.kind].openCurve?.(stored) ?? null;
