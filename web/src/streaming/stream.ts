import { FeatureStream } from '../features/stream.js';
import type { ModelGraph, States } from '../inference/graph.js';
import { padFrames } from '../inference/graph.js';
import { windowSamplesOf } from '../models/card.js';
import { SampleBlocks } from './blocks.js';
import { DecisionStage } from './decision.js';
import { FeatureWindow } from './featureWindow.js';
import { powerAboutMean, SpeechGate } from './gate.js';
import { RoomTone } from './roomTone.js';
import { StreamScores } from './scores.js';
import type { SpotterSettings } from './settings.js';
import { WindowTiming } from './timing.js';

/** A command that was detected in a stream. Times are in seconds since the stream began. */
export interface Heard {
  readonly word: string;
  /** When it was decided: the end of the sound that the decision needed. */
  readonly time: number;
  /** Where the word probably begins: the beginning of the loudest stretch of sound in the window. */
  readonly start: number;
  /** Where the word probably ends, at most `time`. */
  readonly end: number;
  /** The largest smoothed score of the command in the recent past, 0 to 1. */
  readonly score: number;
  /** The false alarms per hour that were counted at its threshold; null where it was not calibrated. */
  readonly falseAlarmsPerHour: number | null;
}

/** Sees what a stream computes on the way to its decisions, for tests and figures. What it is given is valid during the call only. */
export interface StreamObserver {
  frame(frame: Float32Array): void;
  step(time: number, scores: Float32Array, isEvaluated: boolean): void;
}

/** Evaluates a model on the sliding window of a stream and decides, as PosteriorStream and CommandSpotter of Mingling.Recognition do. */
export class CommandStream {
  observer: StreamObserver | null = null;
  private readonly blocks: SampleBlocks;
  private readonly features: FeatureStream;
  private readonly window: FeatureWindow;
  private readonly gate: SpeechGate;
  private readonly room: RoomTone;
  private readonly timing: WindowTiming;
  private readonly scores: StreamScores;
  private readonly decisions: DecisionStage;
  private readonly frame: Float32Array;
  private readonly held: Float32Array;
  private readonly isStepwise: boolean;
  private heldBlocks = 0;
  private hasBegun = false;
  private isComplete = false;
  private states: States = null;
  private evaluatedUpTo = -1;

  constructor(private readonly graph: ModelGraph, private readonly sampleRate: number, private readonly settings: SpotterSettings) {
    const card = graph.card, front = card.features;
    this.timing = new WindowTiming(front, windowSamplesOf(card), settings);
    this.features = new FeatureStream(front);
    this.window = new FeatureWindow(graph.bins, this.timing.frames);
    const gate = settings.gate ?? { marginDb: 3, riseDbPerSecond: 3, hangoverMs: 500 };
    this.gate = new SpeechGate(this.timing.frames + this.timing.hop + 1, this.timing.frameSeconds, settings.silenceDb, gate);
    this.room = new RoomTone(front.hopSamples, this.timing.frames);
    this.scores = new StreamScores(card);
    const hopMs = 1000 * this.timing.hop * this.timing.frameSeconds;
    this.decisions = new DecisionStage(this.scores.classes, settings.decision, hopMs, (1000 * windowSamplesOf(card)) / front.sampleRate);
    this.frame = new Float32Array(graph.bins);
    this.held = new Float32Array(front.hopSamples * this.timing.firstBlocks);
    this.blocks = new SampleBlocks(sampleRate, front.sampleRate, front.hopSamples);
    const step = card.stream?.frames ?? 0;
    this.isStepwise = step > 0 && this.timing.hop % step === 0 && this.timing.hop <= this.timing.frames;
  }

  /** Adds the next samples; the events of the windows that they complete. */
  async push(samples: Float32Array): Promise<Heard[]> {
    const events: Heard[] = [];
    for (const block of this.blocks.push(samples)) await this.take(block, events);
    return events;
  }

  /** Ends the stream: adds the room after it and evaluates the remaining windows. */
  async complete(): Promise<Heard[]> {
    const events: Heard[] = [];
    if (this.isComplete || this.blocks.received === 0) return events;
    this.isComplete = true;
    // A stream shorter than a window is cut around its sound, whose quietest part need not be the room: it lies in silence, as a clip does.
    const isShort = !this.hasBegun;
    if (isShort) await this.begin(true, events);
    const tail = this.timing.tailSamples(this.duration);
    for (const block of this.blocks.complete(isShort ? new Float32Array(tail) : this.room.make(tail))) await this.take(block, events);
    return events;
  }

