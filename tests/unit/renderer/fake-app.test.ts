import { describe, expect, it } from 'vitest';
import { BAR, fakeClient } from './fake-app.ts';

/** The stand-in of the app in these tests must not drift from the app: both speak the contract. */
describe('the stand-in of the app', () => {
  it('gives a handler what the contract makes of an input', async () => {
    let asked: unknown;
    const client = fakeClient(BAR, {}, { 'desk.read': (input) => ((asked = input), BAR) });
    await client.call('desk.read', { series: 'XAUUSD_H1', bar: null });
    expect(asked).toEqual({ series: 'XAUUSD_H1', bar: null, timeframe: null });
  });

  it('fails the test that asks for what the contract refuses', async () => {
    const asking = fakeClient().call('series.bars', { series: 'XAUUSD_H1', first: -1, count: 1 });
    await expect(asking).rejects.toThrow('series.bars.first');
  });

  it.each([
    ['less', { version: '1' }],
    ['more', { version: '1', shell: 'browser', dataFolder: '/', spare: 1 }],
  ])('fails the test whose answer has %s than the contract', async (_, about) => {
    const client = fakeClient(BAR, {}, { 'app.about': () => about as never });
    await expect(client.call('app.about', {})).rejects.toThrow();
  });

  it('fails the test that tells of what no app tells', () => {
    expect(() => fakeClient().tell('series.grew', {} as never)).toThrow();
  });

  it('knows no call that it was not given an answer to', async () => {
    await expect(fakeClient().call('models.export', { name: 'v3-gold' })).rejects.toThrow(
      'no answer to models.export',
    );
  });
});
