import { isImplemented, notImplemented } from './timestamp-pattern.js';

/**
 * Whether a pattern is one that Java would take.
 * @throws AwsError `NotImplemented` for one that Java takes and local AWS cannot format.
 */
export function checkPattern(pattern: string): boolean {
  const plain = pattern.replace(/'(?:[^']|'')*'/g, ' ');
  // What Java keeps for later, and a quote without its end.
  if (/[{}#']/.test(plain) || !isNested(plain)) return false;
  const runs = plain.match(/([A-Za-z])\1*/g) ?? [];
  if (runs.some((run) => !isLegal(run))) return false;
  const unknown = runs.find((run) => !isImplemented(run.charAt(0)));
  if (unknown !== undefined) throw notImplemented(unknown);
  return true;
}

/** Whether every bracket is closed that is opened; one that is left open at the end Java closes. */
function isNested(text: string): boolean {
  let depth = 0;
  for (const character of text) {
    if (character === '[') depth++;
    else if (character === ']' && --depth < 0) return false;
  }
  return true;
}

/** How often a letter may stand in a row at the most. */
const LONGEST_RUN: ReadonlyMap<string, number> = new Map(
  Object.entries({
    1: 'WFa',
    2: 'dwhKkHmsV',
    3: 'D',
    4: 'zOv',
    5: 'GMLQqEecXxZB',
    9: 'S',
    19: 'uyYgAnN',
  }).flatMap(([length, letters]) => [...letters].map((letter) => [letter, Number(length)])),
);

function isLegal(run: string): boolean {
  const letter = run.charAt(0);
  if (run.length > (LONGEST_RUN.get(letter) ?? 0)) return false;
  // Of these, only some lengths mean something.
  if (letter === 'V') return run.length === 2;
  if (letter === 'c') return run.length !== 2;
  if ('OvB'.includes(letter)) return run.length !== 2 && run.length !== 3;
  return true;
}
