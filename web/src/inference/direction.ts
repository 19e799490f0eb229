const f = Math.fround;

/** The vector scaled to length 1; one of length 0 stays 0. */
export function normalize(vector: Float32Array): Float32Array {
  const length = lengthOf(vector);
  return length > 0 ? vector.map((x) => x / length) : new Float32Array(vector.length);
}

/** The cosine of the angle between a direction and a vector, 0 for a vector of length 0. */
export function cosine(direction: Float32Array, vector: Float32Array): number {
  const length = lengthOf(vector);
  return length > 0 ? Math.min(Math.max(product(direction, vector) / length, -1), 1) : 0;
}

/** The sum of the products of two vectors of one length, in single precision. */
export function product(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return f(sum);
}

/** The length of a vector. */
export function lengthOf(vector: Float32Array): number {
  let power = 0;
  for (let i = 0; i < vector.length; i++) power += vector[i] * vector[i];
  return Math.sqrt(power);
}
