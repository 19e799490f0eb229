import { t, tell, knows } from './texts.js';

const key = document.querySelector('meta[name="studio-key"]').content;

/** What the studio refused, in the reader's language. */
export class StudioError extends Error {
  constructor(status, { code, message, subject, remark }) {
    super(knows(`error.${code}`) ? t(`error.${code}`, { subject: subject ?? '' }) : remark ? tell(remark) : message);
    this.status = status;
    this.code = code;
  }
}

/** The address of something, with names as values. */
export function address(path, query = {}) {
  const values = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== null && value !== undefined) values.set(name, value);
  const text = values.toString();
  return text ? `${path}?${text}` : path;
}

async function call(method, path, query, body) {
  const isBytes = body instanceof Blob || body instanceof ArrayBuffer || ArrayBuffer.isView(body);
  let response;
  try {
    response = await fetch(address(path, query), {
      method,
      headers: { 'X-Mingling': key, ...(body !== undefined && !isBytes ? { 'Content-Type': 'application/json' } : {}) },
      body: body === undefined ? undefined : isBytes ? body : JSON.stringify(body),
    });
  } catch {
    throw new StudioError(0, { code: 'offline', message: 'The studio does not answer.' });
  }
  if (!response.ok) throw new StudioError(response.status, await response.json().catch(() => ({ code: 'unexpected', message: response.statusText })));
  return response.json();
}

export const get = (path, query) => call('GET', path, query);
export const post = (path, query, body) => call('POST', path, query, body);
export const put = (path, query, body) => call('PUT', path, query, body);
export const remove = (path, query) => call('DELETE', path, query);

/** A socket of the studio. */
export function socket(path, query) {
  const url = new URL(address(path, { ...query, key }), location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  return new WebSocket(url);
}
