import { h, fill, name } from '../dom.js';
import { t, tell, toldIn, isolate, number } from '../texts.js';
import { get, post, address, remove } from '../api.js';
import { ask } from '../dom.js';

const kinds = ['int8', 'front-end', 'c', 'c-int8'];

/** Models as files for programs, boards and web pages. */
export async function exports(context) {
  const element = h('div', {}, h('h1', {}, t('export.title')), h('p', { class: 'soft' }, t('export.intro')));
  const list = h('div'), made = h('div', { 'aria-live': 'polite' });
  element.append(list, made);
  const size = (bytes) => t('export.size', { kb: number(Math.max(1, Math.round(bytes / 1000))) });

  function draw() {
    const { models, runs } = context.studio;
    fill(list, models.length === 0 ? h('p', { class: 'note' }, t('live.none')) : models.map((model) => h('section', { class: 'card' },
      h('h2', {}, name(model.name)), model.problem && h('p', { class: 'note wrong', lang: toldIn(model.problem) }, tell(model.problem)),
      h('p', {}, [...model.words, ...model.enrolled].map(isolate).join(', ')), h('p', { class: 'soft' }, [model.encoder, size(model.bytes), model.calibration && t('export.calibrated', { rate: model.calibration.falseAlarmsPerHour })].filter(Boolean).join(' · ')),
      h('div', { class: 'row' },
        h('a', { class: 'button', href: address('/api/models/file', { model: model.name }), download: `${model.name}.onnx` }, t('export.onnx')),
        kinds.filter((kind) => kind === 'c' || runs.some((run) => run.name === model.name)).map((kind) => h('button', { type: 'button', onclick: context.act(() => begin(model.name, kind)) }, t(`export.${kind}`))),
        h('button', { type: 'button', class: 'small', 'aria-label': t('words.delete.of', { word: model.name }), onclick: context.act(async () => {
          if (!await ask(t('export.delete.ask', { model: model.name }), t('words.delete'), t('cancel'))) return;
          await remove('/api/models', { model: model.name });
          await context.refresh();
          draw();
        }) }, t('words.delete'))))));
  }

  async function drawMade() {
    const all = await get('/api/exports');
    const jobs = context.studio.jobs.filter((job) => job.kind === 'export');
    fill(made, (all.length > 0 || jobs.length > 0) && h('h2', {}, t('export.made')),
      h('ul', { class: 'words', id: 'exports' }, all.map((one) => h('li', {}, h('a', { class: 'button', href: address('/api/exports/file', { name: one.name }), download: '' }, one.name), h('span', { class: 'soft' }, size(one.bytes))))),
      jobs.filter((job) => job.state === 'running').map((job) => h('p', {}, t('export.working', { model: job.subject }))),
      jobs.filter((job) => job.state === 'failed').map((job) => h('p', { class: 'note wrong' }, `${job.subject}: `, h('span', { lang: toldIn(job.failure) }, tell(job.failure)))));
  }

  async function begin(model, kind) {
    await post('/api/exports', { model, kind });
    await context.refresh();
    await drawMade();
  }

  draw();
  await drawMade();
  let known = '';
  return {
    element,
    async update(studio) {
      const now = JSON.stringify([studio.jobs, studio.models.length]);
      if (now === known) return;
      known = now;
      await drawMade();
    },
  };
}
