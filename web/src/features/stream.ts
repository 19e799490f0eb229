import { FrameKernel } from './kernel.js';
import { FrameLayout } from './layout.js';
import { binsOf, type FeatureSettings } from './settings.js';

/** Computes the features of a signal that arrives in pieces of any size; the frames are those of the whole signal, bit for bit. */
export class FeatureStream {
  readonly bins: number;
  private readonly layout: FrameLayout;
  private readonly kernel: FrameKernel;
  private held: Float32Array;
  private heldCount = 0;
  private heldFrom = 0;
  private nextFrame = 0;
  private isComplete = false;

  constructor(settings: FeatureSettings) {
    this.bins = binsOf(settings);
    this.layout = new FrameLayout(settings);
    this.kernel = new FrameKernel(settings);
    this.held = new Float32Array(4 * (this.layout.window + this.layout.hop));
  }

  write(samples: Float32Array): void {
    if (this.heldCount + samples.length > this.held.length) this.makeRoom(samples.length);
    this.held.set(samples, this.heldCount);
    this.heldCount += samples.length;
  }

  /** Says that the signal has ended, which settles the frames that reach beyond its end. */
  complete(): void {
    this.isComplete = true;
  }

  /** Reads the next frame; false where none is ready. */
  tryRead(frame: Float32Array): boolean {
    const length = this.heldFrom + this.heldCount;
    const isReady = this.isComplete ? this.nextFrame < this.layout.frameCount(length) : this.layout.isSettled(this.nextFrame, length);
    if (!isReady) return false;
    const start = this.layout.start(this.nextFrame), samples = this.kernel.samples;
    if (start >= this.heldFrom && start + samples.length <= length) {
      samples.set(this.held.subarray(start - this.heldFrom, start - this.heldFrom + samples.length));
    } else {
      for (let n = 0; n < samples.length; n++) {
        const place = start + n;
        const inside = place >= 0 && place < length ? place : this.layout.reflect(place, length);
        samples[n] = this.held[inside - this.heldFrom];
      }
    }
    this.kernel.compute(frame);
    this.nextFrame++;
    return true;
  }

  reset(): void {
    this.heldCount = this.heldFrom = this.nextFrame = 0;
    this.isComplete = false;
    this.kernel.reset();
  }

  /** Forgets what no later frame needs, then grows if that is not enough. */
  private makeRoom(samples: number): void {
    const written = this.heldFrom + this.heldCount;
    // A window before the next frame's is kept, because the end may be mirrored into it.
    const keepFrom = Math.min(Math.max(this.layout.start(this.nextFrame) - this.layout.window, this.heldFrom), written);
    const kept = written - keepFrom;
    const source = this.held;
    if (kept + samples > source.length) this.held = new Float32Array(Math.max(kept + samples, 2 * source.length));
    this.held.set(source.subarray(this.heldCount - kept, this.heldCount));
    this.heldFrom = keepFrom;
    this.heldCount = kept;
  }
}

/** The features [bins, frames] of a clip that fills its window. */
export function clipFeatures(settings: FeatureSettings, samples: Float32Array): Float32Array {
  const bins = binsOf(settings), frames = new FrameLayout(settings).frameCount(samples.length);
  const stream = new FeatureStream(settings);
  stream.write(samples);
  stream.complete();
  const features = new Float32Array(bins * frames), frame = new Float32Array(bins);
  for (let t = 0; stream.tryRead(frame); t++) for (let bin = 0; bin < bins; bin++) features[bin * frames + t] = frame[bin];
  return features;
}
