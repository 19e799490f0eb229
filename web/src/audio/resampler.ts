import { SoundError } from '../errors.js';

const f = Math.fround;
const lanes = 8;
const filterWidth = 6;
const rolloff = 0.99;
const mostCoefficients = 1 << 24;

/**
 * A Hann-windowed sinc, sampled once for every phase at which an output sample can fall between input samples: the filter of
 * Mingling.Audio, computed in single precision in the same order.
 */
export class PolyphaseKernel {
  readonly from: number;
  readonly to: number;
  /** Input samples that an output sample is made of, a multiple of 8. */
  readonly taps: number;
  private readonly firstTaps: Int32Array;
  private readonly coefficients: Float32Array;

  constructor(fromRate: number, toRate: number) {
    const divisor = greatestCommonDivisor(fromRate, toRate);
    this.from = fromRate / divisor;
    this.to = toRate / divisor;
    const bandwidth = Math.min(this.from, this.to) * rolloff;
    const reach = (filterWidth * this.from) / bandwidth;
    this.taps = Math.ceil((Math.floor(2 * reach) + 1) / lanes) * lanes;
    if (this.taps * this.to > mostCoefficients) {
      throw new SoundError(`From ${fromRate} Hz to ${toRate} Hz takes a filter of ${this.taps * this.to} coefficients; ${mostCoefficients} are the limit.`);
    }
    this.firstTaps = new Int32Array(this.to);
    this.coefficients = new Float32Array(this.to * this.taps);
    for (let phase = 0; phase < this.to; phase++) {
      // Rows are longer than the filter by a few zeros at the front: what is past is there already, so that a stream need not wait for it.
      const first = Math.floor((phase * this.from) / this.to + reach) + 1 - this.taps;
      this.firstTaps[phase] = first;
      for (let tap = 0; tap < this.taps; tap++) {
        const t = f(f(f(-f(phase / this.to)) + f((first + tap) / this.from)) * f(bandwidth));
        this.coefficients[phase * this.taps + tap] = f(windowedSinc(t) * f(bandwidth / this.from));
      }
    }
  }

  /** The first input sample (0 is the clip's first, below 0 is the silence before) of an output sample. */
  firstTap(output: number): number {
    return Math.floor(output / this.to) * this.from + this.firstTaps[output % this.to];
  }

  /** Output samples of a clip. */
  outputLength(inputLength: number): number {
    return Math.floor((inputLength * this.to + this.from - 1) / this.from);
  }

  /** How many output samples have all their taps within the first `received` input samples. */
  readyOutputs(received: number): number {
    let ready = Math.max(0, Math.trunc(((received - this.taps - this.firstTap(0) - 1) * this.to) / this.from));
    while (this.firstTap(ready) + this.taps <= received) ready++;
    return ready;
  }

  /** An output sample from the input, whose first sample is number `inputStart`. */
  apply(input: Float32Array, inputStart: number, output: number): number {
    const at = this.firstTap(output) - inputStart;
    const row = (output % this.to) * this.taps;
    const c = this.coefficients;
    let s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
    for (let i = 0; i < this.taps; i += lanes) {
      const x = at + i, y = row + i;
      s0 = f(s0 + f(input[x] * c[y]));
      s1 = f(s1 + f(input[x + 1] * c[y + 1]));
      s2 = f(s2 + f(input[x + 2] * c[y + 2]));
      s3 = f(s3 + f(input[x + 3] * c[y + 3]));
      s4 = f(s4 + f(input[x + 4] * c[y + 4]));
      s5 = f(s5 + f(input[x + 5] * c[y + 5]));
      s6 = f(s6 + f(input[x + 6] * c[y + 6]));
      s7 = f(s7 + f(input[x + 7] * c[y + 7]));
    }
    return f(f(f(s0 + s4) + f(s1 + s5)) + f(f(s2 + s6) + f(s3 + s7)));
  }
}

/** Resamples sound that comes piece by piece; however it is cut, the samples are those of the whole clip, bit for bit. */
export class ResamplerStream {
  private input = new Float32Array(0);
  private count = 0;
  private start: number;
  private received = 0;
  private ready = 0;
  private next = 0;

  constructor(private readonly kernel: PolyphaseKernel) {
    this.start = kernel.firstTap(0);
    this.append(new Float32Array(-this.start));
  }

  write(samples: Float32Array): void {
    this.append(samples);
    this.received += samples.length;
    this.ready = this.kernel.readyOutputs(this.received);
  }

  /** Ends the stream: the remaining output becomes ready, computed with silence after the end. */
  complete(): void {
    this.ready = this.kernel.outputLength(this.received);
    if (this.ready === 0) return;
    const lacking = this.kernel.firstTap(this.ready - 1) + this.kernel.taps - this.received;
    if (lacking > 0) this.append(new Float32Array(lacking));
  }

  /** Reads what is ready, as much as fits. */
  read(destination: Float32Array): number {
    const count = Math.min(this.ready - this.next, destination.length);
    for (let i = 0; i < count; i++) destination[i] = this.kernel.apply(this.input, this.start, this.next + i);
    this.next += count;
    return count;
  }

  private append(samples: Float32Array): void {
    const unneeded = Math.min(Math.max(0, this.kernel.firstTap(this.next) - this.start), this.count);
    const kept = this.count - unneeded;
    if (kept + samples.length > this.input.length) {
      const larger = new Float32Array(Math.max(kept + samples.length, 2 * this.input.length));
      larger.set(this.input.subarray(unneeded, this.count));
      this.input = larger;
    } else {
      this.input.copyWithin(0, unneeded, this.count);
    }
    this.input.set(samples, kept);
    this.start += unneeded;
    this.count = kept + samples.length;
  }
}

/** A whole clip at another rate; the clip itself where it has the rate already. */
export function resample(samples: Float32Array, fromRate: number, toRate: number): Float32Array {
  if (fromRate === toRate) return samples;
  const kernel = new PolyphaseKernel(fromRate, toRate);
  const stream = new ResamplerStream(kernel);
  stream.write(samples);
  stream.complete();
  const output = new Float32Array(kernel.outputLength(samples.length));
  stream.read(output);
  return output;
}

function windowedSinc(t: number): number {
  if (Math.abs(t) >= filterWidth) return 0;
  const pi = f(Math.PI);
  const window = f(Math.cos(f(f(f(t * pi) / filterWidth) / 2)));
  const angle = f(t * pi);
  return angle === 0 ? 1 : f(f(f(Math.sin(angle)) / angle) * f(window * window));
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}
