import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, print, spread } from './measure.ts';

interface Made {
  readonly seconds: number;
  readonly megabytes: number;
  readonly simulated: number;
  readonly bytes: number;
  readonly trades: number;
  readonly checksums: readonly string[];
}

/** A process of its own, so that memory is that of this run alone. */
function make(kind: 'by-class' | 'natural', trades: number, threads: number): Made {
  const place = mkdtempSync(join(tmpdir(), 'size-picker-bench-'));
  try {
    const child = join(import.meta.dirname, 'children', 'generate.ts');
    const words = [join(place, 'data'), kind, String(trades), String(threads)];
    const node = ['--disable-warning=ExperimentalWarning', child, ...words];
    return JSON.parse(execFileSync(process.execPath, node, { encoding: 'utf8' })) as Made;
  } finally {
    rmSync(place, { recursive: true });
  }
}

const RUNS = 3;
const MOST_SECONDS = 25;
const MOST_MEGABYTES = 600;

/** From an empty store to committed datasets, the start of the threads included. */
export function benchGeneration(): void {
  const cores = availableParallelism();
  for (const kind of ['natural', 'by-class'] as const) {
    const made = Array.from({ length: RUNS }, () =>
      make(kind, kind === 'by-class' ? 100_000 : 300_000, cores),
    );
    const seconds = made.map((run) => run.seconds).toSorted((a, b) => a - b);
    const megabytes = Math.max(...made.map((run) => run.megabytes));
    const [{ simulated, bytes, trades }] = made as [Made];
    const label =
      kind === 'by-class' ? 'five datasets of 300,000 accepted' : '300,000 natural trades';
    print({
      name: `${label}, ${cores} threads`,
      value: median(seconds),
      unit: 's',
      target: `≤ ${MOST_SECONDS} s`,
      met: median(seconds) <= MOST_SECONDS,
      note: `${simulated} simulated; ${spread(seconds)}`,
    });
    print({
      name: `${label}, resident memory`,
      value: megabytes,
      unit: 'MB',
      target: `≤ ${MOST_MEGABYTES} MB`,
      met: megabytes <= MOST_MEGABYTES,
    });
    print({
      name: `${label}, in the store`,
      value: bytes / trades,
      unit: 'bytes/trade',
      target: '≤ 200',
      met: bytes / trades <= 200,
    });
  }
  const one = make('by-class', 100_000, 1);
  const two = make('by-class', 100_000, 2);
  if (one.checksums.join() !== two.checksums.join()) throw new Error('threads changed the trades');
  print({ name: 'five datasets, 1 thread', value: one.seconds, unit: 's' });
  print({ name: 'five datasets, 2 threads', value: two.seconds, unit: 's' });
  print({ name: '1 thread over 2', value: one.seconds / two.seconds, unit: 'times' });
  for (const trades of [300_000, 1_000_000, 3_000_000]) {
    const { seconds, megabytes } = make('natural', trades, cores);
    print({
      name: `${trades.toLocaleString('en')} natural trades: each 100,000`,
      value: (seconds / trades) * 100_000,
      unit: 's',
      note: `${seconds.toFixed(1)} s in all, ${megabytes.toFixed(0)} MB`,
    });
  }
}
