// Runs in Chromium: each check posts its result to the server (chromium.test.js), which judges it.
import { Recognizer, Spotter } from 'mingling';
import { LocalEngine } from '/package/dist/engine/localEngine.js';
import { loadRuntime } from '/package/dist/inference/runtime.js';
import { settingsOf } from '/package/dist/streaming/settings.js';
import { compareEvents, compareStream, piecesOf, readWav } from '../vectorSet.js';

const post = (path, value) => fetch(path, { method: 'POST', body: JSON.stringify(value) });
const check = async (name, work) => {
  try {
    await post('/result', { name, value: await work() });
  } catch (e) {
    await post('/result', { name, error: `${e.name}: ${e.message}` });
  }
};
const fetched = (folder) => async (name) => {
  const response = await fetch(`${folder}/${name}`);
  if (!response.ok) throw new Error(`${folder}/${name}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
};

const { folders, microphone, seconds } = await (await fetch('/tests/browser/plan.json')).json();

for (const folder of folders) {
  const read = fetched(folder), set = JSON.parse(new TextDecoder().decode(await read('vectors.json')));
  const engine = await LocalEngine.load(set.model, await read(set.model), await loadRuntime());
  for (const stream of set.streams) await check(`${folder} ${stream.name} in the page`, () => compareStream(engine, settingsOf(engine.card), stream, read));
  await engine.dispose();

  const stream = set.streams.at(-1);
  if (!stream) continue;
  const { samples } = readWav(await read(stream.sound));
  await check(`${folder} ${stream.name} in a worker`, async () => {
    const spotter = await Spotter.load(`${folder}/${set.model}`, { sampleRate: stream.sampleRate });
    for (const piece of piecesOf(samples, stream.pieces)) spotter.push(piece);
    await spotter.complete();
    const events = spotter.read();
    await spotter.dispose();
    return compareEvents(events, stream.events);
  });
  await check(`${folder} clip in a worker`, async () => {
    const recognizer = await Recognizer.load(`${folder}/${set.model}`);
    const clip = set.clips.find((each) => each.sound === stream.sound);
    const { word, best } = await recognizer.recognize(samples, stream.sampleRate);
    await recognizer.dispose();
    return { found: { word, best }, expected: { word: clip.word, best: clip.best } };
  });
  for (const worker of [true, false]) {
    await check(`${folder} speed ${worker ? 'in a worker' : 'in the page'}`, async () => {
      const spotter = await Spotter.load(`${folder}/${set.model}`, { sampleRate: stream.sampleRate, worker, adjust: (settings) => ({ ...settings, gate: null }) });
      const shares = [];
      for (let round = 0; round < 3; round++) {
        await spotter.reset();
        const some = samples.subarray(0, seconds * stream.sampleRate), begin = performance.now();
        for (let at = 0; at < some.length; at += 1024) spotter.push(some.subarray(at, at + 1024));
        await spotter.complete();
        shares.push((performance.now() - begin) / 1000 / spotter.duration);
      }
      await spotter.dispose();
      return { share: Math.min(...shares) };
    });
  }
}

await check('a missing model in a worker', async () => {
  try {
    await Spotter.load('/nowhere.onnx');
    return '';
  } catch (e) {
    return `${e.name}: ${e.message}`;
  }
});
await check('a damaged model in a worker', async () => {
  const bytes = await fetched(folders[0])('model.onnx');
  bytes[bytes.length >> 1] ^= 1;
  try {
    await Spotter.load(bytes);
    return '';
  } catch (e) {
    return `${e.name}: ${e.message}`;
  }
});
await check('a worker that is not there', async () => {
  try {
    await Spotter.load(`${folders[0]}/model.onnx`, { worker: new Worker('/nowhere.js', { type: 'module' }) });
    return '';
  } catch (e) {
    return `${e.name}: ${e.message}`;
  }
});
await check('two streams of one worker, and a model that was disposed', async () => {
  const recognizer = await Recognizer.load(`${folders[0]}/model.onnx`), noise = Float32Array.from({ length: 32_000 }, (_, n) => Math.sin(n * n * 0.1) * 0.1);
  const [one, two] = [await recognizer.openStream(), await recognizer.openStream()];
  one.push(noise);
  two.push(noise);
  await Promise.all([one.complete(), two.complete()]);
  const same = JSON.stringify(one.read()) === JSON.stringify(two.read());
  await one.dispose();
  await recognizer.dispose();
  try {
    await recognizer.recognize(noise);
    return '';
  } catch (e) {
    return `${same} ${e.name}: ${e.message}`;
  }
});
await check('a sample out of range', async () => {
  const spotter = await Spotter.load(`${folders[0]}/model.onnx`);
  try {
    spotter.push(new Float32Array([0, 1000]));
    return '';
  } catch (e) {
    return `${e.name}: ${e.message}`;
  } finally {
    await spotter.dispose();
  }
});

if (microphone) {
  await check('the example with the microphone', async () => {
    const frame = document.createElement('iframe');
    frame.src = `/package/examples/index.html?model=${encodeURIComponent(microphone.model)}`;
    frame.allow = 'microphone';
    document.body.append(frame);
    await new Promise((resolve) => (frame.onload = resolve));
    const page = frame.contentDocument;
    const until = async (holds, what) => {
      for (let i = 0; !holds(); i++) {
        if (i > 600) throw new Error(`${what}: ${page.getElementById('state').textContent}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    await until(() => !page.getElementById('start').disabled, 'the model is not loaded');
    page.getElementById('start').click();
    await until(() => page.getElementById('heard').rows.length > 0, 'nothing is heard');
    page.getElementById('stop').click();
    await until(() => page.getElementById('state').textContent === 'Stopped.', 'it does not stop');
    const words = [...page.getElementById('heard').rows].map((row) => row.cells[0].textContent);
    frame.remove();
    return words;
  });
}
await post('/done', {});
