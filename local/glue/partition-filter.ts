import type { Column } from '@aws-sdk/client-glue';
import { AwsError } from '../wire/aws-error.js';
import type { Checked } from '../wire/operation.js';
import { type Condition, type Literal, parsePartitionExpression } from './partition-expression.js';
import { type Comparable, NULL_VALUE, type PartitionType, partitionType } from './partition-value.js';

/**
 * Reads an expression of GetPartitions: whether a partition's values are what it asks for.
 * @throws AwsError `InvalidInputException` for one that is not well-formed, or does not fit the table's keys.
 */
export function partitionFilter(
  expression: string | undefined,
  keys: readonly Checked<Column>[],
): (values: readonly string[]) => boolean {
  if (!expression?.trim()) return () => true;
  const test = testOf(parsePartitionExpression(expression), keys);
  return (values) => test(values) === true;
}

/** True, false, or undefined where a null leaves it open, as in SQL. */
type Test = (values: readonly string[]) => boolean | undefined;

function testOf(condition: Condition, keys: readonly Checked<Column>[]): Test {
  switch (condition.kind) {
    case 'and':
    case 'or': {
      const [left, right] = [testOf(condition.left, keys), testOf(condition.right, keys)];
      // What decides alone: a false one of two that are to be true both.
      const decisive = condition.kind === 'or';
      return (values) => {
        const [one, other] = [left(values), right(values)];
        if (one === decisive || other === decisive) return decisive;
        return one === undefined || other === undefined ? undefined : !decisive;
      };
    }
    case 'not': {
      const test = testOf(condition.condition, keys);
      return (values) => {
        const result = test(values);
        return result === undefined ? undefined : !result;
      };
    }
    default:
      return columnTest(condition, keys);
  }
}

function columnTest(
  condition: Exclude<Condition, { kind: 'and' | 'or' | 'not' }>,
  keys: readonly Checked<Column>[],
): Test {
  const index = keys.findIndex(({ Name }) => Name.toLowerCase() === condition.column.toLowerCase());
  const key = keys[index];
  if (!key) throw new AwsError('InvalidInputException', `Unknown column '${condition.column}'`);
  const type = partitionType(key.Type ?? 'string');
  const literal = (given: Literal) => readLiteral(type, given);
  const test = (judge: (value: Comparable) => boolean): Test => {
    return ({ [index]: text = NULL_VALUE }) =>
      text === NULL_VALUE ? undefined : judge(readValue(type, text));
  };
  switch (condition.kind) {
    case 'is-null':
      return ({ [index]: text = NULL_VALUE }) => text === NULL_VALUE;
    case 'compare': {
      const other = literal(condition.literal);
      const compare = COMPARISONS[condition.operator];
      return test((value) => compare(value, other));
    }
    case 'in': {
      const others = new Set(condition.literals.map(literal));
      return test((value) => others.has(value));
    }
    case 'between': {
      const [from, to] = [literal(condition.from), literal(condition.to)];
      return test((value) => value >= from && value <= to);
    }
    case 'like':
      if (type.kind !== 'String') {
        throw new AwsError(
          'InvalidInputException',
          `${type.kind} data type doesn't support operation 'LIKE'`,
        );
      }
      return test((value) => isLike([...String(value)], [...condition.pattern]));
  }
}

const COMPARISONS = {
  '=': (a: Comparable, b: Comparable) => a === b,
  '<>': (a: Comparable, b: Comparable) => a !== b,
  '<': (a: Comparable, b: Comparable) => a < b,
  '<=': (a: Comparable, b: Comparable) => a <= b,
  '>': (a: Comparable, b: Comparable) => a > b,
  '>=': (a: Comparable, b: Comparable) => a >= b,
};

function readLiteral(type: PartitionType, { text }: Literal): Comparable {
  const value = type.read(text);
  if (value === undefined) throw new AwsError('InvalidInputException', type.complaint(text));
  return value;
}

/** Values are checked against the keys' types only here: a partition is registered whatever they are. */
function readValue(type: PartitionType, text: string): Comparable {
  const value = type.read(text);
  if (value === undefined) throw new AwsError('InvalidStateException', type.complaint(text));
  return value;
}

/** SQL's LIKE, `%` for any characters and `_` for one, in time that no pattern can make long. */
function isLike(text: readonly string[], pattern: readonly string[]): boolean {
  let [at, wild] = [0, 0];
  // Where the last `%` is, and up to where it has been taken to reach.
  let [star, reach] = [-1, 0];
  while (at < text.length) {
    if (pattern[wild] === '%') {
      [star, reach] = [wild, at];
      wild++;
    } else if (wild < pattern.length && (pattern[wild] === '_' || pattern[wild] === text[at])) {
      at++;
      wild++;
    } else if (star !== -1) {
      reach++;
      [wild, at] = [star + 1, reach];
    } else return false;
  }
  return pattern.slice(wild).every((character) => character === '%');
}
