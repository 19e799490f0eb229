import { h, fill, field, ask } from '../dom.js';
import { t, duration } from '../texts.js';
import { get, post, remove, socket, address } from '../api.js';
import { Microphone, toPcm, play } from '../sound.js';
import { prepare, color, chart } from '../draw.js';
import { wave } from '../draw.js';

const mostHeard = 60;
const pictureHeight = 160, scoreHeight = 90;

/** The microphone to words: a moving picture of what the model hears, its scores, and thresholds against false alarms. */
export async function live(context, query) {
  const models = context.studio.models.filter((model) => model.canStream);
  const element = h('div', {}, h('h1', {}, t('live.title')), h('p', { class: 'soft' }, t('live.intro')));
  if (models.length === 0) {
    element.append(h('p', { class: 'note' }, t('live.none')));
    return { element };
  }
  let microphone = null, connection = null, words = [], thresholds = [], heardCount = 0, columns = null, isDisposed = false;
  const model = h('select', { id: 'live-model', onchange: async () => { await stop(); await load(); } }, models.map((one) => h('option', { value: one.name, selected: one.name === (query.get('model') ?? models.at(-1).name) }, one.name)));
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
  const backgroundText = h('p', { class: 'soft', id: 'background-seconds' });
  const rate = h('input', { type: 'number', id: 'rate', min: '0.01', max: '1000', step: 'any', value: '0.5' });
  const found = h('div', { 'aria-live': 'polite', id: 'found' });
  const alarms = h('div', { id: 'alarms' });

  element.append(
    h('div', { class: 'row end' }, field(t('live.model'), model), start), state,
    h('div', { class: 'two' }, h('section', {}, spectrum, curve, scores), h('section', {}, h('h2', {}, t('live.heard')), h('div', { class: 'heard-box', tabindex: '0', role: 'region', 'aria-label': t('live.heard') }, heard))),
    h('details', { class: 'card', open: true }, h('summary', {}, h('strong', {}, t('live.thresholds'))),
      h('p', {}, t('live.thresholds.text')),
      h('div', { class: 'row end' }, field(t('live.threshold'), h('span', { class: 'row' }, common, commonText))),
      h('div', { class: 'row' }, background, h('button', { type: 'button', class: 'small', onclick: context.act(async () => { if (!await ask(t('live.background.ask'), t('words.delete'), t('cancel'))) return; await remove('/api/background'); await context.refresh(); }) }, t('live.background.delete'))),
      backgroundText,
      h('div', { class: 'row end' }, field(t('live.rate'), rate), h('button', { type: 'button', id: 'find', onclick: context.act(() => find(false)) }, t('live.find')), h('button', { type: 'button', id: 'keep-thresholds', onclick: context.act(() => find(true)) }, t('live.use'))),
      found),
    h('h2', {}, t('live.alarms')), h('p', { class: 'soft' }, t('live.alarms.text')), alarms);

  async function load() {
    const known = await get('/api/live/words', { model: model.value });
    ({ words, thresholds } = known);
    const usual = thresholds[words.findIndex((word) => !word.startsWith('_'))] ?? 0.7;
    common.value = usual;
    isOwn = false;
    fill(commonText, usual.toFixed(2));
    drawScores(words.map(() => 0));
    drawBackground();
  }

  async function begin() {
    microphone = await Microphone.open(hear, (e) => { stop(); context.fail(e); });
    const opened = socket('/api/live', { model: model.value, rate: Math.round(microphone.sampleRate), threshold: isOwn ? common.value : null });
    opened.binaryType = 'arraybuffer';
    connection = opened;
    fill(state, t('live.connecting'));
    fill(start, t('live.stop'));
    opened.onopen = () => {
      fill(state, t('live.listening'));
      background.disabled = false;
    };
    opened.onmessage = ({ data }) => take(JSON.parse(data));
    opened.onclose = () => { if (connection === opened) stop(t('live.lost')); };
    columns = null;
  }

  async function stop(text = t('live.ready')) {
    const closing = connection;
    connection = null;
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
    } else if (message.error) context.fail(new Error(message.error));
  }

  function say({ number, word, score, time, at, start: from, end }) {
    heardCount++;
    const keep = h('button', { type: 'button', class: 'small', 'aria-label': t('live.false.of', { word }), onclick: () => {
      if (!connection) return context.fail(new Error(t('live.gone')));
      connection.send(JSON.stringify({ keep: number }));
      keep.disabled = true;
    } }, t('live.false'));
    heard.prepend(h('li', { 'data-word': word, 'data-time': time, 'data-start': from, 'data-end': end, 'data-score': score, 'data-at': at },
      h('span', { class: 'word' }, word), h('span', { class: 'soft' }, `${score.toFixed(2)} · ${time.toFixed(1)} s`), keep));
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
    for (const [canvas, target, height] of [[spectrum, paint, pictureHeight], [curve, plot, scoreHeight]]) {
      target.globalCompositeOperation = 'copy';
      target.drawImage(canvas, -shift, 0, width, height);
      target.globalCompositeOperation = 'source-over';
      target.fillStyle = color('panel');
      target.fillRect(width - shift, 0, shift, height);
    }
    for (let frame = 0; frame < count; frame++) {
      for (let bin = 0; bin < bins; bin++) {
        paint.fillStyle = shades[bytes[frame * bins + bin]];
        paint.fillRect(width - shift + frame * step, pictureHeight * (1 - (bin + 1) / bins), step, pictureHeight / bins + 0.5);
      }
    }
    // The largest score of a command, as a line over its threshold.
    let best = 0;
    for (const [i, word] of words.entries()) if (!word.startsWith('_')) best = Math.max(best, now[i]);
    plot.strokeStyle = color('accent');
    plot.lineWidth = 2;
    plot.beginPath();
    plot.moveTo(width - shift, (scoreHeight - 4) * (1 - (columns.last ?? best) / 100) + 2);
    plot.lineTo(width, (scoreHeight - 4) * (1 - best / 100) + 2);
    plot.stroke();
    plot.fillStyle = color('warn');
    plot.fillRect(width - shift, (scoreHeight - 4) * (1 - Number(common.value)) + 2, Math.max(1, shift / 2), 1.5);
    columns.last = best;
    drawScores(now);
  }

  function drawScores(now) {
    if (scores.children.length !== words.length) {
      fill(scores, words.map((word) => h('li', {}, h('span', {}, word), h('span', { class: 'number' }, '0'), h('progress', { max: 100, value: 0, 'aria-label': word }))));
    }
    words.forEach((word, i) => {
      const line = scores.children[i];
      line.children[1].textContent = (now[i] / 100).toFixed(2);
      line.children[2].value = now[i];
    });
    marks = marks.filter((mark) => mark.until > performance.now());
    for (const [i, word] of words.entries()) scores.children[i].classList.toggle('over', marks.some((mark) => mark.word === word));
  }

  function drawBackground() {
    const seconds = context.studio.backgroundSeconds;
    fill(backgroundText, seconds > 0 ? t('live.background.seconds', { time: duration(seconds) }) : t('live.background.none'));
  }

  async function find(isKept) {
    fill(found, t('live.finding'));
    try {
      const query = { model: model.value, rate: rate.value };
      const result = isKept ? await post('/api/thresholds', query) : await get('/api/thresholds', query);
      const top = Math.max(result.wanted * 2, ...result.curve.filter((point) => point.threshold >= 0.5).map((point) => point.perHour), 1);
      fill(found,
        h('p', { lang: 'en', id: 'claim' }, result.claim),
        chart({ label: t('live.found.label'), top, right: 1, xLabel: t('live.found.threshold'), yLabel: t('live.found.perhour'), yText: (y) => y.toFixed(top < 10 ? 1 : 0),
          lines: [{ name: t('live.found.curve'), kind: 'first', points: result.curve.map((point) => [point.threshold, point.perHour]) }, { name: t('live.found.wanted'), kind: 'second', dash: '6 4', points: [[0, result.wanted], [1, result.wanted]] }] }),
        h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': t('live.found.words') }, h('table', {}, h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, t('check.column.word')), h('th', { scope: 'col', class: 'number' }, t('live.found.threshold')), h('th', { scope: 'col', class: 'number' }, t('live.found.alarms')))),
          h('tbody', {}, result.words.map((word) => h('tr', {}, h('th', { scope: 'row' }, word.word), h('td', { class: 'number' }, word.threshold.toFixed(3)), h('td', { class: `number ${word.meetsTarget ? '' : 'bad'}` }, word.falseAlarms)))))));
      if (isKept) {
        context.say(t('live.used'));
        await context.refresh();
        if (connection) {
          await stop();
          await begin();
        }
        await load();
      }
    } catch (e) {
      fill(found);
      throw e;
    }
  }

  async function drawAlarms() {
    const all = await get('/api/alarms');
    fill(alarms, all.length === 0 ? h('p', { class: 'soft' }, t('live.alarms.none')) : h('ul', { class: 'takes' }, all.map((one) => h('li', {},
      h('button', { type: 'button', class: 'small', 'aria-label': t('take.play', { file: one.file }), onclick: context.act(() => play(address('/api/alarms/sound', { file: one.file }))) }, '▶'),
      wave(one.peaks, t('take.picture', { seconds: one.seconds.toFixed(2), peak: one.peakDb.toFixed(0) })),
      h('button', { type: 'button', class: 'small', 'aria-label': t('take.delete', { file: one.file }), onclick: context.act(async () => { await remove('/api/alarms', { file: one.file }); await context.refresh(); }) }, '✕'),
      h('span', { class: 'what' }, one.file)))));
  }

  await load();
  await drawAlarms();
  let known = context.studio.alarms;
  return {
    element,
    async update(studio) {
      drawBackground();
      if (studio.alarms === known) return;
      known = studio.alarms;
      await drawAlarms();
    },
    async dispose() {
      isDisposed = true;
      await stop();
    },
  };
}

/** From the ground of silence to the brightest sound; the same in both themes, and told by lightness alone. */
const shades = Array.from({ length: 256 }, (_, i) => {
  const share = i / 255;
  return `hsl(${235 - 185 * share} ${70 - 10 * share}% ${8 + 72 * share ** 1.4}%)`;
});
