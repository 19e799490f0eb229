// Takes that the studio has not yet confirmed: kept by the browser, so that a crash of either loses none.
import { post } from './api.js';

let database = null;
const listeners = new Set();
let count = 0;

function open() {
  return database ??= new Promise((resolve, reject) => {
    const request = indexedDB.open('mingling-studio', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('takes', { keyPath: 'id' });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function store(mode, act) {
  const transaction = (await open()).transaction('takes', mode);
  const request = act(transaction.objectStore('takes'));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = () => reject(transaction.error);
  });
}

function tell(change) {
  count += change;
  for (const listener of listeners) listener(count);
}

export const onCount = (listener) => {
  listeners.add(listener);
  listener(count);
  return () => listeners.delete(listener);
};

export const waiting = () => count;

/** Keeps a take and sends it; where the studio does not answer, it is sent later. Resolves to what the studio says of it, null where it waits. */
export async function save(take) {
  const kept = { ...take, id: crypto.randomUUID() };
  await store('readwrite', (takes) => takes.put(kept)).catch(() => {});
  tell(1);
  return send(kept);
}

async function send({ id, corpus, word, speaker, wav }) {
  let said;
  try {
    said = await post('/api/takes', { corpus, word, speaker, id }, wav);
  } catch (e) {
    // What the studio refuses will be refused again; what it did not get waits.
    if (e.status === 0 || e.status >= 500 || e.code === 'stale') return null;
    await forget(id);
    throw e;
  }
  await forget(id);
  return said;
}

async function forget(id) {
  await store('readwrite', (takes) => takes.delete(id)).catch(() => {});
  tell(-1);
}

let isSending = false;

/** Sends what waits, if anything. Resolves to how many the studio took. */
export async function sendWaiting() {
  if (isSending) return 0;
  isSending = true;
  try {
    const takes = await store('readonly', (all) => all.getAll()).catch(() => []);
    tell(takes.length - count);
    let sent = 0;
    for (const take of takes) {
      if (await send(take).catch(() => null)) sent++;
      else if (count > 0 && sent === 0) break;
    }
    return sent;
  } finally {
    isSending = false;
  }
}
