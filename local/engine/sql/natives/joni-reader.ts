import type { JoniPattern, Use } from './joni-pattern.js';

export function readJoni(text: string): JoniPattern {
  return new Reader(text).read();
}

/** A pair of parentheses, or all. Empty is what all of a branch, then what one of the branches is. */
interface Level {
  readonly parent?: Level;
  readonly name?: string;
  readonly captures: boolean;
  empty: boolean;
  branch: boolean;
  alternates: boolean;
  optional: boolean;
  /** Whether an option such as (?i) stands behind something. */
  option: boolean;
}

class Reader {
  private at = 0;
  private out = '';
  private level: Level = level(true);
  private readonly captures: Level[] = [this.level];
  /** What a quantifier would belong to: whether it may be empty, and the parentheses, if it is some. */
  private atom: { empty: boolean; readonly group?: Level } | undefined;
  private refused: string | undefined;
  private consumes = false;
  private asserts = false;
  private repeatsNothing = false;
  private readonly uses = new Set<Use>();

  constructor(private readonly text: string) {}

  read(): JoniPattern {
    const root = this.level;
    while (this.at < this.text.length) this.next();
    this.endBranch();
    const { out, refused, consumes, asserts, repeatsNothing, uses } = this;
    const groups = this.captures.map((group) => ({
      ...(group.name !== undefined && { name: group.name }),
      certain: isCertain(group),
    }));
    const base = { re2: out, groups, empty: root.empty, onlyEmpty: !consumes, asserts, repeatsNothing, uses };
    return refused === undefined ? base : { ...base, refused };
  }

  private next(): void {
    const c = String.fromCodePoint(this.text.codePointAt(this.at) ?? 0);
    const [quantifier] = QUANTIFIER.exec(this.text.slice(this.at)) ?? [];
    if (c === '\\') this.escape(false);
    else if (c === '[') this.characterClass();
    else if (c === '(') this.open();
    else if (quantifier !== undefined) this.quantify(quantifier);
    else {
      this.at += c.length;
      this.out += c;
      if (c === '$') this.uses.add('end');
      if (c === ')') this.close();
      else if (c === '|') this.alternative();
      else if (c === '^' || c === '$') this.assertion();
      else this.take();
    }
  }

  private alternative(): void {
    if (this.level.option) this.refuse('An option behind something and before an alternative');
    this.endBranch();
    this.level.alternates = true;
    this.level.branch = true;
  }

