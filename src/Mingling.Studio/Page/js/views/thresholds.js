import { h, fill, field, ask, name } from '../dom.js';
import { svg } from '../dom.js';
import { t, tell, toldIn, duration, number } from '../texts.js';
import { post, remove } from '../api.js';
import { chart } from '../draw.js';

const least = 0.05, step = 0.01, countAfter = 400;

/**
 * Thresholds against false alarms an hour, from sound of the room: found for a rate, or set by hand word by word, by the keyboard or by a slide
 * over the curve of the word; written into the model file as `mingling calibrate` does.
 */
export function thresholds(context, { model, background, changed }) {
  const rate = h('input', { type: 'number', id: 'rate', min: '0.01', max: '1000', step: 'any', value: '0.5' });
  const found = h('div', { id: 'found' }), seconds = h('p', { class: 'soft', id: 'background-seconds' });
  const element = h('details', { class: 'card', open: true }, h('summary', {}, h('strong', {}, t('live.thresholds'))),
    h('p', {}, t('live.thresholds.text')),
    h('div', { class: 'row' }, background, h('button', { type: 'button', class: 'small', onclick: context.act(async () => {
      if (!await ask(t('live.background.ask'), t('words.delete'), t('cancel'))) return;
      await remove('/api/background');
      await context.refresh();
    }) }, t('live.background.delete'))),
    seconds,
    h('div', { class: 'row end' }, field(t('live.rate'), rate), h('button', { type: 'button', id: 'find', onclick: context.act(() => find(null)) }, t('live.find'))),
    found);
  let chosen = null, timer = 0, turn = 0;

  const wish = (query, body) => post('/api/thresholds', { model: model(), rate: rate.value, ...query }, { thresholds: body });

  async function find(by) {
    clearTimeout(timer);
    const mine = ++turn;
    if (!by) fill(found, h('p', { role: 'status' }, t('live.finding')));
    try {
      const result = await wish({}, by);
      if (mine === turn) draw(result);
    } catch (e) {
      if (mine === turn) fill(found);
      throw e;
    }
  }

  function draw(result) {
    chosen = Object.fromEntries(result.words.map((word) => [word.word, word.threshold]));
    const at = result.curve.map((point) => point.threshold), top = Math.max(result.wanted * 2, ...result.curve.filter((point) => point.threshold >= 0.5).map((point) => point.perHour), 1);
    const claim = h('p', { id: 'claim', role: 'status' });
    const total = (one) => fill(claim, h('span', { lang: toldIn(one.claim) }, tell(one.claim)));
    total(result);
    const rows = result.words.map((word) => row(word, at, result, counted));

    /** Counted exactly by the studio, a moment after the hand rests. */
    function counted() {
      clearTimeout(timer);
      timer = setTimeout(context.act(async () => {
        const mine = ++turn, now = await wish({}, chosen);
        if (mine !== turn) return;
        total(now);
        now.words.forEach((word, i) => rows[i].say(word));
      }), countAfter);
    }

    fill(found, claim,
      chart({ label: t('live.found.label'), top, right: 1, xLabel: t('live.found.threshold'), yLabel: t('live.found.perhour'), yText: (y) => y.toFixed(top < 10 ? 1 : 0),
        lines: [{ name: t('live.found.curve'), kind: 'first', points: result.curve.map((point) => [point.threshold, point.perHour]) }, { name: t('live.found.wanted'), kind: 'second', dash: '6 4', points: [[0, result.wanted], [1, result.wanted]] }] }),
      h('h3', {}, t('live.found.words')), h('p', { class: 'soft' }, t('live.found.hand')),
      h('ul', { class: 'thresholds', id: 'thresholds' }, rows.map((one) => one.element)),
      h('div', { class: 'row' }, h('button', { type: 'button', class: 'main', id: 'keep-thresholds', onclick: context.act(async () => {
        clearTimeout(timer);
        draw(await wish({ keep: 1 }, chosen));
        context.say(t('live.used'));
        await changed();
      }) }, t('live.use'))));
  }

  function row(word, at, { hours, wanted, words }, counted) {
    const most = Math.max(1, ...word.counts.filter((_, i) => at[i] >= 0.3)), x = (value) => 100 * value, y = (count) => 30 - 28 * Math.min(1, count / most);
    const text = h('output', { class: 'number' }), rateText = h('span', { class: 'number', 'data-word': word.word });
    const mark = svg('line', { class: 'mark', y1: 0, y2: 32 });
    const slider = h('input', { type: 'range', min: String(least), max: '1', step: String(step), value: String(word.threshold), 'aria-label': t('live.found.of', { word: word.word }), oninput: () => set(Number(slider.value)) });
    const picture = svg('svg', { viewBox: '0 0 100 32', preserveAspectRatio: 'none', class: 'counts', 'aria-hidden': 'true' },
      svg('path', { class: 'line first', d: at.map((value, i) => `${i ? 'L' : 'M'}${x(value)} ${y(word.counts[i]).toFixed(1)}`).join('') }), mark);
    const slide = (e) => {
      const box = picture.getBoundingClientRect();
      set(Math.round(Math.min(1, Math.max(least, (e.clientX - box.left) / box.width)) / step) * step);
    };
    picture.addEventListener('pointerdown', (e) => {
      picture.setPointerCapture(e.pointerId);
      slide(e);
    });
    picture.addEventListener('pointermove', (e) => { if (picture.hasPointerCapture(e.pointerId)) slide(e); });

    function place(value) {
      slider.value = String(value);
      fill(text, value.toFixed(2));
      mark.setAttribute('x1', x(value));
      mark.setAttribute('x2', x(value));
    }

    function rateOf(count, isRough) {
      fill(rateText, t(isRough ? 'live.found.about' : 'live.found.each', { n: number(Number((count / hours).toPrecision(2))) }));
      rateText.classList.toggle('bad', count / hours > wanted / words.length);
    }

    function set(value) {
      chosen[word.word] = value;
      place(value);
      const next = at.findIndex((one) => one >= value - 1e-9);
      rateOf(word.counts[next < 0 ? at.length - 1 : next], true);
      counted();
    }

    const say = (now) => {
      if (now.threshold === chosen[word.word]) rateOf(now.falseAlarms, false);
    };
    place(word.threshold);
    rateOf(word.falseAlarms, false);
    return { say, element: h('li', {}, h('span', { class: 'word' }, name(word.word)), picture, h('span', { class: 'row' }, slider, text), rateText) };
  }

  return {
    element,
    /** Another model. */
    clear() {
      turn++;
      clearTimeout(timer);
      fill(found);
    },
    update(studio) {
      const length = studio.backgroundSeconds;
      fill(seconds, length > 0 ? t('live.background.seconds', { time: duration(length) }) : t('live.background.none'));
    },
    dispose: () => clearTimeout(timer),
  };
}
