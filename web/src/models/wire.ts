/** One field of a protobuf message. */
export interface WireField {
  readonly number: number;
  /** The field with its tag. */
  readonly whole: Uint8Array;
  /** Its content: text, bytes, a message or a number. */
  readonly payload: Uint8Array;
}

const mostFields = 65_536;
const notOnnx = 'it is not an ONNX model';
const cutShort = 'it is cut short or is not an ONNX model';

/**
 * The fields of a protobuf message in their order: the outermost layer of the encoding (https://protobuf.dev/programming-guides/encoding).
 * Throws an Error whose message is a clause that says what is wrong.
 */
export function wireFields(message: Uint8Array): WireField[] {
  const fields: WireField[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 70; shift += 7) {
      if (at >= message.length) throw new Error(cutShort);
      const next = message[at++];
      value += (next & 0x7f) * 2 ** shift;
      if (next < 0x80) return value;
    }
    throw new Error(notOnnx);
  };
  while (at < message.length) {
    const start = at;
    const tag = varint();
    const number = Math.floor(tag / 8);
    if (number < 1 || number > 0x1fffffff) throw new Error(notOnnx);
    let payload: number, length: number;
    switch (tag % 8) {
      case 0:
        payload = at;
        varint();
        length = at - payload;
        break;
      case 1: [payload, length] = [at, 8]; break;
      case 2:
        length = varint();
        payload = at;
        break;
      case 5: [payload, length] = [at, 4]; break;
      default: throw new Error(notOnnx);
    }
    if (length > message.length - payload) throw new Error(cutShort);
    at = payload + length;
    if (fields.length === mostFields) throw new Error('it has more than 65,536 fields');
    fields.push({ number, whole: message.subarray(start, at), payload: message.subarray(payload, at) });
  }
  return fields;
}
