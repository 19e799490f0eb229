import { h, fill, name } from '../dom.js';
import { t, tell, toldIn, duration, number } from '../texts.js';
import { get, post, remove, address } from '../api.js';
import { play } from '../sound.js';

const most = 30;

/** The quality of the recordings: what `mingling corpus inspect` knows without any model. */
export async function check(context) {
  const element = h('div', {}, h('h1', {}, t('check.title')), h('p', { class: 'soft' }, t('check.intro')));
  if (!context.corpus) return { element: fill(element, h('h1', {}, t('check.title')), h('p', { class: 'note' }, t('need.corpus'))) };
  const { corpus } = context;
  const body = h('div', { 'aria-live': 'polite' }, h('p', {}, t('check.reading')));
  element.append(body);
  const read = () => get('/api/quality', { corpus }).then(draw).catch((e) => fill(body, h('p', { class: 'note warns' }, e.message)));
  read();

  /** A recording to hear and, where words are folders, to delete. */
  function clip(path, isManaged) {
    const parts = path.split('/'), of = { corpus, word: parts[0], file: parts[1] };
    const line = h('li', {});
    const play_ = h('button', { type: 'button', class: 'small', 'aria-label': t('take.play', { file: path }), onclick: context.act(() => play(address('/api/takes/sound', of))) }, '▶');
    const drop = h('button', { type: 'button', class: 'small', 'aria-label': t('take.delete', { file: path }), onclick: context.act(async () => {
      const { undo } = await remove('/api/takes', of);
      line.classList.add('hidden');
      context.say(t('take.deleted', { file: path }), { text: t('undo'), act: async () => {
        await post('/api/undo', { id: undo });
        line.classList.remove('hidden');
      } });
    }) }, '✕');
    return fill(line, isManaged && parts.length === 2 && play_, h('span', { class: 'mono grow' }, name(path)), isManaged && parts.length === 2 && drop);
  }

  function draw(found) {
    const list = (title, lines, item, kind = 'warns') => lines.length > 0 && h('details', { class: `note ${kind}`, open: lines.length <= 6 }, h('summary', {}, `${title} (${number(lines.length)})`),
      h('ul', { class: 'words' }, lines.slice(0, most).map(item)), lines.length > most && h('p', {}, t('check.more', { n: lines.length - most })));
    const told = (remark) => h('li', { lang: toldIn(remark) }, tell(remark));
    const { splits, words, speakers } = found;
    const graveKinds = ['silent'];
    fill(body,
      h('p', { id: 'check-size' }, t('check.size', { clips: number(found.clips), words: words.length, speakers: speakers.length, time: duration(found.totalSeconds) })),
      found.remarks.length > 0 && h('section', { class: 'note warns', id: 'check-remarks' }, h('h2', {}, t('check.warnings')), h('ul', {}, found.remarks.map(told))),
      list(t('check.problems'), found.problems, told, 'wrong'),
      found.findings.map(({ kind, clips }) => list(t(`check.${kind}`), clips, (path) => clip(path, found.isManaged), graveKinds.includes(kind) ? 'wrong' : 'warns')),
      list(t('check.odd'), found.odd, (text) => h('li', { lang: 'en' }, text)),
      list(t('check.equal'), found.duplicates, (group) => h('li', {}, h('ul', { class: 'words' }, group.clips.map((path) => clip(path, found.isManaged))))),
      found.remarks.length + found.problems.length + found.findings.length + found.duplicates.length === 0 && h('p', { class: 'note good' }, t('check.fine')),
      splits && h('p', {}, t('check.split', { train: number(splits.train), trainSpeakers: splits.trainSpeakers, validation: number(splits.validation), validationSpeakers: splits.validationSpeakers })),
      h('h2', {}, t('check.words')), h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': t('check.words') }, h('table', {},
        h('caption', { class: 'visually-hidden' }, t('check.words')),
        h('thead', {}, h('tr', {}, ['word', 'clips', 'speakers', 'length', 'split'].map((column, i) => h('th', { scope: 'col', class: i > 0 ? 'number' : null }, t(`check.column.${column}`))))),
        h('tbody', {}, words.map((word) => h('tr', {}, h('th', { scope: 'row' }, name(word.label)), h('td', { class: `number ${word.clips === 0 ? 'bad' : ''}` }, number(word.clips)), h('td', { class: 'number' }, word.speakers),
          h('td', { class: 'number' }, word.clips === 0 ? '–' : `${word.shortestSeconds.toFixed(2)} – ${word.medianSeconds.toFixed(2)} – ${word.longestSeconds.toFixed(2)} s`), h('td', { class: 'number' }, `${word.train} + ${word.validation}`)))))),
      speakers.length > 0 && h('details', { open: speakers.length <= 12 }, h('summary', {}, h('strong', {}, `${t('check.speakers')} (${number(speakers.length)})`)), h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': t('check.speakers') }, h('table', { id: 'check-speakers' },
        h('thead', {}, h('tr', {}, ['speaker', 'clips', 'said', 'side'].map((column, i) => h('th', { scope: 'col', class: i === 1 || i === 2 ? 'number' : null }, t(`check.column.${column}`))))),
        h('tbody', {}, speakers.map((speaker) => h('tr', {}, h('th', { scope: 'row' }, name(speaker.name)), h('td', { class: 'number' }, number(speaker.clips)),
          h('td', { class: `number ${speaker.words < words.length ? 'warn' : ''}` }, t('check.of', { n: speaker.words, all: words.length })), h('td', {}, speaker.sides.map((side) => t(`check.side.${side}`)).join(', ')))))))),
      h('div', { class: 'row' }, h('button', { class: 'main', type: 'button', onclick: () => context.go('train') }, t('check.next'))));
  }

  return { element };
}
