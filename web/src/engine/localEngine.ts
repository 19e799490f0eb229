import { resample } from '../audio/resampler.js';
import { fitClip, hasSound } from '../audio/samples.js';
import { ModelError } from '../errors.js';
import { clipFeatures } from '../features/stream.js';
import { ModelGraph } from '../inference/graph.js';
import type { OnnxRuntime } from '../inference/runtime.js';
import { decideWord } from '../inference/wordDecision.js';
import { countedSamplesOf, isCommand, windowSamplesOf, type ModelCard } from '../models/card.js';
import { openModelFile } from '../models/modelFile.js';
import type { SpotterSettings } from '../streaming/settings.js';
import { CommandStream, type Heard, type StreamObserver } from '../streaming/stream.js';
import type { Engine, RecognizedClip } from './engine.js';

/** A model that computes in this thread; one thing at a time, in the order in which it was asked. */
export class LocalEngine implements Engine {
  private readonly streams = new Map<number, CommandStream>();
  private opened = 0;
  private turn: Promise<unknown> = Promise.resolve();

  private constructor(private readonly graph: ModelGraph) {}

  static async load(name: string, bytes: Uint8Array, runtime: OnnxRuntime): Promise<LocalEngine> {
    const card = openModelFile(name, bytes);
    return new LocalEngine(await ModelGraph.open(name, bytes, card, runtime));
  }

  get card(): ModelCard {
    return this.graph.card;
  }

  recognize(samples: Float32Array, sampleRate: number): Promise<RecognizedClip> {
    return this.inTurn(async () => {
      const { card } = this.graph;
      const clip = resample(samples, sampleRate, card.features.sampleRate);
      const window = fitClip(clip, windowSamplesOf(card), countedSamplesOf(card));
      const { posteriors, embedding } = await this.graph.runWindow(card.input === 'Features' ? clipFeatures(card.features, window) : window);
      const { best, score, isAccepted, isEnrolled } = decideWord(card, posteriors, embedding);
      const isWord = isAccepted && isCommand(best) && hasSound(clip, card.features.sampleRate);
      return { word: isWord ? best : null, best, score, isEnrolled, posteriors: posteriors.slice(), embedding: embedding.slice() };
    });
  }

  async open(sampleRate: number, settings: SpotterSettings): Promise<number> {
    const { input, features } = this.card;
    if (input !== 'Features') throw new ModelError('this model has the front end within its graph, which a stream cannot use; export it with features as its input.');
    if (features.compression === 'Pcen') {
      throw new ModelError('this model has a front end that normalises energy through time (PCEN), which in a stream gives other features than with clips; train it with another front end.');
    }
    this.streams.set(++this.opened, new CommandStream(this.graph, sampleRate, settings));
    return this.opened;
  }

  push(stream: number, samples: Float32Array): Promise<Heard[]> {
    return this.inTurn(() => this.stream(stream).push(samples));
  }

  complete(stream: number): Promise<Heard[]> {
    return this.inTurn(() => this.stream(stream).complete());
  }

  reset(stream: number): Promise<void> {
    return this.inTurn(async () => this.stream(stream).reset());
  }

  async close(stream: number): Promise<void> {
    this.streams.delete(stream);
  }

  /** Lets someone see what a stream computes. */
  observe(stream: number, observer: StreamObserver): void {
    this.stream(stream).observer = observer;
  }

  dispose(): Promise<void> {
    return this.inTurn(() => this.graph.release());
  }

  private stream(stream: number): CommandStream {
    const found = this.streams.get(stream);
    if (!found) throw new ModelError('the stream was closed.');
    return found;
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }
}
