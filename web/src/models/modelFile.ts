import { ModelError } from '../errors.js';
import { readCard, type ModelCard } from './card.js';
import { cardProblems } from './cardCheck.js';
import { graphProblem } from './graphCheck.js';
import { sha256 } from './sha256.js';
import { wireFields, type WireField } from './wire.js';

const currentFormat = 1;
const graphField = 7;
const metadataField = 14;

/** Reads the card of a model file after checking that the file is whole, and that its graph keeps to itself. */
export function openModelFile(name: string, bytes: Uint8Array): ModelCard {
  let card: string | null = null, checksum: string | null = null;
  const hashed: Uint8Array[] = [];
  for (const field of fieldsOf(name, bytes)) {
    const [key, value] = field.number === metadataField ? property(name, field) : ['', ''];
    if (key === 'mingling.card') card = value;
    if (key === 'mingling.sha256') checksum = value;
    else hashed.push(field.whole);
  }
  if (card === null) throw new ModelError(`${name} is an ONNX model without the card of Mingling; make one with 'mingling export'.`);
  if (checksum !== sha256(hashed)) throw new ModelError(`${name} is damaged: its content does not match its checksum.`);
  const read = parseCard(name, card);
  let problem: string | null;
  try {
    problem = graphProblem(bytes);
  } catch (e) {
    problem = `its graph cannot be read (${(e as Error).message})`;
  }
  if (problem) throw new ModelError(`${name} cannot be used: ${problem}.`);
  return read;
}

function fieldsOf(name: string, bytes: Uint8Array): WireField[] {
  let fields: WireField[];
  try {
    fields = wireFields(bytes);
  } catch (e) {
    throw new ModelError(`${name} cannot be used: ${(e as Error).message}.`);
  }
  if (!fields.some((field) => field.number === graphField)) throw new ModelError(`${name} cannot be used: it is cut short or is not an ONNX model.`);
  return fields;
}

function property(name: string, field: WireField): [string, string] {
  let key = '', value = '';
  try {
    for (const part of wireFields(field.payload)) {
      if (part.number === 1) key = new TextDecoder().decode(part.payload);
      if (part.number === 2) value = new TextDecoder().decode(part.payload);
    }
  } catch {
    throw new ModelError(`${name} is damaged: its metadata cannot be read.`);
  }
  return [key, value];
}

function parseCard(name: string, text: string): ModelCard {
  let card: ModelCard;
  try {
    const json: unknown = JSON.parse(text);
    const format = (json as { format?: unknown } | null)?.format;
    if (format === undefined) throw new ModelError(`the card in ${name} does not say its format; make the model anew with 'mingling export'.`);
    if (format !== currentFormat) throw new ModelError(`${name} is of format ${String(format)}; this version of Mingling reads format ${currentFormat}.`);
    card = readCard(json, 'the card');
  } catch (e) {
    if (e instanceof ModelError) throw e;
    throw new ModelError(`the card in ${name} cannot be understood: ${(e as Error).message}.`);
  }
  const problems = cardProblems(card);
  if (problems.length > 0) throw new ModelError(`the card in ${name} cannot be used: ${problems.join('; ')}.`);
  return card;
}
