import type { FeatureSettings } from '../features/settings.js';
import { roundEven } from '../numbers.js';
import { flag, floats, list, map, number, object, oneOf, optional, text, type Reader } from './schema.js';

/** A word that was added to a trained model by a few examples. */
export interface EnrolledWord {
  readonly word: string;
  /** The mean of its examples, of which only the direction counts. */
  readonly vector: Float32Array;
  readonly count: number;
  /** The lowest similarity, a cosine, at which a clip is recognised as this word. */
  readonly threshold: number;
  /** The similarity is the largest cosine to one of these; null where `vector` is the only prototype. */
  readonly prototypes: readonly Float32Array[] | null;
}

/** The threshold of one command in streams, and the false alarms that were counted at it; null where it was not calibrated. */
export interface CommandThreshold {
  readonly command: string;
  readonly threshold: number;
  readonly falseAlarmsPerHour: number | null;
  readonly falseAlarmsPerHourAtMost: number | null;
}

/** Thresholds for a wanted rate of false alarms. */
export interface Calibration {
  readonly falseAlarmsPerHour: number;
  readonly hours: number;
  readonly source: string;
  readonly commands: readonly CommandThreshold[];
  readonly hopMs: number;
  readonly smoothingMs: number;
}

/** Where the words of a model lie among its embeddings. */
export interface EmbeddingGeometry {
  readonly mean: Float32Array;
  readonly whitening: Float32Array;
  readonly directions: ReadonlyMap<string, Float32Array>;
  readonly weight: number;
}

/** How posteriors of a model that has learned what is no command become scores in streams. */
export interface BackgroundScore {
  readonly temperature: number;
  readonly threshold: number;
  readonly smoothingMs: number;
}

/** A second look at a command in streams, by recordings of one person. */
export interface CommandVerifier {
  readonly word: string;
  readonly weights: Float32Array;
  readonly bias: number;
  readonly count: number;
}

/** A tensor that a graph carries from step to step: [1, channels, length]. */
export interface StreamState {
  readonly input: string;
  readonly output: string;
  readonly channels: number;
  readonly length: number;
}

/** What a model learned from. */
export interface TrainingNote {
  readonly data: string;
  readonly license: string;
  readonly clips: number;
  readonly epochs: number;
  readonly validationAccuracy: number | null;
}

/** Everything needed to use the graph of a model: the card in the metadata of a model file. */
export interface ModelCard {
  readonly format: number;
  readonly version: string;
  readonly encoder: string;
  readonly head: 'Linear' | 'Cosine';
  readonly input: 'Features' | 'Samples';
  /** How the graph processes a stream step by step; null where it takes whole windows only. */
  readonly stream: { readonly frames: number; readonly states: readonly StreamState[] } | null;
  readonly int8: boolean;
  readonly scores: string;
  readonly features: FeatureSettings;
  readonly windowSeconds: number;
  /** How much of the window counts, in seconds at its end; null where all of it does. */
  readonly countedSeconds: number | null;
  readonly classes: readonly string[];
  readonly embeddingSize: number;
  readonly prototypes: ReadonlyMap<string, Float32Array>;
  readonly geometry: EmbeddingGeometry | null;
  readonly background: BackgroundScore | null;
  readonly cohort: readonly Float32Array[];
  readonly enrolled: readonly EnrolledWord[];
  readonly verifiers: readonly CommandVerifier[] | null;
  readonly thresholds: ReadonlyMap<string, number>;
  readonly calibration: Calibration | null;
  readonly training: TrainingNote;
}

