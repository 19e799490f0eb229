// What the page remembers of its reader in this browser. A browser that forbids it only makes the page forgetful.

/** A remembered value; null where there is none. */
export function recall(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(name, value);
  } catch {
    // It is forgotten with the page.
  }
}
