import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { CodedError } from '../../contract/errors.ts';
import { exitRuleText } from '../../domain/exits/exit-rule.ts';
import { openCurve, type StoredModel } from '../../models/kinds.ts';
import { readModelFile } from '../../models/model-file.ts';
import { scopeOf } from '../../models/stored-model.ts';
import type { ModelInfo, ModelScope } from '../../contract/models.ts';
import type { UtcSeconds } from '../../domain/units.ts';
import type { DrawCurve } from '../../models/ladder-model.ts';
import type { Store } from '../../store/store.ts';
import { fittedBarsByMarket } from '../datasets/fit.ts';
import { hasResource, readResource } from '../folder/resources.ts';

const BUNDLED = 'models/v3-cross-gold.json';
/** Far more than any net of ours takes; a larger file is not read whole to be refused. */
const LARGEST_FILE = 64 * 2 ** 20;

/** A model that is open and can be asked for a curve. */
export interface CurveModel {
  readonly info: ModelInfo;
  readonly stored: StoredModel;
  readonly curve: DrawCurve;
}

/**
 * Puts the bundled model into the store, where it is missing there or older. Without a bundled model
 * (while it is being made), or where a trader's own has its name, the store stays as it is.
 */
export function keepBundledModel(store: Store): void {
  if (!hasResource(BUNDLED)) return;
  const text = readResource(BUNDLED).toString('utf8');
  const model = readModelFile(text, 'The bundled file');
  const kept = store.models.list().find(({ name }) => name === model.name);
  if (kept && (!kept.bundled || kept.trainedAt === model.provenance.trainedAt)) return;
  save(store, model, text, true);
}

/** `text`: the model's file as it was written. */
function save(store: Store, model: StoredModel, text: string, bundled: boolean): void {
  store.models.save({
    name: model.name,
    kind: model.kind,
    exit: exitRuleText(model.exitRule),
    trainedAt: model.provenance.trainedAt as UtcSeconds,
    trades: model.provenance.dataset.trades,
    scope: scopeIn(store, model),
    bundled,
    file: text,
  });
}

/** What a model answers for. Earlier versions wrote no bars: they are those of the dataset's market. */
function scopeIn(store: Store, model: StoredModel): ModelScope {
  const scope = scopeOf(model);
  if (scope.fitted !== null) return scope;
  const market = marketIn(model.provenance.dataset.description);
  const fitted = market === null ? undefined : fittedBarsByMarket(store).get(market);
  return { ...scope, fitted: fitted ?? null };
}

/** The fingerprint of a dataset's market in what its models keep of it; null where it is not told. */
function marketIn(description: string): string | null {
  try {
    return z.object({ market: z.string() }).parse(JSON.parse(description)).market;
  } catch {
    return null;
  }
}

/** Writes down what models of earlier versions answer for, where their files can be read. */
export function keepScopes(store: Store): void {
  for (const { name, scope } of store.models.list()) {
    if (scope !== null && scope.fitted !== null) continue;
    let model: StoredModel;
    try {
      model = readStoredModel(store, name);
    } catch (error) {
      if (error instanceof CodedError && error.code === 'bad-model-file') continue;
      throw error;
    }
    const found = scopeIn(store, model);
    if (!isDeepStrictEqual(found, scope)) store.models.keepScope(name, found);
  }
}

/** Throws `no-such-model`, `bad-model-file`. */
export function readStoredModel(store: Store, name: string): StoredModel {
  const text = new TextDecoder().decode(store.models.read(name));
  return readModelFile(text, `The kept "${name}"`);
}

/**
 * The model in use (null where there is none), or the one of a name. Throws `no-such-model`,
 * `bad-model-file`, and `states-no-risk` for one that draws no curve.
 */
export function openModel(store: Store, name?: string): CurveModel | null {
  const models = store.models.list();
  const info = models.find((model) => (name === undefined ? model.inUse : model.name === name));
  if (!info && name === undefined) return null;
  const stored = readStoredModel(store, info?.name ?? name!);
  const curve = openCurve(stored);
  if (!curve) throw new CodedError('states-no-risk', { name: stored.name });
  return { info: info!, stored, curve };
}

/**
 * Opens the model of a name, once: a kept model never changes. The one in use for null, or where the
 * named one is gone.
 */
export function modelNamed(store: Store, inUse: () => CurveModel | null) {
  const opened = new Map<string, CurveModel | null>();
  return (name: string | null): CurveModel | null => {
    if (name === null || !store.models.list().some((one) => one.name === name)) return inUse();
    const model = opened.get(name) ?? openModel(store, name);
    opened.set(name, model);
    return model;
  };
}

/**
 * Puts a model on the desk, once it is seen to open. Throws `no-such-model`, `bad-model-file`,
 * `states-no-risk`; the one in use then stays.
 */
export function useModel(store: Store, name: string): void {
  openModel(store, name);
  store.models.use(name);
}

/** A model but for what only later versions wrote beside it. */
const trained = ({ provenance: { fitted: _, ...provenance }, ...model }: StoredModel) => ({
  ...model,
  provenance,
});

/**
 * Keeps the model of a file; the same model again changes nothing. Throws `bad-model-file`, and
 * `name-taken` where another model has its name.
 */
export function importModel(store: Store, fileName: string, bytes: Uint8Array): ModelInfo {
  if (bytes.length > LARGEST_FILE) {
    const problem = `it is larger than ${LARGEST_FILE / 2 ** 20} MB`;
    throw new CodedError('bad-model-file', { file: fileName, problem });
  }
  const text = new TextDecoder().decode(bytes);
  const model = readModelFile(text, fileName);
  const find = () => store.models.list().find(({ name }) => name === model.name);
  const isKept =
    find() && isDeepStrictEqual(trained(readStoredModel(store, model.name)), trained(model));
  if (!isKept) save(store, model, text, false);
  return find()!;
}
