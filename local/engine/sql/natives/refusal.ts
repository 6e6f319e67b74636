import { type Native, native, TrinoError } from './native.js';

/** Fails with an error of Trino's, `CODE: message`, for a macro that finds one that no TRY may catch. */
export const REFUSAL: Native = native('trino_refused', ['text'], 'bigint', (message) => {
  const [, code = '', text = ''] = /^(\w+): (.*)$/s.exec(message) ?? [];
  throw new TrinoError(code, text);
});
