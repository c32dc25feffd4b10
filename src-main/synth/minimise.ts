/** Reflection, expansion, contraction and shrinking of Nelder and Mead 1965. */
const TOLERANCE = 1e-9;
const LARGEST_COUNT = 1_000;

interface Vertex {
  readonly at: readonly number[];
  readonly value: number;
}

/**
 * Point of a local minimum of `f` by the Nelder-Mead simplex, started around `start` with edges of
 * `edge`. Meant for a handful of smooth parameters on all of the real line.
 */
export function minimise(
  f: (at: readonly number[]) => number,
  start: readonly number[],
  edge: number,
): readonly number[] {
  const vertexAt = (at: readonly number[]): Vertex => ({ at, value: f(at) });
  const n = start.length;
  const corners = start.map((_, i) => start.map((x, j) => (i === j ? x + edge : x)));
  const simplex = [vertexAt(start), ...corners.map(vertexAt)];
  for (let count = 0; count < LARGEST_COUNT; count++) {
    simplex.sort((a, b) => a.value - b.value);
    const best = simplex[0]!;
    const worst = simplex[n]!;
    if (worst.value - best.value <= TOLERANCE * (Math.abs(best.value) + TOLERANCE)) break;
    const centre = start.map((_, i) => simplex.slice(0, n).reduce((s, v) => s + v.at[i]!, 0) / n);
    const along = (factor: number) =>
      vertexAt(centre.map((c, i) => c + factor * (worst.at[i]! - c)));
    const reflected = along(-1);
    if (reflected.value < best.value) {
      const expanded = along(-2);
      simplex[n] = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < simplex[n - 1]!.value) {
      simplex[n] = reflected;
    } else {
      const contracted = along(reflected.value < worst.value ? -0.5 : 0.5);
      if (contracted.value < Math.min(reflected.value, worst.value)) {
        simplex[n] = contracted;
      } else {
        for (let i = 1; i <= n; i++) {
          simplex[i] = vertexAt(simplex[i]!.at.map((x, j) => (x + best.at[j]!) / 2));
        }
      }
    }
  }
  return simplex.reduce((a, b) => (b.value < a.value ? b : a)).at;
}
