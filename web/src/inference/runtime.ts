import type * as Ort from 'onnxruntime-web';
import { ModelError } from '../errors.js';

/** What is needed of ONNX Runtime Web. */
export type OnnxRuntime = Pick<typeof Ort, 'env' | 'InferenceSession' | 'Tensor'>;

/**
 * ONNX Runtime Web: the module itself, the address of the module, or nothing for the package `onnxruntime-web` as the page, its bundler or
 * Node finds it. It computes with one thread, unless the program has set a number.
 */
export async function loadRuntime(given?: OnnxRuntime | string): Promise<OnnxRuntime> {
  let runtime: OnnxRuntime;
  if (typeof given === 'object') {
    runtime = given;
  } else {
    try {
      const module = (await (given === undefined
        ? import('onnxruntime-web/wasm')
        : import(/* @vite-ignore */ /* webpackIgnore: true */ given))) as OnnxRuntime & { default?: OnnxRuntime };
      runtime = module.InferenceSession ? module : (module.default as OnnxRuntime);
    } catch (e) {
      throw new ModelError(
        `ONNX Runtime Web could not be loaded${given === undefined ? '' : ` from ${given}`} (${(e as Error).message}); `
        + "install 'onnxruntime-web', or give the address of its module as the option 'runtime'.",
      );
    }
  }
  if (!runtime?.InferenceSession) throw new ModelError("The option 'runtime' is no module of ONNX Runtime Web.");
  runtime.env.wasm.numThreads ||= 1;
  return runtime;
}
