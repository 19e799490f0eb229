import { h, fill, field, ask, name as named } from '../dom.js';
import { t, tell, toldIn, isolate } from '../texts.js';
import { get, post, put, remove } from '../api.js';
import { remember } from '../memory.js';
import { runtimeNote } from './setup.js';
import { importer } from './import.js';

const pairsFirst = 5, pairsMost = 30;

/** The first step: the words, and which of them sound alike. */
export async function words(context) {
  const list = h('div'), more = h('div'), near = h('div', { 'aria-live': 'polite' }), welcome = h('div');
  const input = h('input', { type: 'text', id: 'new-word', maxlength: '80', autocomplete: 'off', oninput: () => compareSoon() });
  let corpus = null, timer = 0, turn = 0, last = '';

  // Never taken out: the browser may be asking for files.
  const runtime = runtimeNote(context), imports = importer(context, () => load());
  const element = h('div', {},
    h('h1', {}, t('words.title')), h('p', { class: 'soft' }, t('words.intro')),
    runtime.element, welcome, list, imports, more);

  async function load() {
    if (!context.corpus) return drawWelcome();
    corpus = await get('/api/corpus', { corpus: context.corpus });
    last = JSON.stringify(corpus);
    draw();
    compareSoon(0);
  }

  function drawWelcome() {
    const name = h('input', { type: 'text', id: 'new-corpus', value: t('words.corpus.usual'), maxlength: '60' });
    fill(welcome,
      h('div', { class: 'grid' },
        h('section', { class: 'card' }, h('h2', {}, t('words.begin')), h('p', {}, t('words.begin.text')),
          h('form', { onsubmit: (e) => { e.preventDefault(); create(name.value); } }, h('div', { class: 'row end' }, field(t('words.corpus.name'), name), h('button', { class: 'main', type: 'submit' }, t('words.begin.button'))))),
        context.studio?.hasDemo && h('section', { class: 'card' }, h('h2', {}, t('words.demo')), h('p', {}, t('words.demo.text')), demoButton())));
    fill(list);
    fill(more);
    imports.classList.add('hidden');
  }

  const demoButton = () => h('button', { type: 'button', id: 'demo', onclick: context.act(async () => {
    context.say(t('words.demo.copying'));
    const { corpus: name, run } = await post('/api/demo');
    await context.refresh();
    context.corpus = name;
    remember('corpus', name);
    context.go('train', { run });
  }) }, t('words.demo.button'));

  const create = (name) => context.act(async () => {
    const made = await post('/api/corpora', {}, { name });
    await context.refresh();
    context.choose(made.corpus);
  })();

  function draw() {
    fill(welcome);
    const rows = corpus.words.map((word) => h('li', {},
      h('span', { class: 'name' }, named(word.word)),
      h('span', { class: 'grow soft' }, t('words.takes', { n: word.takes, speakers: Object.keys(word.speakers).length })),
      corpus.isManaged && h('button', { type: 'button', class: 'small', 'aria-label': t('words.record.of', { word: word.word }), onclick: () => context.go('record', { word: word.word }) }, t('words.record')),
      corpus.isManaged && h('button', { type: 'button', class: 'small', 'aria-label': t('words.rename.of', { word: word.word }), onclick: () => rename(word.word) }, t('words.rename')),
      corpus.isManaged && h('button', { type: 'button', class: 'small', 'aria-label': t('words.delete.of', { word: word.word }), onclick: context.act(() => drop(word)) }, t('words.delete'))));
    fill(list,
      !corpus.isManaged && h('p', { class: 'note warns' }, t('error.manifest', { subject: corpus.name })),
      corpus.isManaged && h('form', { onsubmit: (e) => { e.preventDefault(); addWord(); } },
        h('div', { class: 'row end' }, field(t('words.new'), input), h('button', { class: 'main', type: 'submit', id: 'add-word' }, t('words.add')))),
      near,
      corpus.words.length === 0 ? h('p', { class: 'note' }, t('words.none')) : h('ul', { class: 'words', id: 'words' }, rows),
      corpus.words.length > 1 && h('div', { class: 'row' }, corpus.isManaged ? h('button', { class: 'main', type: 'button', onclick: () => context.go('record') }, t('words.next')) : h('button', { class: 'main', type: 'button', onclick: () => context.go('train') }, t('check.next'))),
      corpus.deleted.length > 0 && h('details', {}, h('summary', {}, t('words.trash', { n: corpus.deleted.length })),
        h('ul', { class: 'words' }, corpus.deleted.map((deleted) => h('li', {}, h('span', { class: 'grow' }, named(deleted.file ? `${deleted.word} / ${deleted.file}` : deleted.word)),
          h('button', { type: 'button', class: 'small', onclick: context.act(() => undo(deleted.id)) }, t('undo'))))),
        h('button', { type: 'button', class: 'small', onclick: context.act(async () => {
          if (!await ask(t('words.trash.ask'), t('words.trash.empty'), t('cancel'))) return;
          await remove('/api/undo', { corpus: corpus.name });
          await load();
        }) }, t('words.trash.empty'))));
    imports.classList.toggle('hidden', !corpus.isManaged);
    fill(more,
      h('h2', {}, t('words.more')),
      h('form', { onsubmit: (e) => { e.preventDefault(); create(another.value); } }, h('div', { class: 'row end' }, field(t('words.corpus.another'), another), h('button', { type: 'submit' }, t('words.begin.button')),
        context.studio?.hasDemo && demoButton())),
      h('p', { class: 'soft' }, t('words.where'), ' ', h('span', { class: 'mono' }, corpus.path)));
  }
  const another = h('input', { type: 'text', id: 'another-corpus', maxlength: '60' });

  // The field is free for the next word at once: who types fast loses none.
  let adding = Promise.resolve();
  function addWord() {
    const name = input.value;
    input.value = '';
    adding = adding.then(context.act(async () => {
      try {
        await post('/api/words', { corpus: corpus.name }, { name });
      } catch (e) {
        input.value ||= name;
        throw e;
      }
      await load();
      input.focus();
    }));
  }

  async function rename(word) {
    const name = h('input', { type: 'text', value: word, maxlength: '80' });
    const dialog = h('dialog', { 'aria-label': t('words.rename.of', { word }), onclose: () => dialog.remove() },
      h('form', { onsubmit: context.act(async (e) => {
        e.preventDefault();
        await put('/api/words', { corpus: corpus.name, word }, { name: name.value });
        dialog.close();
        await load();
      }) }, h('div', { class: 'row end' }, field(t('words.rename.to'), name), h('button', { class: 'main', type: 'submit' }, t('words.rename')), h('button', { type: 'button', onclick: () => dialog.close() }, t('cancel')))));
    document.body.append(dialog);
    dialog.showModal();
    name.select();
  }

  async function drop({ word, takes }) {
    const { undo: id } = await remove('/api/words', { corpus: corpus.name, word });
    await load();
    context.say(t('words.deleted', { word, n: takes }), { text: t('undo'), act: () => undo(id) });
  }

  async function undo(id) {
    await post('/api/undo', { id });
    await load();
  }

  function compareSoon(delay = 350) {
    clearTimeout(timer);
    timer = setTimeout(compare, delay);
  }

  async function compare() {
    const mine = ++turn, typed = input.value.trim();
    const all = [...new Set([...corpus.words.map((word) => word.word), ...(typed ? [typed] : [])])];
    if (all.length < 2) return fill(near);
    try {
      const similar = await post('/api/similar', {}, { words: all });
      if (mine === turn) drawSimilar(similar);
    } catch {
      // A name that is still being typed may be no name yet.
      if (mine === turn) fill(near);
    }
  }

  function drawSimilar({ pairs, silent, words: spoken }) {
    const ipa = Object.fromEntries(spoken.map((word) => [word.word, word.ipa]));
    const pairLine = (pair) => h('li', {},
      h('strong', {}, named(pair.first), ' / ', named(pair.second)),
      h('span', { class: 'sounds mono', role: 'img', 'aria-label': `${ipa[pair.first]} / ${ipa[pair.second]}` }, pair.sounds.map((both) => h('span', { class: both.differs ? 'differs' : null }, h('span', {}, both.first ?? '·'), h('span', {}, both.second ?? '·')))),
      h('span', { class: 'grow soft', lang: toldIn(pair.advice) }, tell(pair.advice)));
    fill(near,
      pairs.length > 0 && h('section', { class: 'note warns', id: 'similar' }, h('h2', {}, t('words.similar', { n: pairs.length })), h('p', {}, t('words.similar.text')),
        h('ul', { class: 'words' }, pairs.slice(0, pairsFirst).map(pairLine)),
        pairs.length > pairsFirst && h('details', {}, h('summary', {}, t('check.more', { n: pairs.length - pairsFirst })), h('ul', { class: 'words' }, pairs.slice(pairsFirst, pairsMost).map(pairLine)))),
      pairs.length === 0 && spoken.length > 1 && h('p', { class: 'good' }, t('words.distinct')),
      silent.length > 0 && h('p', { class: 'soft' }, t('words.silent', { words: silent.map((one) => isolate(one.word)).join(', '), why: tell(silent[0].why) })));
  }

  await load();
  return {
    element,
    changed: load,
    async update(studio) {
      runtime.update(studio);
      if (!context.corpus || document.querySelector('dialog[open]')) return;
      const now = await get('/api/corpus', { corpus: context.corpus }).catch(() => null);
      // The command line, or another tab, may have changed it; what is being typed stays.
      if (!now || JSON.stringify(now) === last || element.contains(document.activeElement) && document.activeElement !== input) return;
      await load();
    },
  };
}
