// Makes model files for tests: the base encoder of the repository with another card.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { wireFields } from '../dist/models/wire.js';

export const base = () => new Uint8Array(readFileSync(new URL('../../base/base.onnx', import.meta.url)));

export function varint(value) {
  const bytes = [];
  for (; value >= 0x80; value = Math.floor(value / 128)) bytes.push((value % 128) | 0x80);
  return [...bytes, value];
}

/** A field of bytes or text. */
export function field(number, content) {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return new Uint8Array([...varint(number * 8 + 2), ...varint(bytes.length), ...bytes]);
}

const property = (key, value) => field(14, new Uint8Array([...field(1, key), ...field(2, value)]));
const isProperty = ({ number, payload }, key) => number === 14 && new TextDecoder().decode(payload).includes(key);
const join = (pieces) => new Uint8Array(Buffer.concat(pieces));

/** The card of a model file, as it stands there. */
export function cardOf(model) {
  const found = wireFields(model).find((each) => isProperty(each, 'mingling.card'));
  return JSON.parse(new TextDecoder().decode(wireFields(found.payload)[1].payload));
}

/** The model file with another card, an object or a text. */
export function seal(model, card) {
  const kept = wireFields(model).filter((each) => !isProperty(each, 'mingling.card') && !isProperty(each, 'mingling.sha256')).map((each) => each.whole);
  const unsealed = join([...kept, property('mingling.card', typeof card === 'string' ? card : JSON.stringify(card))]);
  return join([unsealed, property('mingling.sha256', createHash('sha256').update(unsealed).digest('hex'))]);
}
