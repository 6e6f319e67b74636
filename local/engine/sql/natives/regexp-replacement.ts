import type { JoniPattern } from './joni-pattern.js';
import { TrinoError } from './native.js';

/** The texts and the numbers of the groups of which a replacement such as `$1-${name}` is made, in Java's notation. */
export function readReplacement(replacement: string, { groups }: JoniPattern): (string | number)[] {
  const pieces: (string | number)[] = [];
  let at = 0;
  for (const match of replacement.matchAll(ITEM)) {
    const [written, escaped, name, digits] = match;
    pieces.push(replacement.slice(at, match.index));
    at = match.index + written.length;
    if (escaped !== undefined) pieces.push(escaped);
    else if (name !== undefined) {
      const group = groups.findIndex((found) => found.name === name);
      if (group < 0) throw illegal(`unknown group { ${name} }`);
      pieces.push(group);
    } else {
      if (digits === undefined) throw illegal(replacement);
      if (Number(digits[0]) >= groups.length) throw illegal(`unknown group ${digits[0]}`);
      // As many digits as there are groups for.
      let length = 1;
      while (length < digits.length && Number(digits.slice(0, length + 1)) < groups.length) length++;
      pieces.push(Number(digits.slice(0, length)), digits.slice(length));
    }
  }
  pieces.push(replacement.slice(at));
  return pieces.filter((piece) => piece !== '');
}

const ITEM = /\\([\s\S])|\$\{([^}]*)\}?|\$(\d+)|\\|\$/gu;

function illegal(what: string): TrinoError {
  return new TrinoError('INVALID_FUNCTION_ARGUMENT', `Illegal replacement sequence: ${what}`);
}

/** The same for RE2, which knows groups of one digit; nothing if there is one of two. */
export function re2Replacement(pieces: readonly (string | number)[]): string | undefined {
  if (pieces.some((piece) => typeof piece === 'number' && piece > 9)) return undefined;
  return pieces
    .map((piece) => (typeof piece === 'number' ? `\\${piece}` : piece.replaceAll('\\', '\\\\')))
    .join('');
}
