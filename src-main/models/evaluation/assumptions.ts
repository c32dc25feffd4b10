/** What every judged trade assumes, in words. */
export const ASSUMPTIONS = [
  'Fills: entry at the close of the decision bar; inside a bar the adverse extreme comes first; a bar that opens beyond the liquidation price fills at its open; loss stops at 100%; exit at the close of the signal bar.',
  'Account: 20x, liquidated at 30% of equity, no spread, commission or swap. L at 4.50 oz is log-uniform in 5 to 40; rungs above 20x count nowhere.',
  'Trades overlap, so intervals come from resampled calendar months, 95%.',
].join(' ');