  /** Begins a new stream and discards everything so far. */
  reset(): void {
    this.blocks.reset();
    this.features.reset();
    this.window.reset();
    this.gate.reset();
    this.room.reset();
    this.decisions.reset();
    this.heldBlocks = 0;
    this.hasBegun = this.isComplete = false;
    this.evaluatedUpTo = -1;
  }

  private get duration(): number {
    return this.blocks.received / this.sampleRate;
  }

  /** Holds the blocks of the first window back, because only they tell what the room before them sounds like. */
  private async take(block: Float32Array, events: Heard[]): Promise<void> {
    if (this.hasBegun) {
      await this.add(block, events);
      return;
    }
    this.held.set(block, this.heldBlocks++ * block.length);
    if (this.heldBlocks === this.timing.firstBlocks) await this.begin(false, events);
  }

  /** Puts the room, or silence, before the blocks that were held back, and goes on with them. */
  private async begin(isShort: boolean, events: Heard[]): Promise<void> {
    this.hasBegun = true;
    const size = this.graph.card.features.hopSamples;
    const held = (i: number) => this.held.subarray(i * size, (i + 1) * size);
    for (let i = 0; i < this.heldBlocks; i++) this.room.add(held(i), powerAboutMean(held(i)));
    const lead = isShort ? new Float32Array(this.timing.leadBlocks * size) : this.room.make(this.timing.leadBlocks * size);
    this.room.reset();
    for (let at = 0; at < lead.length; at += size) await this.evaluateBlock(lead.subarray(at, at + size), events);
    for (let i = 0; i < this.heldBlocks; i++) await this.add(held(i), events);
  }

  private add(block: Float32Array, events: Heard[]): Promise<void> | undefined {
    const evaluated = this.evaluateBlock(block, events);
    this.room.add(block, this.gate.lastPower);
    return evaluated;
  }

  /** Takes a block up to the features; a promise only where a window is due. */
  private evaluateBlock(block: Float32Array, events: Heard[]): Promise<void> | undefined {
    this.gate.push(block);
    this.features.write(block);
    return this.timing.isDue(this.gate.count) ? this.evaluateDue(events) : undefined;
  }

  private async evaluateDue(events: Heard[]): Promise<void> {
    while (this.features.tryRead(this.frame)) {
      this.window.add(this.frame);
      this.observer?.frame(this.frame);
      const step = this.timing.stepOf(this.window.count);
      if (step >= 0) await this.evaluate(step, events);
    }
  }

  private async evaluate(step: number, events: Heard[]): Promise<void> {
    const first = this.window.count - this.timing.frames;
    const isOpen = this.settings.gate === null || this.gate.lastActive >= first - this.timing.hangover;
    const isEvaluated = this.gate.lastAudible >= first && isOpen;
    const scores = isEvaluated ? await this.run() : new Float32Array(this.scores.classes.length);
    const time = this.isComplete ? Math.min(this.timing.time(step), this.duration) : this.timing.time(step);
    this.observer?.step(time, scores, isEvaluated);
    const decided = this.decisions.decide(scores);
    if (!decided) return;
    const [start, end] = this.loudestStretch();
    const word = this.scores.classes[decided.class];
    const own = this.settings.decision.thresholds.find((threshold) => threshold.command === word);
    events.push({ word, time, start, end: Math.min(end, time), score: decided.score, falseAlarmsPerHour: own?.falseAlarmsPerHour ?? null });
  }

  /**
   * The scores of the last window. A graph that works step by step is given the frames since the window before; where that was left out, it
   * starts again with the whole window, as with a clip.
   */
  private async run(): Promise<Float32Array> {
    const { frames, hop } = this.timing;
    if (!this.isStepwise) {
      const { posteriors, embedding } = await this.graph.runWindow(this.window.latest(frames));
      return this.scores.of(posteriors, embedding);
    }
    const continues = this.evaluatedUpTo === this.window.count - hop;
    // A step that fails leaves no state to continue from.
    this.evaluatedUpTo = -1;
    const whole = this.graph.wholeFrames;
    const { posteriors, embedding, states } = continues
      ? await this.graph.step(this.window.latest(hop), hop, this.states)
      : await this.graph.step(padFrames(this.window.latest(frames), frames, whole), whole, null);
    this.states = states;
    this.evaluatedUpTo = this.window.count;
    return this.scores.of(posteriors, embedding);
  }

  private loudestStretch(): [number, number] {
    const last = this.window.count - 1, first = last - this.timing.frames + 1;
    const [from, to] = this.gate.loudestStretch(first, last, this.timing.longestGap);
    const seconds = (block: number) => Math.max(0, (block - this.timing.leadBlocks) * this.timing.frameSeconds);
    return [seconds(from), Math.min(this.duration, seconds(to + 1))];
  }
}
