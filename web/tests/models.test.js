import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graphProblem } from '../dist/models/graphCheck.js';
import { openModelFile } from '../dist/models/modelFile.js';
import { wireFields } from '../dist/models/wire.js';
import { Recognizer } from '../dist/index.js';
import { base, cardOf, field, seal, varint } from './modelFiles.js';

const model = base(), card = cardOf(model);
const refused = (bytes, message) => assert.throws(() => openModelFile('m.onnx', bytes), (e) => e.name === 'ModelError' && message.test(e.message) || assert.fail(`${e.name}: ${e.message}`));

test('the card of the base encoder is read', () => {
  const read = openModelFile('base', model);
  assert.equal(read.encoder, card.encoder);
  assert.equal(read.embeddingSize, card.embeddingSize);
  assert.deepEqual(read.classes, card.classes);
  assert.equal(read.features.sampleRate, 16000);
  assert.equal(read.cohort.length, card.cohort.length);
  assert.deepEqual(read.cohort[0], Float32Array.from(card.cohort[0]));
  assert.equal(read.stream?.states.length, card.stream?.states.length);
});

test('a card that was written anew is read, and each flipped bit is found', () => {
  const named = { ...card, enrolled: [{ word: 'go', vector: Array(card.embeddingSize).fill(1), count: 1, threshold: 0.5 }] };
  const sealed = seal(model, named);
  assert.equal(openModelFile('m', sealed).enrolled[0].word, 'go');
  for (const at of [100, sealed.length >> 1, sealed.length - 2000]) {
    const damaged = sealed.slice();
    damaged[at] ^= 4;
    refused(damaged, /m\.onnx (is damaged|cannot be used|is an ONNX model without)/);
  }
});

test('files that are no models are refused with a sentence', () => {
  refused(new Uint8Array(0), /^m\.onnx cannot be used: it is cut short or is not an ONNX model\.$/);
  refused(new TextEncoder().encode('<!doctype html>'), /^m\.onnx cannot be used: /);
  refused(model.subarray(0, 5000), /^m\.onnx cannot be used: it is cut short or is not an ONNX model\.$/);
  refused(field(7, new Uint8Array(0)), /without the card of Mingling; make one with 'mingling export'\.$/);
  refused(new Uint8Array(200_000).fill(8).map((x, i) => (i % 2 ? 1 : 8)), /more than 65,536 fields/);
});

test('cards with values that cannot be are refused, all of them in one sentence', () => {
  const bad = (change, message) => refused(seal(model, typeof change === 'string' ? change : { ...card, ...change }), message);
  bad('{', /the card in m\.onnx cannot be understood/);
  bad('null', /does not say its format/);
  bad({ format: 2 }, /is of format 2; this version of Mingling reads format 1/);
  bad({ surprise: 1 }, /the card has a property 'surprise' that this version does not know/);
  bad({ classes: ['a', 3] }, /classes\[1\] is number instead of a string/);
  bad({ classes: undefined }, /the card has no 'classes'/);
  bad({ features: { ...card.features, window: 'Triangle' } }, /features\.window is "Triangle" instead of one of Hann/);
  bad({ windowSeconds: 100, embeddingSize: 0 }, /the window must be 0\.1 to 10 seconds, not 100; .*the embedding must have 1 to 65,536 values, not 0/);
  bad({ countedSeconds: 1.5 }, /what counts of the window must be above 0 and at most the window of 1 seconds, not 1\.5/);
  bad({ features: { ...card.features, fftSize: 100 } }, /the front end cannot be used \(windowSamples \d+ is outside 2 to 100\)/);
  bad({ enrolled: [{ word: '_no_', vector: [1], count: 0, threshold: 2 }] }, /underscores mark.*no direction or not \d+ values.*from 0 examples.*must be -1 to 1, not 2/);
  bad({ enrolled: [{ word: 'go', vector: Array(card.embeddingSize).fill(1), count: 2, threshold: 0, prototypes: [] }] }, /'go' has 0 prototypes instead of 1 to 1000/);
  bad({ verifiers: [{ word: 'go', weights: [1], bias: 0, count: 0 }] }, /verifier of 'go', which is no command.*does not fit the embedding.*has 0 recordings/);
  bad({ enrolled: [{ word: 'go', vector: Array(card.embeddingSize).fill(1), count: 2, threshold: 0, prototypes: [[1]] }] }, /a prototype of 'go' has no direction or not \d+ values/);
  bad({ calibration: { falseAlarmsPerHour: 1, hours: 1, source: '', commands: [{ command: 'jump', threshold: 0.5 }] } }, /calibrated threshold for 'jump', which is no command/);
  bad({ stream: { frames: 8, states: [{ input: 'a', output: 'a', channels: 0, length: 1 }] } }, /a state of the steps has no values; the steps have two states of one name/);
});

test('graphs that keep data elsewhere or hold loops are refused', () => {
  const tensor = (content) => field(7, field(5, content));
  assert.equal(graphProblem(tensor(new Uint8Array([...varint(14 * 8), 0]))), null);
  assert.match(graphProblem(tensor(new Uint8Array([...varint(14 * 8), 1]))), /keeps data outside of the file/);
  assert.match(graphProblem(tensor(field(13, 'x'))), /keeps data outside of the file/);
  assert.match(graphProblem(field(7, field(1, field(4, 'Loop')))), /a loop \('Loop'\)/);
  // Within the branch of a condition.
  assert.match(graphProblem(field(7, field(1, field(5, field(6, field(1, field(4, 'Scan'))))))), /a loop \('Scan'\)/);
  let nested = field(4, 'Relu');
  for (let i = 0; i < 20; i++) nested = field(5, field(6, field(1, nested)));
  assert.match(graphProblem(field(7, field(1, nested))), /nested too deeply/);
});

test('fields of a message are told apart', () => {
  const message = new Uint8Array([...varint(8), ...varint(300), ...varint(2 * 8 + 5), 1, 2, 3, 4, ...varint(3 * 8 + 1), 1, 2, 3, 4, 5, 6, 7, 8, ...field(4, 'ab')]);
  assert.deepEqual(wireFields(message).map(({ number, payload }) => [number, payload.length]), [[1, 2], [2, 4], [3, 8], [4, 2]]);
  for (const broken of [[8], [0x80], [10, 5, 1], [11, 0], [0, 0], Array(11).fill(0xff)]) assert.throws(() => wireFields(new Uint8Array(broken)), /ONNX model/);
});

test('a graph that contradicts its card, and a runtime that is none, are told', async () => {
  await assert.rejects(Recognizer.load(seal(model, { ...card, classes: [...card.classes, 'more'] })), /the graph of the model contradicts its card: its output 'scores' does not hold/);
  const states = [...(card.stream?.states ?? []), { input: 'state.x', output: 'next.x', channels: 1, length: 1 }];
  await assert.rejects(Recognizer.load(seal(model, { ...card, stream: { frames: 8, states } })), /it has no input 'state\.x'; it has no output 'next\.x'/);
  await assert.rejects(Recognizer.load(model, { runtime: {} }), /no module of ONNX Runtime Web/);
  await assert.rejects(Recognizer.load(model, { runtime: 'file:///nowhere.mjs' }), /ONNX Runtime Web could not be loaded from file:\/\/\/nowhere\.mjs .*install 'onnxruntime-web'/);
  await assert.rejects(Recognizer.load('no such file.onnx'), /^ModelError: no such file\.onnx could not be read: ENOENT/);
  await assert.rejects(Recognizer.load(5), TypeError);
});
