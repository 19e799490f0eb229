import { h, fill, field, name as named } from '../dom.js';
import { t, tell, toldIn } from '../texts.js';
import { post, remove } from '../api.js';
import { Microphone, encodeWav, level } from '../sound.js';
import { VoiceTrigger } from '../recorder.js';

const wanted = 3;

/** A new word by saying it three times, without training. */
export async function enroll(context) {
  const element = h('div', {}, h('h1', {}, t('enroll.title')), h('p', { class: 'soft' }, t('enroll.intro')));
  const model = h('select', { id: 'enroll-model', onchange: () => draw() }, context.studio.models.filter((one) => one.canStream).map((one) => h('option', { value: one.name }, one.name)), h('option', { value: '' }, t('enroll.base')));
  const name = h('input', { type: 'text', id: 'enroll-name', maxlength: '60', value: t('enroll.name.usual') }), nameField = field(t('enroll.name'), name);
  const word = h('input', { type: 'text', id: 'enroll-word', maxlength: '80', autocomplete: 'off' });
  const state = h('p', { class: 'state', id: 'enroll-state', role: 'status' }, t('enroll.ready')), meter = h('meter', { min: 0, max: 1, low: 0.03, high: 0.9, optimum: 0.4, value: 0, 'aria-label': t('record.level') });
  const start = h('button', { type: 'button', class: 'main', id: 'enroll', onclick: context.act(() => microphone ? stop() : begin()) }, t('enroll.start'));
  const outcome = h('div', { id: 'enroll-outcome', 'aria-live': 'polite' }), known = h('div');
  let microphone = null, trigger = null, sounds = [];
  element.append(h('div', { class: 'row end' }, field(t('enroll.model'), model), nameField, field(t('enroll.word'), word)), h('div', { class: 'prompt' }, state, meter, h('div', { class: 'row' }, start)), outcome, known);

  function draw() {
    nameField.classList.toggle('hidden', model.value !== '');
    const chosen = context.studio.models.find((one) => one.name === model.value);
    fill(known, chosen && chosen.enrolled.length > 0 && [h('h2', {}, t('enroll.known')), h('ul', { class: 'words' }, chosen.enrolled.map((one) => h('li', {}, h('span', { class: 'name grow' }, named(one)),
      h('button', { type: 'button', class: 'small', 'aria-label': t('words.delete.of', { word: one }), onclick: context.act(async () => { await remove('/api/enrollments', { model: chosen.name, word: one }); await context.refresh(); draw(); }) }, t('words.delete')))))]);
  }

  async function begin() {
    if (!word.value.trim()) {
      word.focus();
      throw new Error(t('enroll.which'));
    }
    sounds = [];
    fill(outcome);
    microphone = await Microphone.open((piece, rate) => {
      trigger?.add(piece, rate);
      meter.value = Math.max(level(piece).peak, meter.value * 0.8);
    }, (e) => { stop(); context.fail(e); });
    fill(start, t('record.stop'));
    listen();
  }

  function listen() {
    fill(state, t('enroll.say', { word: word.value.trim(), n: sounds.length + 1, all: wanted }));
    trigger = new VoiceTrigger(context.act(async (sound) => {
      trigger = null;
      sounds.push(encodeWav(sound, microphone.sampleRate));
      if (sounds.length < wanted) return setTimeout(() => { if (microphone) listen(); }, 400);
      await stop();
      await send(false);
    }), (what) => { if (what === 'heard') fill(state, t('record.heard')); });
  }

  async function send(isForced) {
    fill(state, t('enroll.learning'));
    const said = word.value.trim(), target = model.value || name.value.trim();
    try {
      const result = await post('/api/enrollments', { model: model.value || null, name: model.value ? null : name.value.trim(), word: said, force: isForced ? '1' : null }, pack(sounds));
      await context.refresh();
      fill(state, t('enroll.ready'));
      fill(outcome,
        result.problems.length > 0 && h('div', { class: 'note warns' }, h('p', {}, t(result.isEnrolled ? 'enroll.although' : 'enroll.doubts')), h('ul', {}, result.problems.map((problem) => h('li', { lang: toldIn(problem) }, tell(problem)))),
          !result.isEnrolled && h('div', { class: 'row' }, h('button', { type: 'button', id: 'enroll-again', onclick: context.act(begin) }, t('enroll.again')), h('button', { type: 'button', id: 'enroll-force', onclick: context.act(() => send(true)) }, t('enroll.force')))),
        result.isEnrolled && h('div', { class: 'note' }, h('p', { class: 'good' }, t('enroll.done', { word: said, model: target })), h('button', { type: 'button', class: 'main', id: 'enroll-try', onclick: () => context.go('live', { model: target }) }, t('train.try'))));
      if (result.isEnrolled) {
        if (!model.value) model.prepend(h('option', { value: target, selected: true }, target));
        word.value = '';
      }
      draw();
    } catch (e) {
      fill(state, t('enroll.ready'));
      throw e;
    }
  }

  async function stop() {
    trigger = null;
    fill(start, t('enroll.start'));
    fill(state, t('enroll.ready'));
    meter.value = 0;
    await microphone?.close();
    microphone = null;
  }

  draw();
  return { element, dispose: stop };
}

/** Files one behind the other, each with its length before it. */
function pack(files) {
  const bytes = new Uint8Array(files.reduce((sum, file) => sum + 4 + file.byteLength, 0));
  let at = 0;
  for (const file of files) {
    new DataView(bytes.buffer).setUint32(at, file.byteLength, true);
    bytes.set(new Uint8Array(file), at + 4);
    at += 4 + file.byteLength;
  }
  return bytes;
}
