import { FrameLayout } from '../features/layout.js';
import { hopMsOf, type FeatureSettings } from '../features/settings.js';
import { roundEven } from '../numbers.js';
import type { SpotterSettings } from './settings.js';

const longestGapSeconds = 0.15;

/** Which frames form which window, and when the window is complete. */
export class WindowTiming {
  /** Frames of a window. */
  readonly frames: number;
  /** Frames from one window to the next. */
  readonly hop: number;
  /** Frames that the gate stays open. */
  readonly hangover: number;
  /** The blocks of a frame's hop that complete the first window. */
  readonly firstBlocks: number;
  /** The blocks of room before the beginning of a stream, whole intervals. */
  readonly leadBlocks: number;
  readonly frameSeconds: number;
  /** The longest pause within a word, in frames. */
  readonly longestGap: number;
  private readonly marginMs: number;

  constructor(private readonly features: FeatureSettings, windowSamples: number, private readonly settings: SpotterSettings) {
    const layout = new FrameLayout(features), hopMs = hopMsOf(features);
    this.frames = layout.frameCount(windowSamples);
    this.hop = Math.max(1, roundEven(settings.hopMs / hopMs));
    this.hangover = Math.ceil((settings.gate?.hangoverMs ?? 0) / hopMs);
    this.firstBlocks = blocksFor(this.frames, layout);
    this.frameSeconds = hopMs / 1000;
    this.longestGap = Math.trunc(longestGapSeconds / this.frameSeconds);
    this.marginMs = (500 * windowSamples) / features.sampleRate + settings.decision.smoothingMs;
    // Whole intervals, so that the windows lie where they would lie without a lead.
    this.leadBlocks = this.hop * Math.ceil((settings.leadMs ?? this.marginMs) / hopMs / this.hop);
  }

  /** The number of the window that ends with the last of the frames; negative where none does. */
  stepOf(frames: number): number {
    return frames >= this.frames && (frames - this.frames) % this.hop === 0 ? (frames - this.frames) / this.hop : -1;
  }

  /** Whether a window is complete after so many blocks, those of the lead among them. */
  isDue(blocks: number): boolean {
    return blocks >= this.firstBlocks && (blocks - this.firstBlocks) % this.hop === 0;
  }

  /** The end of the sound that a window needs, in seconds; windows that begin in the lead wait for the first one within the stream. */
  time(step: number): number {
    return (this.firstBlocks + Math.max(0, step * this.hop - this.leadBlocks)) * this.frameSeconds;
  }

  /** The samples to add after a stream: the tail, what the first window lacks, and a block to complete the last one. */
  tailSamples(duration: number): number {
    const seconds = (this.settings.tailMs ?? this.marginMs) / 1000;
    const lacking = Math.max(0, (this.firstBlocks - this.leadBlocks) * this.frameSeconds - duration);
    return Math.ceil((lacking + seconds) * this.features.sampleRate) + this.features.hopSamples;
  }
}

/** After how many blocks of a frame's hop the front end has computed so many frames. */
function blocksFor(frames: number, layout: FrameLayout): number {
  let blocks = 0;
  for (let read = 0; read < frames; ) {
    if (layout.isSettled(read, blocks * layout.hop)) read++;
    else blocks++;
  }
  return blocks;
}
