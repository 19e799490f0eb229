// Elements are made, never parsed: text of others cannot become markup.

/** An element: attributes, `on…` handlers, `class`, and children (texts or elements; null and false are left out). */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (name in element && typeof value !== 'string' && name !== 'list') element[name] = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  add(element, children);
  return element;
}

const svgNames = 'http://www.w3.org/2000/svg';

/** An element of a drawing. */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(svgNames, tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== undefined) element.setAttribute(name, value);
  add(element, children);
  return element;
}

function add(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

/** Replaces what an element holds. */
export function fill(element, ...children) {
  element.replaceChildren();
  add(element, children);
  return element;
}

/** A name of somebody or something: written in its own direction. */
export const name = (text) => h('bdi', {}, text);

/** A labelled field. */
export function field(label, input) {
  if (input.type === 'text') input.dir = 'auto';
  return h('label', { class: 'field' }, h('span', {}, label), input);
}

/** Asks before something that matters; resolves to whether it is wanted. */
export function ask(question, yes, no) {
  return new Promise((resolve) => {
    const close = (wanted) => {
      dialog.close();
      dialog.remove();
      resolve(wanted);
    };
    const dialog = h('dialog', { 'aria-label': question, oncancel: (e) => { e.preventDefault(); close(false); } },
      h('p', {}, question),
      h('div', { class: 'row' }, h('button', { class: 'main', type: 'button', onclick: () => close(true) }, yes), h('button', { type: 'button', onclick: () => close(false) }, no)));
    document.body.append(dialog);
    dialog.showModal();
  });
}
