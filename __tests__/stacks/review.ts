import type { Configuration } from './synthesized.js';

/** A configuration as a person reviews it: what fits on a line is on one line, a policy's statement too. */
export function forReview(configuration: Configuration): string {
  return `${lines(summarized(configuration)).join('\n')}\n`;
}

/** What a configuration has otherwise than another, a line each; names are taken for the same. */
export function differences(configuration: Configuration, from: Configuration): string {
  const [own, other] = [configuration, from].map((each) => new Map(leaves(summarized(each))));
  if (!own || !other) return '';
  const paths = [...new Set([...own.keys(), ...other.keys()])].sort();
  return paths
    .filter((path) => own.get(path) !== other.get(path))
    .map((path) => `${path}: ${other.get(path) ?? '(none)'} -> ${own.get(path) ?? '(none)'}\n`)
    .join('');
}

const LONGEST_LINE = 150;

function lines(value: unknown, indent = ''): string[] {
  if (typeof value !== 'object' || value === null) return [`${indent}${inline(value)}`];
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([name, inner]) => {
    const label = isList ? `${indent}-` : `${indent}${name}:`;
    const line = `${label} ${inline(inner)}`;
    const isShort = line.length <= LONGEST_LINE && !(indent === '' && !isList);
    return isShort || typeof inner !== 'object' ? [line] : [label, ...lines(inner, `${indent}  `)];
  });
}

function* leaves(value: unknown, path = ''): Generator<[string, string]> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    yield [path, inline(value).replaceAll(/\b(lakehouse[-_]|the |The )(local|prod)\b/g, '$1dev')];
  } else {
    for (const [name, inner] of Object.entries(value)) {
      yield* leaves(inner, path === '' ? name : `${path}.${name}`);
    }
  }
}

const inline = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value)).trim();

/** Policies and dashboards in words as few as say what they are. */
function summarized(configuration: unknown): unknown {
  return JSON.parse(JSON.stringify(configuration), (name, value) => {
    if (/policy$/.test(name) && Array.isArray(value.Statement)) return value.Statement.map(statement);
    if (name === 'dashboard_body') return value.widgets.map(widget);
    return value;
  });
}

function statement(of: Record<string, unknown>): string {
  const { Sid, Effect, Principal, Action, Resource, Condition } = of;
  const parts = [Principal && ['to', Principal], ['do', Action], Resource && ['on', Resource]];
  const words = parts
    .filter(Boolean)
    .map((part) => `${(part as unknown[])[0]} ${list((part as unknown[])[1])}`);
  return `${Sid}: ${Effect} ${words.join(' ')}${Condition ? ` if ${JSON.stringify(Condition)}` : ''}`;
}

const list = (value: unknown) => (Array.isArray(value) ? value.join(', ') : JSON.stringify(value));

function widget({ properties: { title, stat, metrics } }: WidgetJson): string {
  return `${title}: ${stat} of ${metrics.map((metric) => JSON.stringify(metric)).join(', ')}`;
}

interface WidgetJson {
  readonly properties: {
    readonly title: string;
    readonly stat: string;
    readonly metrics: readonly unknown[];
  };
}
