import { checkKind, checkRate, firstWrong, sampleProblem } from './audio/samples.js';
import type { Engine, RecognizedClip } from './engine/engine.js';
import { loadEngine, type LoadOptions, type ModelSource } from './engine/load.js';
import { SoundError } from './errors.js';
import type { ModelCard } from './models/card.js';
import { openSpotter, type Spotter, type StreamOptions } from './spotter.js';

/**
 * A model: the word in a clip (`recognize`), and commands in streams (`openStream`).
 *
 * @example
 * const recognizer = await Recognizer.load('model.onnx');
 * const { word, score } = await recognizer.recognize(samples, 48000);
 */
export class Recognizer {
  private constructor(private readonly engine: Engine) {}

  /**
   * Loads a model, checks that the file is whole and that graph and card agree, and computes once on silence.
   * Throws a `ModelError` whose message says why the file cannot be used.
   */
  static async load(model: ModelSource, options: LoadOptions = {}): Promise<Recognizer> {
    return new Recognizer(await loadEngine(model, options));
  }

  /** What the model says of itself. */
  get card(): ModelCard {
    return this.engine.card;
  }

  /** The rate of the model's front end (Hz). */
  get sampleRate(): number {
    return this.card.features.sampleRate;
  }

  /**
   * Recognises the word in a clip: a shorter one is centred in silence, of a longer one the loudest stretch is used; both in the part of the window that counts.
   * @param samples Samples in −1…1, of any length.
   * @param sampleRate Their rate (Hz), 1000 to 384,000. Default: that of the model.
   * Throws a `SoundError` where a sample is not finite or is beyond ±256.
   */
  async recognize(samples: Float32Array, sampleRate: number = this.sampleRate): Promise<RecognizedClip> {
    checkKind(samples);
    checkRate(sampleRate);
    const wrong = firstWrong(samples);
    if (wrong >= 0) throw new SoundError(`sample ${wrong} of the clip ${sampleProblem(samples[wrong])}.`);
    return this.engine.recognize(samples, sampleRate);
  }

  /** Opens a stream with the thresholds of the model file. Several streams may be open at once. */
  async openStream(options: StreamOptions = {}): Promise<Spotter> {
    return openSpotter(this.engine, options, false);
  }

  /** Frees the model, and ends its worker. */
  async dispose(): Promise<void> {
    await this.engine.dispose();
  }
}
