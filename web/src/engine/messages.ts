/** What a page asks of the worker: a method by name, or to load a model. */
export interface Request {
  readonly id: number;
  readonly method: string;
  readonly values: readonly unknown[];
}

/** What the worker answers. */
export interface Response {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: { readonly name: string; readonly message: string };
}