  private quantify(quantifier: string): void {
    this.at += quantifier.length;
    this.out += quantifier;
    if (this.text[this.at] === '+') this.refuse('A possessive quantifier');
    if (this.atom?.group && this.atom.empty && /^(?:[*+]|.*,\})/.test(quantifier)) this.repeatsNothing = true;
    if (!this.atom || !/^(?:[?*]|\{0*[,}])/.test(quantifier)) return;
    this.atom.empty = true;
    if (this.atom.group) this.atom.group.optional = true;
  }

  private escape(within: boolean): void {
    const c = this.text[this.at + 1] ?? '';
    this.at += 2;
    const use = USES[c];
    if (use && !(within && c === 'b')) this.uses.add(use);
    if (/[1-9]/.test(c) || c === 'k') this.refuse('A back-reference');
    if (c === 'C' || (c === 'p' && this.text[this.at] !== '{')) this.refuse(`The escape \\${c}`);
    if (c === 'x' && /^[89A-Fa-f]/.test(this.text.slice(this.at))) this.refuse('A byte that is not ASCII');
    if (c === 'u') {
      const digits = /^[0-9A-Fa-f]{4}/.exec(this.text.slice(this.at))?.[0];
      if (digits === undefined) this.refuse('The escape \\u without four digits');
      this.at += digits?.length ?? 0;
      this.out += `\\x{${digits ?? ''}}`;
    } else this.out += c === 'e' ? '\\x1b' : c === 'Z' ? '\\z' : `\\${c}`;
    if (c === 'x' || c === 'p' || c === 'P') this.copy(/^\{[^}]*\}/);
    if (within) return;
    if (c === 'Q') {
      const end = this.text.indexOf('\\E', this.at);
      const quoted = this.text.slice(this.at, end < 0 ? undefined : end);
      this.copy(/^[\s\S]*?(?:\\E|$)/);
      if (quoted !== '') this.take();
    } else if (/[AzZbBG]/.test(c)) this.assertion();
    else this.take();
  }

  private characterClass(): void {
    this.copy(/^\[\^?\]?/);
    while (this.at < this.text.length && this.text[this.at] !== ']') {
      const rest = this.text.slice(this.at);
      if (rest.startsWith('\\')) {
        this.escape(true);
        continue;
      }
      if (rest.startsWith('[:')) this.uses.add('posix');
      else if (rest.startsWith('[')) this.refuse('A class within a class');
      if (rest.startsWith('&&')) this.refuse('An intersection of classes');
      this.copy(/^(?:\[:\^?\w+:\]|[\s\S])/u);
    }
    this.copy(/^\]/);
    this.take();
  }

  private open(): void {
    const rest = this.text.slice(this.at);
    const [named, name] = /^\(\?<([A-Za-z_]\w*)>/.exec(rest) ?? [];
    const [options, set = '', end] = /^\(\?([a-zA-Z-]*)([:)])/.exec(rest) ?? [];
    if (/^\(\?<?[=!]/.test(rest)) this.refuse('Look-around');
    else if (rest.startsWith('(?>')) this.refuse('An atomic group');
    else if (rest.startsWith('(?P')) this.refuse('A group that begins with (?P');
    else if (/[^ims-]/.test(set)) this.refuse(`The option ${set}`);
    // At the end of a text RE2 begins a line behind a line feed, Joni does not.
    if (set.includes('m')) this.uses.add('end');
    const head = named ?? options ?? '(';
    this.at += head.length;
    this.out += name === undefined ? head : `(?P<${name}>`;
    if (end === ')') {
      if (this.atom || this.level.parent === undefined) this.level.option = this.out !== head;
      return;
    }
    const opened = level(options === undefined, this.level, name);
    if (opened.captures) this.captures.push(opened);
    this.commit();
    this.level = opened;
  }

  private close(): void {
    this.endBranch();
    const closed = this.level;
    if (!closed.parent) return;
    this.level = closed.parent;
    this.atom = { empty: closed.empty, group: closed };
  }

  /** A character that has to be there, unless a quantifier says otherwise. */
  private take(): void {
    this.commit();
    this.consumes = true;
    this.atom = { empty: false };
  }

  private assertion(): void {
    this.commit();
    this.asserts = true;
    this.atom = { empty: true };
  }

  private commit(): void {
    if (this.atom && !this.atom.empty) this.level.branch = false;
    this.atom = undefined;
  }

  private endBranch(): void {
    this.commit();
    this.level.empty ||= this.level.branch;
  }

  private copy(pattern: RegExp): void {
    const copied = pattern.exec(this.text.slice(this.at))?.[0] ?? '';
    this.at += copied.length;
    this.out += copied;
  }

  private refuse(what: string): void {
    this.refused ??= `${what} in a regular expression`;
  }
}

const QUANTIFIER = /^(?:[?*+]|\{\d+(?:,\d*)?\})\??/;

const USES: Readonly<Record<string, Use>> = {
  w: 'word',
  W: 'word',
  b: 'word',
  B: 'word',
  d: 'digit',
  D: 'digit',
  s: 'space',
  S: 'space',
  Z: 'end',
};

function level(captures: boolean, parent?: Level, name?: string): Level {
  const state = { captures, empty: false, branch: true, alternates: false, optional: false, option: false };
  return { ...state, ...(parent && { parent }), ...(name !== undefined && { name }) };
}

/** Whether a group takes part in every match. */
function isCertain(group: Level): boolean {
  for (let at: Level | undefined = group; at; at = at.parent)
    if (at.optional || at.parent?.alternates) return false;
  return true;
}
