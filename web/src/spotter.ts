import { checkKind, checkRate, firstWrong, sampleProblem } from './audio/samples.js';
import type { Engine } from './engine/engine.js';
import { loadEngine, type LoadOptions, type ModelSource } from './engine/load.js';
import { SoundError } from './errors.js';
import type { ModelCard } from './models/card.js';
import { checkSettings, settingsOf, type SpotterSettings } from './streaming/settings.js';
import type { Heard } from './streaming/stream.js';

/** How a stream is heard. */
export interface StreamOptions {
  /** The rate (Hz) of the samples that will be pushed, 1000 to 384,000. Default: that of the model. A wrong rate cannot be detected: the spotter would only hear nothing. */
  readonly sampleRate?: number;
  /** Changes the settings that the model file gives, for example `settings => ({ ...settings, gate: null })`. */
  readonly adjust?: (settings: SpotterSettings, card: ModelCard) => SpotterSettings;
}

/**
 * Detects commands in a stream: samples of any rate in pieces of any size in, events out. How the samples are cut does not change the
 * result.
 *
 * @example
 * const spotter = await Spotter.load('model.onnx', { sampleRate: 48000 });
 * spotter.push(samples);
 * for (const heard of spotter.read()) console.log(heard.time, heard.word);
 */
export class Spotter {
  private readonly events: Heard[] = [];
  private pushed = 0;
  private last: Promise<void> = Promise.resolve();
  private failure: unknown = null;
  private isComplete = false;
  private generation = 0;

  /** @internal */
  constructor(
    private readonly engine: Engine,
    private readonly stream: number,
    /** The rate of the samples (Hz). */
    readonly sampleRate: number,
    /** Interval, thresholds and gate. */
    readonly settings: SpotterSettings,
    private readonly ownsEngine: boolean,
  ) {}

  /** Loads a model and opens one stream. Throws a `ModelError` whose message says why the file cannot be used. */
  static async load(model: ModelSource, options: LoadOptions & StreamOptions = {}): Promise<Spotter> {
    const engine = await loadEngine(model, options);
    try {
      return await openSpotter(engine, options, true);
    } catch (e) {
      await engine.dispose();
      throw e;
    }
  }

  /** What the model says of itself. */
  get card(): ModelCard {
    return this.engine.card;
  }

  /** How much sound was pushed, in seconds. */
  get duration(): number {
    return this.pushed / this.sampleRate;
  }

  /**
   * Adds the next samples, which are copied. They are judged in the background; `read` gives what was heard so far, `settled` waits.
   * @param samples Any number of samples at `sampleRate`, in −1…1.
   * Throws a `SoundError` where a sample is not finite or is beyond ±256; none of these samples were added then.
   */
  push(samples: Float32Array): void {
    checkKind(samples);
    if (this.failure) throw this.failure;
    if (this.isComplete) throw new Error('The stream is complete; reset() begins a new one.');
    const wrong = firstWrong(samples);
    if (wrong >= 0) {
      const time = ((this.pushed + wrong) / this.sampleRate).toFixed(3);
      throw new SoundError(`The sample at ${time} s of the stream ${sampleProblem(samples[wrong])}; nothing of its piece was taken.`);
    }
    this.pushed += samples.length;
    // An engine in this thread takes its time too; what the caller does with the array meanwhile must not be heard.
    this.follow(this.engine.push(this.stream, samples.slice()));
  }

  /** Removes the events so far from the queue. Throws what went wrong in the background, after the events before it were read. */
  read(): Heard[] {
    if (this.events.length === 0 && this.failure) throw this.failure;
    return this.events.splice(0);
  }

  /** Waits until everything that was pushed is judged; throws what went wrong. */
  async settled(): Promise<void> {
    await this.last;
    if (this.failure) throw this.failure;
  }

  /** Ends the stream: adds the room after it, and waits until the remaining windows are judged. */
  async complete(): Promise<void> {
    if (!this.isComplete) this.follow(this.engine.complete(this.stream));
    this.isComplete = true;
    await this.settled();
  }

  /** Begins a new stream; discards samples, decisions and unread events. */
  async reset(): Promise<void> {
    this.generation++;
    this.events.length = this.pushed = 0;
    this.isComplete = false;
    this.failure = null;
    this.last = this.engine.reset(this.stream);
    await this.last;
  }

  /**
   * Detects the commands of a source until it ends: a `Microphone`, or anything that gives pieces of samples one after another. Each event
   * comes as soon as it is decided.
   */
  async *listen(source: AsyncIterable<Float32Array> & { readonly sampleRate?: number }): AsyncGenerator<Heard, void, undefined> {
    if (source.sampleRate !== undefined && source.sampleRate !== this.sampleRate) {
      throw new SoundError(`The sound has ${source.sampleRate} Hz where the stream was said to have ${this.sampleRate}; state the rate that it has.`);
    }
    for await (const samples of source) {
      this.push(samples);
      await this.settled();
      yield* this.read();
    }
    await this.complete();
    yield* this.read();
  }

  /** Closes the stream; where `Spotter.load` made it, the model and its worker too. */
  async dispose(): Promise<void> {
    await (this.ownsEngine ? this.engine.dispose() : this.engine.close(this.stream));
  }

  private follow(heard: Promise<Heard[]>): void {
    const { generation } = this;
    const before = this.last;
    this.last = heard.then(
      async (events) => {
        await before;
        if (generation === this.generation) this.events.push(...events);
      },
      (e: unknown) => {
        if (generation === this.generation) this.failure ??= e;
      },
    );
  }
}

/** Opens a stream of an engine; `ownsEngine` says whether the spotter disposes it. */
export async function openSpotter(engine: Engine, options: StreamOptions, ownsEngine: boolean): Promise<Spotter> {
  const { card } = engine, { sampleRate = card.features.sampleRate, adjust } = options;
  checkRate(sampleRate);
  const given = settingsOf(card);
  const settings = adjust ? adjust(given, card) : given;
  checkSettings(settings, [...card.classes, ...card.enrolled.map((enrolled) => enrolled.word)]);
  return new Spotter(engine, await engine.open(sampleRate, settings), sampleRate, settings, ownsEngine);
}
