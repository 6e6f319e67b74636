import { type SqlType, typeText } from '../../sql-type.js';
import { coerce, coercible, type Typed } from '../coercion.js';
import { notSupported, SqlFault } from '../sql-fault.js';
import type { Expression } from '../syntax.js';

export type Lambda = Expression & { readonly kind: 'lambda' };

/** A lambda as DuckDB writes it, such as `lambda l0: l0 + 1`; `body` with other names for its parameters. */
export interface TypedLambda {
  readonly type: SqlType;
  readonly body: string;
  readonly parameters: readonly string[];
}

/** What stands in the parentheses of a call: a value, or a lambda, whose types the function says. */
export type Argument = Typed | Lambda;

/** The SQL by which a lambda's body gets its parameters, where DuckDB's lambda has one that holds them all. */
export type ParameterNames = (only: string) => readonly string[];

export function isLambda(argument: Argument): argument is Lambda {
  return 'kind' in argument;
}

/** A call while it is analysed. */
export class CallSite {
  constructor(
    readonly name: string,
    readonly at: number,
    readonly args: readonly Argument[],
    /** The arguments as they were written. */
    readonly written: readonly Expression[],
    /** Analyses a lambda for parameters of these types. */
    readonly lambda: (lambda: Lambda, types: readonly SqlType[], names?: ParameterNames) => TypedLambda,
  ) {}

  /** The argument, if it is a value. */
  value(index: number): Typed | undefined {
    const argument = this.args[index];
    return argument && !isLambda(argument) ? argument : undefined;
  }

  /** The argument as the type; refused as Trino does where it is not to be coerced to it. */
  as(index: number, type: SqlType): Typed {
    const value = this.value(index);
    if (!value || !coercible(value.type, type)) throw this.unexpected();
    return coerce(value, type);
  }

  /** The text of an argument that has to be a literal here. */
  literal(index: number): string {
    const expression = this.written[index];
    if (expression?.kind === 'literal' && expression.type === 'string') return expression.text;
    throw notSupported(`${this.name} with anything but a literal for argument ${index + 1}`, this.at);
  }

  hasLiteral(index: number): boolean {
    const expression = this.written[index];
    return expression?.kind === 'literal' && expression.type === 'string';
  }

  types(): string {
    return this.args.map((arg) => (isLambda(arg) ? 'function' : typeText(arg.type))).join(', ');
  }

  unexpected(): SqlFault {
    return new SqlFault(
      'FUNCTION_NOT_FOUND',
      `Unexpected parameters (${this.types()}) for function ${this.name}`,
      this.at,
    );
  }
}

/** A function that needs more than a line; nothing where the lines of its name are to be tried. */
export type SpecialFunction = (call: CallSite) => Typed | undefined;

/** Functions of one kind, as the documentation groups them. */
export interface FunctionGroup {
  readonly title: string;
  readonly scalars?: string;
  readonly aggregates?: string;
  readonly windows?: string;
  readonly specials?: Readonly<Record<string, SpecialFunction>>;
  /** Functions that Trino has and this engine does not, by the reason why. */
  readonly refused?: Readonly<Record<string, string>>;
}
