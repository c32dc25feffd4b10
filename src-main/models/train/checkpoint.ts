import type { Checkpoint, Epoch } from './training.ts';

interface Header {
  readonly epochs: readonly Epoch[];
  readonly firstLoss: number;
  readonly steps: number;
  readonly weights: number;
}

/** A checkpoint as bytes: a line of JSON, then weights, best weights and both moments. */
export function encodeCheckpoint(checkpoint: Checkpoint): Uint8Array {
  const { epochs, firstLoss, weights, best, moments } = checkpoint;
  const header: Header = { epochs, firstLoss, steps: moments.steps, weights: weights.length };
  const parts = [weights, best, moments.mean, moments.square];
  return Buffer.concat([
    Buffer.from(`${JSON.stringify(header)}\n`),
    ...parts.map(({ buffer, byteOffset, byteLength }) =>
      Buffer.from(buffer, byteOffset, byteLength),
    ),
  ]);
}

/** What `encodeCheckpoint` wrote, on the same machine. */
export function decodeCheckpoint(bytes: Uint8Array): Checkpoint {
  const start = bytes.indexOf('\n'.charCodeAt(0)) + 1;
  const text = new TextDecoder().decode(bytes.subarray(0, start));
  const { epochs, firstLoss, steps, weights: count } = JSON.parse(text) as Header;
  const body = new Uint8Array(bytes.subarray(start)).buffer;
  const single = (part: number) => new Float32Array(body, part * count * 4, count);
  // Double columns need not begin at a multiple of eight bytes.
  const double = (part: number) => {
    const at = 2 * count * 4 + part * count * 8;
    return new Float64Array(body.slice(at, at + count * 8));
  };
  return {
    epochs,
    firstLoss,
    weights: single(0),
    best: single(1),
    moments: { mean: double(0), square: double(1), steps },
  };
}
