// The same comparisons in headless Chromium, in the page and in a worker, the speed, and the example with a microphone that plays a file.
// Needs Chromium, and test vectors (vectors.test.js); skipped without.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { serve } from '../examples/serve.js';

const folders = (process.env.MINGLING_VECTORS ?? '').split(':').filter(Boolean);
const chromium = ['chromium', 'chromium-browser', 'google-chrome'].find((name) => {
  try {
    execFileSync(name, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
});
const skip = folders.length === 0 ? 'MINGLING_VECTORS names no folder of test vectors' : !chromium && 'there is no Chromium';
/** The policy that docs/web.md names, and a nonce for the import map. */
const policy = "default-src 'none'; script-src 'self' 'nonce-tests' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; frame-src 'self'";
/** The largest share of real time that one core may take. */
const largestShare = Number(process.env.MINGLING_SHARE ?? 0.05);

test('Chromium', { skip, timeout: 600_000 }, async (t) => {
  const work = mkdtempSync(join(tmpdir(), 'mingling-'));
  const results = [];
  let finish;
  const finished = new Promise((resolve) => (finish = resolve));
  const plan = { folders: folders.map((_, i) => `/vectors/${i}`), seconds: Number(process.env.MINGLING_SECONDS ?? 30), microphone: spoken(work) };
  writeFileSync(join(work, 'plan.json'), JSON.stringify(plan));
  const home = fileURLToPath(new URL('..', import.meta.url));
  const server = await serve(
    { '/package/': home, '/tests/': join(home, 'tests'), '/tests/browser/plan.json': join(work, 'plan.json'), ...Object.fromEntries(folders.map((folder, i) => [`/vectors/${i}/`, folder])) },
    0,
    (path, body) => (path === '/done' ? finish() : results.push(JSON.parse(body))),
    // The example has its script and its style within the page, which no policy of this kind allows.
    (path) => (path.includes('/examples/') ? {} : { 'content-security-policy': policy }),
  );
  const browser = spawn(chromium, [
    '--headless=new', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
    '--disable-sync', '--autoplay-policy=no-user-gesture-required', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream',
    ...(plan.microphone ? [`--use-file-for-fake-audio-capture=${plan.microphone.sound}`] : []),
    `--user-data-dir=${join(work, 'profile')}`, `${server.home}/tests/browser/page.html`,
  ], { stdio: 'ignore' });
  try {
    await Promise.race([finished, new Promise((_, reject) => {
      browser.on('exit', () => reject(new Error('Chromium ended too early')));
      setTimeout(() => reject(new Error('Chromium does not finish')), 550_000).unref();
    })]);
  } finally {
    browser.removeAllListeners('exit');
    browser.kill();
    server.close();
    server.closeAllConnections();
    await new Promise((resolve) => (browser.exitCode === null && browser.signalCode === null ? browser.on('exit', resolve) : resolve()));
    // Processes of Chromium that outlive it write into its profile for a while, on a busy machine for seconds.
    rmSync(work, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }

  for (const { name, value, error } of results) {
    await t.test(name, (t) => {
      assert.equal(error, undefined);
      if (name.includes('in the page') && !name.includes('speed')) {
        t.diagnostic(`features ${value.features}, scores ${value.scores}, ${value.events[0].length} events`);
        assert.ok(value.features <= 1e-5, `features differ by ${value.features}`);
        assert.ok(value.scores <= 1e-4, `scores differ by ${value.scores}`);
        assert.equal(...value.evaluated);
        assert.deepEqual(...value.events);
      } else if (name.includes('speed')) {
        t.diagnostic(`${(100 * value.share).toFixed(2)} % of real time`);
        assert.ok(value.share <= largestShare, `${value.share} of real time`);
      } else if (name.includes('clip')) {
        assert.deepEqual(value.found, value.expected);
      } else if (name.includes('in a worker') && value.events) {
        assert.deepEqual(...value.events);
      } else if (name.includes('missing')) {
        assert.match(value, /^ModelError: .*nowhere\.onnx could not be loaded: the server answers 404/);
      } else if (name.includes('damaged')) {
        assert.match(value, /^ModelError: the model is damaged/);
      } else if (name.includes('not there')) {
        assert.match(value, /^ModelError: the worker stopped: its script could not be loaded; the option 'worker: false' computes in the page itself\./);
      } else if (name.includes('disposed')) {
        assert.equal(value, 'true ModelError: the model was disposed.');
      } else if (name.includes('out of range')) {
        assert.match(value, /^SoundError: The sample at 0\.000 s of the stream is 1000/);
      } else if (name.includes('microphone')) {
        t.diagnostic(`heard ${value.join(', ')}`);
        assert.ok(value.length > 0);
      } else {
        assert.fail('a result that nobody expects');
      }
    });
  }
  const streams = folders.flatMap((folder) => JSON.parse(readFileSync(join(folder, 'vectors.json'))).streams);
  assert.ok(results.filter(({ name }) => name.includes('in the page') && !name.includes('speed')).length === streams.length);
});

/** A model and a sound in which it hears something, for the microphone; null where there is none. */
function spoken(work) {
  for (const [i, folder] of folders.entries()) {
    const set = JSON.parse(readFileSync(join(folder, 'vectors.json')));
    const stream = set.streams.find(({ events, sampleRate }) => events.length > 0 && sampleRate === 48_000);
    if (!stream) continue;
    const sound = join(work, 'spoken.wav');
    writeFileSync(sound, cut(readFileSync(join(folder, stream.sound)), stream.events[0], stream.sampleRate));
    return { model: `/vectors/${i}/${set.model}`, sound };
  }
  return null;
}

/** A recording with the sound around an event alone, which the microphone plays again and again. */
function cut(wav, { start, end }, rate) {
  const header = wav.subarray(0, 44), samples = wav.subarray(44);
  const from = 2 * Math.round(Math.max(0, start - 2) * rate), some = samples.subarray(from, Math.min(samples.length, 2 * Math.round((end + 2) * rate)));
  const begin = Buffer.from(header);
  begin.writeUInt32LE(36 + some.length, 4);
  begin.writeUInt32LE(some.length, 40);
  return Buffer.concat([begin, some]);
}
