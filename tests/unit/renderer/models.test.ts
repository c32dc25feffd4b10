// @vitest-environment jsdom
import { describe, expect, it, vi } from 'vitest';
import { CodedError } from '#contract/errors.ts';
import { BAR, BAR_OF_V2, fakeClient, openFakeApp } from './fake-app.ts';
import type { Handlers } from '#contract/calls.ts';
import type { ModelInfo } from '#contract/models.ts';

const V3 = BAR.model!;
const V2: ModelInfo = { ...BAR_OF_V2.model!, inUse: false, bundled: false };

/** An app that keeps a V3, in use, and a V2. */
async function openModels(handlers: Partial<Handlers> = {}) {
  let list = [V3, V2];
  const client = fakeClient(
    BAR,
    {},
    {
      'models.list': () => list,
      'models.use': ({ name }) => {
        list = list.map((model) => ({ ...model, inUse: model.name === name }));
        return list.find(({ inUse }) => inUse)!;
      },
      'import.stage': () => ({ upload: 'one' }),
      'import.discard': () => ({}),
      ...handlers,
    },
  );
  const app = await openFakeApp(client);
  const called = (name: string) =>
    client.calls.filter((call) => call.name === name).map(({ input }) => input);
  return { app, client, called };
}
const refuse = () => {
  throw new CodedError('bad-model-file', { file: 'x.json', problem: 'it is not JSON' });
};

describe('the models', () => {
  it('tell which one is in use, and hear when that changes', async () => {
    const { app, client } = await openModels();
    expect(app.models.inUse).toEqual(V3);
    await client.call('models.use', { name: V2.name });
    client.tell('models.changed', {});
    await vi.waitFor(() => expect(app.models.inUse!.name).toBe(V2.name));
  });

  it('come into use at once, with a way back', async () => {
    const { app, called } = await openModels();
    await app.models.use(V2.name);
    expect(app.models.inUse!.name).toBe(V2.name);
    const [news] = app.notices.news;
    expect(news!.text).toBe('The desk now uses v2-gold. v3-gold is kept.');
    news!.action!.run();
    await vi.waitFor(() => expect(app.models.inUse!.name).toBe(V3.name));
    expect(app.notices.news).toEqual([]);
    expect(called('models.use')).toEqual([{ name: V2.name }, { name: V3.name }]);
  });

  it('are not asked for where they are in use already', async () => {
    const { app, called } = await openModels();
    await app.models.use(V3.name);
    expect(called('models.use')).toEqual([]);
    expect(app.notices.news).toEqual([]);
  });

  it('say why one cannot be used, and the one in use stays', async () => {
    const { app } = await openModels({
      'models.use': ({ name }) => {
        throw new CodedError('states-no-risk', { name });
      },
    });
    await app.models.use(V2.name);
    expect(app.notices.fault!.code).toBe('states-no-risk');
    expect(app.models.inUse).toEqual(V3);
    expect(app.notices.news).toEqual([]);
  });

  it('leave as a file whose place is told', async () => {
    const { app } = await openModels({ 'models.export': () => ({ file: '/data/v2.json' }) });
    await app.models.export(V2.name);
    expect(app.notices.news.map(({ text }) => text)).toEqual(['Exported v2-gold to /data/v2.json']);
  });
});

describe('a dropped .json file', () => {
  const file = new File(['{}'], 'Mine.JSON');

  it('comes in as a model, not as candles', async () => {
    const { app, called } = await openModels({ 'models.import': () => V2 });
    app.importFile(file);
    expect(app.importing).toBeNull();
    await vi.waitFor(() => expect(app.notices.news).toHaveLength(1));
    expect(app.notices.news[0]!.text).toBe('Imported v2-gold, trained on 30,000 trades.');
    expect(called('models.import')).toEqual([{ upload: 'one' }]);
  });

  it('that is none is refused with the reason, and let go of', async () => {
    const { app, called } = await openModels({ 'models.import': refuse });
    app.importFile(file);
    await vi.waitFor(() => expect(app.notices.fault?.code).toBe('bad-model-file'));
    expect(app.models.incoming).toBeNull();
    expect(called('import.discard')).toEqual([{ upload: 'one' }]);
  });
});
