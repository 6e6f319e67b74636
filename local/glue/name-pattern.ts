/**
 * Glue's expression over names: a pattern in which `*` stands for any characters and `|` for or, without regard to
 * case. It takes no time that a pattern could make long, as a regular expression would.
 */
export function nameFilter(expression: string | undefined): (name: string) => boolean {
  if (expression === undefined) return () => true;
  const patterns = expression.toLowerCase().split('|');
  const parts = patterns.map((pattern) => pattern.split('*'));
  return (name) => parts.some((each) => hasParts(name.toLowerCase(), each));
}

/** Whether a name begins with the first of the parts, ends with the last, and has the others between, in order. */
function hasParts(name: string, [first = '', ...others]: readonly string[]): boolean {
  const last = others.pop();
  if (last === undefined) return name === first;
  const end = name.length - last.length;
  let at = first.length;
  if (at > end || !name.startsWith(first) || !name.endsWith(last)) return false;
  for (const part of others) {
    const found = name.indexOf(part, at);
    if (found === -1 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
}
