/** What is wrong with a model, a sound or a device. The message is one sentence that names the thing and says what would be right. */
export class MinglingError extends Error {
  override name = 'MinglingError';
}

/** A model file cannot be used, or not with this sound. */
export class ModelError extends MinglingError {
  override name = 'ModelError';
}

/** Sound cannot be used: samples that are not finite or far out of range, a rate that no stream has, a microphone that cannot be had. */
export class SoundError extends MinglingError {
  override name = 'SoundError';
}

/** The error of a message that came from a worker, with its own class where that is one of ours. */
export function errorOf(name: string, message: string): Error {
  const kinds: Record<string, new (message: string) => Error> = { MinglingError, ModelError, SoundError, RangeError, TypeError };
  return new (kinds[name] ?? Error)(message);
}
