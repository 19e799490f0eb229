import { cosine, lengthOf, normalize, product } from '../inference/direction.js';
import { directionsOf, similarity } from '../inference/wordSimilarity.js';
import { isCommand, type BackgroundScore, type CommandVerifier, type EmbeddingGeometry, type ModelCard } from '../models/card.js';

const f = Math.fround;
const sharpness = 12;
// Posteriors are single precision: nearer to 0 or 1 they tell nothing.
const least = 1e-9;

/**
 * Turns the outputs of a graph into the scores of the decision stage, those of trained classes and of enrolled words on one scale, as
 * SpottingModel of Mingling.Recognition does.
 */
export class StreamScores {
  /** The trained classes, then the enrolled words. */
  readonly classes: readonly string[];
  private readonly enrolled: Float32Array[][];
  private readonly words: (Float32Array | null)[];
  private readonly isCommand: boolean[];

  constructor(private readonly card: ModelCard) {
    this.classes = [...card.classes, ...card.enrolled.map((word) => word.word)];
    this.enrolled = card.enrolled.map(directionsOf);
    this.words = card.classes.map((word) => {
      const direction = card.geometry?.directions.get(word);
      return direction ? normalize(direction) : null;
    });
    this.isCommand = card.classes.map(isCommand);
  }

  /** One score for each of `classes`. */
  of(posteriors: Float32Array, embedding: Float32Array): Float32Array {
    const scores = new Float32Array(this.classes.length);
    scores.set(posteriors);
    if (this.card.geometry) this.lowerByDistance(this.card.geometry, embedding, scores);
    if (this.card.background) this.scoreAgainstBackground(this.card.background, scores);
    this.addEnrolled(embedding, scores);
    if (this.card.verifiers) this.verify(this.card.verifiers, embedding, scores);
    return scores;
  }

  private addEnrolled(embedding: Float32Array, scores: Float32Array): void {
    const trained = this.card.classes.length;
    let largest = 0, isAccepted = false;
    this.card.enrolled.forEach(({ threshold }, i) => {
      const similar = similarity(this.enrolled[i], embedding);
      scores[trained + i] = 1 / (1 + Math.exp(-sharpness * (similar - threshold)));
      largest = Math.max(largest, scores[trained + i]);
      isAccepted ||= similar >= threshold;
    });
    // An enrolled word below its threshold does not change the others, as with clips.
    if (isAccepted) for (let c = 0; c < trained; c++) scores[c] *= f(1 - largest);
  }

  private verify(verifiers: readonly CommandVerifier[], embedding: Float32Array, scores: Float32Array): void {
    const length = lengthOf(embedding);
    if (length === 0) return;
    for (const { word, weights, bias } of verifiers) {
      const score = scores[this.classes.indexOf(word)];
      const odds = Math.log(score + least) - Math.log(1 - score + least) + product(weights, embedding) / length + bias;
      scores[this.classes.indexOf(word)] = 1 / (1 + Math.exp(-odds));
    }
  }

  private lowerByDistance({ mean, whitening, weight }: EmbeddingGeometry, embedding: Float32Array, scores: Float32Array): void {
    const size = embedding.length;
    const centered = embedding.map((x, i) => x - mean[i]);
    const whitened = Float32Array.from({ length: size }, (_, i) => product(whitening.subarray(i * size, (i + 1) * size), centered));
    this.words.forEach((direction, c) => {
      if (direction) scores[c] *= f(Math.exp(weight * (cosine(direction, whitened) - 1)));
    });
  }

  private scoreAgainstBackground({ temperature }: BackgroundScore, scores: Float32Array): void {
    let commands = 0, others = 0, best = 0;
    this.isCommand.forEach((is, c) => {
      if (!is) {
        others += scores[c];
        return;
      }
      commands += scores[c];
      best = Math.max(best, scores[c]);
    });
    if (best <= 0) return;
    const certainty = 1 / (1 + Math.exp((Math.log(others + least) - Math.log(commands + least)) / temperature));
    this.isCommand.forEach((is, c) => {
      if (is) scores[c] = (certainty * scores[c]) / best;
    });
  }
}
