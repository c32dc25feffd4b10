import { percent } from './format.ts';
import type { BrokerRules, StopOutRule } from '#domain/account/broker.ts';
import type { Fraction } from '#domain/units.ts';

const whole = (share: Fraction) => `${percent(share).replace(/\.0$/, '')}%`;

/** "30% of equity" or "margin level 50%". */
export function stopOutName(rule: StopOutRule): string {
  return rule.kind === 'equity'
    ? `${whole(rule.fraction)} of equity`
    : `margin level ${whole(rule.level)}`;
}

/** Accounts that brokers are known by, as cards with their numbers. */
export const BROKER_PRESETS: readonly {
  readonly name: string;
  readonly leverage: number;
  readonly stopOut: StopOutRule;
  readonly about: string;
}[] = [
  {
    name: 'EU retail',
    leverage: 20,
    stopOut: { kind: 'margin', level: 0.5 as Fraction },
    about: 'Closed when equity falls to half of the used margin.',
  },
  {
    name: 'The study',
    leverage: 20,
    stopOut: { kind: 'equity', fraction: 0.3 as Fraction },
    about: 'Closed when equity falls to 30% of what it was at entry.',
  },
  {
    name: 'Offshore',
    leverage: 20,
    stopOut: { kind: 'margin', level: 0.3 as Fraction },
    about: 'Closed when equity falls to 30% of the used margin.',
  },
];

type Account = Pick<BrokerRules, 'leverage' | 'stopOut'>;

/** Whether the rules have the numbers of a preset; costs and lots are the trader's own in all. */
export function isPreset(preset: Account, { leverage, stopOut }: Account): boolean {
  return preset.leverage === leverage && isSameRule(preset.stopOut, stopOut);
}

function isSameRule(a: StopOutRule, b: StopOutRule): boolean {
  return a.kind === 'equity'
    ? b.kind === 'equity' && a.fraction === b.fraction
    : b.kind === 'margin' && a.level === b.level;
}
