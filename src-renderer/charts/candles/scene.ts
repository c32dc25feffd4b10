import type { Direction, UsdPerOunce } from '#domain/units.ts';

/** What the chart shows over the candles. Plain data: prices and bar indices, no pixels. */
export interface Scene {
  readonly direction: Direction;
  readonly entry: UsdPerOunce;
  readonly entryTag: string;
  /** Null where no size is shown, or nothing liquidates it. */
  readonly liquidation: {
    readonly price: UsdPerOunce;
    readonly tag: string;
    /** Distance in ATR, as it is read; null without one. */
    readonly distance: string | null;
  } | null;
  /** Where the costs are earned back; null where there are none. */
  readonly breakEven?: { readonly price: UsdPerOunce; readonly tag: string } | null;
  /** First and last bar of the model's window, as places on the time scale. */
  readonly window: { readonly from: number; readonly to: number; readonly name: string } | null;
  /** Bars before which others are missing, as places on the time scale, and how many. */
  readonly gaps?: readonly { readonly at: number; readonly text: string }[];
  /** Where a trade that is over ended, as places on the time scale. */
  readonly marks?: readonly SceneMark[];
}

export interface SceneMark {
  readonly at: number;
  readonly price: number;
  readonly kind: 'exit' | 'liquidated';
  readonly text: string;
}

/** The liquidation line belongs on the scale while it is this near, as a share of the price. */
const NEAR = 0.25;

export function isOnScale(scene: Scene): boolean {
  const { liquidation, entry } = scene;
  return liquidation !== null && Math.abs(liquidation.price - entry) <= NEAR * entry;
}
