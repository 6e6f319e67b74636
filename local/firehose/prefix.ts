import { formatTimestamp } from './timestamp-pattern.js';

/** What the expressions in a prefix are evaluated with. */
export interface PrefixContext {
  /** When the oldest record of the object arrived, in milliseconds since 1970. */
  readonly time: number;
  /** An IANA name. */
  readonly timeZone: string;
  /** Eleven characters, new at each call. */
  readonly randomString: () => string;
  /** Where an error prefix is evaluated: what went wrong, such as `format-conversion-failed`. */
  readonly errorOutputType?: string;
}

/** What an object's name starts with. */
export function evaluatePrefix(prefix: string, context: PrefixContext): string {
  return prefix.replace(EXPRESSION, (_expression, namespace: string, value: string) => {
    if (namespace === 'timestamp') return formatTimestamp(value, context.time, context.timeZone);
    if (value === 'random-string') return context.randomString();
    return context.errorOutputType ?? '';
  });
}

/**
 * The prefix of what is delivered: one that does not say when has the hour appended as it is.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html
 */
export const wholePrefix = (prefix = '') => (/!\{timestamp:/.test(prefix) ? prefix : prefix + DEFAULT_TIME);

/**
 * The prefix of failed records. One that is given is taken as it is, and nothing appended to it; without one they go by
 * the prefix of what is delivered, by the kind of failure.
 */
export const wholeErrorPrefix = (prefix = '', errorPrefix = '') =>
  errorPrefix || `${prefix}!{firehose:error-output-type}/${DEFAULT_TIME}`;

const DEFAULT_TIME = '!{timestamp:yyyy/MM/dd/HH}/';

/** An expression in a prefix: `!{namespace:value}`. */
export interface Expression {
  readonly namespace: string;
  readonly value: string;
}

const EXPRESSION = /!\{([^:}]*):([^}]*)\}/g;

export const expressionsIn = (prefix: string): Expression[] =>
  [...prefix.matchAll(EXPRESSION)].map(([, namespace = '', value = '']) => ({ namespace, value }));

/** Whether a prefix has the beginning of an expression that is none. */
export const hasStray = (prefix: string) => prefix.replace(EXPRESSION, '').includes('!{');
