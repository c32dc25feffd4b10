/**
 * exp and log from +, -, * and / alone, which IEEE 754 fixes to the last bit. `Math.exp` and
 * `Math.log` may differ by a bit between engines and processors, and one bit would move a synthetic
 * market apart. Source of the polynomials: Sun's fdlibm (e_exp.c, e_log.c); error below 1 ulp.
 */
const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.9082149292705877e-10;

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);
/** Index of the word that holds sign and exponent. */
const HIGH = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;

/** 2^k for -1022 ≤ k ≤ 1023. */
function powerOfTwo(k: number): number {
  words[1 - HIGH] = 0;
  words[HIGH] = (k + 1023) << 20;
  return float[0]!;
}

/** e^x for |x| ≤ 700. */
export function exp(x: number): number {
  const k = Math.floor(x / Math.LN2 + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (1.66666666666666019037e-1 +
        t *
          (-2.77777777770155933842e-3 +
            t *
              (6.61375632143793436117e-5 +
                t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8))));
  const y = 1 - (low - (r * c) / (2 - c) - high);
  return k === 0 ? y : y * powerOfTwo(k);
}

/** Natural logarithm of a positive, normal number. */
export function log(x: number): number {
  float[0] = x;
  const word = words[HIGH]!;
  let k = (word >>> 20) - 1023;
  let mantissa = word & 0xfffff;
  // Above sqrt(2) the mantissa is halved, so that f stays near 0.
  const upper = (mantissa + 0x95f64) & 0x100000;
  mantissa |= upper ^ 0x3ff00000;
  k += upper >>> 20;
  words[HIGH] = mantissa;
  const f = float[0]! - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even =
    w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const odd =
    z *
    (6.66666666666673513e-1 +
      w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const half = 0.5 * f * f;
  return k * LN2_HIGH - (half - (s * (half + even + odd) + k * LN2_LOW) - f);
}
