// Reads what `mingling vectors` wrote (docs/test-vectors.md), and compares with it. Works in Node and in a page: `read(name)` gives the
// bytes of a file of the folder.

/** Mono WAV of 16 bits or mu-law as samples. */
export function readWav(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let rate = 0, isMuLaw = false;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = String.fromCharCode(...bytes.subarray(at, at + 4)), size = view.getUint32(at + 4, true);
    if (name === 'fmt ') [isMuLaw, rate] = [view.getUint16(at + 8, true) === 7, view.getUint32(at + 12, true)];
    if (name === 'data') {
      const samples = new Float32Array(isMuLaw ? size : size / 2);
      for (let i = 0; i < samples.length; i++) samples[i] = (isMuLaw ? fromMuLaw(bytes[at + 8 + i]) : view.getInt16(at + 8 + 2 * i, true)) / 32768;
      return { rate, samples };
    }
    at += 8 + size + (size % 2);
  }
  throw new Error('no samples');
}

/** A code of ITU-T G.711 as a 16-bit number. */
function fromMuLaw(code) {
  const bits = ~code & 0xff, magnitude = (((bits & 15) << 3) + 132 << ((bits & 0x70) >> 4)) - 132;
  return bits & 0x80 ? -magnitude : magnitude;
}

export const readFloats = (bytes) => new Float32Array(new Uint8Array(bytes).buffer);

/** The pieces of a stream as .NET pushed them. */
export function* piecesOf(samples, sizes) {
  for (let at = 0, i = 0; at < samples.length; i++) {
    const end = Math.min(at + sizes[i % sizes.length], samples.length);
    yield samples.subarray(at, end);
    at = end;
  }
}

/** The largest difference between two lists of numbers; NaN counts as infinite. */
export function largestDifference(a, b) {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i] - b[i]);
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Infinity : difference;
  }
  return largest;
}

/** A list of numbers that grows. */
class Numbers {
  values = new Float32Array(1 << 16);
  count = 0;
  add(values) {
    if (this.count + values.length > this.values.length) {
      const larger = new Float32Array(Math.max(2 * this.values.length, this.count + values.length));
      larger.set(this.values.subarray(0, this.count));
      this.values = larger;
    }
    this.values.set(values, this.count);
    this.count += values.length;
  }
  all() {
    return this.values.subarray(0, this.count);
  }
}

/** Pushes a stream into an engine of this thread and compares all that it computes. */
export async function compareStream(engine, settings, stream, read) {
  const { samples } = readWav(await read(stream.sound));
  const id = await engine.open(stream.sampleRate, settings);
  const features = new Numbers(), scores = new Numbers(), times = [], events = [];
  let evaluated = 0;
  engine.observe(id, {
    frame: (frame) => features.add(frame),
    step: (time, values, isEvaluated) => {
      scores.add(values);
      times.push(time);
      if (isEvaluated) evaluated++;
    },
  });
  for (const piece of piecesOf(samples, stream.pieces)) events.push(...(await engine.push(id, piece)));
  events.push(...(await engine.complete(id)));
  await engine.close(id);
  return {
    features: largestDifference(features.all(), readFloats(await read(stream.features.file))),
    scores: largestDifference(scores.all(), readFloats(await read(stream.posteriors.file))),
    times: largestDifference(times, stream.posteriors.times),
    evaluated: [evaluated, stream.posteriors.evaluated],
    ...compareEvents(events, stream.events),
  };
}

/** Whether two lists of events are the same: words, times and false alarms exactly, scores within what single precision leaves. */
export function compareEvents(events, expected) {
  const told = ({ word, time, start, end, falseAlarmsPerHour }) => JSON.stringify([word, ...[time, start, end].map((t) => t.toFixed(6)), falseAlarmsPerHour]);
  return {
    events: [events.map(told), expected.map(told)],
    eventScores: largestDifference(events.map((e) => e.score), expected.map((e) => e.score)),
  };
}
