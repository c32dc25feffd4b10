import { STUDY_RULES, type BrokerRules } from '../../domain/account/broker.ts';
import type { Money } from '../../domain/units.ts';
import * as option from './options.ts';

/** The account that a size is judged for, shared by the commands that need one. */
export const accountOptions = {
  equity: option.byDefault(option.equity, 500 as Money),
  leverage: option.byDefault(option.leverage, STUDY_RULES.leverage),
  'stop-out': option.byDefault(option.stopOut, STUDY_RULES.stopOut, 'equity:0.30'),
};

export const rulesOf = (options: {
  readonly leverage: number;
  readonly 'stop-out': BrokerRules['stopOut'];
}): BrokerRules => ({
  ...STUDY_RULES,
  leverage: options.leverage,
  stopOut: options['stop-out'],
});
