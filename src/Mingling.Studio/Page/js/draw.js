import { svg, h } from './dom.js';
import { t, percent } from './texts.js';

/** The peaks of a take as a picture. */
export function wave(peaks, label) {
  const width = Math.max(1, peaks.length);
  return svg('svg', { class: 'wave', viewBox: `0 -50 ${width} 100`, preserveAspectRatio: 'none', role: 'img', 'aria-label': label },
    svg('path', { d: peaks.map((peak, i) => `M${i + 0.5} ${-Math.max(1, peak / 2)}V${Math.max(1, peak / 2)}`).join(''), stroke: 'currentColor', 'stroke-width': 0.7, fill: 'none' }));
}

/** The color of a theme. */
export const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

/** A canvas of the right number of pixels, with its context in units of the page. */
export function prepare(canvas, height) {
  const width = canvas.clientWidth || 600, scale = devicePixelRatio || 1;
  canvas.width = width * scale;
  canvas.height = height * scale;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext('2d');
  context.scale(scale, scale);
  return { context, width, height };
}

/** The points of a line in the parts that are drawn: of a training of several models, which have `each` epochs, one for each of them. */
const parts = (points, each) => points.reduce((all, point, i) => {
  if (i === 0 || (each > 0 && Math.ceil(point[0] / each) > Math.ceil(points[i - 1][0] / each))) all.push([]);
  all.at(-1).push(point);
  return all;
}, []);

/**
 * Lines over the same axis. `lines`: [{ name, kind, dash, points: [[x, y]], each }], y from 0 to `top`; a line begins anew after `each`.
 * `joints`: where upright lines are drawn; `note`: what they mean.
 */
export function chart({ label, lines, top, right, xLabel, yLabel, yText = (y) => y.toFixed(1), isWhole = false, joints = [], note = null }) {
  const width = 640, height = 260, left = 76, bottom = 40, inner = { width: width - left - 12, height: height - bottom - 12 };
  const x = (value) => left + inner.width * value / Math.max(right, 1e-9), y = (value) => 12 + inner.height * (1 - Math.min(value, top) / Math.max(top, 1e-9));
  const ticks = [0, 0.25, 0.5, 0.75, 1];
  return h('figure', { class: 'chart' },
    svg('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': label, class: 'plot' },
      ticks.map((share) => [
        svg('line', { x1: left, x2: width - 12, y1: y(share * top), y2: y(share * top), class: 'grid-line' }),
        svg('text', { x: left - 6, y: y(share * top) + 4, 'text-anchor': 'end' }, yText(share * top)),
      ]),
      [0, 0.5, 1].map((share) => svg('text', { x: x(share * right), y: height - bottom + 18, 'text-anchor': share === 0 ? 'start' : share === 1 ? 'end' : 'middle' }, isWhole ? Math.round(share * right) : +(share * right).toFixed(2))),
      svg('text', { x: left + inner.width / 2, y: height - 4, 'text-anchor': 'middle' }, xLabel),
      svg('text', { x: 12, y: 12 + inner.height / 2, 'text-anchor': 'middle', transform: `rotate(-90 12 ${12 + inner.height / 2})` }, yLabel),
      joints.map((at) => svg('line', { x1: x(at), x2: x(at), y1: y(0), y2: y(top), class: 'grid-line', 'stroke-dasharray': '2 3' })),
      lines.flatMap(({ points, kind, dash, each }) => parts(points, each).map((part) => ({ points: part, kind, dash }))).map(({ points, kind, dash }) => points.length === 1
        ? svg('circle', { cx: x(points[0][0]), cy: y(points[0][1]), r: 3, class: `dot ${kind}` })
        : svg('path', { d: points.map(([a, b], i) => `${i ? 'L' : 'M'}${x(a).toFixed(1)} ${y(b).toFixed(1)}`).join(''), class: `line ${kind}`, 'stroke-dasharray': dash ?? null }))),
    h('figcaption', {}, lines.map(({ name, kind, dash }) => h('span', { class: 'key' }, svg('svg', { viewBox: '0 0 28 8', width: 28, height: 8, 'aria-hidden': 'true' }, svg('path', { d: 'M0 4H28', class: `line ${kind}`, 'stroke-dasharray': dash ?? null })), name)), note && h('span', { class: 'soft' }, note)));
}

/** Loss and accuracies of a training, whose models are trained one after another. */
export function history(epochs, all, members = 1) {
  const each = all / members, joints = Array.from({ length: members - 1 }, (_, i) => each * (i + 1) + 0.5), note = members > 1 ? t('curve.members', { n: members }) : null;
  const accuracy = (key) => epochs.filter((epoch) => epoch[key] !== null).map((epoch) => [epoch.epoch, epoch[key]]);
  const lines = [
    { name: t('curve.validation'), kind: 'first', points: accuracy('validation'), each },
    { name: t('curve.training'), kind: 'second', dash: '6 4', points: accuracy('training'), each },
  ].filter((line) => line.points.length > 0);
  const last = epochs.at(-1);
  return h('div', { class: 'charts' },
    chart({ label: t('curve.accuracy.label', { epoch: last?.epoch ?? 0, accuracy: percent(last?.validation) }), lines, joints, note, top: 1, right: all, xLabel: t('curve.epoch'), isWhole: true, yLabel: t('curve.accuracy'), yText: (y) => `${Math.round(100 * y)} %` }),
    chart({ label: t('curve.loss.label', { epoch: last?.epoch ?? 0, loss: last?.loss.toFixed(3) ?? '–' }), lines: [{ name: t('curve.loss'), kind: 'first', points: epochs.map((epoch) => [epoch.epoch, epoch.loss]), each }], joints,
      top: Math.max(0.1, ...epochs.map((epoch) => epoch.loss)), right: all, xLabel: t('curve.epoch'), isWhole: true, yLabel: t('curve.loss'), yText: (y) => y.toFixed(2) }));
}
