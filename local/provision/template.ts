/** A piece of a Terraform string: text as it stands, or an expression between `${` and `}`. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'expression'; readonly expression: string };

/**
 * Takes a Terraform string apart. `$${` and `%%{` are an escaped `${` and `%{`.
 * @returns the parts, or nothing where an expression does not end or a `%{` directive is in it
 */
export function parseTemplate(template: string): readonly TemplatePart[] | undefined {
  const parts: TemplatePart[] = [];
  let text = '';
  let at = 0;
  while (at < template.length) {
    const rest = template.slice(at, at + 3);
    if (rest === '$${' || rest === '%%{') {
      text += rest.slice(1);
      at += 3;
    } else if (rest.startsWith('%{')) {
      return undefined;
    } else if (rest.startsWith('${')) {
      const end = endOfExpression(template, at + 2);
      if (end === undefined) return undefined;
      if (text) parts.push({ kind: 'text', text });
      text = '';
      parts.push({ kind: 'expression', expression: template.slice(at + 2, end).trim() });
      at = end + 1;
    } else {
      text += template[at];
      at += 1;
    }
  }
  if (text || parts.length === 0) parts.push({ kind: 'text', text });
  return parts;
}

/** A reference by its steps: `aws_s3_bucket.data.arn` has three, `local.list[0]` too. */
export type Reference = readonly (string | number)[];

const STEP = /\.([A-Za-z_][\w-]*)|\.(\d+)|\[(\d+)\]|\["((?:[^"\\])*)"\]/y;

/**
 * Reads an expression that is a plain reference.
 * @returns its steps, or nothing where it is anything else: a function, an operator, a literal
 */
export function parseReference(expression: string): Reference | undefined {
  const root = /^[A-Za-z_][\w-]*/.exec(expression)?.[0];
  if (root === undefined) return undefined;
  const steps: (string | number)[] = [root];
  let at = root.length;
  while (at < expression.length) {
    STEP.lastIndex = at;
    const step = STEP.exec(expression);
    if (!step) return undefined;
    const [whole, attribute, dotted, index, key] = step;
    const name = attribute ?? key;
    steps.push(name ?? Number(dotted ?? index));
    at += whole.length;
  }
  return steps.length > 1 ? steps : undefined;
}

/** Where the `}` is that ends the expression which begins at `from`, past strings and inner braces. */
function endOfExpression(template: string, from: number): number | undefined {
  let depth = 0;
  let quoted = false;
  for (let at = from; at < template.length; at += 1) {
    const character = template[at];
    if (quoted && character === '\\') at += 1;
    else if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === '{') depth += 1;
    else if (character === '}' && depth > 0) depth -= 1;
    else if (character === '}') return at;
  }
  return undefined;
}
