import { h, fill, field } from '../dom.js';
import { t, tell, toldIn, percent, number, duration } from '../texts.js';
import { get, post, address } from '../api.js';
import { chart } from '../draw.js';

/** The report of a training, and two trainings side by side. */
export async function result(context, query) {
  const finished = () => context.studio.runs.filter((run) => run.best !== null);
  const element = h('div', {}, h('h1', {}, t('result.title')), h('p', { class: 'soft' }, t('result.intro')));
  if (finished().length === 0) {
    element.append(h('p', { class: 'note' }, t('result.none')));
    return { element };
  }
  const names = finished().map((run) => run.name);
  const options = (selected) => names.map((name) => h('option', { value: name, selected: name === selected }, name));
  const initial = names.includes(query.get('run')) ? query.get('run') : names.at(-1);
  const run = h('select', { id: 'result-run', onchange: () => show() }, options(initial));
  const page = h('div');
  const first = h('select', { id: 'first' }, options(names.at(-2) ?? names[0])), second = h('select', { id: 'second' }, options(names.at(-1)));
  const compared = h('div', { 'aria-live': 'polite' });
  let isHere = true;
  element.append(h('div', { class: 'row end' }, field(t('result.run'), run)), page,
    h('h2', {}, t('compare.title')),
    names.length < 2 ? h('p', { class: 'soft' }, t('compare.none')) : h('div', { class: 'row end' }, field(t('compare.first'), first), field(t('compare.second'), second), h('button', { type: 'button', class: 'main', id: 'compare', onclick: context.act(compare) }, t('compare.button'))),
    compared);

  async function show() {
    const found = await get('/api/run', { run: run.value });
    const url = address('/report', { run: run.value });
    fill(page, h('p', { id: 'result-figures' }, t('result.figures', { accuracy: percent(found.best), words: found.words, clips: number(found.clips), epochs: found.history.length, time: duration(found.history.reduce((sum, epoch) => sum + epoch.seconds, 0)) })),
      found.hasReport ? [h('p', {}, h('a', { class: 'button', href: url, target: '_blank', rel: 'noopener' }, t('result.open'))), h('iframe', { src: url, title: t('result.frame', { run: run.value }), sandbox: 'allow-scripts' })]
        : found.state === 'done' ? [h('p', { class: 'note' }, t('result.unmade')), h('button', { type: 'button', class: 'main', id: 'finish', onclick: context.act(finish) }, t('train.finish'))]
          : h('p', { class: 'note' }, t('result.noreport')));
  }

  async function finish() {
    await post('/api/runs/resume', { run: run.value });
    context.go('train');
  }

  async function compare() {
    const [a, b] = await Promise.all([get('/api/run', { run: first.value }), get('/api/run', { run: second.value })]);
    const time = (one) => duration(one.history.reduce((sum, epoch) => sum + epoch.seconds, 0));
    const rows = [['compare.accuracy', percent(a.best), percent(b.best)], ['compare.words', a.words, b.words], ['compare.clips', number(a.clips), number(b.clips)], ['compare.encoder', a.encoder, b.encoder],
      ['compare.epochs', a.history.length, b.history.length], ['compare.time', time(a), time(b)]];
    const state = h('p', { id: 'compare-state' });
    const points = (one) => one.history.filter((epoch) => epoch.validation !== null).map((epoch) => [epoch.epoch, epoch.validation]);
    fill(compared, h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': t('compare.title') }, h('table', { id: 'comparison' }, h('thead', {}, h('tr', {}, h('td'), h('th', { scope: 'col' }, a.name), h('th', { scope: 'col' }, b.name))),
      h('tbody', {}, rows.map(([key, left, right]) => h('tr', {}, h('th', { scope: 'row' }, t(key)), h('td', {}, left), h('td', {}, right)))))),
    chart({ label: t('compare.curve', { first: a.name, second: b.name }), top: 1, right: Math.max(a.history.length, b.history.length), xLabel: t('curve.epoch'), isWhole: true, yLabel: t('curve.accuracy'), yText: (y) => `${Math.round(100 * y)} %`,
      lines: [{ name: a.name, kind: 'first', points: points(a), each: a.epochs / a.members }, { name: b.name, kind: 'second', dash: '6 4', points: points(b), each: b.epochs / b.members }] }), state);
    const { id } = await post('/api/comparisons', {}, { first: a.name, second: b.name });
    fill(state, t('compare.working'));
    while (isHere) {
      const job = await get('/api/job', { id });
      if (job.state === 'failed') return fill(state, h('span', { class: 'note wrong', lang: toldIn(job.failure) }, tell(job.failure)));
      if (job.state === 'done') break;
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    const url = address('/comparison', { id });
    fill(state, h('a', { class: 'button', href: url, target: '_blank', rel: 'noopener', id: 'compare-open' }, t('compare.open')));
    compared.append(h('iframe', { src: url, title: t('compare.curve', { first: a.name, second: b.name }), sandbox: 'allow-scripts' }));
  }

  await show();
  return { element, dispose: () => { isHere = false; } };
}
