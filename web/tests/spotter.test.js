import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { MinglingError, Recognizer, Spotter, withTrainedThreshold } from '../dist/index.js';
import { base, cardOf, seal } from './modelFiles.js';
import { readWav } from './vectorSet.js';

const corpus = new URL('../../samples/commands/', import.meta.url);
const clips = (word) => readdirSync(new URL(`${word}/`, corpus)).filter((name) => name.endsWith('.wav')).sort().map((name) => readWav(readFileSync(new URL(`${word}/${name}`, corpus))));
const [first, second] = clips('start');
/** Two words with a pause, in faint noise, which is a room. */
const sound = (() => {
  const rate = first.rate, samples = new Float32Array(6 * rate);
  for (let n = 0; n < samples.length; n++) samples[n] = 0.002 * Math.sin(n * n * 0.37);
  for (const [at, clip] of [[1.5, first], [4, second]]) clip.samples.forEach((x, n) => (samples[Math.round(at * rate) + n] += x));
  return { rate, samples };
})();

let recognizer, model;

before(async () => {
  const bytes = base(), bare = await Recognizer.load(bytes);
  const { embedding } = await bare.recognize(first.samples, first.rate);
  await bare.dispose();
  model = seal(bytes, { ...cardOf(bytes), enrolled: [{ word: 'start', vector: [...embedding], count: 1, threshold: 0.5 }] });
  recognizer = await Recognizer.load(model);
});
after(() => recognizer.dispose());

async function hear(spotter, samples, size) {
  const heard = [];
  for (let at = 0; at < samples.length; at += size) {
    spotter.push(samples.subarray(at, at + size));
    await spotter.settled();
    heard.push(...spotter.read());
  }
  await spotter.complete();
  return [...heard, ...spotter.read()];
}

test('a clip of an enrolled word is recognised, and nothing in silence', async () => {
  const { word, score, isEnrolled } = await recognizer.recognize(first.samples, first.rate);
  assert.deepEqual([word, isEnrolled], ['start', true]);
  assert.ok(score > 0.99);
  assert.equal((await recognizer.recognize(new Float32Array(16000))).word, null);
  assert.equal((await recognizer.recognize(new Float32Array(0))).word, null);
});

test('words in a stream are heard where they are, however it is cut', async () => {
  const whole = await recognizer.openStream({ sampleRate: sound.rate });
  const heard = await hear(whole, sound.samples, sound.samples.length);
  assert.deepEqual(heard.map(({ word }) => word), ['start', 'start']);
  for (const [i, at] of [1.5, 4].entries()) {
    assert.ok(heard[i].start > at - 0.2 && heard[i].end < at + first.samples.length / first.rate + 0.2, JSON.stringify(heard[i]));
    assert.ok(heard[i].time >= heard[i].end);
  }
  for (const size of [1, 77, 4096]) {
    const cut = await recognizer.openStream({ sampleRate: sound.rate });
    assert.deepEqual(await hear(cut, sound.samples, size), heard);
    await cut.reset();
    assert.equal(cut.duration, 0);
    assert.deepEqual(await hear(cut, sound.samples, 10_000), heard);
    await cut.dispose();
  }
});

test('several streams of a model at once, each as if alone, and what the caller does with an array afterwards is not heard', async () => {
  const alone = await hear(await recognizer.openStream({ sampleRate: sound.rate }), sound.samples, 1000);
  const streams = await Promise.all([0, 1, 2].map(() => recognizer.openStream({ sampleRate: sound.rate })));
  const buffer = new Float32Array(1000);
  for (let at = 0; at < sound.samples.length; at += buffer.length) {
    const piece = sound.samples.subarray(at, at + buffer.length);
    buffer.set(piece);
    for (const stream of streams) stream.push(buffer.subarray(0, piece.length));
    buffer.fill(1);
  }
  for (const stream of streams) {
    await stream.complete();
    assert.deepEqual(stream.read(), alone);
  }
});

