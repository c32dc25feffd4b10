import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** A rectangle of the desktop, in its own pixels. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const place = z.object({
  x: z.number(),
  y: z.number(),
  width: z.number().min(1),
  height: z.number().min(1),
  maximised: z.boolean(),
});
/** Where a window stood, and whether it filled its screen. */
export type Place = z.infer<typeof place>;

export const SMALLEST = { width: 1024, height: 640 };
/** So much of a window must lie on one screen, or it could not be taken hold of. */
const LEAST_SEEN = 200;

/** The place that was kept; null where there is none that can be read. */
export function readPlace(file: string): Place | null {
  try {
    return place.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/** A place that cannot be kept is not worth a word to the trader. */
export function keepPlace(file: string, kept: Place): void {
  try {
    writeFileSync(file, JSON.stringify(kept));
  } catch {
    // The next one may.
  }
}

/**
 * The place on the screens that are there now: moved and shrunk into the work area that shows most of
 * it; null where none shows enough, so that the shell chooses one.
 */
export function clampToScreens(kept: Place, screens: readonly Rectangle[]): Place | null {
  let best: Rectangle | null = null;
  let most = 0;
  for (const screen of screens) {
    const seen = seenOn(kept, screen);
    if (seen.width < LEAST_SEEN || seen.height < LEAST_SEEN || seen.width * seen.height <= most) {
      continue;
    }
    best = screen;
    most = seen.width * seen.height;
  }
  if (!best) return null;
  const width = Math.min(Math.max(kept.width, SMALLEST.width), best.width);
  const height = Math.min(Math.max(kept.height, SMALLEST.height), best.height);
  const between = (value: number, low: number, high: number) =>
    Math.min(Math.max(value, low), high);
  return {
    x: between(kept.x, best.x, best.x + best.width - width),
    y: between(kept.y, best.y, best.y + best.height - height),
    width,
    height,
    maximised: kept.maximised,
  };
}

const seenOn = (a: Rectangle, b: Rectangle) => ({
  width: Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x),
  height: Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y),
});
