import { readSteps } from '../natives/json-path.js';
import { TrinoError } from '../natives/native.js';
import { SqlFault } from '../sql-fault.js';
import type { CallSite, FunctionGroup } from './call-site.js';

export const JSON_FUNCTIONS: FunctionGroup = {
  title: 'JSON',
  scalars: `
json_parse(varchar): json = trino_json_parse($1)
json_format(json): varchar = $1
json_extract(varchar, varchar): json = trino_json_extract($1, $2)
json_extract(json, varchar): json = trino_json_extract($1, $2)
json_extract_scalar(varchar, varchar): varchar = trino_json_extract_scalar($1, $2)
json_extract_scalar(json, varchar): varchar = trino_json_extract_scalar($1, $2)
json_array_length(varchar): bigint = trino_json_array_length($1)
json_array_length(json): bigint = trino_json_array_length($1)
json_size(varchar, varchar): bigint = trino_json_size($1, $2)
json_size(json, varchar): bigint = trino_json_size($1, $2)
json_array_get(varchar, bigint): json = trino_json_array_get($1, $2)
json_array_get(json, bigint): json = trino_json_array_get($1, $2)
json_array_contains(varchar, boolean): boolean = trino_json_array_contains_boolean($1, $2)
json_array_contains(varchar, bigint): boolean = trino_json_array_contains_bigint($1, $2)
json_array_contains(varchar, double): boolean = trino_json_array_contains_double($1, $2)
json_array_contains(varchar, varchar): boolean = trino_json_array_contains_text($1, $2)
json_array_contains(json, boolean): boolean = trino_json_array_contains_boolean($1, $2)
json_array_contains(json, bigint): boolean = trino_json_array_contains_bigint($1, $2)
json_array_contains(json, double): boolean = trino_json_array_contains_double($1, $2)
json_array_contains(json, varchar): boolean = trino_json_array_contains_text($1, $2)
is_json_scalar(varchar): boolean = trino_is_json_scalar($1)
is_json_scalar(json): boolean = trino_is_json_scalar($1)
`,
  specials: { json_extract: withPath, json_extract_scalar: withPath, json_size: withPath },
  refused: {
    'It has a grammar and a path language of its own':
      'json_array json_exists json_object json_query json_scalar json_serialize json_table json_value json',
  },
};

/** A path that cannot be followed is told before the query runs, and so not hidden by TRY. */
function withPath(call: CallSite): undefined {
  if (!call.hasLiteral(1)) return;
  try {
    readSteps(call.literal(1));
  } catch (error) {
    if (error instanceof TrinoError) throw new SqlFault(error.code, error.text, call.at);
    throw error;
  }
}
