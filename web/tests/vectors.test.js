// Compares with what .NET computed. MINGLING_VECTORS names folders that `mingling vectors` wrote, separated by colons; .ci/run makes them.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { resample } from '../dist/audio/resampler.js';
import { fitClip } from '../dist/audio/samples.js';
import { LocalEngine } from '../dist/engine/localEngine.js';
import { clipFeatures } from '../dist/features/stream.js';
import { loadRuntime } from '../dist/inference/runtime.js';
import { countedSamplesOf, windowSamplesOf } from '../dist/models/card.js';
import { settingsOf } from '../dist/streaming/settings.js';
import { compareStream, largestDifference, readFloats, readWav } from './vectorSet.js';

const folders = (process.env.MINGLING_VECTORS ?? '').split(':').filter(Boolean);
const tolerance = { features: 1e-5, scores: Number(process.env.MINGLING_SCORES ?? 1e-4) };

test('vectors of .NET', { skip: folders.length === 0 && 'MINGLING_VECTORS names no folder of test vectors' }, async (t) => {
  for (const folder of folders) {
    const read = (name) => readFileSync(join(folder, name));
    const set = JSON.parse(read('vectors.json'));
    const engine = await LocalEngine.load(set.model, new Uint8Array(read(set.model)), await loadRuntime());
    for (const stream of set.streams) {
      await t.test(`${folder}: stream ${stream.name}`, async (t) => {
        const found = await compareStream(engine, settingsOf(engine.card), stream, read);
        t.diagnostic(`features ${found.features}, scores ${found.scores}, scores of events ${found.eventScores}, ${found.events[0].length} events`);
        assert.ok(found.features <= tolerance.features, `features differ by ${found.features}`);
        assert.equal(...found.evaluated);
        assert.ok(found.times <= 1e-9, `times differ by ${found.times}`);
        assert.ok(found.scores <= tolerance.scores, `scores differ by ${found.scores}`);
        assert.deepEqual(...found.events);
        assert.ok(found.eventScores <= tolerance.scores);
      });
    }
    for (const clip of set.clips) {
      await t.test(`${folder}: clip ${clip.name}`, async (t) => {
        const { rate, samples } = readWav(read(clip.sound));
        const { card } = engine;
        if (clip.features) {
          const window = fitClip(resample(samples, rate, set.sampleRate), windowSamplesOf(card), countedSamplesOf(card));
          const difference = largestDifference(clipFeatures(card.features, window), readFloats(read(clip.features.file)));
          t.diagnostic(`features ${difference}`);
          assert.ok(difference <= tolerance.features, `features differ by ${difference}`);
        }
        const result = await engine.recognize(samples, rate);
        const { word, best, score, isEnrolled } = result;
        assert.deepEqual({ word, best, isEnrolled }, { word: clip.word, best: clip.best, isEnrolled: clip.isEnrolled });
        assert.ok(Math.abs(score - clip.score) <= tolerance.scores);
        assert.ok(largestDifference(result.posteriors, clip.posteriors) <= tolerance.scores);
        assert.ok(largestDifference(result.embedding, clip.embedding) <= tolerance.scores * Math.max(1, ...clip.embedding.map(Math.abs)));
      });
    }
    await engine.dispose();
  }
});
