import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { tellSkipped } from '../support/skipped.ts';
import { median, print, spread } from './measure.ts';
import type { BackendName } from '../../src-main/models/train/backend.ts';

const RUNS = 3;
const ROWS = 100_000;
const EPOCHS = 3;
/** Of PyTorch's samples/s on as many threads. */
const LEAST_SHARE = { wasm: 0.25, native: 0.5 } as const;
const MOST_SECONDS = { wasm: 15, native: 8 } as const;

/** Run one of the children on a backend; TensorFlow's threads are its own choice where not given. */
function child<Told>(
  script: string,
  words: readonly string[],
  backend: BackendName,
  threads?: number,
): Told {
  const path = join(import.meta.dirname, 'children', script);
  const env: NodeJS.ProcessEnv = { ...process.env, SIZE_PICKER_BACKEND: backend };
  if (threads) env.TF_NUM_INTRAOP_THREADS = String(threads);
  const node = ['--disable-warning=ExperimentalWarning', path, ...words];
  return JSON.parse(execFileSync(process.execPath, node, { encoding: 'utf8', env })) as Told;
}

/** Side by side and in turns, so that whatever else the machine does falls on all of them. */
export function benchTraining(): void {
  const { backend } = child<{ backend: BackendName }>('train-v2.ts', ['512', '1'], 'native');
  const backends: BackendName[] = backend === 'native' ? ['wasm', 'native'] : ['wasm'];
  if (backend !== 'native') {
    tellSkipped('native training', 'it is not built; npm run setup:native builds it.');
  }
  benchSizeNet(backends);
  benchRiskNet(backends);
}

function benchSizeNet(backends: readonly BackendName[]): void {
  const cores = availableParallelism();
  const divided = `native, its kernels on ${cores} threads`;
  /** Samples/s of the epochs after the first, which warms up. */
  const rates = new Map<string, number[]>();
  const add = (what: string, epochs: readonly number[] | null) => {
    if (epochs) rates.set(what, [...(rates.get(what) ?? []), ...epochs.slice(1)]);
  };
  const words = [`${ROWS}`, `${EPOCHS}`];
  for (let run = 0; run < RUNS; run++) {
    for (const backend of backends) {
      add(backend, child<{ rates: number[] }>('train-v2.ts', words, backend).rates);
    }
    if (backends.includes('native') && cores > 1) {
      add(divided, child<{ rates: number[] }>('train-v2.ts', words, 'native', cores).rates);
    }
    for (const threads of new Set([1, cores]))
      add(`PyTorch, threads: ${threads}`, pytorch(threads));
  }
  if (!rates.has('PyTorch, threads: 1')) {
    tellSkipped('PyTorch beside it', 'there is no python3 with torch on the path.');
  }
  for (const [what, all] of rates) {
    print({
      name: `V2, 128 x 5 inputs, ${what}`,
      value: middle(all),
      unit: 'samples/s',
      note: `${Math.min(...all).toFixed(0)} to ${Math.max(...all).toFixed(0)} in ${all.length} epochs`,
    });
  }
  const compare = (name: string, ours: string, threads: number, least?: number) => {
    const [rate, beside] = [rates.get(ours), rates.get(`PyTorch, threads: ${threads}`)];
    if (!rate || !beside) return;
    const share = middle(rate) / middle(beside);
    const verdict = least && { target: `≥ ${least}`, met: share >= least };
    print({ name: `V2, ${name}`, value: share, unit: 'times', ...verdict });
  };
  for (const backend of backends) {
    compare(`${backend} over PyTorch, one thread each`, backend, 1, LEAST_SHARE[backend]);
  }
  if (cores === 1) return;
  compare(`native over PyTorch, ${cores} threads each`, divided, cores, LEAST_SHARE.native);
  for (const backend of backends) {
    compare(`${backend} on its one thread over PyTorch on ${cores}`, backend, cores);
  }
}

const middle = (rates: readonly number[]) => median(rates.toSorted((a, b) => a - b));

/** Samples/s of each epoch of the same net and loss, or null where there is no PyTorch. */
function pytorch(threads: number): number[] | null {
  const script = join(import.meta.dirname, 'pytorch', 'train_v2.py');
  const words = [script, `${threads}`, `${ROWS}`, `${EPOCHS}`];
  const { status, stdout } = spawnSync('python3', words, { encoding: 'utf8' });
  return status === 0 ? (JSON.parse(stdout) as number[]) : null;
}

/** The whole of a training in the app: the trades' candles drawn again, baselines, 8 epochs. */
function benchRiskNet(backends: readonly BackendName[]): void {
  const cores = availableParallelism();
  const place = mkdtempSync(join(tmpdir(), 'size-picker-bench-'));
  try {
    const data = join(place, 'data');
    const making = [join(import.meta.dirname, 'children', 'generate.ts'), data, 'natural'];
    execFileSync(process.execPath, [...making, `${ROWS}`, `${cores}`], { stdio: 'ignore' });
    const runs = Array.from({ length: RUNS }, (_, run) =>
      backends.map((backend) => {
        const words = [data, `${backend} ${run}`];
        return child<{ seconds: number; read: number }>('train-v3.ts', words, backend);
      }),
    );
    backends.forEach((backend, i) => {
      const seconds = runs.map((run) => run[i]!.seconds).toSorted((a, b) => a - b);
      const read = runs.map((run) => run[i]!.read).toSorted((a, b) => a - b);
      print({
        name: `V3, ${ROWS} trades, 8 epochs, ${backend}, ${cores} cores`,
        value: median(seconds),
        unit: 's',
        target: `≤ ${MOST_SECONDS[backend]} s`,
        met: median(seconds) <= MOST_SECONDS[backend],
        note: `${median(read).toFixed(1)} s of it before the first epoch; ${spread(seconds)}`,
      });
    });
  } finally {
    rmSync(place, { recursive: true });
  }
}
