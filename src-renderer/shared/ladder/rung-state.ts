import { isUnder, type Decision } from '#domain/risk/decision.ts';
import { number, probability, sizeText } from '../../lib/format.ts';
import type { Rung } from '#domain/risk/ladder.ts';
import type { IconName } from '../Icon.svelte';

export type RungState = 'under' | 'recommended' | 'over' | 'no-margin' | 'no-model';

export function rungState(rung: Rung, decision: Decision): RungState {
  if (!rung.feasible) return 'no-margin';
  if (rung.pLiquidation === null) return 'no-model';
  if (rung.size === decision.recommended?.size) return 'recommended';
  return isUnder(rung, decision.limit) ? 'under' : 'over';
}

/** Each state by glyph and word, so that colour is never needed. */
export const STATES: Readonly<
  Record<RungState, { readonly icon: IconName; readonly word: string }>
> = {
  under: { icon: 'check', word: 'Under' },
  recommended: { icon: 'diamond', word: 'Use this' },
  over: { icon: 'cross', word: 'Over' },
  'no-margin': { icon: 'barred', word: 'No margin' },
  'no-model': { icon: 'dash', word: 'No model' },
};

const SPOKEN: Readonly<Record<Exclude<RungState, 'no-model'>, string>> = {
  under: 'under the limit',
  recommended: 'recommended',
  over: 'over the limit',
  'no-margin': 'no margin',
};

/** "2.85 ounces, 5.8 percent, recommended"; `unstated`: why there is no P, where there is none. */
export function spokenRung(rung: Rung, decision: Decision, unstated: string): string {
  const found = rungState(rung, decision);
  const state = found === 'no-model' ? unstated.toLowerCase() : SPOKEN[found];
  const p = rung.pLiquidation;
  const risk = p === null ? '' : `${probability(p, decision.limit)} percent, `;
  return `${sizeText(rung.size)} ounces, ${risk}${state}`;
}

/** Where the bars end: a higher P is clipped there. */
const BAR_END = 0.25;

/** Place of a probability along the bar, as CSS. */
export const barPlace = (p: number) => `${number((Math.min(p, BAR_END) / BAR_END) * 100, 2)}%`;
