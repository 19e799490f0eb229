import { ModelError } from '../errors.js';
import { loadRuntime, type OnnxRuntime } from '../inference/runtime.js';
import type { Engine } from './engine.js';
import { LocalEngine } from './localEngine.js';
import { WorkerEngine } from './workerEngine.js';

/** Where a model file comes from: its address, in Node also its path, or its bytes. */
export type ModelSource = string | URL | ArrayBuffer | Uint8Array;

/** How a model is loaded and where it computes. */
export interface LoadOptions {
  /** Whether to compute in a worker, or the worker to use (one that runs `mingling/worker`). Default: yes in a page, no in Node and within a worker. */
  readonly worker?: boolean | Worker;
  /**
   * ONNX Runtime Web: the address of its module, or, without a worker, the module itself. Default: the package `onnxruntime-web`, as the
   * import map of the page, the bundler or Node finds it.
   */
  readonly runtime?: string | URL | OnnxRuntime;
}

export async function loadEngine(source: ModelSource, options: LoadOptions): Promise<Engine> {
  const { runtime } = options;
  const address = typeof runtime === 'string' || runtime instanceof URL ? new URL(runtime, globalThis.location?.href).href : undefined;
  const isPage = typeof document !== 'undefined' && typeof Worker !== 'undefined';
  const worker = options.worker ?? isPage;
  if (worker === false) {
    const [name, bytes] = await readModel(source);
    return LocalEngine.load(name, bytes, await loadRuntime(address ?? (runtime as OnnxRuntime | undefined)));
  }
  if (runtime !== undefined && address === undefined) throw new TypeError("A worker loads ONNX Runtime Web itself; give its address as 'runtime', or 'worker: false'.");
  // The worker starts while the model is fetched.
  const engine = new WorkerEngine(worker === true ? new Worker(new URL('../worker.js', import.meta.url), { type: 'module', name: 'mingling' }) : worker);
  try {
    const [name, bytes] = await readModel(source);
    await engine.load(name, bytes, address ?? mapped());
    return engine;
  } catch (e) {
    await engine.dispose();
    throw e;
  }
}

/** The address that the import map of the page gives to the package; a worker has no import map of its own. */
function mapped(): string | undefined {
  const resolve = (import.meta as unknown as { resolve?: (name: string) => string }).resolve;
  try {
    return resolve?.('onnxruntime-web/wasm');
  } catch {
    return undefined;
  }
}

async function readModel(source: ModelSource): Promise<[string, Uint8Array<ArrayBuffer>]> {
  // A copy: the bytes go to the worker, and stay the caller's.
  if (source instanceof ArrayBuffer || source instanceof Uint8Array) return ['the model', new Uint8Array(source)];
  if (typeof source !== 'string' && !(source instanceof URL)) throw new TypeError('A model is given by its address or its bytes.');
  const address = String(source);
  const file = await fileModule(address);
  if (file) {
    try {
      return [address, new Uint8Array(file.readFileSync(address.startsWith('file:') ? new URL(address) : address))];
    } catch (e) {
      throw new ModelError(`${address} could not be read: ${(e as Error).message}.`);
    }
  }
  let response: globalThis.Response;
  try {
    response = await fetch(address);
  } catch (e) {
    throw new ModelError(`${address} could not be loaded: ${(e as Error).message}.`);
  }
  if (!response.ok) throw new ModelError(`${address} could not be loaded: the server answers ${response.status} ${response.statusText}`.trim() + '.');
  return [address, new Uint8Array(await response.arrayBuffer())];
}

/** The module that reads files, in Node and where the address is that of a file. */
async function fileModule(address: string): Promise<{ readFileSync(path: string | URL): Uint8Array } | null> {
  const { process } = globalThis as { process?: { versions?: { node?: string } } };
  if (!process?.versions?.node || /^(?!file:)[a-z][a-z\d+.-]+:/i.test(address)) return null;
  // A name that bundlers do not follow: a page has no such module.
  const name = 'node:fs';
  return (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)) as { readFileSync(path: string | URL): Uint8Array };
}
