import { h, fill } from '../dom.js';
import { t, tell, toldIn, number } from '../texts.js';
import { post } from '../api.js';

/** What trainings compute with is not there yet: says so, fetches it, and says why where it cannot. Empty where nothing is missing. */
export function runtimeNote(context) {
  const element = h('div', { id: 'runtime' });
  let drawn = '';

  function update(studio) {
    const { runtime } = studio, job = studio.jobs.find((one) => one.kind === 'setup');
    const now = JSON.stringify([runtime, job]);
    if (now === drawn) return;
    drawn = now;
    if (!runtime || runtime.isThere) return fill(element);
    const isRunning = job?.state === 'running' || job?.state === 'stopping';
    const focused = element.contains(document.activeElement);
    const button = isRunning
      ? h('button', { type: 'button', id: 'setup-stop', disabled: job.state === 'stopping', onclick: context.act(async () => { await post('/api/setup/stop'); await context.refresh(); }) }, t('setup.stop'))
      : h('button', { type: 'button', class: 'main', id: 'setup', onclick: context.act(async () => { await post('/api/setup'); await context.refresh(); }) }, t(job ? 'setup.again' : 'setup.fetch'));
    fill(element, h('section', { class: 'note warns' }, h('h2', {}, t('setup.title')), h('p', {}, t('setup.text', { size: number(runtime.wholeMegabytes) })),
      isRunning && [h('progress', { max: runtime.wholeMegabytes, value: Math.min(runtime.wholeMegabytes, runtime.megabytes), 'aria-label': t('setup.progress') }),
        h('p', { role: 'status' }, t(job.state === 'stopping' ? 'state.stopping' : 'setup.fetching', { n: number(Math.round(runtime.megabytes)), all: number(runtime.wholeMegabytes) }))],
      job?.state === 'stopped' && h('p', {}, t('setup.stopped')),
      job?.state === 'failed' && [h('p', { class: 'bad', lang: toldIn(job.failure), id: 'setup-failure' }, tell(job.failure)), h('p', {}, t('setup.byhand'), ' ', h('code', { class: 'mono' }, 'mingling setup'))],
      h('div', { class: 'row' }, button)));
    if (focused) button.focus();
  }

  update(context.studio);
  return { element, update };
}
