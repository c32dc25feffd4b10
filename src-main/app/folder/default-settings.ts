import { STUDY_RULES } from '../../domain/account/broker.ts';
import { DEFAULT_APPETITE } from '../../domain/risk/decision.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Money } from '../../domain/units.ts';

/** What a new user starts with: the study's account of $500 and a threshold of 10%. */
export const DEFAULT_SETTINGS: Settings = {
  equity: 500 as Money,
  appetite: DEFAULT_APPETITE,
  rules: STUDY_RULES,
  direction: 'long',
  policy: 'largest-safe',
  theme: 'dark',
  series: null,
  timeframe: null,
  screen: 'desk',
  exitPlan: { exit: 'cross', holding: null },
  timeZone: 'UTC',
};
