import { concatenation, concatenationOfArrays } from '../operators.js';
import type { CallSite, FunctionGroup } from './call-site.js';
import { format } from './format.js';

/** What Trino's trim takes for white space: what Java's Character.isWhitespace() does. */
const SPACES = [
  ...[9, 10, 11, 12, 13, 28, 29, 30, 31, 32, 0x1680, 0x2028, 0x2029, 0x205f, 0x3000],
  ...[0x2000, 0x2001, 0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2008, 0x2009, 0x200a],
]
  .map((code) => `chr(${code})`)
  .join(' || ');
const OUTSIDE = '$2 = 0 OR $2 > length($1) OR $2 < -length($1)';
const SUBSTR = `CASE WHEN ${OUTSIDE} THEN '' ELSE substr($1, $2) END`;
const SUBSTR_LENGTH =
  `CASE WHEN $3 IS NULL THEN NULL WHEN $3 <= 0 AND $2 IS NOT NULL AND $1 IS NOT NULL OR ${OUTSIDE} THEN ''
  WHEN $3 > length($1) THEN substr($1, $2) ELSE substr($1, $2, $3) END`.replace(/\s+/g, ' ');

/** To DuckDB the capital of ß is ẞ; to Java, as to Trino, a character that has none of one character is its own. */
export const UPPER_MACRO = `CREATE MACRO trino_upper(s) AS CASE
  WHEN contains(s, 'ß') THEN array_to_string(list_transform(string_split(s, 'ß'), lambda part: upper(part)), 'ß')
  ELSE upper(s) END`;

export const TEXT_FUNCTIONS: FunctionGroup = {
  title: 'Text',
  scalars: `
lower(varchar(x)): varchar(x) = lower($1)
upper(varchar(x)): varchar(x) = trino_upper($1)
length(varchar): bigint = length($1)
length(varbinary): bigint = octet_length($1)
reverse(varchar(x)): varchar(x) = trino_reverse($1)
chr(bigint): varchar(1) = trino_chr($1)
codepoint(varchar(1)): integer = trino_codepoint($1)
substr(varchar(x), bigint): varchar(x) = ${SUBSTR}
substr(varchar(x), bigint, bigint): varchar(x) = ${SUBSTR_LENGTH}
substring(varchar(x), bigint): varchar(x) = ${SUBSTR}
substring(varchar(x), bigint, bigint): varchar(x) = ${SUBSTR_LENGTH}
trim(varchar(x)): varchar(x) = trim($1, ${SPACES})
ltrim(varchar(x)): varchar(x) = ltrim($1, ${SPACES})
rtrim(varchar(x)): varchar(x) = rtrim($1, ${SPACES})
trim(varchar(x), varchar): varchar(x) = trim($1, $2)
ltrim(varchar(x), varchar): varchar(x) = ltrim($1, $2)
rtrim(varchar(x), varchar): varchar(x) = rtrim($1, $2)
replace(varchar(x), varchar): varchar(x) = replace($1, $2, '')
replace(varchar(x), varchar, varchar(y)): varchar(x+y*(x+1)) = CASE WHEN $2 = '' THEN trino_interleave($1, $3) ELSE replace($1, $2, $3) END
concat_ws(varchar, varchar): varchar = concat_ws($*)
concat_ws(varchar, varchar, varchar...): varchar = concat_ws($*)
concat_ws(varchar, array(varchar)): varchar = CASE WHEN $1 IS NOT NULL AND $2 IS NOT NULL THEN coalesce(array_to_string($2, $1), '') END
split_part(varchar(x), varchar, bigint): varchar(x) = CASE WHEN $3 < 1 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: Index must be greater than zero') WHEN $3 > len(string_split($1, $2)) OR ($1 = '' AND $2 = '') THEN NULL ELSE split_part($1, $2, $3) END
split(varchar(x), varchar): array(varchar(x)) = CASE WHEN $2 = '' THEN trino_fail('INVALID_FUNCTION_ARGUMENT: The delimiter may not be the empty string') WHEN $2 IS NOT NULL THEN string_split($1, $2) END
split(varchar(x), varchar, bigint): array(varchar(x)) = trino_split($1, $2, $3)
split_to_map(varchar, varchar, varchar): map(varchar, varchar) = map(trino_split_keys($1, $2, $3, true), trino_split_values($1, $2, $3))
split_to_multimap(varchar, varchar, varchar): map(varchar, array(varchar)) = CASE WHEN $1 IS NOT NULL AND $2 IS NOT NULL AND $3 IS NOT NULL THEN trino_multimap(list_transform(list_zip(trino_split_keys($1, $2, $3, false), trino_split_values($1, $2, $3)), lambda e: struct_pack(k := struct_extract(e, 1), v := struct_extract(e, 2)))) END
strpos(varchar, varchar): bigint = instr($1, $2)
strpos(varchar, varchar, bigint): bigint = trino_strpos($1, $2, $3)
position(varchar, varchar): bigint = instr($2, $1)
starts_with(varchar, varchar): boolean = starts_with($1, $2)
lpad(varchar, bigint, varchar): varchar = trino_pad($1, $2, $3, true)
rpad(varchar, bigint, varchar): varchar = trino_pad($1, $2, $3, false)
translate(varchar, varchar, varchar): varchar = trino_translate($1, $2, $3)
levenshtein_distance(varchar, varchar): bigint = trino_levenshtein($1, $2)
hamming_distance(varchar, varchar): bigint = trino_hamming($1, $2)
soundex(varchar): varchar(4) = trino_soundex($1)
luhn_check(varchar): boolean = trino_luhn_check($1)
normalize(varchar, varchar): varchar = trino_normalize($1, $2)
format_number(double): varchar = trino_format_number($1)
human_readable_seconds(double): varchar = trino_human_readable_seconds($1)
parse_data_size(varchar): decimal(38,s) = CAST(trino_parse_data_size($1) AS DECIMAL(38,0))
parse_presto_data_size(varchar): decimal(38,s) = CAST(trino_parse_data_size($1) AS DECIMAL(38,0))
`,
  specials: {
    concat,
    format,
  },
  refused: {
    'It stems words by rules that DuckDB lacks': 'word_stem',
    "It belongs to the plugin of Teradata's functions, which is not here":
      'char2hexint index to_char to_date to_timestamp',
    'It is newer than the engine of Athena': 'title_case ends_with',
  },
};

/** Of texts, of binaries, or of arrays and elements. */
function concat(call: CallSite) {
  const values = call.args.map((_, i) => call.value(i));
  const names = new Set(values.map((value) => value?.type.name ?? 'function'));
  names.delete('unknown');
  const [only = 'varchar'] = names;
  const isChars =
    call.args.length === 2 && names.has('char') && [...names].every((name) => /char$/.test(name));
  const isPlain = isChars || (names.size < 2 && (only === 'varchar' || only === 'varbinary'));
  const [first, ...rest] = values;
  if (!first || rest.length === 0 || !(isPlain || names.has('array'))) throw call.unexpected();
  const known = values.filter((value) => value !== undefined);
  if (rest.length > 1 && known.length === values.length && names.has('array'))
    return concatenationOfArrays(known, call.at);
  const whole = rest.reduce((left, right) => {
    if (!left || !right) throw call.unexpected();
    return concatenation(left, right, call.at);
  }, first);
  return whole;
}
