import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { openApp } from '../../../src-main/app/open-app.ts';
import { CALLS, type WindowCallName } from '../../../src-main/contract/calls.ts';
import { CodedError } from '../../../src-main/contract/errors.ts';
import { openStore } from '../../../src-main/store/store.ts';
import { dataFolder } from '../../support/data-folder.ts';
import { trainedIn } from '../../support/training.ts';

/** A folder as an earlier version wrote it, and what that version said of it. */
interface EarlierFolder {
  readonly calls: readonly {
    readonly call: WindowCallName;
    readonly input: unknown;
    readonly output?: unknown;
    /** Code of the fault that it answered with. */
    readonly error?: string;
  }[];
  /** What came of its interrupted jobs once they went on. */
  readonly resumed: {
    readonly jobs: readonly { readonly id: number }[];
    readonly datasets: readonly { readonly name: string; readonly checksum: string }[];
    readonly training: { readonly epochs: readonly object[]; readonly weightsSha256: string };
  };
}

const packed = (name: string) =>
  gunzipSync(readFileSync(join(import.meta.dirname, '../../support/folders', name)));
const earlier = JSON.parse(packed('schema-4.json.gz').toString('utf8')) as EarlierFolder;

function folderOfSchema4(): string {
  const folder = dataFolder();
  writeFileSync(join(folder, 'size-picker.db'), packed('schema-4.db.gz'));
  return folder;
}

/** All that was said is said still; fields may have been added. */
function expectNothingLost(was: unknown, is: unknown, place: string): void {
  if (Array.isArray(was)) {
    expect(is, place).toHaveLength(was.length);
    was.forEach((one, i) => expectNothingLost(one, (is as unknown[])[i], `${place}[${i}]`));
  } else if (typeof was === 'object' && was !== null) {
    for (const [key, value] of Object.entries(was)) {
      expectNothingLost(value, (is as Record<string, unknown> | null)?.[key], `${place}.${key}`);
    }
  } else expect(is, place).toBe(was);
}

it('a folder of schema 4 opens with nothing lost, and its interrupted jobs go on to the same end', async () => {
  const folder = folderOfSchema4();
  const app = await openApp({ dataFolder: folder, shell: 'browser' });
  const call = async (name: WindowCallName, input: unknown): Promise<unknown> => {
    const handler = app.handlers[name] as (input: unknown) => unknown;
    return JSON.parse(JSON.stringify(await handler(CALLS[name].in.parse(input)))) as unknown;
  };
  for (const { call: name, input, output, error } of earlier.calls) {
    try {
      const is = (await call(name, input)) as { bars?: { columns: unknown } };
      // The candles of a past trade are not kept in the fixture.
      if (name === 'journal.trade' && is.bars) is.bars.columns = null;
      expect(error, name).toBeUndefined();
      expectNothingLost(output, is, name);
    } catch (fault) {
      if (!(fault instanceof CodedError)) throw fault;
      expect(fault.code, name).toBe(error);
    }
  }

  const { jobs, datasets, training } = earlier.resumed;
  for (const { id } of jobs) {
    await app.handlers['jobs.resume']({ id });
    const stateOf = async () =>
      (await app.handlers['jobs.list']({})).find((job) => job.id === id)!.state;
    await expect.poll(stateOf, { timeout: 60_000 }).toBe('done');
  }
  const made = await app.handlers['datasets.list']({});
  for (const { name, checksum } of datasets) {
    expect(made.find((one) => one.name === name)?.checksum, name).toBe(checksum);
  }
  const runs = await app.handlers['training.list']({});
  const run = runs.find(({ plan }) => plan.name === 'interrupted');
  expect(run!.epochs.map(({ seconds: _, ...epoch }) => epoch)).toEqual(training.epochs);
  await app.close();
  const store = openStore(folder);
  const { weights } = trainedIn(store, 'interrupted');
  store.close();
  expect(createHash('sha256').update(weights).digest('hex')).toBe(training.weightsSha256);
});
