import { highestRate, lowestRate } from '../audio/samples.js';
import { FrameLayout } from '../features/layout.js';
import { binsOf, upperEdgeOf, type FeatureSettings } from '../features/settings.js';
import { isWithin } from '../numbers.js';
import { isCommand, windowSamplesOf, type ModelCard } from './card.js';

const mostValues = 1 << 24;
const isWhole = (value: number, low: number, high: number) => Number.isInteger(value) && isWithin(value, low, high);
const isFinite = (values: Float32Array) => values.every((x) => Number.isFinite(x));

/** Everything that is wrong with a card, one clause for each thing; none where it can be used. */
export function cardProblems(card: ModelCard): string[] {
  const problems: string[] = [];
  const need = (holds: boolean, otherwise: string) => {
    if (!holds) problems.push(otherwise);
  };
  const words = new Set([...card.classes, ...card.enrolled.map((enrolled) => enrolled.word)]);
  const classes = new Set(card.classes);

  const front = frontProblem(card);
  if (front) problems.push(front);
  need(card.scores === 'posteriors', `the scores are ${card.scores} instead of posteriors`);
  need(card.classes.length >= 2, `there must be at least 2 classes, not ${card.classes.length}`);
  need(card.classes.every((word) => word.trim() !== ''), 'a class has no name');
  need(classes.size === card.classes.length, 'two classes have the same name');
  need(card.cohort.length > 0 || card.classes.some(isCommand), 'no class is a command');
  need(isWhole(card.embeddingSize, 1, 65_536), `the embedding must have 1 to 65,536 values, not ${card.embeddingSize}`);
  for (const [word, threshold] of card.thresholds) {
    need(classes.has(word), `there is a threshold for '${word}', which is no class`);
    need(isWithin(threshold, 0, 1), `the threshold of '${word}' must be 0 to 1, not ${threshold}`);
  }
  const hasDirection = (vector: Float32Array) => vector.length === card.embeddingSize && isFinite(vector) && vector.some((x) => x !== 0);
  for (const { word, vector, count, threshold, prototypes } of card.enrolled) {
    need(word.trim() !== '' && isCommand(word), `'${word}' was enrolled, but underscores mark what is no command`);
    need(!classes.has(word), `'${word}' was enrolled, but is a class already`);
    need(hasDirection(vector), `the prototype of '${word}' has no direction or not ${card.embeddingSize} values`);
    need(!prototypes || isWithin(prototypes.length, 1, 1000), `'${word}' has ${prototypes?.length} prototypes instead of 1 to 1000`);
    need(!prototypes || prototypes.every(hasDirection), `a prototype of '${word}' has no direction or not ${card.embeddingSize} values`);
    need(isWhole(count, 1, Number.MAX_SAFE_INTEGER), `'${word}' was enrolled from ${count} examples instead of at least 1`);
    need(isWithin(threshold, -1, 1), `the threshold of '${word}' must be -1 to 1, not ${threshold}`);
  }
  need(words.size >= card.classes.length + card.enrolled.length || classes.size !== card.classes.length, 'a word is enrolled twice');
  const verifiers = card.verifiers ?? [];
  for (const { word, weights, bias, count } of verifiers) {
    need(words.has(word) && isCommand(word), `there is a verifier of '${word}', which is no command of the model`);
    need(weights.length === card.embeddingSize && isFinite(weights) && Number.isFinite(bias), `the verifier of '${word}' does not fit the embedding`);
    need(isWhole(count, 1, Number.MAX_SAFE_INTEGER), `the verifier of '${word}' has ${count} recordings instead of at least 1`);
  }
  need(new Set(verifiers.map((verifier) => verifier.word)).size === verifiers.length, 'a word has two verifiers');
  for (const [word, prototype] of card.prototypes) {
    need(classes.has(word), `there is a prototype of '${word}', which is no class`);
    need(hasDirection(prototype), `the prototype of '${word}' has no direction or not ${card.embeddingSize} values`);
  }
  need(card.cohort.every((other) => other.length === card.embeddingSize && isFinite(other)), 'an embedding of the cohort does not fit the embedding');
  if (card.geometry) {
    const { mean, whitening, directions, weight } = card.geometry, size = card.embeddingSize;
    need(mean.length === size && whitening.length === size * size, 'the geometry of the embeddings has another size than they');
    need(isFinite(mean) && isFinite(whitening), 'the geometry of the embeddings holds what is no number');
    need(Number.isFinite(weight) && weight >= 0, `the weight of the geometry must be 0 or more, not ${weight}`);
    for (const [word, direction] of directions) {
      need(classes.has(word), `there is a direction of '${word}', which is no class`);
      need(direction.length === size && isFinite(direction), `the direction of '${word}' does not fit the embedding`);
    }
  }
  if (card.background) {
    const { temperature, threshold, smoothingMs } = card.background;
    need(temperature > 0 && temperature <= 100, `the temperature of the scores in streams must be above 0 and at most 100, not ${temperature}`);
    need(threshold > 0 && threshold <= 1, `the threshold in streams must be above 0 and at most 1, not ${threshold}`);
    need(isWithin(smoothingMs, 0, 2000), `scores in streams must be averaged over 0 to 2000 ms, not ${smoothingMs}`);
    need(!card.classes.every(isCommand), 'the scores in streams need a class that is no command');
  }
  if (card.calibration) {
    const { commands, hopMs, smoothingMs } = card.calibration;
    for (const { command, threshold } of commands) {
      need(words.has(command) && isCommand(command), `there is a calibrated threshold for '${command}', which is no command of the model`);
      need(threshold > 0 && threshold <= 1, `the calibrated threshold of '${command}' must be above 0 and at most 1, not ${threshold}`);
    }
    need(new Set(commands.map((own) => own.command)).size === commands.length, 'a word has two calibrated thresholds');
    need(hopMs > 0 && hopMs <= 1000 && isWithin(smoothingMs, 0, 2000), 'the calibration must have a pace of up to 1000 ms and a smoothing span of up to 2000 ms');
  }
  if (card.stream) {
    const { frames, states } = card.stream;
    need(isWhole(frames, 1, 1000), `a step must have 1 to 1000 frames, not ${frames}`);
    need(states.every((state) => isWhole(state.channels, 1, mostValues) && isWhole(state.length, 1, mostValues)), 'a state of the steps has no values');
    need(states.reduce((sum, state) => sum + state.channels * state.length, 0) <= mostValues, 'the states of the steps would fill too much memory');
    const names = states.flatMap((state) => [state.input, state.output]);
    need(names.every((name) => name.trim() !== ''), 'a state of the steps has no name');
    need(new Set(names).size === names.length, 'the steps have two states of one name');
  }
  return problems;
}

