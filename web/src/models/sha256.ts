// Constants of FIPS 180-4: the fractional parts of the cube and square roots of the first primes.
const k = new Uint32Array(64);
const initial = new Uint32Array(8);
{
  const fraction = (x: number) => Math.floor((x - Math.floor(x)) * 2 ** 32);
  for (let n = 2, found = 0; found < 64; n++) {
    let isPrime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) isPrime = false;
    if (!isPrime) continue;
    if (found < 8) initial[found] = fraction(Math.sqrt(n));
    k[found++] = fraction(Math.cbrt(n));
  }
}

/** The SHA-256 of several pieces of bytes as one, as hexadecimal digits. Pages without a secure context have no crypto.subtle. */
export function sha256(pieces: readonly Uint8Array[]): string {
  const state = initial.slice();
  const block = new Uint8Array(64);
  const schedule = new Uint32Array(64);
  let filled = 0, total = 0;
  const add = (bytes: Uint8Array) => {
    for (let at = 0; at < bytes.length; ) {
      const count = Math.min(64 - filled, bytes.length - at);
      block.set(bytes.subarray(at, at + count), filled);
      filled += count;
      at += count;
      if (filled < 64) continue;
      compress(state, block, schedule);
      filled = 0;
    }
  };
  for (const piece of pieces) {
    add(piece);
    total += piece.length;
  }
  const end = new Uint8Array(((55 - filled + 64) % 64) + 9);
  end[0] = 0x80;
  new DataView(end.buffer).setUint32(end.length - 8, Math.floor((total * 8) / 2 ** 32));
  new DataView(end.buffer).setUint32(end.length - 4, (total * 8) >>> 0);
  add(end);
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('');
}

function compress(state: Uint32Array, block: Uint8Array, w: Uint32Array): void {
  const turn = (x: number, n: number) => (x >>> n) | (x << (32 - n));
  for (let i = 0; i < 16; i++) w[i] = (block[4 * i] << 24) | (block[4 * i + 1] << 16) | (block[4 * i + 2] << 8) | block[4 * i + 3];
  for (let i = 16; i < 64; i++) {
    const a = w[i - 15], b = w[i - 2];
    w[i] = w[i - 16] + w[i - 7] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
  }
  let [a, b, c, d, e, g, h, j] = state;
  for (let i = 0; i < 64; i++) {
    const one = (j + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & g) ^ (~e & h)) + k[i] + w[i]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [j, h, g, e, d, c, b, a] = [h, g, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, g, h, j].forEach((word, i) => (state[i] += word));
}
