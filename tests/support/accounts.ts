import fc from 'fast-check';
import type { BrokerRules, StopOutRule } from '../../src-main/domain/account/broker.ts';
import type { Fraction, Money, Ounces, UsdPerOunce } from '../../src-main/domain/units.ts';

const cents = (max: number) =>
  fc.oneof(fc.constant(0), fc.integer({ min: 0, max })).map((n) => (n / 100) as UsdPerOunce);
const swap = fc.integer({ min: -50, max: 200 }).map((n) => (n / 100) as UsdPerOunce);

export const stopOutRules: fc.Arbitrary<StopOutRule> = fc.oneof(
  fc.constantFrom(0, 0.1, 0.3, 0.5).map((fraction) => ({
    kind: 'equity' as const,
    fraction: fraction as Fraction,
  })),
  fc.constantFrom(0.2, 0.3, 0.5, 1).map((level) => ({
    kind: 'margin' as const,
    level: level as Fraction,
  })),
);

/** Broker rules of every kind, with and without costs. */
export const brokerRules: fc.Arbitrary<BrokerRules> = fc.record({
  leverage: fc.constantFrom(5, 20, 30, 100, 500),
  stopOut: stopOutRules,
  costs: fc.record({
    spread: cents(100),
    commissionPerSide: cents(50),
    swapPerNight: fc.oneof(
      fc.constant({ long: 0 as UsdPerOunce, short: 0 as UsdPerOunce }),
      fc.record({ long: swap, short: swap }),
    ),
  }),
  negativeBalanceProtection: fc.boolean(),
  contractSize: fc.constant(100 as Ounces),
  lotStep: fc.constant(0.01),
  gapFill: fc.constantFrom('open', 'trigger'),
  otherMargin: fc.constantFrom(0 as Money, 120 as Money),
});
