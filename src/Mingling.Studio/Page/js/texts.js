// What the page says, in the language of the reader. A language is a file in texts/; English says what another lacks.

import { recall, remember } from './memory.js';

const languages = new Map(document.querySelector('meta[name="studio-languages"]').content.split(';').map((pair) => pair.split('=')));
// Letters that are written from right to left: a name of them within a sentence must not turn its neighbours around.
const rightToLeft = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC]/;

let english = {};
let texts = {};
let chosen = 'en';

export const names = () => [...languages];
export const language = () => chosen;

/** Reads the texts of a language; null for the one that was chosen before, or that the browser asks for. */
export async function choose(name = null) {
  const wanted = name ?? recall('language') ?? navigator.languages.map((tag) => tag.split('-')[0]).find((tag) => languages.has(tag)) ?? 'en';
  chosen = languages.has(wanted) ? wanted : 'en';
  if (name) remember('language', chosen);
  const read = async (which) => (await fetch(`/page/texts/${which}.json`)).json();
  english = await read('en');
  texts = chosen === 'en' ? english : await read(chosen);
  document.documentElement.lang = chosen;
}

/** A text with its values: `{name}` stands for a value. */
export function t(key, values = {}) {
  const text = texts[key] ?? english[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (all, name) => name in values ? isolate(values[name]) : all);
}

/** A name as it can stand within any sentence: its direction of writing is its own. */
export function isolate(value) {
  const text = String(value ?? '');
  return rightToLeft.test(text) ? `\u2068${text}\u2069` : text;
}

/** What the libraries say, `{ code, text, values }`, in the reader's language; in English where that has no text for it. */
export function tell(remark) {
  if (!remark) return '';
  if (chosen === 'en' || !(`said.${remark.code}` in texts)) return isolated(remark);
  const values = Object.fromEntries(Object.entries(remark.values ?? {}).map(([name, value]) => [name, shown(value)]));
  return t(`said.${remark.code}`, values);
}

/** The language that `tell` answers in, for readers that speak. */
export const toldIn = (remark) => chosen !== 'en' && `said.${remark?.code}` in texts ? null : 'en';

const mostNames = 5;

function shown(value) {
  if (Array.isArray(value)) return value.slice(0, mostNames).map((name) => t('said.name', { name })).join(t('said.comma')) + (value.length > mostNames ? t('said.more', { n: value.length - mostNames }) : '');
  if (typeof value === 'number') return new Intl.NumberFormat(chosen, { maximumFractionDigits: 4 }).format(value);
  return value !== null && typeof value === 'object' ? tell(value) : value;
}

/** English text, with the names in it that are written from right to left kept apart. */
function isolated({ text, values }) {
  const names = Object.values(values ?? {}).flat().filter((value) => typeof value === 'string' && rightToLeft.test(value));
  return [...new Set(names)].reduce((all, name) => all.replaceAll(name, isolate(name)), text);
}

/** Whether there is such a text. */
export const knows = (key) => key in english;

export const percent = (share) => share === null || share === undefined ? '–' : `${(100 * share).toFixed(1)} %`;
export const number = (value) => new Intl.NumberFormat(chosen).format(value);

/** A time in words. */
export function duration(seconds) {
  if (seconds < 90) return t('seconds', { n: Math.max(1, Math.round(seconds)) });
  if (seconds < 5400) return t('minutes', { n: Math.round(seconds / 60) });
  return t('hours', { n: (seconds / 3600).toFixed(1) });
}
