import { h, fill, field } from '../dom.js';
import { t, isolate } from '../texts.js';
import { get, post, remove } from '../api.js';
import { Microphone, encodeWav, join, level } from '../sound.js';
import { VoiceTrigger } from '../recorder.js';
import { recall, remember } from '../memory.js';
import { save, onCount } from '../pending.js';
import { takeCard } from './takes.js';

const fixedSeconds = 1.6;
const mostShown = 60;

/** Recording: prompts word by word, by voice or by a countdown; the takes of a word with what is wrong with them. */
export async function record(context, query) {
  if (!context.corpus) return { element: h('div', {}, h('h1', {}, t('record.title')), h('p', { class: 'note' }, t('need.corpus'))) };
  let corpus = await get('/api/corpus', { corpus: context.corpus });
  let word = corpus.words.some((one) => one.word === query.get('word')) ? query.get('word') : corpus.words[0]?.word ?? null;
  let microphone = null, trigger = null, pieces = null, isRunning = false, timer = 0, queue = [], isSaving = 0;

  const speaker = h('input', { type: 'text', id: 'speaker', value: recall('speaker') ?? '', maxlength: '40', autocomplete: 'off', list: 'speakers', onchange: () => remember('speaker', speaker.value.trim()) });
  const mode = h('select', { id: 'mode', onchange: () => remember('mode', mode.value) }, ['voice', 'countdown'].map((value) => h('option', { value, selected: value === (recall('mode') ?? 'voice') }, t(`record.mode.${value}`))));
  const rounds = h('input', { type: 'number', id: 'rounds', min: '1', max: '50', value: recall('rounds') ?? '5', onchange: () => remember('rounds', rounds.value) });
  const every = h('input', { type: 'checkbox', id: 'every', checked: recall('every') !== 'no', onchange: () => remember('every', every.checked ? 'yes' : 'no') });
  const say = h('p', { class: 'say', id: 'say', dir: 'auto', 'aria-live': 'assertive' }, word ?? '–');
  const state = h('p', { class: 'state', id: 'record-state', role: 'status' }, t('record.ready'));
  const meter = h('meter', { min: 0, max: 1, low: 0.03, high: 0.9, optimum: 0.4, value: 0, 'aria-label': t('record.level') });
  const verdict = h('p', { id: 'level-verdict', class: 'soft' });
  const start = h('button', { class: 'main', type: 'button', id: 'record', onclick: context.act(toggle) }, t('record.start'));
  const prompt = h('div', { class: 'prompt' }, say, state, meter, verdict, h('div', { class: 'row' }, start));
  const pending = h('p', { class: 'warn', role: 'status' });
  const chooser = h('select', { id: 'word', onchange: () => choose(chooser.value) });
  const takes = h('ul', { class: 'takes', id: 'takes' }), title = h('h2');
  let isAll = false;
  const more = h('button', { type: 'button', class: 'hidden', onclick: context.act(async () => { isAll = true; await drawTakes(); }) }, t('record.all'));

  const element = h('div', {},
    h('h1', {}, t('record.title')), h('p', { class: 'soft' }, t('record.intro')),
    corpus.words.length === 0 ? h('p', { class: 'note' }, t('record.none'), ' ', h('a', { href: '#/words' }, t('step.words'))) : [
      !corpus.isManaged && h('p', { class: 'note warns' }, t('error.manifest', { subject: corpus.name })),
      h('div', { class: 'row end' },
        corpus.isManaged && field(t('record.speaker'), speaker), h('datalist', { id: 'speakers' }, corpus.speakers.map((name) => h('option', { value: name }))),
        field(t('record.word'), chooser), corpus.isManaged && [field(t('record.mode'), mode), field(t('record.rounds'), rounds),
        h('label', { class: 'check' }, every, t('record.every'))]),
      corpus.isManaged && prompt, pending, title, takes, more,
    ]);

  const stopCounting = onCount((count) => fill(pending, count > isSaving && count > 1 ? t('record.unsent', { n: count }) : null));

  function drawWords() {
    fill(chooser, corpus.words.map((one) => h('option', { value: one.word, selected: one.word === word }, `${isolate(one.word)} (${one.takes})`)));
  }

  async function choose(name) {
    word = name;
    if (!isRunning) fill(say, word);
    await drawTakes();
  }

  let drawn = 0;
  async function drawTakes() {
    if (!word) return;
    const mine = ++drawn, of = word;
    const all = await get('/api/takes', { corpus: context.corpus, word: of });
    if (mine !== drawn) return;
    fill(title, t('record.takes', { word: of, n: all.length }));
    more.classList.toggle('hidden', isAll || all.length <= mostShown);
    fill(takes, all.slice(0, isAll ? all.length : mostShown).map((take) => takeCard(context, context.corpus, of, take, corpus.isManaged ? drop : null)));
    const known = corpus.words.find((one) => one.word === of);
    if (known && known.takes !== all.length) {
      known.takes = all.length;
      drawWords();
    }
  }

  async function drop(take) {
    const of = word, { undo } = await remove('/api/takes', { corpus: context.corpus, word: of, file: take.file });
    await drawTakes();
    context.say(t('take.deleted', { file: take.file }), { text: t('undo'), act: async () => {
      await post('/api/undo', { id: undo });
      await drawTakes();
    } });
  }

  async function toggle() {
    if (isRunning) return stop(t('record.stopped'));
    if (!speaker.value.trim()) {
      speaker.focus();
      throw new Error(t('record.who'));
    }
    const times = Math.min(50, Math.max(1, Number(rounds.value) || 1));
    const list = every.checked ? corpus.words.map((one) => one.word) : [word];
    queue = Array.from({ length: times }, () => list).flat();
    isRunning = true;
    fill(start, t('record.stop'));
    try {
      microphone = await Microphone.open(hear, (e) => { stop(e.message); context.fail(e); });
    } catch (e) {
      await stop(t('record.ready'));
      throw e;
    }
    next();
  }

  function next() {
    if (!isRunning) return;
    if (queue.length === 0) return stop(t('record.done'));
    [word] = queue;
    chooser.value = word;
    fill(say, word);
    prompt.classList.remove('live');
    drawTakes().catch(() => {});
    if (mode.value === 'voice') {
      trigger = new VoiceTrigger(got, (what) => {
        fill(state, t(`record.${what}`));
        prompt.classList.toggle('live', what === 'heard');
      });
      fill(state, t('record.waiting.voice', { left: queue.length }));
      return;
    }
    let count = 3;
    const tick = () => {
      if (!isRunning) return;
      if (count > 0) {
        fill(state, `${count--} …`);
        timer = setTimeout(tick, 600);
        return;
      }
      fill(state, t('record.now'));
      prompt.classList.add('live');
      pieces = [];
      timer = setTimeout(() => {
        const sound = join(pieces ?? []);
        pieces = null;
        if (isRunning) got(sound);
      }, fixedSeconds * 1000);
    };
    tick();
  }

  let meterAt = 0, quietSince = 0;
  function hear(piece, rate) {
    pieces?.push(piece);
    trigger?.add(piece, rate);
    const { peak, peakDb } = level(piece), now = performance.now();
    // So that the microphone itself is told, before anyone speaks in vain.
    if (peakDb > -65) quietSince = now;
    else quietSince ||= now;
    if (peak >= 0.999) said('clipped');
    else if (now - quietSince > 2500) said('silent');
    if (now - meterAt < 60) return;
    meterAt = now;
    meter.value = Math.max(peak, meter.value * 0.8);
  }

  function said(problem) {
    verdict.className = problem ? 'bad' : 'soft';
    fill(verdict, problem ? t(`record.problem.${problem}`) : '');
  }

  async function got(sound) {
    const of = queue.shift(), rate = microphone.sampleRate;
    trigger = null;
    prompt.classList.remove('live');
    fill(state, t('record.saved'));
    isSaving++;
    save({ corpus: context.corpus, word: of, speaker: speaker.value.trim(), wav: encodeWav(sound, rate) }).then((take) => {
      if (take) said(take.problems[0]);
      if (take && of === word) drawTakes().catch(() => {});
    }).catch(context.fail).finally(() => isSaving--);
    timer = setTimeout(next, 500);
  }

  async function stop(text) {
    isRunning = false;
    clearTimeout(timer);
    trigger = null;
    pieces = null;
    queue = [];
    prompt.classList.remove('live');
    fill(start, t('record.start'));
    fill(state, text);
    meter.value = 0;
    await microphone?.close();
    microphone = null;
    corpus = await get('/api/corpus', { corpus: context.corpus });
    drawWords();
    await drawTakes();
  }

  drawWords();
  await drawTakes();
  return {
    element,
    changed: drawTakes,
    async dispose() {
      isRunning = false;
      clearTimeout(timer);
      stopCounting();
      await microphone?.close();
    },
  };
}
