import { errorOf, ModelError } from '../errors.js';
import type { ModelCard } from '../models/card.js';
import type { SpotterSettings } from '../streaming/settings.js';
import type { Heard } from '../streaming/stream.js';
import type { Engine, RecognizedClip } from './engine.js';
import type { Response } from './messages.js';

interface Waiting {
  resolve(value: never): void;
  reject(error: unknown): void;
}

/** A model that computes in a worker. */
export class WorkerEngine implements Engine {
  card!: ModelCard;
  private readonly waiting = new Map<number, Waiting>();
  private asked = 0;
  private failure: Error | null = null;

  /** Begins to follow a worker, before anything else takes time: one whose script cannot be loaded says so once. */
  constructor(private readonly worker: Worker) {
    worker.onmessage = ({ data }: MessageEvent<Response>) => {
      const asker = this.waiting.get(data.id);
      this.waiting.delete(data.id);
      if (data.error) asker?.reject(errorOf(data.error.name, data.error.message));
      else asker?.resolve(data.value as never);
    };
    worker.onerror = (event) => this.fail(`the worker stopped: ${event.message || 'its script could not be loaded'}; the option 'worker: false' computes in the page itself.`);
  }

  /** Loads a model; the bytes go to the worker and are not to be used any more. */
  async load(name: string, bytes: Uint8Array<ArrayBuffer>, runtime: string | undefined): Promise<void> {
    this.card = await this.ask('load', [name, bytes, runtime], [bytes.buffer]);
  }

  recognize(samples: Float32Array, sampleRate: number): Promise<RecognizedClip> {
    const copy = samples.slice();
    return this.ask('recognize', [copy, sampleRate], [copy.buffer]);
  }

  open(sampleRate: number, settings: SpotterSettings): Promise<number> {
    return this.ask('open', [sampleRate, settings]);
  }

  push(stream: number, samples: Float32Array<ArrayBuffer>): Promise<Heard[]> {
    return this.ask('push', [stream, samples], [samples.buffer]);
  }

  complete(stream: number): Promise<Heard[]> {
    return this.ask('complete', [stream]);
  }

  reset(stream: number): Promise<void> {
    return this.ask('reset', [stream]);
  }

  close(stream: number): Promise<void> {
    return this.failure ? Promise.resolve() : this.ask('close', [stream]);
  }

  async dispose(): Promise<void> {
    this.worker.terminate();
    this.fail('the model was disposed.');
  }

  private ask<T>(method: string, values: readonly unknown[], transfer: Transferable[] = []): Promise<T> {
    if (this.failure) return Promise.reject(this.failure);
    const id = ++this.asked;
    return new Promise<T>((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as (value: never) => void, reject });
      this.worker.postMessage({ id, method, values }, transfer);
    });
  }

  private fail(message: string): void {
    this.failure ??= new ModelError(message);
    for (const asker of this.waiting.values()) asker.reject(this.failure);
    this.waiting.clear();
  }
}
