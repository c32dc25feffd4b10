import type { RiskCurve } from '../risk/risk-curve.ts';

/** How long and how thoroughly a model is trained. */
export interface TrainingConfig {
  readonly epochs: number;
  /** Trades a step. */
  readonly batch: number;
  /** The highest of the cycle. */
  readonly learningRate: number;
  readonly weightDecay: number;
  /** Epochs without a better validation loss after which the run ends early. */
  readonly patience: number;
}

/**
 * What stands between the trader's threshold and the limit that an unbiased P must be under: the
 * safety factor, or the penalty that the model learned liquidations with.
 */
export type MarginOfSafety = 'safety-factor' | 'penalty';

/** What is said and shown of a kind of model, and what a size decided by it goes by. */
export interface KindDescription {
  /** "V3". */
  readonly label: string;
  /** A sentence for whoever chooses what to train. */
  readonly about: string;
  /** The curve that it draws of a trade; null where it states no P(liquidation). */
  readonly curve: RiskCurve['kind'] | null;
  readonly margin: MarginOfSafety;
  /** Whether its evaluation also tries a limit that closed trades correct. */
  readonly triesCorrection: boolean;
  /** Of its lines in charts, out of the palette. */
  readonly color: 'amber' | 'violet' | 'blue';
  /** Its marker around 0 0, 8 px across, in relative commands: for whoever cannot tell its colour. */
  readonly marker: string;
  /** Preset `standard`; the other presets have more epochs, or fewer. */
  readonly training: TrainingConfig;
}