test('listen gives events until the source ends, and its mistakes after the events before them', async () => {
  const source = {
    sampleRate: sound.rate,
    async *[Symbol.asyncIterator]() {
      for (let at = 0; at < sound.samples.length; at += 999) yield sound.samples.subarray(at, at + 999);
    },
  };
  const heard = [];
  for await (const each of (await recognizer.openStream({ sampleRate: sound.rate })).listen(source)) heard.push(each.word);
  assert.deepEqual(heard, ['start', 'start']);
  await assert.rejects(async () => {
    for await (const each of (await recognizer.openStream({ sampleRate: 8000 })).listen(source)) assert.fail(each.word);
  }, /^SoundError: The sound has 16000 Hz where the stream was said to have 8000/);
});

test('settings are those of the model file, can be changed, and are checked', async () => {
  const spotter = await Spotter.load(model);
  assert.deepEqual(spotter.settings.decision.thresholds, [{ command: 'start', threshold: 0.5, falseAlarmsPerHour: null }]);
  assert.equal(spotter.sampleRate, 16000);
  await spotter.dispose();
  const deaf = await recognizer.openStream({
    sampleRate: sound.rate,
    adjust: (settings) => ({ ...settings, decision: { ...settings.decision, thresholds: [{ command: 'start', threshold: 1, falseAlarmsPerHour: null }] } }),
  });
  assert.deepEqual(await hear(deaf, sound.samples, 5000), []);
  const { thresholds, threshold } = withTrainedThreshold(spotter.settings, recognizer.card, 0.4).decision;
  assert.deepEqual([thresholds.length, threshold], [1, 0.4]);
  await assert.rejects(recognizer.openStream({ adjust: (settings) => ({ ...settings, hopMs: 0, silenceDb: 3, decision: { ...settings.decision, gap: 2 } }) }),
    /^RangeError: The spotter settings are wrong: hopMs 0 is outside.*silenceDb 3 is outside -120 to 0; gap 2 is outside 0 to 1/);
  await assert.rejects(recognizer.openStream({ sampleRate: 10 }), /^SoundError: A sound has a whole sample rate of 1000 to 384000 Hz, not 10/);
  await assert.rejects(Spotter.load(base()), /the model has no command to decide for/);
});

test('samples that cannot be are refused with their time, and nothing of their piece is taken', async () => {
  const spotter = await recognizer.openStream({ sampleRate: sound.rate });
  spotter.push(sound.samples.subarray(0, 32_000));
  const wrong = sound.samples.slice(0, 100);
  wrong[40] = NaN;
  assert.throws(() => spotter.push(wrong), (e) => e instanceof MinglingError && /^The sample at 2\.002 s of the stream is not a finite number; nothing of its piece was taken\.$/.test(e.message));
  assert.throws(() => spotter.push([0, 1]), /Samples are a Float32Array/);
  assert.equal(spotter.duration, 2);
  spotter.push(sound.samples.subarray(32_000));
  await spotter.complete();
  assert.equal(spotter.read().length, 2);
  assert.throws(() => spotter.push(wrong.subarray(0, 10)), /The stream is complete/);
  await assert.rejects(recognizer.recognize(wrong), /^SoundError: sample 40 of the clip is not a finite number\.$/);
});

test('a failure in the background comes out of read, after the events before it', async () => {
  const spotter = await recognizer.openStream({ sampleRate: sound.rate });
  await spotter.dispose();
  spotter.push(sound.samples);
  await assert.rejects(spotter.settled(), /the stream was closed/);
  assert.throws(() => spotter.read(), /the stream was closed/);
  assert.throws(() => spotter.push(sound.samples), /the stream was closed/);
});

test('a stream without sound, and one shorter than the window', async () => {
  const empty = await recognizer.openStream();
  await empty.complete();
  assert.deepEqual(empty.read(), []);
  const short = await recognizer.openStream({ sampleRate: first.rate });
  assert.deepEqual((await hear(short, first.samples, 500)).map(({ word }) => word), ['start']);
});
