import { percent } from './format.ts';
import type { StopOutRule } from '#domain/broker.ts';
import type { Fraction } from '#domain/units.ts';

const whole = (share: Fraction) => `${percent(share).replace(/\.0$/, '')}%`;

/** "30% of equity" or "margin level 50%". */
export function stopOutName(rule: StopOutRule): string {
  return rule.kind === 'equity'
    ? `${whole(rule.fraction)} of equity`
    : `margin level ${whole(rule.level)}`;
}

/** The rules that brokers are known by, as cards with their numbers. */
export const STOP_OUT_PRESETS: readonly {
  readonly name: string;
  readonly rule: StopOutRule;
  readonly about: string;
}[] = [
  {
    name: '30% of equity',
    rule: { kind: 'equity', fraction: 0.3 as Fraction },
    about: 'Closed when equity falls to 30% of what it was at entry. The rule of the study.',
  },
  {
    name: 'Margin level 50%',
    rule: { kind: 'margin', level: 0.5 as Fraction },
    about: 'Closed when equity falls to half of the used margin. EU retail accounts.',
  },
  {
    name: 'Margin level 30%',
    rule: { kind: 'margin', level: 0.3 as Fraction },
    about: 'Closed when equity falls to 30% of the used margin. Common offshore.',
  },
];

export function isSameRule(a: StopOutRule, b: StopOutRule): boolean {
  return a.kind === 'equity'
    ? b.kind === 'equity' && a.fraction === b.fraction
    : b.kind === 'margin' && a.level === b.level;
}
