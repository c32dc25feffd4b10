import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  asyncBufferFromFile,
  parquetMetadataAsync,
  parquetReadObjects,
  parquetSchema,
} from 'hyparquet';
import { parquetWriteFile } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { exportDataset, importDataset } from '../../../src-main/app/datasets/dataset-files.ts';
import { openDataset, readTrade } from '../../../src-main/app/datasets/datasets.ts';
import { generate } from '../../../src-main/app/datasets/generate.ts';
import { TABLE_COLUMNS } from '../../../src-main/datasets/table.ts';
import { candleWindow } from '../../../src-main/domain/features/features.ts';
import { openStore, type Store } from '../../../src-main/store/store.ts';
import { dataFolder } from '../../support/data-folder.ts';
import { PLAN } from '../../support/generation.ts';

const NAME = 'balanced_v2_1100';
const place = mkdtempSync(join(tmpdir(), 'size-picker-export-'));
const file = join(place, 'balanced.parquet');
const csv = join(place, 'balanced.csv');
let store: Store;
beforeAll(async () => {
  store = openStore(join(place, 'data'));
  await generate(store, PLAN, {});
  await exportDataset(store, { name: NAME, file, windows: true }, {});
  await exportDataset(store, { name: NAME, file: csv, windows: false }, {});
}, 60_000);
afterAll(() => {
  store.close();
  rmSync(place, { recursive: true });
});

function empty(): Store {
  const other = openStore(dataFolder());
  onTestFinished(() => other.close());
  return other;
}
const coded = (code: string, message = /./) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) as string });
const rowsOf = async (path: string) =>
  parquetReadObjects({ file: await asyncBufferFromFile(path) });

describe('a dataset in a Parquet file', () => {
  it('has the columns that are documented, and no others', async () => {
    const { children } = parquetSchema(await parquetMetadataAsync(await asyncBufferFromFile(file)));
    const written = children.map(({ element }) => element.name);
    expect(written).toEqual([...TABLE_COLUMNS.map(({ name }) => name), 'candle_features']);
    const text = readFileSync(join(import.meta.dirname, '../../../.github/DATASETS.md'), 'utf8');
    const rows = text.split('\n').filter((line) => line.startsWith('| `'));
    const documented = rows.flatMap((line) => line.split('|')[1]!.match(/\w+/g)!);
    const ladder = /^(return|liquidated_at)_\d/;
    expect(documented.filter((name) => !ladder.test(name))).toEqual(
      written.filter((name) => !ladder.test(name)),
    );
    expect(documented.filter((name) => ladder.test(name))).toEqual([
      'return_0_15',
      'return_4_50',
      'liquidated_at_0_15',
      'liquidated_at_4_50',
    ]);
  });

  it('has a row for each trade, as the store has it', async () => {
    const rows = await rowsOf(file);
    expect(rows).toHaveLength(1_089);
    for (const row of [0, 500, 1_088]) {
      const { trade, outcomes } = readTrade(store, NAME, row);
      expect(rows[row]).toMatchObject({
        row,
        path: trade.path,
        entry: trade.entry,
        exit: trade.exit,
        direction: trade.direction,
        equity: trade.equity,
        mae: trade.mae,
        final: trade.final,
        size_class: trade.sizeClass,
        feasible: trade.feasible,
        return_0_15: outcomes[0]!.return,
        return_4_50: outcomes[29]!.return,
      });
      const at = outcomes.findIndex(({ liquidatedAt }) => liquidatedAt !== null);
      if (at >= 0) {
        const name = `liquidated_at_${((at + 1) * 0.15).toFixed(2).replace('.', '_')}`;
        expect(rows[row]![name]).toBe(outcomes[at]!.liquidatedAt);
      }
    }
  });

  it('has the window of each trade, from candles drawn again', async () => {
    const rows = await rowsOf(file);
    const window = new Float32Array(640);
    let compared = 0;
    openDataset(store, NAME).reader.forEach(({ bars, entry, direction }, index) => {
      if (index % 50 > 0) return;
      candleWindow(bars, entry, direction, window, 0);
      expect(rows[index]!['candle_features']).toEqual([...window]);
      compared++;
    });
    expect(compared).toBe(22);
  });

  it('comes back as the same dataset, to the byte', async () => {
    const other = empty();
    const kept = await importDataset(other, file, {});
    expect(kept).toEqual(store.datasets.find(NAME));
    expect([...other.datasets.blocks(NAME)]).toEqual([...store.datasets.blocks(NAME)]);
    expect(openDataset(other, NAME).reader.count).toBe(1_089);
  });

  it('that is there already changes nothing; another of its name is refused', async () => {
    expect(await importDataset(store, file, {})).toEqual(store.datasets.find(NAME));
    const other = empty();
    await generate(other, { ...PLAN, kind: 'natural', name: NAME, trades: 100 }, {});
    await expect(importDataset(other, file, {})).rejects.toThrow(coded('name-taken'));
  });
});

