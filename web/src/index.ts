export { MinglingError, ModelError, SoundError } from './errors.js';
export { Recognizer } from './recognizer.js';
export { Spotter, type StreamOptions } from './spotter.js';
export { Microphone, type MicrophoneOptions } from './microphone.js';
export { withTrainedThreshold, type DecisionSettings, type GateSettings, type OwnThreshold, type SpotterSettings } from './streaming/settings.js';
export type { RecognizedClip } from './engine/engine.js';
export type { LoadOptions, ModelSource } from './engine/load.js';
export type { OnnxRuntime } from './inference/runtime.js';
export type { Heard } from './streaming/stream.js';
export type {
  BackgroundScore, Calibration, CommandThreshold, CommandVerifier, EmbeddingGeometry, EnrolledWord, ModelCard, StreamState, TrainingNote,
} from './models/card.js';
export type { FeatureSettings, PcenSettings } from './features/settings.js';
