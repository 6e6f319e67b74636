import { AwsError } from '../wire/aws-error.js';

/** What an expression over partitions says, as a tree. */
export type Condition =
  | { readonly kind: 'and' | 'or'; readonly left: Condition; readonly right: Condition }
  | { readonly kind: 'not'; readonly condition: Condition }
  | { readonly kind: 'is-null'; readonly column: string }
  | {
      readonly kind: 'compare';
      readonly column: string;
      readonly operator: Comparison;
      readonly literal: Literal;
    }
  | { readonly kind: 'in'; readonly column: string; readonly literals: readonly Literal[] }
  | { readonly kind: 'between'; readonly column: string; readonly from: Literal; readonly to: Literal }
  | { readonly kind: 'like'; readonly column: string; readonly pattern: string };

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** A number or a string, as it is written between its quotes. */
export interface Literal {
  readonly text: string;
}

/** Characters, by AWS's API reference. */
const MAX_LENGTH = 2048;

/**
 * Parses the SQL that GetPartitions takes: comparisons of a key with a literal, AND, OR, NOT, IN, BETWEEN, LIKE, IS NULL
 * and parentheses.
 * @throws AwsError `InvalidInputException` for what is none.
 */
export function parsePartitionExpression(expression: string): Condition {
  if (expression.length > MAX_LENGTH) {
    throw new AwsError('InvalidInputException', `The expression is over ${MAX_LENGTH} characters long.`);
  }
  return new Parser(expression).parse();
}

const TOKEN =
  /\s*(?:(?<string>'(?:[^']|'')*')|(?<number>[+-]?\d+(?:\.\d+)?)(?![\w.])|"(?<quoted>[^"]+)"|`(?<ticked>[^`]+)`|(?<word>[A-Za-z0-9_.]+)|(?<symbol><=|>=|<>|!=|[=<>(),]))/y;

interface Token {
  readonly kind: 'string' | 'number' | 'column' | 'word' | 'symbol';
  readonly text: string;
}

class Parser {
  private readonly tokens: readonly Token[];
  private position = 0;

  constructor(private readonly expression: string) {
    this.tokens = this.tokenize();
  }

  parse(): Condition {
    const condition = this.or();
    if (this.position < this.tokens.length) throw this.unsupported();
    return condition;
  }

  private or(): Condition {
    let left = this.and();
    while (this.takes('or')) left = { kind: 'or', left, right: this.and() };
    return left;
  }

  private and(): Condition {
    let left = this.not();
    while (this.takes('and')) left = { kind: 'and', left, right: this.not() };
    return left;
  }

  private not(): Condition {
    if (this.takes('not')) return { kind: 'not', condition: this.not() };
    if (!this.takes('(')) return this.comparison();
    const condition = this.or();
    this.expect(')');
    return condition;
  }

  private comparison(): Condition {
    const column = this.column();
    if (this.takes('is')) {
      const isNegated = this.takes('not');
      this.expect('null');
      return negated(isNegated, { kind: 'is-null', column });
    }
    const isNegated = this.takes('not');
    if (this.takes('in')) return negated(isNegated, { kind: 'in', column, literals: this.list() });
    if (this.takes('like'))
      return negated(isNegated, { kind: 'like', column, pattern: this.literal(['string']).text });
    if (this.takes('between')) {
      const from = this.literal();
      this.expect('and');
      return negated(isNegated, { kind: 'between', column, from, to: this.literal() });
    }
    const operator = isNegated ? undefined : OPERATORS[this.next('symbol').text];
    if (!operator) throw this.unsupported();
    return { kind: 'compare', column, operator, literal: this.literal() };
  }

  private column(): string {
    const token = this.tokens[this.position++];
    const isName =
      token?.kind === 'column' || (token?.kind === 'word' && !RESERVED.has(token.text.toLowerCase()));
    if (!token || !isName) throw this.unsupported();
    return token.text;
  }

  private list(): Literal[] {
    this.expect('(');
    const literals = [this.literal()];
    while (this.takes(',')) literals.push(this.literal());
    this.expect(')');
    return literals;
  }

  private literal(kinds: readonly Token['kind'][] = ['string', 'number']): Literal {
    return this.next(...kinds);
  }

  private next(...kinds: readonly Token['kind'][]): Token {
    const token = this.tokens[this.position++];
    if (!token || !kinds.includes(token.kind)) throw this.unsupported();
    return token;
  }

  /** Goes on behind a keyword or a symbol, if it comes next. */
  private takes(text: string): boolean {
    const token = this.tokens[this.position];
    const isNext = (token?.kind === 'word' || token?.kind === 'symbol') && token.text.toLowerCase() === text;
    if (isNext) this.position++;
    return isNext;
  }

  private expect(text: string): void {
    if (!this.takes(text)) throw this.unsupported();
  }

  private tokenize(): Token[] {
    const tokens: Token[] = [];
    const text = this.expression.trim();
    const pattern = new RegExp(TOKEN);
    while (pattern.lastIndex < text.length) {
      const { string, number, quoted, ticked, word, symbol } = pattern.exec(text)?.groups ?? {};
      if (string !== undefined)
        tokens.push({ kind: 'string', text: string.slice(1, -1).replaceAll("''", "'") });
      else if (number !== undefined) tokens.push({ kind: 'number', text: number });
      else if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol });
      else if (word !== undefined) tokens.push({ kind: 'word', text: word });
      else {
        const column = quoted ?? ticked;
        if (column === undefined) throw this.unsupported();
        tokens.push({ kind: 'column', text: column });
      }
    }
    return tokens;
  }

  private unsupported(): AwsError {
    return new AwsError('InvalidInputException', `Unsupported expression '${this.expression}'`);
  }
}

const OPERATORS: Readonly<Record<string, Comparison>> = {
  '=': '=',
  '<>': '<>',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

const RESERVED = new Set(['and', 'or', 'not', 'in', 'between', 'like', 'is', 'null']);

const negated = (isNegated: boolean, condition: Condition): Condition =>
  isNegated ? { kind: 'not', condition } : condition;
