import { SoundError } from '../errors.js';

/** Larger samples are in another scale, mostly that of 16-bit integers. */
const largestAmplitude = 256;

export const lowestRate = 1000;
export const highestRate = 384_000;

/** The index of the first sample that is not finite or is beyond ±256; negative where there is none. */
export function firstWrong(samples: ArrayLike<number>): number {
  for (let i = 0; i < samples.length; i++) {
    // NaN is not smaller than anything.
    if (!(Math.abs(samples[i]) <= largestAmplitude)) return i;
  }
  return -1;
}

/** What is wrong with such a sample, as the end of a sentence. */
export function sampleProblem(sample: number): string {
  return Number.isFinite(sample) ? `is ${sample}, where full scale is ±1; divide 16-bit integers by 32768` : 'is not a finite number';
}

/** Checks the rate of a sound. */
export function checkRate(rate: number): void {
  if (!(Number.isInteger(rate) && rate >= lowestRate && rate <= highestRate)) {
    throw new SoundError(`A sound has a whole sample rate of ${lowestRate} to ${highestRate} Hz, not ${rate}.`);
  }
}

/** Checks that samples are what the functions take: a Float32Array. */
export function checkKind(samples: unknown): asserts samples is Float32Array {
  if (!(samples instanceof Float32Array)) throw new TypeError('Samples are a Float32Array with values from -1 to 1.');
}

const nothingPower = 10 ** (-70 / 10);
const audibleBlockSeconds = 0.01;
const fewestAudibleBlocks = 3;

/** Whether anything can be heard in a clip: 30 ms or more of it, in blocks of 10 ms, lie above −70 dBFS about their mean. */
export function hasSound(samples: Float32Array, sampleRate: number): boolean {
  const block = Math.max(1, Math.trunc(audibleBlockSeconds * sampleRate));
  let audible = 0;
  for (let start = 0; start + block <= samples.length && audible < fewestAudibleBlocks; start += block) {
    let mean = 0;
    for (let i = start; i < start + block; i++) mean += samples[i] / block;
    let power = 0;
    for (let i = start; i < start + block; i++) power += ((samples[i] - mean) * (samples[i] - mean)) / block;
    if (power > nothingPower) audible++;
  }
  return audible === fewestAudibleBlocks;
}

/** The room before a clip is made of a block of this part of what counts. */
const roomBlocks = 8;
const roomGain = 0.25;

/**
 * A clip fitted into a window of which the last `counted` samples count: there a shorter one stands in the middle, of a longer one the stretch
 * with the most energy; before it what comes before it in the clip, and where there is nothing more its room: its quietest part forwards and
 * backwards, a quarter as loud. A clip shorter than what counts has silence around it.
 */
export function fitClip(samples: Float32Array, length: number, counted = length): Float32Array {
  const isLonger = samples.length > counted;
  const place = isLonger ? farthestStretch(samples, counted, 1) : -Math.trunc((counted - samples.length) / 2);
  const start = place - (length - counted);
  const window = new Float32Array(length);
  const silent = Math.max(0, -start);
  window.set(samples.subarray(Math.max(0, start), start + length), silent);
  if (isLonger) fillWithRoom(samples, window.subarray(0, silent), Math.max(1, Math.trunc(counted / roomBlocks)));
  return window;
}

function fillWithRoom(samples: Float32Array, room: Float32Array, longestBlock: number): void {
  const length = Math.min(room.length, longestBlock);
  if (length === 0) return;
  const from = farthestStretch(samples, length, -1);
  for (let i = 0; i < room.length; i++) {
    const at = i % (2 * length);
    room[i] = roomGain * samples[from + (at < length ? at : 2 * length - 1 - at)];
  }
}

/** The first of the stretches with the most energy, times the sign: 1 finds the loudest, -1 the quietest. */
function farthestStretch(samples: Float32Array, length: number, sign: 1 | -1): number {
  let gained = 0;
  let mostGained = 0;
  let farthest = 0;
  for (let start = 1; start + length <= samples.length; start++) {
    // Compared with the first stretch, this one loses the samples before it and gains as many at its end.
    const lost = samples[start - 1];
    const won = samples[start - 1 + length];
    gained += sign * (won * won - lost * lost);
    if (gained > mostGained) [mostGained, farthest] = [gained, start];
  }
  return farthest;
}
