import { h, fill } from './dom.js';
import { t, choose, language, names } from './texts.js';
import { get } from './api.js';
import { recall, remember } from './memory.js';
import { keepFocus } from './focus.js';
import { onCount, sendWaiting, waiting } from './pending.js';
import { words } from './views/words.js';
import { record } from './views/record.js';
import { check } from './views/check.js';
import { train } from './views/train.js';
import { result } from './views/result.js';
import { live } from './views/live.js';
import { enroll } from './views/enroll.js';
import { exports } from './views/exports.js';

const views = { words, record, check, train, result, live, enroll, exports };
const pollEvery = 2000;
const [bar, steps, main, status, alert] = ['bar', 'steps', 'main', 'status', 'alert'].map((id) => document.getElementById(id));

/** What all views share. */
const context = {
  studio: null,
  corpus: recall('corpus'),
  async refresh() {
    context.studio = await get('/api/studio');
    const former = context.corpus;
    if (!context.studio.corpora.includes(former)) context.corpus = context.studio.corpora[0] ?? null;
    drawBar();
    // The collection that is shown may have gone by other hands.
    if (isShown && former !== context.corpus && former !== null) return show();
    current?.update?.(context.studio);
  },
  choose(corpus) {
    context.corpus = corpus;
    remember('corpus', corpus);
    show();
  },
  go(view, query = {}) {
    const values = new URLSearchParams(query).toString();
    location.hash = `#/${view}${values ? `?${values}` : ''}`;
  },
  /** Says something for a while, with an action if one is given. */
  say(text, action = null) {
    say(status, text, action, action ? 20000 : 5000);
  },
  fail(error) {
    if (error?.code === 'stale') say(alert, error.message, { text: t('reload'), act: () => location.reload() }, 0);
    else say(alert, error?.message ?? String(error), null, 12000);
  },
  /** Runs something that a click asked for; what goes wrong is said. */
  act(what) {
    let isBusy = false;
    return async (event) => {
      // A form that is sent must not load the page anew, however impatient its reader is.
      if (event?.type === 'submit') event.preventDefault();
      if (isBusy) return;
      isBusy = true;
      const button = event?.currentTarget instanceof HTMLButtonElement ? event.currentTarget : null;
      button?.setAttribute('aria-busy', 'true');
      try {
        await what(event);
      } catch (e) {
        context.fail(e);
      } finally {
        isBusy = false;
        button?.removeAttribute('aria-busy');
      }
    };
  },
};

let current = null;
let isShown = false;
let shown = 0;

function say(where, text, action, milliseconds) {
  const button = action && h('button', { type: 'button', class: 'small', onclick: async () => { line.remove(); try { await action.act(); } catch (e) { context.fail(e); } } }, action.text);
  const line = h('div', {}, h('span', {}, text), button);
  // A list of takes may lie between what was deleted and this button at the end of the page.
  if (where === status && button) button.setAttribute('aria-keyshortcuts', 'Control+Z');
  fill(where, line);
  // What somebody is about to press stays.
  if (milliseconds) setTimeout(function end() {
    if (line.contains(document.activeElement)) setTimeout(end, 1000);
    else line.remove();
  }, milliseconds);
}

function route() {
  const [name, query] = location.hash.replace(/^#\//, '').split('?');
  return { name: name in views ? name : 'words', query: new URLSearchParams(query ?? '') };
}

async function show() {
  const turn = ++shown, { name, query } = route();
  try {
    await current?.dispose?.();
    current = null;
    const corpora = context.studio?.corpora ?? [];
    if (context.corpus === null && corpora.length > 0) [context.corpus] = corpora;
    drawSteps(name);
    const view = await views[name](context, query);
    // Another step may have been chosen meanwhile.
    if (turn !== shown) return view.dispose?.();
    current = view;
    fill(main, view.element);
    isShown = true;
    document.title = `${t(`step.${name}`)} – Mingling Studio`;
    drawBar();
  } catch (e) {
    fill(main, h('h1', {}, t(`step.${name}`)), h('p', { class: 'note wrong' }, e.message));
    isShown = true;
    if (e.code === 'stale') context.fail(e);
    if (e.code === 'no-corpus' && turn === shown) await context.refresh().catch(() => {});
  }
}

function drawSteps(name) {
  fill(steps, h('ol', {}, Object.keys(views).map((view) => h('li', {}, h('a', { href: `#/${view}`, 'aria-current': view === name ? 'step' : null }, t(`step.${view}`))))));
  // On a phone the steps are wider than the page.
  steps.querySelector('[aria-current]')?.scrollIntoView({ inline: 'center', block: 'nearest' });
}

let drawnBar = '';
function drawBar() {
  const { studio } = context;
  const theme = document.documentElement.dataset.theme ?? '', shape = JSON.stringify([studio?.corpora, context.corpus, language(), theme]);
  // A list that is open would close.
  if (shape === drawnBar) return;
  drawnBar = shape;
  fill(bar,
    studio?.corpora.length > 0 && h('label', {}, t('bar.corpus'),
      h('select', { id: 'corpus', onchange: (e) => context.choose(e.target.value) }, studio.corpora.map((corpus) => h('option', { value: corpus, selected: corpus === context.corpus }, corpus)))),
    h('label', {}, t('bar.language'),
      h('select', { id: 'language', onchange: async (e) => { await choose(e.target.value); label(); show(); } }, names().map(([code, name]) => h('option', { value: code, lang: code, selected: code === language() }, name)))),
    h('label', {}, t('bar.theme'),
      h('select', { id: 'theme', onchange: (e) => setTheme(e.target.value) }, ['', 'light', 'dark'].map((value) => h('option', { value, selected: value === theme }, t(`theme.${value || 'system'}`))))));
}

function setTheme(value) {
  remember('theme', value);
  if (value) document.documentElement.dataset.theme = value;
  else delete document.documentElement.dataset.theme;
}

function label() {
  document.getElementById('skip').textContent = t('skip');
  steps.setAttribute('aria-label', t('steps'));
}

async function poll() {
  // One after another, so that a slow network is never asked for more than it gives.
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, pollEvery));
    if (document.hidden) continue;
    try {
      await context.refresh();
      if (isGone) {
        isGone = false;
        fill(alert);
      }
      if (waiting() > 0 && await sendWaiting() > 0) current?.changed?.();
    } catch (e) {
      if (e.code === 'stale' || e.code === 'token') return context.fail(e);
      if (e.status === 0 && !isGone) {
        isGone = true;
        say(alert, e.message, null, 0);
      }
    }
  }
}
let isGone = false;

keepFocus();
setTheme(recall('theme') ?? '');
await choose();
label();
try {
  await context.refresh();
} catch (e) {
  context.fail(e);
}
onCount((count) => document.body.classList.toggle('waiting', count > 0));
addEventListener('hashchange', async () => {
  await show();
  main.focus({ preventScroll: true });
  scrollTo(0, 0);
});
addEventListener('keydown', (e) => {
  if ((e.ctrlKey || e.metaKey) && !e.shiftKey && e.key.toLowerCase() === 'z' && !e.target.matches('input:not([type="checkbox"], [type="radio"], [type="range"])')) status.querySelector('button')?.click();
});
addEventListener('beforeunload', (e) => {
  if (waiting() > 0) e.preventDefault();
});
await show();
sendWaiting().then((sent) => { if (sent > 0) current?.changed?.(); });
poll();
