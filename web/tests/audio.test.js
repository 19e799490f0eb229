import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { NetRandom } from '../dist/audio/netRandom.js';
import { PolyphaseKernel, resample, ResamplerStream } from '../dist/audio/resampler.js';
import { firstWrong, fitClip, hasSound } from '../dist/audio/samples.js';
import { RealFft } from '../dist/features/fft.js';
import { expf, logf } from '../dist/features/float.js';
import { sha256 } from '../dist/models/sha256.js';
import { roundEven } from '../dist/numbers.js';

const noise = (count, seed = 1) => {
  const random = new NetRandom(seed);
  return Float32Array.from({ length: count }, () => random.next(20001) / 10000 - 1);
};

test('NetRandom gives the numbers of new Random(seed) of .NET', () => {
  // Of .NET 10: new Random(1).Next(1000) five times, and new Random(42).Next(2) ten times.
  const one = new NetRandom(1), other = new NetRandom(42);
  assert.deepEqual(Array.from({ length: 5 }, () => one.next(1000)), [248, 110, 467, 771, 657]);
  assert.deepEqual(Array.from({ length: 10 }, () => other.next(2)), [1, 0, 0, 1, 0, 0, 1, 1, 0, 1]);
});

test('resampler keeps a tone, and its pieces change nothing', () => {
  for (const [from, to] of [[8000, 16000], [44100, 16000], [48000, 16000], [11025, 16000]]) {
    const tone = Float32Array.from({ length: from }, (_, n) => 0.5 * Math.sin((2 * Math.PI * 440 * n) / from));
    const whole = resample(tone, from, to);
    assert.equal(whole.length, to);
    for (let n = 200; n < to - 200; n++) assert.ok(Math.abs(whole[n] - 0.5 * Math.sin((2 * Math.PI * 440 * n) / to)) < 2e-3, `${from} to ${to} at ${n}`);
    const stream = new ResamplerStream(new PolyphaseKernel(from, to)), pieces = new Float32Array(to + 10);
    let read = 0;
    for (let at = 0, size = 1; at < tone.length; at += size, size = (size * 7) % 1009) {
      stream.write(tone.subarray(at, at + size));
      read += stream.read(pieces.subarray(read, read + 50));
    }
    stream.complete();
    read += stream.read(pieces.subarray(read));
    assert.equal(read, to);
    assert.deepEqual(pieces.subarray(0, to), whole);
  }
});

test('the transform of any size is that of its definition', () => {
  for (const size of [2, 3, 15, 400, 480, 512, 34]) {
    const fft = new RealFft(size), samples = noise(size, size);
    if (!fft.isHalved) fft.work.fill(0);
    samples.forEach((x, n) => (fft.work[fft.slots[n]] = x));
    fft.transform();
    for (let k = 0; k <= size / 2; k++) {
      let real = 0, imaginary = 0;
      samples.forEach((x, n) => {
        real += x * Math.cos((2 * Math.PI * k * n) / size);
        imaginary -= x * Math.sin((2 * Math.PI * k * n) / size);
      });
      assert.ok(Math.abs(fft.work[2 * k] - real) < 1e-4 && Math.abs(fft.work[2 * k + 1] - imaginary) < 1e-4, `size ${size}, frequency ${k}`);
    }
  }
});

test('logarithm and exponential are those of single precision', () => {
  for (const x of [1e-44, 1e-38, 1e-6, 0.5, 0.70710678, 1, 1.5, 3.25, 1e10, 3e38]) {
    const single = Math.fround(x);
    assert.ok(Math.abs(logf(single) - Math.log(single)) <= 2e-7 * Math.max(1, Math.abs(Math.log(single))), `ln ${x}`);
  }
  for (const x of [-80, -1, 0, 0.3, 10, 80]) assert.ok(Math.abs(expf(Math.fround(x)) / Math.exp(Math.fround(x)) - 1) < 3e-7, `exp ${x}`);
  assert.deepEqual([logf(0), logf(-1), logf(NaN), logf(Infinity)], [-Infinity, NaN, NaN, Infinity]);
});

test('clips are fitted: short ones in the middle, of long ones the loudest stretch', () => {
  assert.deepEqual([...fitClip(new Float32Array([1, 2, 3]), 6)], [0, 1, 2, 3, 0, 0]);
  assert.deepEqual([...fitClip(new Float32Array([0, 0, 5, 1, 0, 0]), 2)], [5, 1]);
  // As ClipLengthTests of .NET has them.
  for (const [clip, window] of [
    [[], [0, 0, 0, 0, 0, 0]],
    [[7], [0, 0, 0, 0, 7, 0]],
    [[7, 8, 9], [0, 0, 0, 7, 8, 9]],
    [[1, 2, 9, 3, 4, 5, 6], [0.25, 1, 2, 9, 3, 4]],
    [[3, 4, 5, 1, 7, 8, 0, 0], [3, 4, 5, 1, 7, 8]],
    [[3, 4, 5, 1, 2, 7, 8], [4, 5, 1, 2, 7, 8]],
  ])
    assert.deepEqual([...fitClip(new Float32Array(clip), 6, 3)], window);
  assert.equal(hasSound(new Float32Array(16000), 16000), false);
  assert.equal(hasSound(new Float32Array(16000).fill(0.5), 16000), false);
  assert.equal(hasSound(noise(480), 16000), true);
  assert.equal(hasSound(noise(320), 16000), false);
  assert.deepEqual([firstWrong(new Float32Array([0, NaN])), firstWrong(new Float32Array([0, 256])), firstWrong(new Float32Array([257]))], [1, -1, 0]);
});

test('SHA-256 is that of FIPS 180-4 for any lengths and pieces', () => {
  assert.equal(sha256([new TextEncoder().encode('abc')]), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  for (const length of [0, 1, 55, 56, 63, 64, 65, 1000, 100_003]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 31) % 256);
    const expected = createHash('sha256').update(bytes).digest('hex');
    assert.equal(sha256([bytes]), expected);
    assert.equal(sha256([bytes.subarray(0, length >> 1), bytes.subarray(length >> 1)]), expected);
  }
});

test('halves are rounded to even numbers', () => {
  assert.deepEqual([0.5, 1.5, 2.5, -0.5, -1.5, 2.4999, 3.2, -3.7].map(roundEven).map((x) => x + 0), [0, 2, 2, 0, -2, 2, 3, -4]);
});
