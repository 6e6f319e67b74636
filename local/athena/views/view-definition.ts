import { QueryFault } from '../../engine/engine.js';
import type { TableEntry } from '../../glue/catalog.js';

/** A view as Trino defines it. */
export interface ViewDefinition {
  readonly originalSql: string;
  /** Database of the tables that its query names without one. */
  readonly schema: string;
  readonly columns: readonly { readonly name: string /** As Trino writes it. */; readonly type: string }[];
}

const PREFIX = '/* Presto View: ';
const SUFFIX = ' */';

/** What Glue keeps for a view: the definition as JSON, in base64, in a comment. */
export function encodeView({ originalSql, schema, columns }: ViewDefinition): string {
  const json = JSON.stringify({ originalSql, catalog: 'awsdatacatalog', schema, columns });
  return `${PREFIX}${Buffer.from(json).toString('base64')}${SUFFIX}`;
}

/** @throws QueryFault for a view that is not one of Athena, such as one of Hive. */
export function decodeView({ database, input }: TableEntry): ViewDefinition {
  const text = input.ViewOriginalText ?? '';
  try {
    if (!text.startsWith(PREFIX)) throw new SyntaxError('It has no definition.');
    const json = Buffer.from(text.slice(PREFIX.length, -SUFFIX.length), 'base64').toString('utf8');
    const { originalSql, schema = database, columns } = JSON.parse(json) as Partial<ViewDefinition>;
    if (typeof originalSql !== 'string' || !Array.isArray(columns)) throw new SyntaxError('It lacks a part.');
    return { originalSql, schema, columns };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new QueryFault(
      'INVALID_VIEW',
      `View '${database}.${input.Name}' is not an Athena view: ${error.message}`,
    );
  }
}

/** The statement that would make a view again. */
export const viewText = (name: string, { originalSql }: ViewDefinition) =>
  `CREATE VIEW ${name} AS\n${originalSql}`;
