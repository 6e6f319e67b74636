import { readdirSync, readFileSync } from 'node:fs';
import { type NamedQuery, parseNamedQuery } from './named-query.js';

/**
 * The named queries: each `.sql` file of this folder is one.
 * @throws InvalidQueryError for a file that is none.
 */
export function loadNamedQueries(folder: URL = new URL('.', import.meta.url)): readonly NamedQuery[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => parseNamedQuery(file.replace(/\.sql$/, ''), readFileSync(new URL(file, folder), 'utf8')));
}

export { datasetQueries } from './dataset-queries.js';
export {
  InvalidQueryError,
  type NamedQuery,
  PARAMETER_TYPES,
  type ParameterType,
  parseNamedQuery,
  type QueryParameter,
} from './named-query.js';
