import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DecisionStage } from '../dist/streaming/decision.js';
import { SpeechGate } from '../dist/streaming/gate.js';
import { StreamScores } from '../dist/streaming/scores.js';

const settings = { smoothingMs: 0, maximumMs: 960, refractoryMs: null, otherRefractoryMs: 240, threshold: 0.7, gap: 0, agreeingSteps: 1, thresholds: [] };
const classes = ['_unknown_', 'go', 'stop'];

/** The steps at which something is decided, with the word and the score. */
function decide(change, ...rows) {
  const stage = new DecisionStage(classes, { ...settings, ...change }, 80, 1000);
  return rows.flatMap((row, step) => {
    const decision = stage.decide(Float32Array.from(row));
    return decision ? [[step, classes[decision.class], Number(decision.score.toFixed(3))]] : [];
  });
}
const times = (count, row) => Array.from({ length: count }, () => row);

test('the mean over the smoothing span decides, and nothing before it is full', () => {
  assert.deepEqual(decide({ smoothingMs: 320 }, ...times(3, [0, 1, 0])), []);
  assert.deepEqual(decide({ smoothingMs: 320 }, ...times(3, [0, 0.6, 0]), [0, 1, 0], [0, 1, 0]), [[3, 'go', 0.7]]);
  // Halves are rounded to even numbers, as in .NET: 200 ms are 2.5 steps of 80 ms, and 2 of them.
  assert.deepEqual(decide({ smoothingMs: 200 }, [0, 0.4, 0], [0, 1, 0]), [[1, 'go', 0.7]]);
});

test('what is no command is never decided, and takes nothing from others', () => {
  assert.deepEqual(decide({}, [1, 0, 0], [0.95, 0.71, 0]), [[1, 'go', 0.71]]);
});

test('the same word waits for the window and the span, another for less', () => {
  const found = decide({}, ...times(30, [0, 0.9, 0]));
  assert.deepEqual(found.map(([step]) => step), [0, 13, 26]);
  assert.deepEqual(decide({}, [0, 0.9, 0], ...times(5, [0, 0, 0.8])).map(([step, word]) => [step, word]), [[0, 'go'], [3, 'stop']]);
  assert.deepEqual(decide({ refractoryMs: 160, otherRefractoryMs: 0 }, ...times(5, [0, 0.9, 0])).map(([step]) => step), [0, 2, 4]);
  // A candidate that may not be reported again still keeps weaker ones from it.
  assert.deepEqual(decide({}, [0, 0.9, 0], ...times(6, [0, 0.9, 0.8])).map(([, word]) => word), ['go']);
});

test('gap, agreeing steps, own thresholds', () => {
  assert.deepEqual(decide({ gap: 0.1 }, [0, 0.8, 0.75], [0, 0.8, 0.6]).map(([step]) => step), [1]);
  assert.deepEqual(decide({ agreeingSteps: 3 }, ...times(2, [0, 0.8, 0]), [0, 0, 0], ...times(3, [0, 0.8, 0])).map(([step]) => step), [5]);
  const thresholds = [{ command: 'stop', threshold: 0.3, falseAlarmsPerHour: null }];
  assert.deepEqual(decide({ thresholds }, [0, 0.6, 0.35]).map(([, word]) => word), ['stop']);
});

test('the score is the largest mean since the last event of the word, as far back as the span of the maximum', () => {
  assert.deepEqual(decide({ refractoryMs: 160, otherRefractoryMs: 0 }, [0, 0.95, 0], [0, 0.8, 0], [0, 0.75, 0]), [[0, 'go', 0.95], [2, 'go', 0.8]]);
  assert.deepEqual(decide({ agreeingSteps: 3, maximumMs: 160 }, [0, 0.99, 0], [0, 0.8, 0], [0, 0.75, 0]), [[2, 'go', 0.8]]);
});

test('the gate opens where sound stands out, follows noise slowly, and finds the loudest stretch', () => {
  const gate = new SpeechGate(100, 0.01, -70, { marginDb: 3, riseDbPerSecond: 3, hangoverMs: 500 });
  const block = (amplitude) => Float32Array.from({ length: 160 }, (_, n) => (n % 2 ? amplitude : -amplitude));
  for (let i = 0; i < 20; i++) gate.push(block(0));
  assert.deepEqual([gate.lastActive, gate.lastAudible], [-Infinity, -Infinity]);
  for (let i = 0; i < 10; i++) gate.push(block(0.1));
  assert.deepEqual([gate.lastActive, gate.lastAudible], [29, 29]);
  for (let i = 0; i < 10; i++) gate.push(block(0));
  const [first, last] = gate.loudestStretch(0, 39, 2);
  assert.ok(first === 20 && last >= 29 && last <= 32, `${first} to ${last}`);
});

test('scores of streams: distances, background and enrolled words', () => {
  const card = { classes, embeddingSize: 2, enrolled: [], geometry: null, background: null, verifiers: null };
  const of = (change, posteriors, embedding) => [...new StreamScores({ ...card, ...change }).of(Float32Array.from(posteriors), Float32Array.from(embedding))].map((x) => Number(x.toFixed(4)));
  assert.deepEqual(of({}, [0.1, 0.7, 0.2], [1, 0]), [0.1, 0.7, 0.2]);

  // Along the direction nothing changes; across it, exp(-3).
  const geometry = { mean: new Float32Array(2), whitening: Float32Array.from([1, 0, 0, 1]), directions: new Map([['go', Float32Array.from([2, 0])], ['stop', Float32Array.from([0, 1])]]), weight: 3 };
  assert.deepEqual(of({ geometry }, [0.1, 0.7, 0.2], [5, 0]), [0.1, 0.7, Number((0.2 * Math.exp(-3)).toFixed(4))]);

  // The odds of any command, to the fifth root; the likeliest command has them, the other its share.
  const odds = 1 / (1 + (0.1 / 0.9) ** (1 / 5));
  assert.deepEqual(of({ background: { temperature: 5, threshold: 0.9, smoothingMs: 240 } }, [0.1, 0.6, 0.3], [1, 0]), [0.1, Number(odds.toFixed(4)), Number((odds / 2).toFixed(4))]);

  // One half at the threshold of the enrolment; from there on it takes from the trained words.
  const enrolled = [{ word: 'new', vector: Float32Array.from([1, 0]), count: 1, threshold: 0.6 }];
  assert.deepEqual(of({ enrolled }, [0, 1, 0], [0.6, 0.8001]), [0, 1, 0, 0.4999]);
  const score = 1 / (1 + Math.exp(-12 * 0.4));
  assert.deepEqual(of({ enrolled }, [0, 1, 0], [1, 0]), [0, Number((1 - score).toFixed(4)), 0, Number(score.toFixed(4))]);
  const several = [{ ...enrolled[0], prototypes: [Float32Array.from([-1, 0]), Float32Array.from([0.6, 0.8])] }];
  assert.deepEqual(of({ enrolled: several }, [0, 1, 0], [1, 0]), [0, 0.5, 0, 0.5], 'the nearest prototype counts, not the mean');

  // The log odds of a score and those of its verifier are added up; only the direction of the embedding counts.
  const verifiers = [{ word: 'go', weights: Float32Array.from([3, 4]), bias: -2, count: 1 }];
  const sure = 1 / (1 + Math.exp(-(Math.log(0.7 / 0.3) + 5 - 2)));
  assert.deepEqual(of({ verifiers }, [0.1, 0.7, 0.2], [6, 8]), [0.1, Number(sure.toFixed(4)), 0.2]);
  assert.deepEqual(of({ verifiers }, [0, 0, 0], [0, 0]), [0, 0, 0]);
});
