// What the page says, in the language of the reader. A language is a file in texts/; English says what another lacks.

const languages = new Map(document.querySelector('meta[name="studio-languages"]').content.split(';').map((pair) => pair.split('=')));
let english = {};
let texts = {};
let chosen = 'en';

export const names = () => [...languages];
export const language = () => chosen;

/** Reads the texts of a language; null for the one that was chosen before, or that the browser asks for. */
export async function choose(name = null) {
  const wanted = name ?? localStorage.getItem('language') ?? navigator.languages.map((tag) => tag.split('-')[0]).find((tag) => languages.has(tag)) ?? 'en';
  chosen = languages.has(wanted) ? wanted : 'en';
  if (name) localStorage.setItem('language', chosen);
  const read = async (which) => (await fetch(`/page/texts/${which}.json`)).json();
  english = await read('en');
  texts = chosen === 'en' ? english : await read(chosen);
  document.documentElement.lang = chosen;
}

/** A text with its values: `{name}` stands for a value. */
export function t(key, values = {}) {
  const text = texts[key] ?? english[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (all, name) => values[name] ?? all);
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
