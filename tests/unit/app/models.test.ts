import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importModel, openModel, useModel } from '../../../src-main/app/training/model-registry.ts';
import { openWorkspace } from '../../../src-main/app/folder/workspace.ts';
import { readDesk } from '../../../src-main/app/desk/desk.ts';
import { recommend } from '../../../src-main/app/desk/recommend.ts';
import { deskBar } from '../../../src-main/contract/desk.ts';
import { STUDY_RULES } from '../../../src-main/domain/account/broker.ts';
import { DEFAULT_APPETITE } from '../../../src-main/domain/risk/decision.ts';
import { writeModelFile } from '../../../src-main/models/model-file.ts';
import type { StoredModel } from '../../../src-main/models/kinds.ts';
import type { SeriesInfo } from '../../../src-main/contract/series.ts';
import type { Money, UtcSeconds } from '../../../src-main/domain/units.ts';
import { openStore, type Store } from '../../../src-main/store/store.ts';
import { dataFolder } from '../../support/data-folder.ts';
import {
  FITTED,
  randomWalk,
  SHORT_CROSS,
  untrained,
  untrainedV1,
  untrainedV2,
} from '../models/fixtures.ts';

const BUNDLED = 'V3-cross-gold-2022';
let store: Store;
beforeEach(() => (store = openWorkspace(dataFolder(), 'write')));
afterEach(() => store.close());

const bytesOf = (stored: StoredModel) => new TextEncoder().encode(writeModelFile(stored));
const take = (stored: StoredModel) => importModel(store, 'model.json', bytesOf(stored));
const inUse = () => store.models.list().find((model) => model.inUse)!.name;
const refusal = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was refused');
};

describe('a model file that is imported', () => {
  it('is kept with what it tells of itself; the one in use stays', () => {
    expect(take(untrainedV2(1))).toEqual({
      name: 'untrained V2 1',
      kind: 'v2',
      exit: 'cross 8/32',
      trainedAt: 0,
      trades: 1,
      scope: { fitted: FITTED, timeframe: 'H1', exitRule: SHORT_CROSS },
      inUse: false,
      bundled: false,
    });
    expect(inUse()).toBe(BUNDLED);
  });

  it('changes nothing when it comes again, whatever its layout', () => {
    take(untrained(1));
    const before = store.models.list();
    take(untrained(1));
    const bare = JSON.stringify(JSON.parse(writeModelFile(untrained(1))));
    importModel(store, 'bare.json', new TextEncoder().encode(bare));
    expect(store.models.list()).toEqual(before);
  });

  it('never takes the name of another model, the bundled one included', () => {
    take(untrained(1));
    for (const name of ['untrained 1', BUNDLED]) {
      const file = store.models.read(name);
      expect(refusal(() => take({ ...untrained(2), name }))).toMatchObject({ code: 'name-taken' });
      expect(store.models.read(name)).toEqual(file);
    }
  });

  it('is refused by its name where it is none', () => {
    const bytes = new TextEncoder().encode(writeModelFile(untrained(1)).replace('60', '61'));
    expect(refusal(() => importModel(store, 'changed.json', bytes))).toMatchObject({
      code: 'bad-model-file',
      message: 'changed.json cannot be used as a model: it was changed after it was written.',
    });
    expect(refusal(() => importModel(store, 'a.png', Uint8Array.of(137, 80)))).toMatchObject({
      message: 'a.png cannot be used as a model: it is not JSON.',
    });
    expect(store.models.list()).toHaveLength(1);
  });
});

describe('the bundled model', () => {
  it('never takes the place of a trader’s own of its name', () => {
    const folder = dataFolder();
    const before = openStore(folder);
    before.models.save({ ...take(untrained(1)), name: BUNDLED, file: 'own' });
    before.close();
    const after = openWorkspace(folder, 'write');
    expect(after.models.list()).toMatchObject([{ name: BUNDLED, bundled: false, inUse: true }]);
    expect(new TextDecoder().decode(after.models.read(BUNDLED))).toBe('own');
    after.close();
  });
});

describe('the model in use', () => {
  it('may be a V3 or a V2, and goes back to the one before', () => {
    take(untrainedV2(1));
    useModel(store, 'untrained V2 1');
    expect(openModel(store)!.stored.kind).toBe('v2');
    useModel(store, BUNDLED);
    expect(openModel(store)!.stored.kind).toBe('v3');
  });

  it('is never a V1, which states no risk, and never an unknown one; the one before stays', () => {
    take(untrainedV1(1));
    expect(refusal(() => useModel(store, 'untrained V1 1'))).toMatchObject({
      code: 'states-no-risk',
    });
    expect(refusal(() => useModel(store, 'none'))).toMatchObject({ code: 'no-such-model' });
    expect(inUse()).toBe(BUNDLED);
  });

  it('is never one whose file was damaged in the store', () => {
    store.models.save({ ...take(untrained(1)), name: 'broken', file: '{' });
    expect(refusal(() => useModel(store, 'broken'))).toMatchObject({
      message: 'The kept "broken" cannot be used as a model: it is not JSON.',
    });
    expect(inUse()).toBe(BUNDLED);
  });
});

describe('a V2 on the desk', () => {
  const bars = randomWalk(200, 3);
  const series: SeriesInfo = {
    name: 'WALK_H1',
    symbol: 'WALK',
    timeframe: 'H1',
    bars: 200,
    from: bars.time[0] as UtcSeconds,
    to: bars.time[199] as UtcSeconds,
    clock: 'utc',
    synthetic: false,
  };

  it('gives the window all it needs, and is decided on by its penalty', () => {
    take(untrainedV2(1));
    const desk = readDesk(
      { info: series, storedAs: series.timeframe, bars },
      199,
      openModel(store, 'untrained V2 1'),
      { long: [], short: [] },
    );
    expect(deskBar.parse(desk)).toEqual(desk);
    expect(desk).toMatchObject({ trainedOn: 'H1', curves: { long: { kind: 'sizes' } } });
    const { ladder, decision } = recommend(desk, {
      equity: 500 as Money,
      direction: 'short',
      rules: STUDY_RULES,
      appetite: DEFAULT_APPETITE,
      policy: 'largest-safe',
    });
    expect(decision.limit).toBeCloseTo(0.1 / 4.6, 12);
    expect(ladder.filter(({ feasible }) => feasible).length).toBeGreaterThan(20);
    expect(ladder.every(({ feasible, pLiquidation: p }) => !feasible || (p! > 0 && p! <= 1))).toBe(
      true,
    );
  });
});