describe('a file that is not what it says', () => {
  async function changed(
    change: (rows: Record<string, unknown>[]) => void,
    changeText = (text: string) => text,
  ) {
    const found = await parquetMetadataAsync(await asyncBufferFromFile(file));
    const kvMetadata = found.key_value_metadata!.map(({ key, value }) => ({
      key,
      value: changeText(value!),
    }));
    const rows = await rowsOf(file);
    change(rows);
    const path = join(place, 'changed.parquet');
    parquetWriteFile({
      filename: path,
      columnData: TABLE_COLUMNS.map(({ name, type }) => ({
        name,
        type,
        data: rows.map((row) => row[name] ?? null),
      })),
      kvMetadata,
    });
    return path;
  }
  const refused = async (path: string, problem: RegExp) => {
    const other = empty();
    await expect(importDataset(other, path, {})).rejects.toThrow(
      coded('bad-dataset-file', problem),
    );
    expect(other.datasets.list()).toEqual([]);
  };

  it('is read where another program wrote the same cells', async () => {
    const path = await changed(() => {});
    expect((await importDataset(empty(), path, {})).name).toBe(NAME);
  });

  it.each([
    ['mae', 0.5],
    ['equity', 1],
    ['weight', 1],
    ['return_0_15', 9],
    ['size_class', 'huge'],
    ['survivors', 200],
    ['feasible', 200],
    ['feasible', -5],
    ['path', -1],
    ['final', null],
  ])('is refused where a cell of %s was changed to %s', async (name, value) => {
    const path = await changed((rows) => {
      rows[700]![name] = value;
    });
    await refused(path, /row \d+ has a changed|rows from 0 on cannot be read|checksum/);
  });

  it.each([
    ['its seed', '"seed":3', '"seed":4'],
    ['its name', NAME, 'other'],
    ['its mix of generators', '"garch":1', '"garch":2'],
  ])('is refused where %s was changed', async (_, from, to) => {
    const path = await changed(
      () => {},
      (text) => text.replaceAll(from, to),
    );
    await refused(path, /what it says of its origin was changed/);
  });

  it('is refused where a row is missing', async () => {
    await refused(await changed((rows) => rows.pop()), /1088 of 1089 trades/);
  });

  it('is refused where it was cut off, is another Parquet file, or no Parquet file', async () => {
    const cut = join(place, 'cut.parquet');
    writeFileSync(cut, readFileSync(file).subarray(0, 20_000));
    await refused(cut, /no Parquet file/);
    const foreign = join(place, 'foreign.parquet');
    parquetWriteFile({ filename: foreign, columnData: [{ name: 'x', data: [1, 2, 3] }] });
    await refused(foreign, /did not write it/);
    await refused(csv, /no Parquet file/);
  });

  it('is told as unreadable where it does not exist', async () => {
    await expect(importDataset(empty(), join(place, 'absent.parquet'), {})).rejects.toThrow(
      coded('file-unreadable', /there is no such file/),
    );
  });
});

describe('a dataset in a CSV file', () => {
  it('has the same columns and numbers', async () => {
    const [header, ...lines] = readFileSync(csv, 'utf8').trimEnd().split('\n');
    expect(header).toBe(TABLE_COLUMNS.map(({ name }) => name).join());
    expect(lines).toHaveLength(1_089);
    const [row] = (await rowsOf(file)).slice(42);
    const cells = lines[42]!.split(',');
    TABLE_COLUMNS.forEach(({ name }, i) => expect(cells[i]).toBe(String(row![name] ?? '')));
  });

  it('has no windows', async () => {
    const wish = { name: NAME, file: join(place, 'w.csv'), windows: true };
    await expect(exportDataset(store, wish, {})).rejects.toThrow(coded('bad-argument', /Windows/));
  });
});

describe('a place that cannot be written', () => {
  it('is left as it was', async () => {
    writeFileSync(join(place, 'blocked'), '');
    const wish = { name: NAME, file: join(place, 'blocked', 'x.parquet'), windows: false };
    await expect(exportDataset(store, wish, {})).rejects.toThrow(coded('file-unwritable'));
    expect(readdirSync(place).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('is told by the name that was asked for', async () => {
    const taken = join(place, 'taken.parquet');
    mkdirSync(taken);
    const wish = { name: NAME, file: taken, windows: false };
    await expect(exportDataset(store, wish, {})).rejects.toThrow(
      coded('file-unwritable', /^The file \S+taken\.parquet could not be written/),
    );
    expect(readdirSync(place).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('keeps the file that was there where the export is cancelled', async () => {
    const before = readFileSync(csv);
    const signal = AbortSignal.abort();
    const again = exportDataset(store, { name: NAME, file: csv, windows: false }, { signal });
    await expect(again).rejects.toThrow(coded('cancelled'));
    expect(readFileSync(csv)).toEqual(before);
  });
});
