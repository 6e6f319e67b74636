/**
 * Whether a name is one of a pattern in which `|` separates choices, `.` stands for any character, and `*`, with or
 * without a dot in front of it, for any characters. Not by a regular expression, which such a pattern can take long.
 */
export function namePattern(pattern: string): (name: string) => boolean {
  const choices = pattern.split('|').map((choice) => [...choice.replace(/\.?\*+/g, '*')]);
  return (name) => choices.some((choice) => matches(choice, [...name]));
}

function matches(pattern: readonly string[], name: readonly string[]): boolean {
  let at = 0;
  let star = -1;
  let resumeAt = 0;
  for (let i = 0; i < name.length; ) {
    if (pattern[at] === '*') {
      star = at++;
      resumeAt = i;
    } else if (at < pattern.length && (pattern[at] === '.' || pattern[at] === name[i])) {
      at++;
      i++;
    } else if (star >= 0) {
      // The star takes one character more.
      at = star + 1;
      i = ++resumeAt;
    } else return false;
  }
  return pattern.slice(at).every((c) => c === '*');
}
