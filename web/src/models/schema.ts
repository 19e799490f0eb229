/** Reads a value of a JSON document, or throws an Error whose message is a clause that names the place. */
export type Reader<T> = (value: unknown, where: string) => T;

const kindOf = (value: unknown) => (value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value);

function primitive<T>(kind: string): Reader<T> {
  return (value, where) => {
    if (typeof value !== kind) throw new Error(`${where} is ${kindOf(value)} instead of a ${kind}`);
    return value as T;
  };
}

export const text = primitive<string>('string');
export const number = primitive<number>('number');
export const flag = primitive<boolean>('boolean');

/** One of these texts. */
export function oneOf<T extends string>(...names: T[]): Reader<T> {
  return (value, where) => {
    if (!names.includes(value as T)) throw new Error(`${where} is ${JSON.stringify(value)} instead of one of ${names.join(', ')}`);
    return value as T;
  };
}

export function list<T>(of: Reader<T>): Reader<readonly T[]> {
  return (value, where) => {
    if (!Array.isArray(value)) throw new Error(`${where} is ${kindOf(value)} instead of a list`);
    return value.map((each, i) => of(each, `${where}[${i}]`));
  };
}

/** A list of numbers, kept in single precision. */
export const floats: Reader<Float32Array> = (value, where) => {
  if (!Array.isArray(value) || !value.every((x) => typeof x === 'number')) throw new Error(`${where} is not a list of numbers`);
  return Float32Array.from(value);
};

/** An object with any names; its values by name. */
export function map<T>(of: Reader<T>): Reader<ReadonlyMap<string, T>> {
  return (value, where) => new Map(Object.entries(record(value, where)).map(([name, each]) => [name, of(each, `${where}.${name}`)]));
}

/** A value that may be missing. */
export function optional<T, D>(reader: Reader<T>, missing: D): Reader<T | D> {
  return (value, where) => (value === undefined || value === null ? missing : reader(value, where));
}

/** An object with these properties and no others: half a card would be another model. */
export function object<T>(properties: { [K in keyof T]: Reader<T[K]> }): Reader<T> {
  return (value, where) => {
    const given = record(value, where);
    for (const name of Object.keys(given)) {
      if (!(name in properties)) throw new Error(`${where} has a property '${name}' that this version does not know`);
    }
    const read = {} as T;
    for (const name of Object.keys(properties) as (keyof T & string)[]) {
      if (!(name in given) && isRequired(properties[name])) throw new Error(`${where} has no '${name}'`);
      read[name] = properties[name](given[name], where === 'the card' ? name : `${where}.${name}`);
    }
    return read;
  };
}

/** Whether a reader refuses what is missing. */
function isRequired(reader: Reader<unknown>): boolean {
  try {
    reader(undefined, '');
    return false;
  } catch {
    return true;
  }
}

function record(value: unknown, where: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${where} is ${kindOf(value)} instead of an object`);
  return value as Record<string, unknown>;
}
