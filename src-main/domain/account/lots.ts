import type { BrokerRules } from './broker.ts';
import type { Ounces } from '../units.ts';

/** What an order is counted in. */
type OrderRules = Pick<BrokerRules, 'contractSize' | 'lotStep'>;

/** A size as it can be ordered. */
export interface Lots {
  readonly lots: number;
  readonly ounces: Ounces;
}

/** Share of a step by which a quotient may miss a whole number and still be one: 4.5 / 0.1 is 45. */
const DRIFT = 1e-9;

/** Without the digits that a product of two decimals leaves behind: 3 · 0.1 is 0.3. */
const clean = (value: number) => Number(value.toPrecision(12));

/** The smallest order that the broker takes: one step. Of a standard contract 0.01 lot, 1 oz. */
export function smallestOrder({ contractSize, lotStep }: OrderRules): Ounces {
  return clean(contractSize * lotStep) as Ounces;
}

/** The size rounded down to whole lot steps; zero lots where it is below the smallest order. */
export function lotsDown(size: Ounces, rules: OrderRules): Lots {
  const steps = Math.floor((size / smallestOrder(rules)) * (1 + DRIFT));
  return {
    lots: clean(steps * rules.lotStep),
    ounces: clean(steps * smallestOrder(rules)) as Ounces,
  };
}
