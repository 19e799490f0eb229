// The script of the worker: answers the requests of a WorkerEngine.
import type { Request, Response } from './engine/messages.js';
import { LocalEngine } from './engine/localEngine.js';
import { loadRuntime } from './inference/runtime.js';

const port = globalThis as unknown as {
  onmessage: ((event: MessageEvent<Request>) => void) | null;
  postMessage(message: Response): void;
};
let engine: LocalEngine | null = null;

port.onmessage = async ({ data: { id, method, values } }) => {
  try {
    port.postMessage({ id, value: await answer(method, values) });
  } catch (e) {
    const { name, message } = e as Error;
    port.postMessage({ id, error: { name, message } });
  }
};

async function answer(method: string, values: readonly unknown[]): Promise<unknown> {
  if (method === 'load') {
    const [name, bytes, runtime] = values as [string, Uint8Array, string | undefined];
    engine = await LocalEngine.load(name, bytes, await loadRuntime(runtime));
    return engine.card;
  }
  const methods = engine as unknown as Record<string, (...values: readonly unknown[]) => Promise<unknown>>;
  return methods[method](...values);
}
