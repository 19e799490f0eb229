import type { InferenceSession, Tensor } from 'onnxruntime-web';
import { ModelError } from '../errors.js';
import { FrameLayout } from '../features/layout.js';
import { binsOf } from '../features/settings.js';
import { windowSamplesOf, type ModelCard } from '../models/card.js';
import type { OnnxRuntime } from './runtime.js';

/** What a graph carries from step to step of a stream; null at its beginning. */
export type States = Record<string, Tensor> | null;

/** The outputs of a graph. */
export interface Outputs {
  readonly posteriors: Float32Array;
  readonly embedding: Float32Array;
  readonly states: States;
}

/** The graph of a model in ONNX Runtime, for one computation at a time. */
export class ModelGraph {
  readonly bins: number;
  readonly frames: number;
  /** The frames that the graph takes for a window: the window's, or more where they must be whole steps. */
  readonly wholeFrames: number;

  private constructor(
    readonly name: string,
    readonly card: ModelCard,
    private readonly runtime: OnnxRuntime,
    private readonly session: InferenceSession,
  ) {
    this.bins = binsOf(card.features);
    this.frames = new FrameLayout(card.features).frameCount(windowSamplesOf(card));
    const step = card.stream?.frames ?? 1;
    this.wholeFrames = Math.ceil(this.frames / step) * step;
  }

  /** Opens a graph, checks it against its card, and computes once on silence. */
  static async open(name: string, bytes: Uint8Array, card: ModelCard, runtime: OnnxRuntime): Promise<ModelGraph> {
    let session: InferenceSession;
    try {
      session = await runtime.InferenceSession.create(bytes, { executionProviders: ['wasm'], logSeverityLevel: 4 });
    } catch (e) {
      throw broken(name, e);
    }
    const graph = new ModelGraph(name, card, runtime, session);
    try {
      graph.checkNames();
      const silence = new Float32Array(card.input === 'Features' ? graph.bins * graph.frames : windowSamplesOf(card));
      await graph.runWindow(silence);
    } catch (e) {
      await graph.release();
      throw e;
    }
    return graph;
  }

  /** Computes a whole window: its features [bins, frames], or its samples where the graph takes these. */
  async runWindow(input: Float32Array): Promise<Outputs> {
    if (this.card.input === 'Samples') {
      // Where the graph takes whole steps, silence comes before the clip.
      const samples = new Float32Array(this.card.stream ? Math.max(this.wholeFrames * this.card.features.hopSamples, input.length) : input.length);
      samples.set(input, samples.length - input.length);
      return this.run({ samples: new this.runtime.Tensor('float32', samples, [1, samples.length]), ...this.past(null) });
    }
    const whole = this.wholeFrames === this.frames ? input : padFrames(input, this.frames, this.wholeFrames);
    return this.step(whole, this.wholeFrames, null);
  }

  /** Computes the next frames [bins, frames] of a stream. */
  async step(features: Float32Array, frames: number, states: States): Promise<Outputs> {
    return this.run({ features: new this.runtime.Tensor('float32', features, [1, 1, this.bins, frames]), ...this.past(states) });
  }

  async release(): Promise<void> {
    await this.session.release();
  }

  /** The inputs for what came before; zeros at the beginning. */
  private past(states: States): Record<string, Tensor> {
    const feeds: Record<string, Tensor> = {};
    for (const { input, output, channels, length } of this.card.stream?.states ?? []) {
      feeds[input] = states?.[output] ?? new this.runtime.Tensor('float32', new Float32Array(channels * length), [1, channels, length]);
    }
    return feeds;
  }

  private async run(feeds: Record<string, Tensor>): Promise<Outputs> {
    let results: Record<string, Tensor>;
    try {
      results = (await this.session.run(feeds)) as Record<string, Tensor>;
    } catch (e) {
      throw broken(this.name, e);
    }
    const posteriors = this.values(results, 'scores', this.card.classes.length);
    const embedding = this.values(results, 'embedding', this.card.embeddingSize);
    if (!posteriors.every(Number.isFinite)) throw new ModelError(`${this.name} gives no numbers for this sound; samples must lie in -1 to 1.`);
    return { posteriors, embedding, states: this.card.stream ? results : null };
  }

  private values(results: Record<string, Tensor>, name: string, size: number): Float32Array {
    const data = results[name]?.data;
    if (data instanceof Float32Array && data.length === size) return data;
    throw new ModelError(`the graph of ${this.name} contradicts its card: its output '${name}' does not hold ${size} floats.`);
  }

  private checkNames(): void {
    const states = this.card.stream?.states ?? [];
    const input = this.card.input === 'Features' ? 'features' : 'samples';
    const problems: string[] = [];
    for (const name of [input, ...states.map((state) => state.input)]) if (!this.session.inputNames.includes(name)) problems.push(`it has no input '${name}'`);
    for (const name of ['embedding', 'scores', ...states.map((state) => state.output)]) {
      if (!this.session.outputNames.includes(name)) problems.push(`it has no output '${name}'`);
    }
    if (this.session.inputNames.length !== 1 + states.length) problems.push(`it has ${this.session.inputNames.length} inputs instead of ${1 + states.length}`);
    if (problems.length > 0) throw new ModelError(`the graph of ${this.name} contradicts its card: ${problems.join('; ')}.`);
  }
}

/** Lengthens features [bins, frames] to whole steps: each row begins with copies of its first frame. */
export function padFrames(features: Float32Array, frames: number, wholeFrames: number): Float32Array {
  const bins = features.length / frames, before = wholeFrames - frames;
  const whole = new Float32Array(bins * wholeFrames);
  for (let bin = 0; bin < bins; bin++) {
    const row = features.subarray(bin * frames, (bin + 1) * frames);
    whole.fill(row[0], bin * wholeFrames, bin * wholeFrames + before);
    whole.set(row, bin * wholeFrames + before);
  }
  return whole;
}

function broken(name: string, cause: unknown): ModelError {
  const reason = String((cause as Error)?.message ?? cause).replace(/\s+/g, ' ').replace(/\.$/, '');
  return new ModelError(`the graph of ${name} cannot be computed: ${reason}.`);
}
