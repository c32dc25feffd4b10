import { V1 } from './v1.ts';
import { V2 } from './v2.ts';
import { V3 } from './v3.ts';
import type { RiskCurve } from '../risk/risk-curve.ts';
import type { KindDescription, MarginOfSafety } from './kind.ts';

/** Every kind of model, the oldest first. How each is stored, read and trained: models/kinds.ts. */
const DESCRIPTIONS = { v1: V1, v2: V2, v3: V3 } as const satisfies Record<string, KindDescription>;

export type ModelKind = keyof typeof DESCRIPTIONS;
export const MODEL_KINDS: Readonly<Record<ModelKind, KindDescription>> = DESCRIPTIONS;
export const MODEL_KIND_NAMES = Object.keys(DESCRIPTIONS) as readonly ModelKind[];

/** The kind that is trained where nobody asks for another. */
export const DEFAULT_KIND: ModelKind = 'v3';

/** Who states P: a model of a kind, or a simple rule beside them. */
export type PSource = ModelKind | 'baseline';

/** Whether models of a kind can be used on the desk. */
export const statesRisk = (kind: ModelKind) => MODEL_KINDS[kind].curve !== null;

/** The safety factor holds for the simple rules too, and where there is no model. */
export const marginOf = (source: PSource | null): MarginOfSafety =>
  source === null || source === 'baseline' ? 'safety-factor' : MODEL_KINDS[source].margin;

/** Kind of the models that draw such curves. */
export const kindOfCurve = ({ kind }: RiskCurve): ModelKind =>
  MODEL_KIND_NAMES.find((name) => MODEL_KINDS[name].curve === kind)!;
