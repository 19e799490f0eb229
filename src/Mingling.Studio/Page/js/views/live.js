import { h, fill, field, name } from '../dom.js';
import { t, tell } from '../texts.js';
import { get, post, remove, socket, address } from '../api.js';
import { Microphone, toPcm, play } from '../sound.js';
import { prepare, color, wave } from '../draw.js';
import { thresholds as thresholdPanel } from './thresholds.js';

const mostHeard = 60;
const pictureHeight = 160, scoreHeight = 90;
/** How long and how often a lost connection is sought again: a laptop that slept, a studio that was begun anew. */
const retryEvery = 2000, mostRetries = 150;

/** The microphone to words: a moving picture of what the model hears, its scores, and thresholds against false alarms. */
export async function live(context, query) {
  const models = context.studio.models.filter((model) => model.canStream);
  const element = h('div', {}, h('h1', {}, t('live.title')), h('p', { class: 'soft' }, t('live.intro')));
  if (models.length === 0) {
    element.append(h('p', { class: 'note' }, t('live.none')));
    return { element };
  }
  let microphone = null, connection = null, retries = 0, retryTimer = 0, words = [], thresholds = [], heardCount = 0, columns = null, isDisposed = false;
  const model = h('select', { id: 'live-model', onchange: context.act(async () => { await stop(); panel.clear(); await load(); }) }, models.map((one) => h('option', { value: one.name, selected: one.name === (query.get('model') ?? models.at(-1).name) }, one.name)));
  const start = h('button', { type: 'button', class: 'main', id: 'listen', onclick: context.act(() => connection ? stop() : begin()) }, t('live.start'));
  const state = h('p', { id: 'live-state', role: 'status' }, t('live.ready'));
  const spectrum = h('canvas', { id: 'spectrum', role: 'img', 'aria-label': t('live.spectrum') });
  const curve = h('canvas', { id: 'curve', role: 'img', 'aria-label': t('live.curve') });
  const scores = h('ul', { class: 'scores', id: 'scores', 'aria-label': t('live.scores') });
  const heard = h('ol', { class: 'heard', id: 'heard', 'aria-live': 'polite' });
  const common = h('input', { type: 'range', id: 'threshold', min: '0.05', max: '1', step: '0.01', oninput: () => fill(commonText, Number(common.value).toFixed(2)), onchange: context.act(async () => { isOwn = true; if (connection) { await stop(); await begin(); } }) });
  const commonText = h('output', { for: 'threshold' });
  let isOwn = false;
  const background = h('button', { type: 'button', id: 'background', 'aria-pressed': 'false', disabled: true, onclick: () => connection?.send(JSON.stringify({ background: background.getAttribute('aria-pressed') !== 'true' })) }, t('live.background'));
  const panel = thresholdPanel(context, { model: () => model.value, background, changed: async () => {
    await context.refresh();
    if (connection) {
      await stop();
      await begin();
    }
    await load();
  } });
  const alarms = h('div', { id: 'alarms' });

  element.append(
    h('div', { class: 'row end' }, field(t('live.model'), model), start), state,
    h('div', { class: 'two' }, h('section', {}, spectrum, curve, scores), h('section', {}, h('h2', {}, t('live.heard')), h('div', { class: 'heard-box', tabindex: '0', role: 'region', 'aria-label': t('live.heard') }, heard))),
    h('div', { class: 'row end' }, field(t('live.threshold'), h('span', { class: 'row slider' }, common, commonText))),
    panel.element,
    h('h2', {}, t('live.alarms')), h('p', { class: 'soft' }, t('live.alarms.text')), alarms);

  async function load() {
    const known = await get('/api/live/words', { model: model.value });
    ({ words, thresholds } = known);
    const usual = thresholds[words.findIndex((word) => !word.startsWith('_'))] ?? 0.7;
    common.value = usual;
    isOwn = false;
    fill(commonText, usual.toFixed(2));
    drawScores(words.map(() => 0));
    panel.update(context.studio);
  }

  async function begin() {
    microphone = await Microphone.open(hear, (e) => { stop(); context.fail(e); });
    retries = 0;
    fill(state, t('live.connecting'));
    connect();
  }

  function connect() {
    const opened = socket('/api/live', { model: model.value, rate: Math.round(microphone.sampleRate), threshold: isOwn ? common.value : null });
    opened.binaryType = 'arraybuffer';
    connection = opened;
    fill(start, t('live.stop'));
    opened.onopen = () => {
      retries = 0;
      fill(state, t('live.listening'));
      background.disabled = false;
    };
    opened.onmessage = ({ data }) => take(JSON.parse(data));
    opened.onclose = () => {
      if (connection !== opened) return;
      background.disabled = true;
      background.setAttribute('aria-pressed', 'false');
      fill(background, t('live.background'));
      if (++retries > mostRetries) return stop(t('live.lost'));
      // The microphone stays: whoever speaks need not press anything when the studio answers again.
      fill(state, t('live.again'));
      retryTimer = setTimeout(async () => {
        if (connection !== opened) return;
        // A studio that was begun anew has another key, which only its own page knows; a model may be gone.
        const problem = await post('/api/similar', {}, { words: [] }).then(() => get('/api/live/words', { model: model.value })).then(() => null, (e) => e);
        if (connection !== opened) return;
        if (problem?.status > 0) {
          await stop();
          return context.fail(problem);
        }
        if (problem) opened.onclose();
        else connect();
      }, retryEvery);
    };
    columns = null;
  }

  async function stop(text = t('live.ready')) {
    const closing = connection;
    connection = null;
    clearTimeout(retryTimer);
    if (closing?.readyState === WebSocket.OPEN) {
      closing.send(JSON.stringify({ end: true }));
      setTimeout(() => closing.close(), 2000);
    } else closing?.close();
    background.disabled = true;
    background.setAttribute('aria-pressed', 'false');
    fill(start, t('live.start'));
    fill(state, text);
    await microphone?.close();
    microphone = null;
    if (!isDisposed) await context.refresh().catch(() => {});
  }

  let lost = 0;
  function hear(piece) {
    if (connection?.readyState !== WebSocket.OPEN) return;
    // Sound waits in the browser while the network is slow, up to half a minute; then it is said, and not left out silently.
    if (connection.bufferedAmount > 60 * microphone.sampleRate) {
      if (lost++ === 0) context.fail(new Error(t('live.slow')));
      return;
    }
    connection.send(toPcm(piece));
  }

  function take(message) {
    if (message.picture) draw(message.picture);
    else if (message.word) say(message.word);
    else if (message.kept) context.say(t(message.kept.file ? 'live.kept' : 'live.gone'));
    else if ('background' in message) {
      background.setAttribute('aria-pressed', String(message.background));
      fill(background, t(message.background ? 'live.background.on' : 'live.background'));
      if (!message.background) context.refresh().catch(() => {});
    } else if (message.error) context.fail(new Error(tell(message.error)));
  }

  function say({ number, word, score, time, at, start: from, end }) {
    heardCount++;
    const keep = h('button', { type: 'button', class: 'small', 'aria-label': t('live.false.of', { word }), onclick: () => {
      if (!connection) return context.fail(new Error(t('live.gone')));
      connection.send(JSON.stringify({ keep: number }));
      keep.disabled = true;
    } }, t('live.false'));
    heard.prepend(h('li', { 'data-word': word, 'data-time': time, 'data-start': from, 'data-end': end, 'data-score': score, 'data-at': at },
      h('span', { class: 'word' }, name(word)), h('span', { class: 'soft' }, `${score.toFixed(2)} · ${time.toFixed(1)} s`), keep));
    while (heard.children.length > mostHeard) heard.lastChild.remove();
    marks.push({ word, until: performance.now() + 1500 });
  }

  let marks = [];

  function draw({ bins, frames, scores: now }) {
    if (document.hidden) return;
    const bytes = Uint8Array.from(atob(frames), (c) => c.charCodeAt(0)), count = bins ? bytes.length / bins : 0;
    if (!columns || spectrum.width === 0 || columns.pixels !== Math.round(spectrum.clientWidth * devicePixelRatio)) {
      const { context: paint, width } = prepare(spectrum, pictureHeight);
      const plot = prepare(curve, scoreHeight);
      columns = { paint, width, plot: plot.context, pixels: Math.round(spectrum.clientWidth * devicePixelRatio), last: null };
      paint.fillStyle = color('panel');
      paint.fillRect(0, 0, width, pictureHeight);
    }
    const { paint, plot, width } = columns, step = 1, shift = count * step;
    // Who asked for less motion gets a picture that stands still and is written over from left to right, with a gap before the pen.
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    if (isStill && (columns.at ?? 0) + shift > width) columns.at = 0;
    const at = isStill ? columns.at ?? 0 : width - shift;
    columns.at = at + shift;
    for (const [canvas, target, height] of [[spectrum, paint, pictureHeight], [curve, plot, scoreHeight]]) {
      if (!isStill) {
        target.globalCompositeOperation = 'copy';
        target.drawImage(canvas, -shift, 0, width, height);
        target.globalCompositeOperation = 'source-over';
      }
      target.fillStyle = color('panel');
      target.fillRect(at, 0, isStill ? shift + 12 : shift, height);
    }
    for (let frame = 0; frame < count; frame++) {
      for (let bin = 0; bin < bins; bin++) {
        paint.fillStyle = shades[bytes[frame * bins + bin]];
        paint.fillRect(at + frame * step, pictureHeight * (1 - (bin + 1) / bins), step, pictureHeight / bins + 0.5);
      }
    }
    // The largest score of a command, as a line over its threshold.
    let best = 0;
    for (const [i, word] of words.entries()) if (!word.startsWith('_')) best = Math.max(best, now[i]);
    plot.strokeStyle = color('accent');
    plot.lineWidth = 2;
    plot.beginPath();
    plot.moveTo(at, (scoreHeight - 4) * (1 - (columns.last ?? best) / 100) + 2);
    plot.lineTo(at + shift, (scoreHeight - 4) * (1 - best / 100) + 2);
    plot.stroke();
    plot.fillStyle = color('warn');
    plot.fillRect(at, (scoreHeight - 4) * (1 - Number(common.value)) + 2, Math.max(1, shift / 2), 1.5);
    columns.last = best;
    drawScores(now);
  }

  function drawScores(now) {
    if (scores.children.length !== words.length) {
      fill(scores, words.map((word) => h('li', {}, h('span', {}, name(word)), h('span', { class: 'number' }, '0'), h('progress', { max: 100, value: 0, 'aria-label': word }))));
    }
    words.forEach((word, i) => {
      const line = scores.children[i];
      line.children[1].textContent = (now[i] / 100).toFixed(2);
      line.children[2].value = now[i];
    });
    marks = marks.filter((mark) => mark.until > performance.now());
    for (const [i, word] of words.entries()) scores.children[i].classList.toggle('over', marks.some((mark) => mark.word === word));
  }

  async function drawAlarms() {
    const all = await get('/api/alarms');
    fill(alarms, all.length === 0 ? h('p', { class: 'soft' }, t('live.alarms.none')) : h('ul', { class: 'takes' }, all.map((one) => h('li', {},
      h('button', { type: 'button', class: 'small', 'aria-label': t('take.play', { file: one.file }), onclick: context.act(() => play(address('/api/alarms/sound', { file: one.file }))) }, '▶'),
      wave(one.peaks, t('take.picture', { seconds: one.seconds.toFixed(2), peak: one.peakDb.toFixed(0) })),
      h('button', { type: 'button', class: 'small', 'aria-label': t('take.delete', { file: one.file }), onclick: context.act(async () => { await remove('/api/alarms', { file: one.file }); await context.refresh(); }) }, '✕'),
      h('span', { class: 'what' }, name(one.file))))));
  }

  await load();
  await drawAlarms();
  let known = context.studio.alarms;
  return {
    element,
    async update(studio) {
      panel.update(studio);
      if (studio.alarms === known) return;
      known = studio.alarms;
      await drawAlarms();
    },
    async dispose() {
      isDisposed = true;
      panel.dispose();
      await stop();
    },
  };
}

/** From the ground of silence to the brightest sound; the same in both themes, and told by lightness alone. */
const shades = Array.from({ length: 256 }, (_, i) => {
  const share = i / 255;
  return `hsl(${235 - 185 * share} ${70 - 10 * share}% ${8 + 72 * share ** 1.4}%)`;
});
