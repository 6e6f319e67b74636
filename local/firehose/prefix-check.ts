import { invalid } from './delivery-entry.js';
import { type Expression, evaluatePrefix, expressionsIn, hasStray } from './prefix.js';
import { checkPattern } from './timestamp-check.js';

/** Longest prefix that an object's name may start with, once evaluated and without an hour that is appended. */
const MAX_PREFIX = 512;

/**
 * Checks the prefixes of a destination in the order and with the words of Firehose.
 * @throws AwsError `InvalidArgumentException` for the first rule that is broken.
 */
export function checkPrefixes(prefix = '', errorPrefix = ''): void {
  const expressions = expressionsIn(prefix);
  const errorExpressions = expressionsIn(errorPrefix);
  if (hasStray(prefix) || hasStray(errorPrefix)) throw broken('Invalid expression usage');
  for (const { namespace } of [...expressions, ...errorExpressions]) {
    if (NAMESPACES.includes(namespace)) continue;
    throw broken(`Namespace to the left of colon (${namespace}) is an invalid keyword!`);
  }
  for (const expression of expressions) checkValue(expression, 'Prefix');
  for (const expression of errorExpressions) checkValue(expression, 'ErrorOutputPrefix');
  if (expressions.some(isErrorOutputType)) {
    throw broken('Prefix must not contain any occurrence of !{firehose:error-output-type}');
  }
  if (expressions.length > 0 && errorPrefix === '') {
    throw broken('ErrorOutputPrefix cannot be null or empty when Prefix contains expressions');
  }
  if (errorExpressions.length > 0 && !errorExpressions.some(isErrorOutputType)) {
    throw broken('ErrorOutputPrefix must contain at least one occurrence of !{firehose:error-output-type}');
  }
  if (errorExpressions.some(isPartition)) {
    throw broken("Dynamic Partitioning Namespaces can't be part of an error prefix expression");
  }
  // AWS's words for this are not known.
  if (expressions.some(isPartition)) {
    throw broken("Dynamic Partitioning Namespaces can't be part of a prefix without dynamic partitioning");
  }
  checkLength(prefix, 'prefix');
  checkLength(errorPrefix, 'ErrorOutputPrefix');
}

const NAMESPACES: readonly string[] = [
  'timestamp',
  'firehose',
  'partitionKeyFromQuery',
  'partitionKeyFromLambda',
];

function checkValue({ namespace, value }: Expression, member: string): void {
  const isKnown = namespace !== 'firehose' || value === 'random-string' || value === 'error-output-type';
  if (isKnown && (namespace !== 'timestamp' || checkPattern(value))) return;
  throw broken(`Invalid conversion character used in the value of the expression in ${member}`);
}

function checkLength(prefix: string, label: string): void {
  if (evaluatePrefix(prefix, LONGEST).length <= MAX_PREFIX) return;
  throw broken(`Length of evaluated ${label} cannot be greater than ${MAX_PREFIX}`);
}

const isErrorOutputType = ({ namespace, value }: Expression) =>
  namespace === 'firehose' && value === 'error-output-type';

const isPartition = ({ namespace }: Expression) => namespace.startsWith('partitionKeyFrom');

/** What evaluates longest: a Wednesday in September, in the evening. */
const LONGEST = {
  time: Date.UTC(2026, 8, 30, 23, 59, 59, 999),
  timeZone: 'UTC',
  randomString: () => 'x'.repeat(11),
  errorOutputType: 'format-conversion-failed',
};

/** Spelt as AWS spells it. */
const broken = (rule: string) =>
  invalid(`Ths supplied prefix(es) do not satisfy the following constraint: ${rule}`);
