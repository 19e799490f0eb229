import { isWithin } from '../numbers.js';
import { isCommand, type ModelCard } from '../models/card.js';

/** Which windows of a stream the model is evaluated on. */
export interface GateSettings {
  /** How far sound must rise above the noise floor to open the gate, in decibels. Range: 0 (always open) to 60. Default: 3. */
  readonly marginDb: number;
  /** How fast the noise floor follows a noise that grew, in decibels a second. Range: 0 to 100. Default: 3. */
  readonly riseDbPerSecond: number;
  /** How long in milliseconds the gate stays open after the last speech has left the window. Range: 0 to 60,000. Default: 500. */
  readonly hangoverMs: number;
}

/** A command's own threshold, and the false alarms per hour that were counted at it; null where it was not calibrated. */
export interface OwnThreshold {
  readonly command: string;
  readonly threshold: number;
  readonly falseAlarmsPerHour: number | null;
}

/** When scores become an event. */
export interface DecisionSettings {
  /** The span in milliseconds over which scores are averaged. Range: 0 to 2000. Default: 320. */
  readonly smoothingMs: number;
  /** The span in milliseconds whose largest average is the score of an event. Range: `smoothingMs` to 10,000. Default: 960. */
  readonly maximumMs: number;
  /** The time in milliseconds after an event in which the same command is not reported again; null (default): the window and the smoothing span. Range: 0 to 20,000. */
  readonly refractoryMs: number | null;
  /** The time in milliseconds after an event in which no other command is reported. Range: 0 to 10,000. Default: 240. */
  readonly otherRefractoryMs: number;
  /** The threshold of commands that have none of their own. Range: above 0, at most 1. Default: 0.7. */
  readonly threshold: number;
  /** How far the average of a command must lie above that of the next. Range: 0 (off) to 1. Default: 0. */
  readonly gap: number;
  /** How many times in a row the same command must pass. Range: 1 to 1000. Default: 1. */
  readonly agreeingSteps: number;
  /** The commands' own thresholds, at most one each. */
  readonly thresholds: readonly OwnThreshold[];
}

/** How commands are detected in a stream. */
export interface SpotterSettings {
  /** The time between two windows in milliseconds, rounded to whole frames. Range: one frame to 1000. Default: 80. */
  readonly hopMs: number;
  readonly decision: DecisionSettings;
  /** Null evaluates all windows that are not silent. */
  readonly gate: GateSettings | null;
  /** The level (dBFS) below which sound is silence. Range: −120 to 0. Default: −70. */
  readonly silenceDb: number;
  /** How many milliseconds of room are put before a stream; null (default): half the window and the smoothing span. Range: 0 to 10,000. */
  readonly leadMs: number | null;
  /** How many milliseconds of room are added after a stream; null (default): half the window and the smoothing span. Range: 0 to 10,000. */
  readonly tailMs: number | null;
}

// The score of an enrolled word is one half at the threshold of its enrolment.
const enrolledThreshold = 0.5;

/**
 * The settings for a model: calibrated thresholds with the interval and the smoothing span that they hold for, for enrolled words without
 * one that of their enrolment, and defaults that suit the scores of the model.
 */
export function settingsOf(card: ModelCard): SpotterSettings {
  const calibrated = card.calibration?.commands ?? [];
  const own: OwnThreshold[] = calibrated.map(({ command, threshold, falseAlarmsPerHour }) => ({ command, threshold, falseAlarmsPerHour }));
  for (const { word } of card.enrolled) {
    if (!calibrated.some((threshold) => threshold.command === word)) own.push({ command: word, threshold: enrolledThreshold, falseAlarmsPerHour: null });
  }
  const isCalibrated = card.calibration !== null && calibrated.length > 0;
  const smoothingMs = isCalibrated ? card.calibration.smoothingMs : (card.background?.smoothingMs ?? 320);
  return {
    hopMs: isCalibrated ? card.calibration.hopMs : 80,
    decision: {
      smoothingMs,
      maximumMs: isCalibrated ? Math.max(960, smoothingMs) : 960,
      refractoryMs: null,
      otherRefractoryMs: 240,
      threshold: card.background?.threshold ?? 0.7,
      gap: 0,
      agreeingSteps: 1,
      thresholds: own,
    },
    gate: { marginDb: 3, riseDbPerSecond: 3, hangoverMs: 500 },
    silenceDb: -70,
    leadMs: null,
    tailMs: null,
  };
}

/** The same settings with one threshold for all trained commands; enrolled words keep theirs, because their scores have another scale. */
export function withTrainedThreshold(settings: SpotterSettings, card: ModelCard, threshold: number): SpotterSettings {
  const thresholds = settings.decision.thresholds.filter((own) => card.enrolled.some((word) => word.word === own.command));
  return { ...settings, decision: { ...settings.decision, threshold, thresholds } };
}

/** Checks settings for the classes of a model; throws a RangeError that names everything that is wrong. */
export function checkSettings(settings: SpotterSettings, classes: readonly string[]): void {
  const problems: string[] = [];
  const need = (name: string, value: number | null, low: number, high: number) => {
    if (!isWithin(value, low, high)) problems.push(`${name} ${value} is outside ${low} to ${high}`);
  };
  const { decision, gate } = settings;
  const positive = Number.MIN_VALUE;
  need('hopMs', settings.hopMs, positive, 1000);
  need('silenceDb', settings.silenceDb, -120, 0);
  if (settings.leadMs !== null) need('leadMs', settings.leadMs, 0, 10_000);
  if (settings.tailMs !== null) need('tailMs', settings.tailMs, 0, 10_000);
  need('smoothingMs', decision.smoothingMs, 0, 2000);
  need('maximumMs', decision.maximumMs, decision.smoothingMs, 10_000);
  if (decision.refractoryMs !== null) need('refractoryMs', decision.refractoryMs, 0, 20_000);
  need('otherRefractoryMs', decision.otherRefractoryMs, 0, 10_000);
  need('threshold', decision.threshold, positive, 1);
  need('gap', decision.gap, 0, 1);
  if (!Number.isInteger(decision.agreeingSteps)) problems.push(`agreeingSteps ${decision.agreeingSteps} is no whole number`);
  need('agreeingSteps', decision.agreeingSteps, 1, 1000);
  const seen = new Set<string>();
  for (const { command, threshold } of decision.thresholds) {
    if (!classes.includes(command) || !isCommand(command)) problems.push(`there is a threshold for '${command}', which is no command of the model`);
    if (seen.has(command)) problems.push(`'${command}' has more than one threshold`);
    seen.add(command);
    need(`the threshold of '${command}',`, threshold, positive, 1);
  }
  if (gate) {
    need('marginDb', gate.marginDb, 0, 60);
    need('riseDbPerSecond', gate.riseDbPerSecond, 0, 100);
    need('hangoverMs', gate.hangoverMs, 0, 60_000);
  }
  if (!classes.some(isCommand)) problems.push('the model has no command to decide for');
  if (problems.length > 0) throw new RangeError(`The spotter settings are wrong: ${problems.join('; ')}.`);
}
