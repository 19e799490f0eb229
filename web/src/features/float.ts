/**
 * Natural logarithm and exponential in single precision, after the Cephes library (S. Moshier, 1989), with the operations of Mingling.Audio
 * in their order: the results are the same, bit for bit.
 */
const f = Math.fround;
const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

const ln2High = f(0.693359375);
const ln2Low = f(-2.12194440e-4);
const smallestNormal = f(1.17549435e-38);
const sqrtHalfBits = 0x3f3504f3;
const logPolynomial = [-1.1514610310e-1, 1.1676998740e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1].map(f);
const logFirst = f(7.0376836292e-2);
const expPolynomial = [1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1].map(f);
const expFirst = f(1.9875691500e-4);
const log2OfE = f(1.44269504088896341);
const roundToWhole = 12582912; // 1.5 · 2^23: adding it leaves no room for a fraction

/** ln x of a single-precision number. */
export function logf(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return x;
  const isSmall = x < smallestNormal;
  float[0] = isSmall ? x * 8388608 : x;
  const power = (bits[0] - sqrtHalfBits) >> 23;
  bits[0] -= power << 23;
  const m = f(float[0] - 1);
  const exponent = power - (isSmall ? 23 : 0);
  const square = f(m * m);
  let y = logFirst;
  for (let i = 0; i < logPolynomial.length; i++) y = f(f(y * m) + logPolynomial[i]);
  y = f(f(y * m) * square);
  y = f(y + f(exponent * ln2Low));
  y = f(y - f(0.5 * square));
  return f(f(m + y) + f(exponent * ln2High));
}

/** e^x of a single-precision number, which is held within −87…88. */
export function expf(x: number): number {
  const held = Math.min(Math.max(x, -87), 88);
  const power = f(f(f(held * log2OfE) + roundToWhole) - roundToWhole);
  const r = f(f(held - f(power * ln2High)) - f(power * ln2Low));
  let y = expFirst;
  for (let i = 0; i < expPolynomial.length; i++) y = f(f(y * r) + expPolynomial[i]);
  y = f(f(f(f(y * r) * r) + r) + 1);
  float[0] = y;
  bits[0] += power << 23;
  return float[0];
}
