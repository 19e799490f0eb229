// The place of the keyboard. What is drawn anew, deleted or switched off while it has the focus would leave it with nobody: the next Tab would
// begin at the top of the page. The focus goes to what took the place instead.

const reachable = 'a[href], button:not(:disabled), input:not(:disabled):not([tabindex="-1"]), select:not(:disabled), summary, [tabindex="0"], iframe';

/** What has the focus; what outside of the messages had it last; what lost it, while nothing of its name has come back. */
let place = null, before = null, sought = null;

const canHold = (element) => element?.isConnected && !element.disabled && element.checkVisibility();

const all = (area) => area?.isConnected ? [...area.querySelectorAll(reachable)].filter(canHold) : [];

function note(element) {
  const area = element.closest('main, header, nav, #status, #alert, dialog');
  return {
    element, area, id: element.id, label: element.getAttribute('aria-label'), text: element.textContent, tag: element.localName,
    isMessage: area?.matches('#status, #alert') ?? false, index: all(area).indexOf(element),
  };
}

/** The same element, or one of the same name that was drawn in its place. */
function same({ element, area, id, label, text, tag }) {
  if (canHold(element)) return element;
  return all(area).find((one) => id ? one.id === id : label ? one.getAttribute('aria-label') === label : one.localName === tag && one.textContent === text);
}

/** What stands where it stood, as the next line of a list of which one was deleted. */
function neighbor({ area, index }) {
  const others = all(area);
  return index < 0 ? null : others[Math.min(index, others.length - 1)];
}

const heir = (lost) => lost && (same(lost) ?? neighbor(lost));

function mend() {
  const now = document.activeElement, isLost = !now || now === document.body || now.disabled;
  // What is drawn in two steps, with an answer of the studio between them, comes back in the second.
  if (sought && !isLost && now === sought.now) {
    const back = same(sought.lost);
    if (back) {
      sought = null;
      back.focus({ preventScroll: true });
    }
    return;
  }
  if (!isLost || !place) return;
  const lost = place, found = same(lost);
  // A message that goes leaves the focus where it was before it came.
  const next = found ?? (lost.isMessage ? heir(before) : null) ?? neighbor(lost) ?? document.getElementById('main');
  next.focus({ preventScroll: next.id === 'main' });
  sought = found || lost.isMessage ? null : { lost, now: next };
}

/** Keeps the focus from now on. */
export function keepFocus() {
  addEventListener('focusin', ({ target }) => {
    place = note(target);
    if (!place.isMessage) before = place;
  });
  // Who clicks beside everything, or leaves the page by Tab, wants no focus here.
  addEventListener('pointerdown', () => { place = sought = null; }, true);
  addEventListener('keydown', ({ key }) => {
    sought = null;
    if (key === 'Tab') place = null;
  }, true);
  new MutationObserver(mend).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled', 'class'] });
}
