import { quoteText, type SqlType } from '../../sql-type.js';
import { cast } from '../casts.js';
import { coerce, isFloat, isInteger } from '../coercion.js';
import { concatenation } from '../operators.js';
import { textOf } from '../result-text.js';
import { notSupported, SqlFault } from '../sql-fault.js';
import type { CallSite, FunctionGroup } from './call-site.js';

const VARCHAR: SqlType = { name: 'varchar' };
/** What Trino's trim takes for white space. */
const SPACES =
  "chr(9) || chr(10) || chr(11) || chr(12) || chr(13) || chr(28) || chr(29) || chr(30) || chr(31) || ' '";
const SUBSTR = "CASE WHEN $2 = 0 OR -($2) > length($1) THEN '' ELSE substr($1, $2) END";
const SUBSTR_LENGTH = "CASE WHEN $2 = 0 OR -($2) > length($1) OR $3 <= 0 THEN '' ELSE substr($1, $2, $3) END";

/** To DuckDB the capital of ß is ẞ; to Java, as to Trino, a character that has none of one character is its own. */
export const UPPER_MACRO = `CREATE MACRO trino_upper(s) AS CASE
  WHEN contains(s, 'ß') THEN array_to_string(list_transform(string_split(s, 'ß'), lambda part: upper(part)), 'ß')
  ELSE upper(s) END`;

/** What Java's LocalDateTime.toString() writes, as format() does: seconds only where there are some. */
export const LOCAL_TEXT_MACRO = `CREATE MACRO trino_local_text(t) AS
  regexp_replace(strftime(t, '%Y-%m-%dT%H:%M:%S.%g'), '(:00)?[.]000$', '')`;

