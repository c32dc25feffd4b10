/** ln Γ(x) for x > 0, Lanczos' approximation with g = 5 and 6 terms; relative error below 2e-10. */
function logGamma(x: number): number {
  const terms = [
    76.18009172947146, -86.50532032941677, 24.01409824083091, -1.231739572450155,
    0.1208650973866179e-2, -0.5395239384953e-5,
  ];
  const sum = terms.reduce((s, term, i) => s + term / (x + 1 + i), 1.000000000190015);
  return (x + 0.5) * Math.log(x + 5.5) - (x + 5.5) + Math.log((2.5066282746310005 * sum) / x);
}

/** A t with so many degrees of freedom is normal for all purposes. */
export const MOST_DEGREES = 200;

/**
 * Log density of Student's t as a function of the squared value and the squared scale (the variance
 * is scale² · degrees / (degrees - 2)).
 */
export function studentLogDensity(
  degrees: number,
): (square: number, scaleSquare: number) => number {
  const constant =
    logGamma((degrees + 1) / 2) - logGamma(degrees / 2) - Math.log(Math.PI * degrees) / 2;
  return (square, scaleSquare) =>
    constant -
    Math.log(scaleSquare) / 2 -
    ((degrees + 1) / 2) * Math.log(1 + square / (degrees * scaleSquare));
}
