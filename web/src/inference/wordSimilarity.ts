import type { EnrolledWord } from '../models/card.js';
import { cosine, normalize } from './direction.js';

/** The prototypes of an enrolled word, each of length 1. */
export function directionsOf({ vector, prototypes }: EnrolledWord): Float32Array[] {
  return (prototypes ?? [vector]).map(normalize);
}

/** The largest cosine of the angle between an embedding and a prototype; 0 for an embedding of length 0. */
export function similarity(directions: readonly Float32Array[], embedding: Float32Array): number {
  return Math.max(...directions.map((direction) => cosine(direction, embedding)));
}
