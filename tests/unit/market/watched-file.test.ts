import { appendFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { WatchedFile, withoutNewest } from '../../../src-main/market/feeds/watched-file.ts';
import { bytesOf } from '../../support/candle-files.ts';
import { dataFolder } from '../../support/data-folder.ts';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const line = (i: number) => `bar ${String(i).padStart(4, '0')}\n`;
const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => line(from + i)).join('');

/** A file of `count` lines under a header, and all that its follower heard. */
function followed(count = 200) {
  const path = join(dataFolder(), 'bars.csv');
  writeFileSync(path, `header\n${lines(0, count)}`);
  const heard: { whole: string[]; grown: string[]; trouble: (string | null)[] } = {
    whole: [],
    grown: [],
    trouble: [],
  };
  const file = new WatchedFile(path, {
    onWhole: (bytes) => Promise.resolve(void heard.whole.push(text(bytes))),
    onGrown: (bytes) => void heard.grown.push(text(bytes)),
    onTrouble: (problem) => void heard.trouble.push(problem),
  });
  onTestFinished(() => file.stop());
  return { path, file, heard };
}

/** The file system may tell of a change by itself: a look that is under way is waited for. */
const see = async (file: WatchedFile, done: () => void) => {
  await vi.waitFor(async () => {
    await file.look();
    done();
  });
};

it('is told whole once, then by its newest lines alone', async () => {
  const { path, file, heard } = followed();
  await see(file, () => expect(heard.whole).toEqual([`header\n${lines(0, 200)}`]));
  appendFileSync(path, lines(200, 202));
  await see(file, () => expect(heard.grown).toHaveLength(1));
  expect(heard.grown[0]).toMatch(/^header\nbar 01[34]\d\n/);
  expect(heard.grown[0]!.endsWith(lines(195, 202))).toBe(true);
  appendFileSync(path, lines(202, 203));
  await see(file, () => expect(heard.grown).toHaveLength(2));
  expect(heard.grown[1]!.endsWith(lines(198, 203))).toBe(true);
  expect(heard.whole).toHaveLength(1);
});

it('leaves out a line that is still being written', async () => {
  const { path, file, heard } = followed();
  await see(file, () => expect(heard.whole).toHaveLength(1));
  appendFileSync(path, `${line(200)}bar 02`);
  await see(file, () => expect(heard.grown).toHaveLength(1));
  expect(heard.grown[0]!.endsWith(line(200))).toBe(true);
  appendFileSync(path, '01\n');
  await see(file, () => expect(heard.grown).toHaveLength(2));
  expect(heard.grown[1]!.endsWith(lines(199, 202))).toBe(true);
});

it('takes a newest line that changed for the same bar, still forming', async () => {
  const { path, file, heard } = followed();
  await see(file, () => expect(heard.whole).toHaveLength(1));
  writeFileSync(path, `header\n${lines(0, 199)}bar last, changed\n`);
  await see(file, () => expect(heard.grown).toHaveLength(1));
  expect(heard.grown[0]!.endsWith(`${line(198)}bar last, changed\n`)).toBe(true);
  expect(heard.whole).toHaveLength(1);
});

it('is told whole again where an earlier line changed or went', async () => {
  const { path, file, heard } = followed();
  await see(file, () => expect(heard.whole).toHaveLength(1));
  writeFileSync(path, `header\n${lines(50, 210)}`);
  await see(file, () => expect(heard.whole).toHaveLength(2));
  expect(heard.whole[1]).toBe(`header\n${lines(50, 210)}`);
  // As many terminals write: beside it, then renamed over it.
  writeFileSync(`${path}.new`, `header\n${lines(0, 20)}`);
  renameSync(`${path}.new`, path);
  await see(file, () => expect(heard.whole).toHaveLength(3));
});

it('says that a file has gone, and that it is back', async () => {
  const { path, file, heard } = followed();
  await see(file, () => expect(heard.trouble).toEqual([null]));
  rmSync(path);
  await see(file, () => expect(heard.trouble.at(-1)).toBe('there is no such file'));
  writeFileSync(path, `header\n${lines(0, 201)}`);
  await see(file, () => expect(heard.trouble.at(-1)).toBeNull());
});

it('reads UTF-16, as MetaTrader also writes', async () => {
  const path = join(dataFolder(), 'bars.csv');
  const utf16 = (content: string) => Buffer.from(`\ufeff${content}`, 'utf16le');
  writeFileSync(path, utf16(`header\n${lines(0, 100)}`));
  const grown: string[] = [];
  const whole: string[] = [];
  const file = new WatchedFile(path, {
    onWhole: (bytes) => Promise.resolve(void whole.push(text(bytes))),
    onGrown: (bytes) => void grown.push(text(bytes)),
    onTrouble: () => undefined,
  });
  onTestFinished(() => file.stop());
  await see(file, () => expect(whole).toEqual([`header\n${lines(0, 100)}`]));
  appendFileSync(path, utf16(line(100)).subarray(2));
  await see(file, () => expect(grown[0]?.endsWith(lines(98, 101))).toBe(true));
});

it('does without the newest line, which is a bar that still forms', () => {
  expect(text(withoutNewest(bytesOf('header\na\nb\n')))).toBe('header\na\n');
});
