import { QueryFault } from '../engine/engine.js';

/**
 * A pattern for keys in a folder that is spelt with `${column}` for the values of a projected partition; each is a
 * group, `c0` and so on.
 * @throws QueryFault for a column that there is not.
 */
export function templatePattern(
  folder: string,
  columns: readonly string[],
  parameters: Readonly<Record<string, string>>,
): RegExp {
  const lower = new Map(Object.entries(parameters).map(([key, value]) => [key.toLowerCase(), value]));
  const seen = new Set<number>();
  const source = folder.split(/\$\{([^}]*)\}/).map((part, index) => {
    if (index % 2 === 0) return escaped(part);
    const column = columns.findIndex((name) => name.toLowerCase() === part.toLowerCase());
    if (column === -1) {
      throw new QueryFault(
        'INVALID_TABLE_PROPERTY',
        `The location template names the unknown column '${part}'.`,
      );
    }
    if (seen.has(column)) return `\\k<c${column}>`;
    seen.add(column);
    const property = (name: string) => lower.get(`projection.${part.toLowerCase()}.${name}`);
    return `(?<c${column}>${valuePattern(property)})`;
  });
  return new RegExp(`^${source.join('')}`);
}

/** A value is one folder, but for dates of a format with slashes, and members of an enum that have them. */
function valuePattern(property: (name: string) => string | undefined): string {
  const type = property('type')?.toLowerCase();
  const values = type === 'enum' ? (property('values') ?? '').split(',').map((value) => value.trim()) : [];
  if (values.some((value) => value.includes('/'))) return values.map(escaped).join('|');
  const slashes = type === 'date' ? (property('format') ?? '').split('/').length - 1 : 0;
  return `[^/]+${'/[^/]+'.repeat(slashes)}`;
}

const escaped = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
