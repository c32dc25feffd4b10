import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeModelFile } from '../../../../src-main/models/model-file.ts';
import type { StoredModel } from '../../../../src-main/models/kinds.ts';
import { cli, cliJson } from '../../../support/cli.ts';
import { untrainedV1, untrainedV2 } from '../../models/fixtures.ts';

const place = mkdtempSync(join(tmpdir(), 'size-picker-models-'));
const data = ['--data', join(place, 'data')];
const BUNDLED = 'V3-cross-gold-2022';
interface Model {
  name: string;
  kind: string;
  inUse: boolean;
  bundled: boolean;
}
const list = (...words: string[]) => cliJson<Model[]>('models', ...words, ...data);
const fileOf = (name: string, stored: StoredModel) => {
  const file = join(place, name);
  writeFileSync(file, writeModelFile(stored));
  return file;
};
beforeAll(async () => {
  await cliJson('import', 'model', fileOf('v2.json', untrainedV2(1)), ...data);
  await cliJson('import', 'model', fileOf('v1.json', untrainedV1(1)), ...data);
});
afterAll(() => rmSync(place, { recursive: true }));

describe('models on the command line', () => {
  it('are kept beside the bundled one, which stays in use', async () => {
    expect(await list()).toMatchObject([
      { name: BUNDLED, kind: 'v3', inUse: true, bundled: true },
      { name: 'untrained V2 1', kind: 'v2', inUse: false, bundled: false },
      { name: 'untrained V1 1', kind: 'v1', inUse: false, bundled: false },
    ]);
  });

  it('leave byte by byte, and come into another folder as the same model', async () => {
    const out = join(place, 'out.json');
    const written = await cliJson('export', 'model', 'untrained V2 1', '--out', out, ...data);
    expect(written).toEqual({ name: 'untrained V2 1', file: out });
    expect(readFileSync(out, 'utf8')).toBe(readFileSync(join(place, 'v2.json'), 'utf8'));
    const other = ['--data', join(place, 'other')];
    expect(await cliJson('import', 'model', out, ...other)).toMatchObject({
      name: 'untrained V2 1',
      kind: 'v2',
      trainedAt: '1970-01-01T00:00:00Z',
    });
  });

  it('come into use and go back; a V2 recommends by its penalty, without a safety factor', async () => {
    const inUse = (models: Model[]) => models.find((model) => model.inUse)!.name;
    expect(inUse(await list('--use', 'untrained V2 1'))).toBe('untrained V2 1');
    const words = ['recommend', '--candles', 'resources/demo/synthetic-gold-h1.csv', ...data];
    const account = ['--equity', '500', '--direction', 'long', '--threshold', '0.2'];
    expect(await cliJson(...words, ...account)).toMatchObject({
      threshold: 0.2,
      safetyFactor: null,
      limit: 0.2 / 4.2,
      model: { kind: 'v2' },
    });
    const { stdout } = await cli(...words, ...account);
    expect(stdout).toContain('limit 4.76% = 20% with V2’s 5× penalty');
    expect(inUse(await list('--use', BUNDLED))).toBe(BUNDLED);
  });

  it.each([
    ['a V1 on the desk', ['models', '--use', 'untrained V1 1'], /names a size, but no P\(liq/],
    ['an unknown one on the desk', ['models', '--use', 'none'], /no model named "none"/],
    ['an unknown one to export', ['export', 'model', 'none', '--out', 'x.json'], /no model named/],
    ['a file that is not there', ['import', 'model', 'none.json'], /none\.json could not be read/],
    [
      'a foreign file',
      ['import', 'model', 'foreign.json'],
      /foreign\.json cannot be used as a mod/,
    ],
    [
      'another model of a name',
      ['import', 'model', 'other.json'],
      /The name "untrained V2 1" is t/,
    ],
  ])('refuse %s, and nothing changes', async (_, words, said) => {
    writeFileSync(join(place, 'foreign.json'), '{"format":"onnx"}');
    fileOf('other.json', { ...untrainedV2(2), name: 'untrained V2 1' });
    const before = await list();
    const placed = words.map((word) => (word.endsWith('.json') ? join(place, word) : word));
    const { code, stderr } = await cli(...placed, ...data);
    expect(code).toBe(1);
    expect(stderr).toMatch(said);
    expect(await list()).toEqual(before);
    expect(existsSync(join(place, 'x.json'))).toBe(false);
  });
});
