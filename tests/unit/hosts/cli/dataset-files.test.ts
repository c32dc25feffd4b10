import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatasetInfo } from '../../../../src-main/contract/datasets.ts';
import { cli, cliJson } from '../../../support/cli.ts';

const place = mkdtempSync(join(tmpdir(), 'size-picker-dataset-files-'));
const data = ['--data', join(place, 'data')];
const file = join(place, 'few.parquet');
const listed = (...folder: string[]) => cliJson<DatasetInfo[]>('datasets', ...folder);
beforeAll(async () => {
  await cliJson('generate', '--trades', '100', '--name', 'few', ...data);
});
afterAll(() => rmSync(place, { recursive: true }));

describe('datasets leave and come back on the command line', () => {
  it('as Parquet, into another folder, as the same dataset', async () => {
    const written = await cliJson('export', 'dataset', 'few', '--out', file, ...data);
    expect(written).toEqual({ name: 'few', file });
    const other = ['--data', join(place, 'other')];
    const kept = await cliJson<DatasetInfo>('import', 'dataset', file, ...other);
    const [here] = await listed(...data);
    expect(kept).toMatchObject({ name: 'few', trades: 100, checksum: here!.checksum });
    expect(await listed(...other)).toEqual([here]);
  });

  it('as CSV, a header and a line a trade', async () => {
    const csv = join(place, 'few.csv');
    const { code, stdout } = await cli('export', 'dataset', 'few', '--out', csv, ...data);
    expect(code).toBe(0);
    expect(stdout).toContain(csv);
    expect(readFileSync(csv, 'utf8').trimEnd().split('\n')).toHaveLength(101);
  });

  it.each([
    ['a dataset that is not there', ['none', '--out', 'x.parquet'], 1, /no dataset named "none"/],
    ['another ending', ['few', '--out', 'x.xlsx'], 2, /neither in \.parquet nor in \.csv/],
    ['windows in a CSV file', ['few', '--out', 'x.csv', '--with-windows'], 2, /Parquet/],
    ['no file', ['few'], 2, /--out/],
  ])('%s is refused and nothing is written', async (_, words, code, said) => {
    const [name, ...rest] = words.map((word) => (word.startsWith('x.') ? join(place, word) : word));
    const result = await cli('export', 'dataset', name!, ...rest, ...data);
    expect(result.code).toBe(code);
    expect(result.stderr).toMatch(said);
    for (const ending of ['parquet', 'xlsx', 'csv']) {
      expect(existsSync(join(place, `x.${ending}`))).toBe(false);
    }
  });

  it('a file that is none is refused by name and nothing is stored', async () => {
    const foreign = join(place, 'foreign.parquet');
    writeFileSync(foreign, 'PAR1 but not really PAR1');
    const clean = ['--data', join(place, 'clean')];
    const { code, stderr } = await cli('import', 'dataset', foreign, ...clean);
    expect(code).toBe(1);
    expect(stderr).toMatch(/foreign\.parquet is not a dataset that can be read/);
    expect(await listed(...clean)).toEqual([]);
  });
});
