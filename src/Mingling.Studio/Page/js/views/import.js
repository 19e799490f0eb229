import { h, fill, field } from '../dom.js';
import { t, tell, toldIn } from '../texts.js';
import { post, put, remove } from '../api.js';

/** Recordings that exist already: files, folders or a ZIP, chosen or dropped. */
export function importer(context, done) {
  const state = h('p', { role: 'status' }), problems = h('div', { id: 'import-problems' });
  const word = h('input', { type: 'text', id: 'import-word', maxlength: '80' });
  const files = h('input', { type: 'file', id: 'import-files', multiple: true, accept: '.zip,.wav,.flac,.ogg,.opus,.mp3,.csv,.tsv,.jsonl,.tar,.index,.json', class: 'visually-hidden', tabindex: '-1', 'aria-hidden': 'true', onchange: () => begin(chosen(files)) });
  const folder = h('input', { type: 'file', id: 'import-folder', webkitdirectory: true, class: 'visually-hidden', tabindex: '-1', 'aria-hidden': 'true', onchange: () => begin(chosen(folder)) });
  folder.webkitdirectory = true;
  const area = h('div', { class: 'drop', ondragover: (e) => { e.preventDefault(); area.classList.add('over'); }, ondragleave: () => area.classList.remove('over'), ondrop: async (e) => {
    e.preventDefault();
    area.classList.remove('over');
    begin(await dropped(e.dataTransfer));
  } },
    h('h2', {}, t('import.title')), h('p', {}, t('import.text')),
    h('div', { class: 'row end' },
      h('button', { type: 'button', onclick: () => files.click() }, t('import.files')), h('button', { type: 'button', onclick: () => folder.click() }, t('import.folder')), files, folder,
      field(t('import.word'), word)),
    state);

  const chosen = (input) => {
    const all = [...input.files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
    input.value = '';
    return all;
  };

  const begin = (all) => context.act(async () => {
    const wanted = all.filter(({ path }) => /\.(zip|wav|wave|flac|ogg|oga|opus|mp3|csv|tsv|jsonl|txt|tar|index)$|(^|\/)shards\.json$/i.test(path));
    if (wanted.length === 0) throw new Error(t('import.nothing'));
    fill(problems);
    const { id } = await post('/api/imports');
    try {
      for (const [i, { file, path }] of wanted.entries()) {
        fill(state, t('import.sending', { n: i + 1, all: wanted.length, name: file.name }));
        await put('/api/imports', { id, path }, file);
      }
      fill(state, t('import.reading'));
      const result = await post('/api/imports/finish', { id, corpus: context.corpus, word: word.value.trim() || null });
      fill(state);
      word.value = '';
      await done();
      context.say(t('import.done', { n: result.takes, words: result.words.length, skipped: result.skipped }));
      if (result.skipped > 0) fill(problems, h('details', { class: 'note warns', open: true }, h('summary', {}, t('import.skipped', { n: result.skipped })), h('ul', {}, result.problems.map((problem) => h('li', { lang: toldIn(problem) }, tell(problem))))));
    } catch (e) {
      fill(state);
      await remove('/api/imports', { id }).catch(() => {});
      throw e;
    }
  })();

  return h('div', {}, area, problems);
}

/** The files of a drop, those in folders with their paths. */
async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const all = [];
  const walk = async (entry, path) => {
    if (entry.isFile) all.push({ file: await new Promise((resolve, reject) => entry.file(resolve, reject)), path: path + entry.name });
    else {
      const reader = entry.createReader();
      for (;;) {
        const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
        if (some.length === 0) break;
        for (const one of some) await walk(one, `${path}${entry.name}/`);
      }
    }
  };
  for (const entry of entries) await walk(entry, '');
  return all;
}
