/**
 * A text in which what cannot be seen is written out, so that it neither breaks a line nor moves the cursor nor turns the
 * direction of writing nor hides: a line feed becomes `\n`, an escape `\u001b`.
 */
export function visible(text: string): string {
  return UNSEEN.test(text) ? text.replaceAll(new RegExp(UNSEEN, 'gu'), written) : text;
}

/**
 * Control and format characters, and separators of lines and paragraphs. Not the joiners, which scripts and emoji are
 * written with, nor what is of Unicode's format characters but has a picture.
 */
const UNSEEN = /(?!\u200c|\u200d|[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2])[\p{Cc}\p{Cf}\u2028\u2029]/u;

function written(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}
