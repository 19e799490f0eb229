import type { FeatureSettings } from './settings.js';

/** Which samples of a signal each frame covers, and which sample is used for a place beyond the edges. */
export class FrameLayout {
  readonly window: number;
  readonly hop: number;
  private readonly firstStart: number;

  constructor(private readonly settings: FeatureSettings) {
    this.window = settings.windowSamples;
    this.hop = settings.hopSamples;
    const insideFft = Math.trunc((settings.fftSize - this.window) / 2);
    this.firstStart =
      settings.alignment === 'SnipFft' ? insideFft
      : settings.alignment === 'Centered' ? insideFft - Math.trunc(settings.fftSize / 2)
      : settings.alignment === 'CenteredKaldi' ? Math.trunc(this.hop / 2) - Math.trunc(this.window / 2)
      : 0;
  }

  /** The number of frames of a whole signal; an empty one has none. */
  frameCount(samples: number): number {
    if (samples === 0) return 0;
    const { alignment, fftSize } = this.settings;
    if (alignment === 'Centered') return 1 + Math.floor(samples / this.hop);
    if (alignment === 'CenteredKaldi') return Math.floor((samples + Math.trunc(this.hop / 2)) / this.hop);
    const needed = alignment === 'SnipFft' ? fftSize : this.window;
    return samples < needed ? 0 : 1 + Math.floor((samples - needed) / this.hop);
  }

  /** The place of the first sample of a frame's window; negative before the signal. */
  start(frame: number): number {
    return this.firstStart + frame * this.hop;
  }

  /** Whether a frame is settled by the first samples of a signal that goes on. */
  isSettled(frame: number, samples: number): boolean {
    const start = this.start(frame);
    const mirrored = this.settings.alignment === 'CenteredKaldi' ? -start - 1 : -start;
    return frame < this.frameCount(samples) && start + this.window <= samples && (start >= 0 || mirrored < samples);
  }

  /** The place inside a signal whose sample is used for any place, inside or beyond the edges. */
  reflect(place: number, samples: number): number {
    if (samples === 1) return 0;
    const repeatEdge = this.settings.alignment === 'CenteredKaldi';
    const period = repeatEdge ? 2 * samples : 2 * (samples - 1);
    const inside = ((place % period) + period) % period;
    if (inside < samples) return inside;
    return repeatEdge ? period - 1 - inside : period - inside;
  }
}
