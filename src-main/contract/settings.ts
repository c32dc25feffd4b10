import { EQUITY } from '../domain/limits.ts';
import type { Money } from '../domain/units.ts';
import { appetite, brokerRules, policy } from './account.ts';
import { exitPlan } from './exits.ts';
import { SCREEN_NAMES } from './screens.ts';
import { timeframe } from './series.ts';
import { unit, direction, within } from './units.ts';
import { z } from 'zod';

/** A time zone by its IANA name, such as "Europe/Berlin". */
export const timeZone = z.string().max(64).refine(isTimeZone, 'is not a time zone');

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** What the window remembers from one start to the next. */
export const settings = z.object({
  equity: unit<Money>(within(EQUITY)),
  appetite,
  rules: brokerRules,
  direction,
  policy,
  theme: z.enum(['dark', 'light', 'system']),
  /** Name of the series on the desk; null until one is chosen. */
  series: z.string().nullable(),
  /** Step of the bars on the desk; null for the step that the series is stored in. */
  timeframe: timeframe.nullable(),
  /** The screen that was shown last. */
  screen: z.enum(SCREEN_NAMES),
  exitPlan,
  timeZone,
});
export type Settings = z.infer<typeof settings>;
export const settingsPatch = settings.partial();
export type SettingsPatch = z.infer<typeof settingsPatch>;
