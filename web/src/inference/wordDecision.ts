import type { ModelCard } from '../models/card.js';
import { directionsOf, similarity } from './wordSimilarity.js';

/** Which word the outputs of a model mean for a clip. */
export interface Decided {
  readonly best: string;
  readonly score: number;
  readonly isAccepted: boolean;
  readonly isEnrolled: boolean;
}

/** The most similar enrolled word that reaches its threshold; without one, the most probable trained word, accepted at its threshold. */
export function decideWord(card: ModelCard, posteriors: Float32Array, embedding: Float32Array): Decided {
  let nearest = -1, largest = -Infinity;
  card.enrolled.forEach((word, i) => {
    const similar = similarity(directionsOf(word), embedding);
    if (similar >= word.threshold && similar > largest) [nearest, largest] = [i, similar];
  });
  if (nearest >= 0) return { best: card.enrolled[nearest].word, score: largest, isAccepted: true, isEnrolled: true };
  let best = 0;
  for (let i = 1; i < posteriors.length; i++) if (posteriors[i] > posteriors[best]) best = i;
  const word = card.classes[best], score = posteriors[best];
  return { best: word, score, isAccepted: score >= (card.thresholds.get(word) ?? 0), isEnrolled: false };
}