export const TEXT_FUNCTIONS: FunctionGroup = {
  title: 'Text',
  scalars: `
lower(varchar): varchar = lower($1)
upper(varchar): varchar = trino_upper($1)
length(varchar): bigint = length($1)
length(varbinary): bigint = octet_length($1)
reverse(varchar): varchar = trino_reverse($1)
chr(bigint): varchar = trino_chr($1)
codepoint(varchar): integer = trino_codepoint($1)
substr(varchar, bigint): varchar = ${SUBSTR}
substr(varchar, bigint, bigint): varchar = ${SUBSTR_LENGTH}
substring(varchar, bigint): varchar = ${SUBSTR}
substring(varchar, bigint, bigint): varchar = ${SUBSTR_LENGTH}
trim(varchar): varchar = trim($1, ${SPACES})
ltrim(varchar): varchar = ltrim($1, ${SPACES})
rtrim(varchar): varchar = rtrim($1, ${SPACES})
trim(varchar, varchar): varchar = trim($1, $2)
ltrim(varchar, varchar): varchar = ltrim($1, $2)
rtrim(varchar, varchar): varchar = rtrim($1, $2)
replace(varchar, varchar): varchar = replace($1, $2, '')
replace(varchar, varchar, varchar): varchar = CASE WHEN $2 = '' THEN trino_interleave($1, $3) ELSE replace($1, $2, $3) END
concat_ws(varchar, varchar): varchar = concat_ws($*)
concat_ws(varchar, varchar, varchar...): varchar = concat_ws($*)
concat_ws(varchar, array(varchar)): varchar = coalesce(array_to_string($2, $1), CASE WHEN $1 IS NOT NULL AND $2 IS NOT NULL THEN '' END)
split_part(varchar, varchar, bigint): varchar = CASE WHEN $3 < 1 THEN trino_fail('INVALID_FUNCTION_ARGUMENT: Index must be greater than zero') WHEN $3 > len(string_split($1, $2)) THEN NULL ELSE split_part($1, $2, $3) END
split(varchar, varchar): array(varchar) = CASE WHEN $2 = '' THEN trino_fail('INVALID_FUNCTION_ARGUMENT: The delimiter may not be the empty string') ELSE string_split($1, $2) END
split(varchar, varchar, bigint): array(varchar) = trino_split($1, $2, $3)
split_to_map(varchar, varchar, varchar): map(varchar, varchar) = map(trino_split_keys($1, $2, $3, true), trino_split_values($1, $2, $3))
split_to_multimap(varchar, varchar, varchar): map(varchar, array(varchar)) = trino_multimap(list_transform(list_zip(trino_split_keys($1, $2, $3, false), trino_split_values($1, $2, $3)), lambda e: struct_pack(k := struct_extract(e, 1), v := struct_extract(e, 2))))
strpos(varchar, varchar): bigint = instr($1, $2)
strpos(varchar, varchar, bigint): bigint = trino_strpos($1, $2, $3)
position(varchar, varchar): bigint = instr($2, $1)
starts_with(varchar, varchar): boolean = starts_with($1, $2)
lpad(varchar, bigint, varchar): varchar = trino_pad($1, $2, $3, true)
rpad(varchar, bigint, varchar): varchar = trino_pad($1, $2, $3, false)
translate(varchar, varchar, varchar): varchar = trino_translate($1, $2, $3)
levenshtein_distance(varchar, varchar): bigint = trino_levenshtein($1, $2)
hamming_distance(varchar, varchar): bigint = trino_hamming($1, $2)
soundex(varchar): varchar = trino_soundex($1)
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
    codepoint: (call) => {
      const type = call.value(0)?.type;
      if (type?.name === 'varchar' && (type.length ?? 1) > 1) throw call.unexpected();
      return undefined;
    },
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
  const [first, ...rest] = values;
  if (!first || rest.length === 0) throw call.unexpected();
  const whole = rest.reduce((left, right) => {
    if (!left || !right) throw call.unexpected();
    return concatenation(left, right, call.at);
  }, first);
  return whole;
}

/** Java's format with a literal pattern: %s, %d, %x, %f, %e, %b and %%, with flags, width and precision. */
function format(call: CallSite) {
  const pattern = call.literal(0);
  const pieces: string[] = [];
  let [next, at] = [1, 0];
  for (const match of pattern.matchAll(FORMAT_ITEM)) {
    const [written, position, flags = '', width = '', precision = '', letter = ''] = match;
    pieces.push(quoteText(pattern.slice(at, match.index)));
    at = match.index + written.length;
    if (letter === '%' || letter === 'n') {
      pieces.push(letter === '%' ? "'%'" : 'chr(10)');
      continue;
    }
    const value = call.value(position ? Number(position) : next++);
    if (!value) throw call.unexpected();
    const whole = 'dxX'.includes(letter) && precision !== '';
    const flagged = 'sSbB'.includes(letter) && /[^-]/.test(flags);
    if (whole || flagged || (/[-0]/.test(flags) && width === '') || /-.*0|0.*-/.test(flags))
      throw new SqlFault('INVALID_FUNCTION_ARGUMENT', `Invalid format string: ${pattern}`, call.at);
    const numeric = 'dxXfeE'.includes(letter);
    const suits =
      letter === 'd' || letter === 'x' || letter === 'X'
        ? isInteger(value.type)
        : letter === 'f' || letter === 'e' || letter === 'E'
          ? isFloat(value.type) || value.type.name === 'decimal'
          : letter === 'b' || letter === 'B'
            ? value.type.name === 'boolean' || value.type.name === 'unknown'
            : 'sS'.includes(letter) && value.type.name !== 'timestamp with time zone';
    if (!suits) throw notSupported(`format with ${written}`, call.at);
    const text =
      letter === 's' && isFloat(value.type)
        ? textOf(value)
        : value.type.name === 'timestamp'
          ? `trino_local_text(${value.sql})`
          : cast(value, VARCHAR, false, call.at).sql;
    const shown = numeric && isFloat(value.type) ? `trino_float_text(${value.sql})` : text;
    pieces.push(
      `trino_format_item(coalesce(${shown}, ${'bB'.includes(letter) ? "'false'" : "'null'"}), ${quoteText(letter)}, ${quoteText(flags)}, ${quoteText(width)}, ${quoteText(precision)})`,
    );
  }
  pieces.push(quoteText(pattern.slice(at)));
  if (pattern.replace(FORMAT_ITEM, '').includes('%')) throw notSupported(`format with '${pattern}'`, call.at);
  return coerce({ sql: `(${pieces.join(' || ')})`, type: VARCHAR }, VARCHAR);
}

const FORMAT_ITEM = /%(?:(\d+)\$)?([-#+ 0,(]*)(\d*)(?:\.(\d+))?([a-zA-Z%])/g;
