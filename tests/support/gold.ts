import { readFileSync } from 'node:fs';
import { emptyBars, type Bars } from '../../src-main/domain/bars/bars.ts';
import { sharedFile } from './shared.ts';

/** Rows of a reference CSV as objects of text. */
export function readCsv(path: string): Record<string, string>[] {
  const [header, ...rows] = readFileSync(sharedFile(path), 'utf8').trim().split(/\r?\n/);
  const names = header!.split(',');
  return rows.map((row) => {
    const cells = row.split(',');
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
  });
}

/** Seconds of a time as the file writes it, read as if it were UTC. */
export const fileTime = (text: string) => Date.parse(`${text.replace(' ', 'T')}Z`) / 1000;

/**
 * Real gold by the hour up to the end of 2022, on the file's own (server) clock, read without the
 * importer so that the importer's faults cannot hide in the reference tests.
 */
export function goldUntil2023(): Bars {
  const rows = readCsv('data/XAUUSD_H1.csv').filter((row) => row.time! < '2023');
  const bars = emptyBars(rows.length, 3600);
  rows.forEach((row, i) => {
    bars.time[i] = fileTime(row.time!);
    bars.open[i] = Number(row.open);
    bars.high[i] = Number(row.high);
    bars.low[i] = Number(row.low);
    bars.close[i] = Number(row.close);
    bars.volume[i] = Number(row.tick_volume);
  });
  return bars;
}
