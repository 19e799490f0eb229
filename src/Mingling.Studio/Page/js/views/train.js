import { h, fill, field, ask, name as named } from '../dom.js';
import { t, tell, toldIn, duration, percent, number } from '../texts.js';
import { runtimeNote } from './setup.js';
import { get, post, remove } from '../api.js';
import { history } from '../draw.js';

/** The text of the button that goes on with a run; null where there is nothing to do. The command line trains runs without the model and the report of the page. */
const goesOn = (run) => ['stopped', 'interrupted', 'failed'].includes(run.state) ? 'train.resume' : run.state === 'done' && !(run.hasModel && run.hasReport) ? 'train.finish' : null;

/** Training: what it costs, its curves as they come, stop and resume. */
export async function train(context, query) {
  let chosen = query.get('run'), drawnForm = null;
  const runtime = runtimeNote(context), form = h('div'), list = h('div'), detail = h('section', { 'aria-label': t('train.progress'), tabindex: '-1' });
  const element = h('div', {}, h('h1', {}, t('train.title')), h('p', { class: 'soft' }, t('train.intro')), runtime.element, detail, form, list);

  async function drawForm() {
    if (!context.corpus) return fill(form, h('p', { class: 'note' }, t('need.corpus')));
    const costs = await get('/api/costs', { corpus: context.corpus }), measuring = context.studio.jobs.find((job) => job.kind === 'speed');
    const shape = JSON.stringify([costs, context.studio.alarms, context.corpus, measuring?.state, measuring?.step]);
    if (shape === drawnForm) return;
    drawnForm = shape;
    if (costs[0].clips === 0) return fill(form, h('p', { class: 'note' }, t('train.none')));
    const name = h('input', { type: 'text', id: 'run-name', maxlength: '60', autocomplete: 'off' });
    const epochs = h('input', { type: 'number', id: 'run-epochs', min: '1', max: '10000' });
    const alarms = h('input', { type: 'checkbox', id: 'run-alarms', checked: true, onchange: () => drawCosts() });
    const told = costs.map(() => h('span', { class: 'soft' }));
    // One more word, of false alarms, has to be learned too.
    const drawCosts = () => costs.forEach((cost, i) => {
      const isMore = context.studio.alarms > 0 && alarms.checked;
      fill(told[i], t(`train.cost.${cost.basis}`, { time: duration(isMore ? cost.secondsWithAlarms : cost.seconds), epochs: isMore ? cost.epochsWithAlarms : cost.epochs }),
        cost.otherSpeechSeconds >= 1 && ` ${t('train.cost.speech', { time: duration(cost.otherSpeechSeconds) })}`);
    });
    drawCosts();
    fill(form, h('form', { onsubmit: (e) => { e.preventDefault(); begin(new FormData(e.target).get('kind'), name.value.trim(), epochs.value, alarms.checked); } },
      h('fieldset', {}, h('legend', {}, t('train.kind')),
        costs.map((cost, i) => h('label', { class: 'check' }, h('input', { type: 'radio', name: 'kind', value: cost.kind, checked: i === 0 }),
          h('span', {}, h('strong', {}, t(`train.${cost.kind}`)), ' – ', t(`train.${cost.kind}.text`), ' ', told[i])))),
      costs.some((cost) => cost.basis !== 'measured') && h('div', { class: 'row' }, measuring?.state === 'running' || measuring?.state === 'stopping'
        ? [h('span', { role: 'status' }, t('train.measuring', { n: measuring.step, all: measuring.steps })), h('button', { type: 'button', class: 'small', id: 'measure-stop', onclick: context.act(async () => { await post('/api/costs/stop'); await context.refresh(); }) }, t('train.stop'))]
        : [h('button', { type: 'button', class: 'small', id: 'measure', onclick: context.act(async () => { await post('/api/costs/measure', { corpus: context.corpus }); await context.refresh(); }) }, t('train.measure')),
          measuring?.state === 'failed' && h('span', { class: 'bad', lang: toldIn(measuring.failure) }, tell(measuring.failure))]),
      context.studio.alarms > 0 && h('div', {}, h('label', { class: 'check' }, alarms, t('train.alarms', { n: context.studio.alarms })), h('p', { class: 'soft' }, t('train.alarms.text'))),
      h('details', {}, h('summary', {}, t('train.more')), h('div', { class: 'row end' }, field(t('train.name'), name), field(t('train.epochs'), epochs))),
      h('div', { class: 'row' }, h('button', { class: 'main', type: 'submit', id: 'train' }, t('train.start')))));
  }

  const begin = (kind, name, epochs, alarms) => context.act(async () => {
    const { run } = await post('/api/runs', {}, { corpus: context.corpus, kind, name: name || null, epochs: epochs ? Number(epochs) : null, alarms });
    chosen = run;
    await context.refresh();
    await drawDetail();
    // The curves come above the form, which would move out of sight with what was pressed.
    detail.focus();
  })();

  function drawList() {
    const { runs } = context.studio;
    fill(list, runs.length > 0 && [h('h2', {}, t('train.runs')), h('ul', { class: 'words', id: 'runs' }, runs.map((run) => h('li', {},
      h('span', { class: 'name' }, named(run.name)), h('span', { class: 'grow soft' }, [run.corpus, run.encoder, run.best !== null ? percent(run.best) : null].filter(Boolean).join(' · ')),
      h('span', { class: run.state === 'failed' || run.state === 'broken' ? 'bad' : run.state === 'done' ? 'good' : null }, t(`state.${run.state}`)),
      h('button', { type: 'button', class: 'small', 'aria-label': t('train.show.of', { run: run.name }), 'aria-pressed': String(run.name === chosen), onclick: () => { chosen = run.name; drawDetail(); drawList(); } }, t('train.show')),
      run.state === 'running' ? h('button', { type: 'button', class: 'small', 'aria-label': t('train.stop.of', { run: run.name }), onclick: context.act(() => stop(run.name)) }, t('train.stop'))
        : goesOn(run) && h('button', { type: 'button', class: 'small', 'aria-label': t(`${goesOn(run)}.of`, { run: run.name }), onclick: context.act(() => resume(run.name)) }, t(goesOn(run))),
      !['running', 'stopping', 'elsewhere'].includes(run.state) && h('button', { type: 'button', class: 'small', 'aria-label': t('train.delete.of', { run: run.name }), onclick: context.act(() => drop(run.name)) }, t('words.delete')))))]);
  }

  async function stop(run) {
    await post('/api/runs/stop', { run });
    await context.refresh();
  }

  async function resume(run) {
    chosen = run;
    await post('/api/runs/resume', { run });
    await context.refresh();
  }

  async function drop(run) {
    if (!await ask(t('train.delete.ask', { run }), t('words.delete'), t('cancel'))) return;
    await remove('/api/runs', { run });
    if (chosen === run) chosen = null;
    await context.refresh();
  }

  let turn = 0, last = '';
  async function drawDetail() {
    chosen ??= context.studio.runs.find((run) => ['running', 'stopping'].includes(run.state))?.name ?? null;
    if (!chosen) return fill(detail);
    const mine = ++turn, run = await get('/api/run', { run: chosen }).catch(() => null);
    if (mine !== turn || !run) return;
    const now = JSON.stringify(run);
    if (now === last) return;
    last = now;
    const done = run.history.length, isTraining = run.state === 'running' && (run.epochs === 0 || done < run.epochs);
    fill(detail, h('h2', {}, run.name),
      h('p', { id: 'run-state', role: 'status' },
        run.state === 'running' ? isTraining ? (run.epochs > 0 ? t('train.at', { epoch: done, epochs: run.epochs, left: run.secondsLeft !== null ? duration(run.secondsLeft) : '…' }) : t('train.preparing')) : t(`train.step.${run.step}`)
          : t(`state.${run.state}`), run.best !== null && ` · ${t('train.best', { accuracy: percent(run.best) })}`),
      run.epochs > 0 && h('progress', { max: run.epochs, value: done, 'aria-label': t('train.progress') }),
      run.failure && h('p', { class: 'note wrong', lang: toldIn(run.failure) }, tell(run.failure)),
      run.clips > 0 && h('p', { class: 'soft' }, t('train.facts', { words: run.words, clips: number(run.clips), encoder: run.encoder })),
      done > 0 && history(run.history, Math.max(run.epochs, done), run.members),
      h('div', { class: 'row' },
        run.state === 'running' && h('button', { type: 'button', id: 'stop', onclick: context.act(() => stop(run.name)) }, t('train.stop')),
        goesOn(run) && h('button', { type: 'button', class: 'main', id: 'resume', onclick: context.act(() => resume(run.name)) }, t(goesOn(run))),
        run.hasModel && h('button', { type: 'button', class: 'main', id: 'try', onclick: () => context.go('live', { model: run.name }) }, t('train.try')),
        run.hasReport && h('button', { type: 'button', id: 'to-report', onclick: () => context.go('result', { run: run.name }) }, t('train.report'))));
  }

  await context.refresh();
  await drawForm();
  drawList();
  await drawDetail();
  let drawnRuns = '';
  return {
    element,
    async update(studio) {
      runtime.update(studio);
      await drawDetail();
      const runs = JSON.stringify(studio.runs.map(({ history: _, secondsLeft: __, ...run }) => run));
      if (runs !== drawnRuns) {
        drawnRuns = runs;
        drawList();
      }
      if (!form.contains(document.activeElement) || ['measure', 'measure-stop'].includes(document.activeElement.id)) await drawForm().catch(() => {});
    },
  };
}
