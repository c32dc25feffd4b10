import { exitRuleText, type ExitRule } from '../domain/exit-rule.ts';
import { readModelFile, type StoredModel } from '../models/model-file.ts';
import { openRiskNet, riskCurve, type RiskNet } from '../models/v3/risk-net.ts';
import type { ModelInfo } from '../contract/schemas.ts';
import type { Bars } from '../domain/bars.ts';
import type { RiskCurve } from '../domain/risk-curve.ts';
import type { Direction, UtcSeconds } from '../domain/units.ts';
import type { Store } from '../store/store.ts';
import { hasResource, readResource } from './resources.ts';

const BUNDLED = 'models/v3-cross-gold.json';

/** A model that is open and can be asked for a curve. */
export interface CurveModel {
  readonly info: ModelInfo;
  readonly rule: ExitRule;
  readonly net: RiskNet;
  curve(bars: Bars, at: number, direction: Direction): RiskCurve;
}

/**
 * Puts the bundled model into the store, where it is missing there or older. Without a bundled model
 * (while it is being made) the store stays as it is.
 */
export function keepBundledModel(store: Store): void {
  if (!hasResource(BUNDLED)) return;
  const text = readResource(BUNDLED).toString('utf8');
  const bundled = readModelFile(text);
  const stored = store.models.list().find(({ name }) => name === bundled.name);
  if (stored?.trainedAt === bundled.provenance.trainedAt) return;
  saveModel(store, bundled, text, true);
}

/** `text`: the model's file as it was written. */
export function saveModel(store: Store, model: StoredModel, text: string, bundled = false): void {
  store.models.save({
    name: model.name,
    kind: model.kind,
    exit: exitRuleText(model.exitRule),
    trainedAt: model.provenance.trainedAt as UtcSeconds,
    trades: model.provenance.dataset.trades,
    bundled,
    file: text,
  });
}

/**
 * The model in use (null where there is none), or the one of a name. Throws `bad-model-file`, and
 * `bad-argument` for an unknown name.
 */
export function openModel(store: Store, name?: string): CurveModel | null {
  const models = store.models.list();
  const info = models.find((model) => (name === undefined ? model.inUse : model.name === name));
  if (!info && name === undefined) return null;
  const text = new TextDecoder().decode(store.models.read(info?.name ?? name!));
  const net = openRiskNet(readModelFile(text));
  return {
    info: info!,
    rule: net.stored.exitRule,
    net,
    curve: (bars, at, direction) => riskCurve(net, bars, at, direction),
  };
}

/** Keeps the model of a file. Throws `bad-model-file`, `name-taken`. */
export function importModel(store: Store, file: Uint8Array): ModelInfo {
  const text = new TextDecoder().decode(file);
  const model = readModelFile(text);
  saveModel(store, model, text);
  return store.models.list().find(({ name }) => name === model.name)!;
}
