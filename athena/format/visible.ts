/**
 * A text in which control characters are written out, so that they neither break a line nor move the cursor nor turn
 * the direction of writing: a line feed becomes `\n`, an escape `\u001b`.
 */
export function visible(text: string): string {
  return OBEYED.test(text) ? text.replaceAll(new RegExp(OBEYED, 'gu'), written) : text;
}

/** Control characters, line and paragraph separators, and the marks that turn the direction of writing. */
const OBEYED = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

function written(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
