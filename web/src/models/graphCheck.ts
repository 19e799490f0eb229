import { wireFields } from './wire.js';

type Kind = 'model' | 'training' | 'graph' | 'function' | 'node' | 'attribute' | 'sparse' | 'tensor';

/** The messages of onnx.proto by the number of the field that holds them: those that lead to a tensor or a node. */
const inner: Record<Kind, Record<number, Kind>> = {
  model: { 7: 'graph', 20: 'training', 25: 'function' },
  training: { 1: 'graph', 2: 'graph' },
  function: { 7: 'node', 11: 'attribute' },
  graph: { 1: 'node', 5: 'tensor', 15: 'sparse' },
  node: { 5: 'attribute' },
  attribute: { 5: 'tensor', 10: 'tensor', 6: 'graph', 11: 'graph', 22: 'sparse', 23: 'sparse' },
  sparse: { 1: 'tensor', 2: 'tensor' },
  tensor: {},
};
const loops = ['Loop', 'Scan', 'SequenceMap'];
const deepestNesting = 32;

/**
 * What speaks against a graph, as a clause about it; null where nothing does. A graph that keeps data elsewhere would be read from there,
 * and the steps of a loop are bounded by nothing.
 */
export function graphProblem(message: Uint8Array, kind: Kind = 'model', nesting = 0): string | null {
  if (nesting > deepestNesting) return 'its graph is nested too deeply';
  for (const { number, payload } of wireFields(message)) {
    if (kind === 'tensor') {
      // external_data, and a data_location other than DEFAULT.
      if (number === 13 || (number === 14 && payload.some((byte) => byte !== 0))) {
        return 'it keeps data outside of the file, where a model file holds everything itself; export it with all of its data';
      }
      continue;
    }
    if (kind === 'node' && number === 4) {
      const operation = new TextDecoder().decode(payload);
      if (loops.includes(operation)) return `its graph has a loop ('${operation}'), whose steps nothing bounds`;
    }
    const next = inner[kind][number];
    const problem = next ? graphProblem(payload, next, nesting + 1) : null;
    if (problem) return problem;
  }
  return null;
}
