import { Token } from 'cdktf';
import type { Construct } from 'constructs';
import { InvalidConstructError } from './invalid-construct-error.js';
import type { Prefixes } from './prefixes.js';

/**
 * Checks what Firehose says about a delivery stream's prefixes when it is created, which Terraform does not, and that
 * no failed or source record, no mark on one, and no table that somebody makes lands among the table's data. References that only Terraform can
 * resolve pass.
 * @throws InvalidConstructError
 * @see https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html
 */
export function checkPrefixes(construct: Construct, prefixes: Prefixes): void {
  for (const property of ['data', 'errors', 'source'] as const) {
    const prefix = prefixes[property];
    if (Token.isUnresolved(prefix)) continue;
    const allowed = problemOf(prefix, property === 'errors');
    if (allowed) throw new InvalidConstructError(construct, `prefixes.${property}`, prefix, allowed);
  }
  for (const property of ['errors', 'source', 'marksFolder', 'movementsFolder'] as const) {
    const prefix = prefixes[property];
    if (Token.isUnresolved(prefix) || Token.isUnresolved(prefixes.folder)) continue;
    if (!prefix.startsWith(prefixes.folder)) continue;
    const allowed = `outside the table's folder ${prefixes.folder}`;
    throw new InvalidConstructError(construct, `prefixes.${property}`, prefix, allowed);
  }
}

/** Longest prefix that S3 gets from Firehose, in characters, once its expressions are filled in. */
const MAX_EVALUATED_LENGTH = 512;
/** The longest of the words that Firehose writes for `error-output-type`. */
const LONGEST_ERROR_TYPE = 'format-conversion-failed';
/** Letters that Java's DateTimeFormatter gives a meaning. */
const TIMESTAMP_LETTERS = /^([GuyDMLdQqYwWEecFaBhKkHmsSAnNVvzOXxZp]|[^a-zA-Z])+$/;

/** What the prefix must be and is not; nothing where Firehose takes it. */
function problemOf(prefix: string, isError: boolean): string | undefined {
  const expressions = [...prefix.matchAll(/!\{([^}]*)\}/g)].map(([, inner = '']) => inner);
  for (const expression of expressions) {
    const [, namespace, value = ''] = /^([^:]*):?(.*)$/s.exec(expression) ?? [];
    if (namespace === 'timestamp') {
      const letters = value.replaceAll(/'[^']*'/g, ' ');
      if (!TIMESTAMP_LETTERS.test(letters)) return 'one whose timestamp is a pattern of DateTimeFormatter';
    } else if (namespace === 'firehose') {
      if (value === 'error-output-type' && !isError) return 'without error-output-type, which is for errors';
      if (value !== 'error-output-type' && value !== 'random-string')
        return 'one whose firehose expressions are error-output-type or random-string';
    } else {
      return 'one whose expressions are of timestamp or firehose (there is no dynamic partitioning here)';
    }
  }
  if (isError && !expressions.includes('firehose:error-output-type'))
    return 'one with !{firehose:error-output-type} in it';
  if (!prefix.endsWith('/')) return 'one that ends in /';
  const evaluated = prefix
    .replaceAll(/!\{timestamp:([^}]*)\}/g, '$1')
    .replaceAll('!{firehose:random-string}', 'x'.repeat(11))
    .replaceAll('!{firehose:error-output-type}', LONGEST_ERROR_TYPE);
  if (evaluated.length > MAX_EVALUATED_LENGTH)
    return `at most ${MAX_EVALUATED_LENGTH} characters when filled in`;
  return undefined;
}