function frontProblem(card: ModelCard): string | null {
  if (!isWithin(card.windowSeconds, 0.1, 10)) return `the window must be 0.1 to 10 seconds, not ${card.windowSeconds}`;
  const counted = card.countedSeconds;
  if (counted !== null && !(counted > 0 && counted <= card.windowSeconds))
    return `what counts of the window must be above 0 and at most the window of ${card.windowSeconds} seconds, not ${counted}`;
  const problems = featureProblems(card.features);
  if (problems.length > 0) return `the front end cannot be used (${problems.join('; ')})`;
  const frames = (card.windowSeconds * card.features.sampleRate) / card.features.hopSamples;
  if (frames * binsOf(card.features) > mostValues) return 'the features of a window would fill too much memory';
  return new FrameLayout(card.features).frameCount(windowSamplesOf(card)) < 1 ? 'the window is shorter than a frame of the front end' : null;
}

function featureProblems(s: FeatureSettings): string[] {
  const problems: string[] = [];
  const whole = (name: keyof FeatureSettings, low: number, high: number) => {
    if (!isWhole(s[name] as number, low, high)) problems.push(`${name} ${String(s[name])} is outside ${low} to ${high}`);
  };
  const real = (name: keyof FeatureSettings, low: number, high: number) => {
    if (!isWithin(s[name], low, high)) problems.push(`${name} ${String(s[name])} is outside ${low} to ${high}`);
  };
  whole('sampleRate', lowestRate, highestRate);
  whole('fftSize', 2, 65_536);
  whole('windowSamples', 2, s.fftSize);
  whole('hopSamples', 1, 1 << 20);
  real('blackmanCoefficient', 0, 1);
  real('preEmphasis', 0, 1);
  whole('spectrumExponent', 1, 2);
  whole('melBins', 1, 1024);
  if (!(upperEdgeOf(s) <= 0.5 * s.sampleRate)) problems.push(`highHz ${s.highHz} is above the Nyquist frequency`);
  if (!(s.lowHz >= 0 && s.lowHz < upperEdgeOf(s))) problems.push(`lowHz ${s.lowHz} is not below highHz`);
  real('warpFactor', 0.5, 2);
  real('logOffset', 1e-37, 1e6);
  real('logFloor', 1e-37, 1e6);
  whole('cepstra', 0, s.melBins);
  real('lifter', 0, 1000);
  real('energyFloor', 0, 1e30);
  if (s.compression === 'Pcen' && (s.cepstra > 0 || s.useEnergy)) problems.push('pcen goes with neither cepstra nor useEnergy');
  return problems;
}
