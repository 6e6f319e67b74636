import { AwsError } from '../wire/aws-error.js';
import { checkPattern, formatTimestamp } from './timestamp-pattern.js';

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

/** Longest prefix that an object's name may start with, once evaluated. */
const MAX_PREFIX = 512;

/** Appended where a prefix does not say when. */
const DEFAULT_TIMESTAMP = '!{timestamp:yyyy/MM/dd/HH}/';

/**
 * What an object's name starts with.
 * @throws AwsError if it comes out longer than 512 characters.
 * @see https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html
 */
export function evaluatePrefix(prefix: string, context: PrefixContext): string {
  const whole = /!\{timestamp:/.test(prefix) ? prefix : prefix + DEFAULT_TIMESTAMP;
  const evaluated = whole.replace(EXPRESSION, (_expression, namespace: string, value: string) => {
    if (namespace === 'timestamp') return formatTimestamp(value, context.time, context.timeZone);
    if (value === 'random-string') return context.randomString();
    return context.errorOutputType ?? '';
  });
  if (evaluated.length > MAX_PREFIX)
    throw invalid(`The prefix is over ${MAX_PREFIX} characters: ${evaluated}`);
  return evaluated;
}

/** `!{namespace:value}`. */
const EXPRESSION = /!\{([^:}]*):?([^}]*)\}/g;

/**
 * Checks the prefixes of a destination in the order that Firehose does.
 * @throws AwsError `InvalidArgumentException` for the first rule that is broken.
 */
export function checkPrefixes(prefix: string | undefined, errorPrefix: string | undefined): void {
  const expressions = expressionsIn(prefix ?? '');
  const errorExpressions = expressionsIn(errorPrefix ?? '');
  for (const { namespace, value } of [...expressions, ...errorExpressions]) checkExpression(namespace, value);
  if (expressions.some(isErrorOutputType)) {
    throw invalid('Prefix cannot contain !{firehose:error-output-type}.');
  }
  if (expressions.length > 0 && !errorPrefix) {
    throw invalid('ErrorOutputPrefix cannot be null or empty when Prefix contains expressions.');
  }
  if (errorExpressions.length > 0 && !errorExpressions.some(isErrorOutputType)) {
    throw invalid(
      'ErrorOutputPrefix must contain !{firehose:error-output-type} when it contains expressions.',
    );
  }
}

interface Expression {
  readonly namespace: string;
  readonly value: string;
}

const expressionsIn = (prefix: string): Expression[] =>
  [...prefix.matchAll(EXPRESSION)].map(([, namespace = '', value = '']) => ({ namespace, value }));

const isErrorOutputType = ({ namespace, value }: Expression) =>
  namespace === 'firehose' && value === 'error-output-type';

function checkExpression(namespace: string, value: string): void {
  switch (namespace) {
    case 'timestamp':
      checkPattern(value);
      return;
    case 'firehose':
      if (value === 'random-string' || value === 'error-output-type') return;
      throw invalid(`There is no expression !{firehose:${value}}.`);
    case 'partitionKeyFromQuery':
    case 'partitionKeyFromLambda':
      throw invalid(`!{${namespace}:${value}} needs dynamic partitioning, which is not enabled.`);
    default:
      throw invalid(`There is no namespace "${namespace}" for expressions in a prefix.`);
  }
}

const invalid = (message: string) => new AwsError('InvalidArgumentException', message);
