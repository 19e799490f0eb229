import { h } from '../dom.js';
import { t, isolate } from '../texts.js';
import { address } from '../api.js';
import { play } from '../sound.js';
import { wave } from '../draw.js';

/** One take: its picture, its sound, what is wrong with it. */
export function takeCard(context, corpus, word, take, onDelete) {
  const url = address('/api/takes/sound', { corpus, word, file: take.file });
  return h('li', {},
    h('button', { type: 'button', class: 'small', 'aria-label': t('take.play', { file: take.file }), onclick: context.act(() => play(url)) }, '▶'),
    wave(take.peaks, t('take.picture', { seconds: take.seconds.toFixed(2), peak: take.peakDb.toFixed(0) })),
    onDelete ? h('button', { type: 'button', class: 'small', 'aria-label': t('take.delete', { file: take.file }), onclick: context.act(() => onDelete(take)) }, '✕') : h('span'),
    h('span', { class: 'what' }, `${isolate(take.speaker ?? '–')} · ${take.seconds.toFixed(2)} s · ${take.peakDb.toFixed(0)} dB`,
      take.problems.map((problem) => h('span', { class: problem === 'quiet' ? 'warn' : 'bad' }, ` · ${t(`problem.${problem}`)}`))));
}
