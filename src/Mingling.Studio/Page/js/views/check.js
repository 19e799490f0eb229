import { h, fill } from '../dom.js';
import { t, duration, number } from '../texts.js';
import { get } from '../api.js';

const most = 30;

/** The quality of the recordings: what `mingling corpus inspect` knows. */
export async function check(context) {
  const element = h('div', {}, h('h1', {}, t('check.title')), h('p', { class: 'soft' }, t('check.intro')));
  if (!context.corpus) return { element: fill(element, h('h1', {}, t('check.title')), h('p', { class: 'note' }, t('need.corpus'))) };
  const body = h('div', { 'aria-live': 'polite' }, h('p', {}, t('check.reading')));
  element.append(body);
  get('/api/quality', { corpus: context.corpus }).then(draw).catch((e) => fill(body, h('p', { class: 'note warns' }, e.message)));

  function draw(found) {
    const list = (title, lines, kind = 'warns') => lines.length > 0 && h('details', { class: `note ${kind}`, open: lines.length <= 6 }, h('summary', {}, `${t(title)} (${lines.length})`),
      h('ul', {}, lines.slice(0, most).map((line) => h('li', { class: 'mono' }, line))), lines.length > most && h('p', {}, t('check.more', { n: lines.length - most })));
    const { levels, splits } = found;
    fill(body,
      h('p', { id: 'check-size' }, t('check.size', { clips: number(found.clips), words: found.classes.length, speakers: found.speakers.length, time: duration(found.totalSeconds) })),
      found.warnings.length > 0 && h('section', { class: 'note warns' }, h('h2', {}, t('check.warnings')), h('ul', { lang: 'en' }, found.warnings.map((warning) => h('li', {}, warning)))),
      list('check.problems', found.problems.map((problem) => `${problem.path} ${problem.reason}`), 'wrong'),
      list('check.silent', found.silentClips, 'wrong'), list('check.clipped', levels.clippedClips), list('check.quiet', levels.quietClips), list('check.loud', levels.loudClips),
      list('check.offset', levels.dcOffsetClips), list('check.odd', found.oddFiles),
      list('check.equal', found.duplicates.map((group) => group.clips.join(' = '))),
      found.warnings.length + found.problems.length + found.silentClips.length + levels.clippedClips.length + levels.quietClips.length + found.duplicates.length === 0 && h('p', { class: 'note good' }, t('check.fine')),
      splits && h('p', {}, t('check.split', { train: number(splits.train), trainSpeakers: splits.trainSpeakers, validation: number(splits.validation), validationSpeakers: splits.validationSpeakers })),
      h('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': t('check.words') }, h('table', {},
        h('caption', { class: 'visually-hidden' }, t('check.words')),
        h('thead', {}, h('tr', {}, ['word', 'clips', 'speakers', 'length', 'split'].map((name, i) => h('th', { scope: 'col', class: i > 0 ? 'number' : null }, t(`check.column.${name}`))))),
        h('tbody', {}, found.classes.map((word) => h('tr', {}, h('th', { scope: 'row' }, word.label), h('td', { class: 'number' }, number(word.clips)), h('td', { class: 'number' }, word.speakers),
          h('td', { class: 'number' }, `${word.shortestSeconds.toFixed(2)} – ${word.medianSeconds.toFixed(2)} – ${word.longestSeconds.toFixed(2)} s`), h('td', { class: 'number' }, `${word.train} + ${word.validation}`)))))),
      h('div', { class: 'row' }, h('button', { class: 'main', type: 'button', onclick: () => context.go('train') }, t('check.next'))));
  }

  return { element };
}
