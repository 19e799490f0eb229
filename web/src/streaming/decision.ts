import { isCommand } from '../models/card.js';
import { roundEven } from '../numbers.js';
import type { DecisionSettings } from './settings.js';

const f = Math.fround;

/** A decision that a command was said: the number of its class, and its score. */
export interface Decision {
  readonly class: number;
  readonly score: number;
}

/**
 * Turns scores, one set for each step, into decisions: the mean of the last scores decides, its maximum is the score (Chen, Parada and
 * Heigold 2014). Refractory times block the report only, never the buffers.
 */
export class DecisionStage {
  private readonly smoothing: number;
  private readonly maximum: number;
  private readonly refractory: number;
  private readonly otherRefractory: number;
  private readonly thresholds: Float32Array;
  private readonly gap: number;
  private readonly agreeing: number;
  private readonly scores: Float32Array;
  private readonly smoothed: Float32Array;
  private readonly mean: Float32Array;
  private readonly decidedAt: number[];
  private lastDecision = -Infinity;
  private candidate = -1;
  private agreed = 0;
  private count = 0;

  constructor(private readonly classes: readonly string[], settings: DecisionSettings, hopMs: number, windowMs: number) {
    const refractoryMs = settings.refractoryMs ?? windowMs + settings.smoothingMs;
    this.smoothing = Math.max(1, roundEven(settings.smoothingMs / hopMs));
    this.maximum = Math.max(1, roundEven(settings.maximumMs / hopMs));
    // Rounding must not add a step.
    this.refractory = Math.ceil(refractoryMs / hopMs - 1e-6);
    this.otherRefractory = Math.ceil(settings.otherRefractoryMs / hopMs - 1e-6);
    const own = new Map(settings.thresholds.map(({ command, threshold }) => [command, threshold]));
    this.thresholds = Float32Array.from(classes, (name) => (isCommand(name) ? (own.get(name) ?? settings.threshold) : Infinity));
    this.gap = f(settings.gap);
    this.agreeing = settings.agreeingSteps;
    this.scores = new Float32Array(this.smoothing * classes.length);
    this.smoothed = new Float32Array(this.maximum * classes.length);
    this.mean = new Float32Array(classes.length);
    this.decidedAt = classes.map(() => -Infinity);
  }

  /** Adds the scores of the next step; null where nothing is decided. */
  decide(scores: Float32Array): Decision | null {
    const step = this.count;
    this.add(scores);
    const candidate = this.count >= this.smoothing ? this.findCandidate() : -1;
    this.agreed = candidate < 0 ? 0 : candidate === this.candidate ? this.agreed + 1 : 1;
    this.candidate = candidate;
    if (candidate < 0 || this.agreed < this.agreeing) return null;
    if (step - this.decidedAt[candidate] < this.refractory || step - this.lastDecision < this.otherRefractory) return null;
    const score = this.largest(candidate, this.decidedAt[candidate] + 1);
    this.decidedAt[candidate] = this.lastDecision = step;
    return { class: candidate, score };
  }

  reset(): void {
    this.count = this.agreed = 0;
    this.candidate = -1;
    this.lastDecision = -Infinity;
    this.decidedAt.fill(-Infinity);
  }

  private add(scores: Float32Array): void {
    const classes = this.classes.length;
    this.scores.set(scores, (this.count % this.smoothing) * classes);
    this.count++;
    const held = Math.min(this.count, this.smoothing);
    for (let c = 0; c < classes; c++) {
      let sum = 0;
      for (let step = this.count - held; step < this.count; step++) sum += this.scores[(step % this.smoothing) * classes + c];
      this.mean[c] = sum / held;
    }
    this.smoothed.set(this.mean, ((this.count - 1) % this.maximum) * classes);
  }

  private largest(candidate: number, since: number): number {
    let largest = 0;
    for (let step = Math.max(0, this.count - this.maximum, since); step < this.count; step++) {
      largest = Math.max(largest, this.smoothed[(step % this.maximum) * this.classes.length + candidate]);
    }
    return largest;
  }

  private findCandidate(): number {
    let best = -1;
    for (let c = 0; c < this.mean.length; c++) {
      if (this.mean[c] >= this.thresholds[c] && (best < 0 || this.mean[c] > this.mean[best])) best = c;
    }
    return best >= 0 && this.gap > 0 && this.hasRival(best) ? -1 : best;
  }

  private hasRival(best: number): boolean {
    return this.mean.some((mean, c) => c !== best && this.thresholds[c] !== Infinity && f(this.mean[best] - mean) < this.gap);
  }
}
