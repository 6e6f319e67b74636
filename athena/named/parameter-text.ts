import { momentBefore } from '../../cli/moment.js';
import type { ParameterType } from '../../queries/index.js';
import type { Parameter } from '../sql/literal.js';
import { date, decimal } from '../sql/typed-value.js';
import { type Hours, TYPE_WORDS } from './bind-query.js';

/** A text that is no value of a parameter's type. */
export class ParameterTextError extends Error {
  override readonly name = 'ParameterTextError';
}

/**
 * The value that a text is of a parameter's type, as people type it.
 * @param now in milliseconds since 1970, which times ago are counted from.
 * @throws ParameterTextError
 */
export function parseParameter(type: ParameterType, text: string, now: number): Parameter | Hours {
  try {
    const value = READERS[type](text, now);
    if (value !== undefined) return value;
  } catch {
    // The reader of another module has words of its own.
  }
  throw new ParameterTextError(`"${text}" is no ${type}: it must be ${TYPE_WORDS[type]}.`);
}

const READERS: Readonly<Record<ParameterType, (text: string, now: number) => Parameter | Hours | undefined>> =
  {
    varchar: (text) => text,
    bigint: (text) => (/^-?\d{1,19}$/.test(text) ? BigInt(text) : undefined),
    double: (text) => (/^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : undefined),
    decimal: (text) => decimal(text),
    boolean: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
    date: (text) => date(text),
    timestamp: (text, now) => new Date(momentOf(text, now)),
    hours: (text, now) => {
      const [from = '', to = '', ...more] = text.split('..');
      const range = { from: new Date(momentOf(from, now)), to: new Date(momentOf(to || 'now', now)) };
      return more.length === 0 && range.from < range.to ? range : undefined;
    },
  };

const momentOf = (text: string, now: number) => (text === 'now' ? now : momentBefore(now)(text));
