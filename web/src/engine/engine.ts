import type { ModelCard } from '../models/card.js';
import type { Heard } from '../streaming/stream.js';
import type { SpotterSettings } from '../streaming/settings.js';

/** The result for a clip. */
export interface RecognizedClip {
  /** The word; null where the clip was rejected. */
  readonly word: string | null;
  /** The word or class that came closest, even where the clip was rejected. */
  readonly best: string;
  /** The posterior (0 to 1) of a trained word, the cosine (−1 to 1) to the prototype of an enrolled one. */
  readonly score: number;
  readonly isEnrolled: boolean;
  /** The probability of each trained class. */
  readonly posteriors: Float32Array;
  readonly embedding: Float32Array;
}

/** A loaded model, in this thread or in a worker. Streams are named by numbers. */
export interface Engine {
  readonly card: ModelCard;
  recognize(samples: Float32Array, sampleRate: number): Promise<RecognizedClip>;
  open(sampleRate: number, settings: SpotterSettings): Promise<number>;
  /** Judges the next samples, which are the engine's from then on. */
  push(stream: number, samples: Float32Array<ArrayBuffer>): Promise<Heard[]>;
  complete(stream: number): Promise<Heard[]>;
  reset(stream: number): Promise<void>;
  close(stream: number): Promise<void>;
  dispose(): Promise<void>;
}