const features = object<FeatureSettings>({
  sampleRate: optional(number, 16000),
  windowSamples: optional(number, 480),
  hopSamples: optional(number, 160),
  fftSize: optional(number, 512),
  window: optional(oneOf('Hann', 'HannSymmetric', 'Hamming', 'HammingSymmetric', 'Povey', 'BlackmanSymmetric', 'Rectangular'), 'Hann'),
  blackmanCoefficient: optional(number, 0.42),
  alignment: optional(oneOf('SnipWindow', 'SnipFft', 'Centered', 'CenteredKaldi'), 'Centered'),
  scaleToInt16: optional(flag, false),
  removeDcOffset: optional(flag, false),
  preEmphasis: optional(number, 0),
  spectrumExponent: optional(number, 2),
  melScale: optional(oneOf('Htk', 'Slaney', 'Kaldi'), 'Htk'),
  melNorm: optional(oneOf('None', 'Slaney'), 'None'),
  melBins: optional(number, 40),
  lowHz: optional(number, 0),
  highHz: optional(number, 0),
  warpFactor: optional(number, 1),
  warpLowHz: optional(number, 100),
  warpHighHz: optional(number, -500),
  compression: optional(oneOf('None', 'LogOffset', 'LogFloor', 'Decibels', 'Pcen'), 'LogOffset'),
  logOffset: optional(number, 1e-6),
  logFloor: optional(number, 1.1920928955078125e-7),
  pcen: optional(
    object({
      smoothing: optional(number, 0.025),
      gain: optional(number, 0.98),
      bias: optional(number, 2),
      root: optional(number, 0.5),
      epsilon: optional(number, 1e-6),
    }),
    { smoothing: 0.025, gain: 0.98, bias: 2, root: 0.5, epsilon: 1e-6 },
  ),
  cepstra: optional(number, 0),
  cosineNorm: optional(oneOf('Orthonormal', 'None'), 'Orthonormal'),
  lifter: optional(number, 0),
  useEnergy: optional(flag, false),
  rawEnergy: optional(flag, true),
  energyFloor: optional(number, 1),
  energyLast: optional(flag, false),
});

const threshold = object<CommandThreshold>({
  command: text,
  threshold: number,
  falseAlarmsPerHour: optional(number, null),
  falseAlarmsPerHourAtMost: optional(number, null),
});

const noNote: TrainingNote = { data: '', license: 'not stated', clips: 0, epochs: 0, validationAccuracy: null };

const note: Reader<TrainingNote> = (value, where) => {
  const read = object<TrainingNote & { licence: string | null }>({
    data: optional(text, ''),
    license: optional(text, 'not stated'),
    // The name of the field in files of earlier versions.
    licence: optional(text, null),
    clips: optional(number, 0),
    epochs: optional(number, 0),
    validationAccuracy: optional(number, null),
  })(value, where);
  const { licence, ...known } = read;
  return { ...known, license: licence ?? known.license };
};

/** Reads a card; throws an Error with a clause that says what cannot be understood. Values are not checked for their range. */
export const readCard: Reader<ModelCard> = object<ModelCard>({
  format: number,
  version: text,
  encoder: text,
  head: optional(oneOf('Linear', 'Cosine'), 'Linear'),
  input: optional(oneOf('Features', 'Samples'), 'Features'),
  stream: optional(
    object({ frames: number, states: list(object<StreamState>({ input: text, output: text, channels: number, length: number })) }),
    null,
  ),
  int8: optional(flag, false),
  scores: optional(text, 'posteriors'),
  features,
  windowSeconds: number,
  countedSeconds: optional(number, null),
  classes: list(text),
  embeddingSize: number,
  prototypes: optional(map(floats), new Map()),
  geometry: optional(object<EmbeddingGeometry>({ mean: floats, whitening: floats, directions: map(floats), weight: number }), null),
  background: optional(object<BackgroundScore>({ temperature: number, threshold: number, smoothingMs: number }), null),
  cohort: optional(list(floats), []),
  enrolled: optional(list(object<EnrolledWord>({ word: text, vector: floats, count: number, threshold: number, prototypes: optional(list(floats), null) })), []),
  verifiers: optional(list(object<CommandVerifier>({ word: text, weights: floats, bias: number, count: number })), null),
  thresholds: optional(map(number), new Map()),
  calibration: optional(
    object<Calibration>({
      falseAlarmsPerHour: number,
      hours: number,
      source: text,
      commands: optional(list(threshold), []),
      hopMs: optional(number, 80),
      smoothingMs: optional(number, 320),
    }),
    null,
  ),
  training: optional(note, noNote),
});

/** Whether a class is a command: all are but those in underscores. */
export function isCommand(name: string): boolean {
  return !(name.length >= 2 && name.startsWith('_') && name.endsWith('_'));
}

/** The samples of the window at the front end's rate. */
export function windowSamplesOf(card: ModelCard): number {
  return roundEven(card.windowSeconds * card.features.sampleRate);
}

/** The samples at the end of the window that count. */
export function countedSamplesOf(card: ModelCard): number {
  const all = windowSamplesOf(card);
  return card.countedSeconds === null ? all : Math.min(Math.max(roundEven(card.countedSeconds * card.features.sampleRate), 1), all);
}
