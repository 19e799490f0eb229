// How much of one core a stream takes in Node: `node benchmarks/speed.js SOUND.wav MODEL.onnx…`. The gate is open; the model hears every window.
import { readFileSync } from 'node:fs';
import { Spotter } from '../dist/index.js';
import { readWav } from '../tests/vectorSet.js';

const [sound, ...models] = process.argv.slice(2);
const { rate, samples } = readWav(readFileSync(sound));
const rounds = 5, piece = Math.round(rate / 50);

for (const model of models) {
  const before = process.memoryUsage().rss;
  const spotter = await Spotter.load(model, { sampleRate: rate, adjust: (settings) => ({ ...settings, gate: null }) });
  let least = Infinity;
  for (let round = 0; round < rounds; round++) {
    await spotter.reset();
    const begin = process.cpuUsage();
    for (let at = 0; at < samples.length; at += piece) {
      spotter.push(samples.subarray(at, at + piece));
      // As a microphone would: one piece after the other, and no queue of them.
      await spotter.settled();
    }
    await spotter.complete();
    const { user, system } = process.cpuUsage(begin);
    least = Math.min(least, (user + system) / 1e6 / spotter.duration);
  }
  const memory = (process.memoryUsage().rss - before) / 2 ** 20;
  console.log(JSON.stringify({ model, share: Number(least.toFixed(4)), seconds: spotter.duration, memoryMiB: Math.round(memory) }));
  await spotter.dispose();
}
