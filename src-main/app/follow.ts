import { CodedError } from '../contract/errors.ts';
import type { FollowedTrade, FollowPlan, HoldingHistory } from '../contract/follow.ts';
import type { Bars } from '../domain/bars.ts';
import type { ExitRule } from '../domain/exit-rule.ts';
import type { Direction } from '../domain/units.ts';

/** A position as bars up to `plan.upTo` show it. Throws `bad-argument` for bars that are not there. */
export function followTrade(_bars: Bars, _plan: FollowPlan): FollowedTrade {
  throw new CodedError('internal', { problem: 'trades cannot be followed yet' });
}

/** How long the trades of a rule lasted that had ended by bar `bar`. */
export function holdingHistory(
  _bars: Bars,
  _bar: number,
  _direction: Direction,
  _rule: ExitRule,
): HoldingHistory {
  throw new CodedError('internal', { problem: 'holding times are not counted yet' });
}
