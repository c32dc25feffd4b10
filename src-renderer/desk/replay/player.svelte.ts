import type { Desk } from '../desk.svelte.ts';

/** Bars a second. */
export const SPEEDS = [1, 2, 5, 10, 25, 50, 100] as const;
export type Speed = (typeof SPEEDS)[number];

/** Time that may fall due while the app is slow: what is more is let go, not hurried after. */
const MOST_DUE_S = 0.25;

/** Moves the desk along its series by itself, as a clock that runs faster than the market's. */
export class Player {
  playing = $state(false);
  speed = $state<Speed>(5);
  readonly #desk: Desk;
  /** Bars that are due and not shown yet. */
  #due = 0;
  #last = 0;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  toggle(): void {
    if (this.playing) this.pause();
    else this.play();
  }

  play(): void {
    if (this.playing || !this.#desk.bar || this.#desk.atNewest) return;
    this.playing = true;
    this.#due = 0;
    this.#last = performance.now();
    requestAnimationFrame(this.#tick);
  }

  pause(): void {
    this.playing = false;
  }

  /** One bar is read at a time: where the app is slower than the clock, whole bars are stepped over. */
  #tick = (now: number): void => {
    if (!this.playing) return;
    const passed = Math.max(0, now - this.#last) / 1000;
    this.#last = now;
    this.#due = Math.min(this.#due + passed * this.speed, Math.max(1, MOST_DUE_S * this.speed));
    if (this.#due >= 1 && !this.#desk.isReading) {
      const bars = Math.floor(this.#due);
      this.#due -= bars;
      this.#desk.step(bars);
    }
    if (this.#desk.atNewest) this.pause();
    else requestAnimationFrame(this.#tick);
  };
}
