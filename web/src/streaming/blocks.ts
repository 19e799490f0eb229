import { PolyphaseKernel, ResamplerStream } from '../audio/resampler.js';

/**
 * Converts samples of any rate, in pieces of any size, to the model's rate and into blocks of one length. The blocks do not depend on how
 * the pieces are cut. A block is valid until the next one.
 */
export class SampleBlocks {
  /** Samples added so far, at the rate they came in. */
  received = 0;
  private readonly kernel: PolyphaseKernel | null;
  private readonly block: Float32Array;
  private resampled: ResamplerStream | null = null;
  private filled = 0;

  constructor(fromRate: number, toRate: number, length: number) {
    this.kernel = fromRate === toRate ? null : new PolyphaseKernel(fromRate, toRate);
    this.block = new Float32Array(length);
    this.reset();
  }

  /** The blocks that the next samples complete. */
  *push(samples: Float32Array): Generator<Float32Array> {
    this.received += samples.length;
    if (!this.resampled) {
      yield* this.fill(samples);
      return;
    }
    this.resampled.write(samples);
    yield* this.drain(this.resampled);
  }

  /** Ends the stream with a tail at the model's rate. What does not fill a block is left out. */
  *complete(tail: Float32Array): Generator<Float32Array> {
    if (this.resampled) {
      this.resampled.complete();
      yield* this.drain(this.resampled);
    }
    yield* this.fill(tail);
  }

  reset(): void {
    this.resampled = this.kernel ? new ResamplerStream(this.kernel) : null;
    this.filled = this.received = 0;
  }

  private *drain(resampled: ResamplerStream): Generator<Float32Array> {
    for (let read: number; (read = resampled.read(this.block.subarray(this.filled))) > 0; ) {
      this.filled += read;
      if (this.filled < this.block.length) continue;
      this.filled = 0;
      yield this.block;
    }
  }

  private *fill(samples: Float32Array): Generator<Float32Array> {
    for (let at = 0; at < samples.length; ) {
      const fitting = Math.min(samples.length - at, this.block.length - this.filled);
      this.block.set(samples.subarray(at, at + fitting), this.filled);
      this.filled += fitting;
      at += fitting;
      if (this.filled < this.block.length) continue;
      this.filled = 0;
      yield this.block;
    }
  }
}
