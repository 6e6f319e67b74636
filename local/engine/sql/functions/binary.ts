import type { FunctionGroup } from './call-site.js';

export const BINARY_FUNCTIONS: FunctionGroup = {
  title: 'Binary',
  scalars: `
to_hex(varbinary): varchar = hex($1)
from_hex(varchar): varbinary = trino_from_hex($1)
from_hex(varbinary): varbinary = trino_from_hex(trino_from_utf8($1, chr(65533)))
to_base64(varbinary): varchar = to_base64($1)
from_base64(varchar): varbinary = trino_decode($1, 'base64')
from_base64(varbinary): varbinary = trino_decode(trino_from_utf8($1, chr(65533)), 'base64')
to_base64url(varbinary): varchar = trino_encode($1, 'base64url')
from_base64url(varchar): varbinary = trino_decode($1, 'base64url')
from_base64url(varbinary): varbinary = trino_decode(trino_from_utf8($1, chr(65533)), 'base64url')
to_base32(varbinary): varchar = trino_encode($1, 'base32')
from_base32(varchar): varbinary = trino_decode($1, 'base32')
from_base32(varbinary): varbinary = trino_decode(trino_from_utf8($1, chr(65533)), 'base32')
to_utf8(varchar): varbinary = encode($1)
from_utf8(varbinary): varchar = trino_from_utf8($1, chr(65533))
from_utf8(varbinary, varchar): varchar = trino_from_utf8($1, $2)
from_utf8(varbinary, bigint): varchar = trino_from_utf8($1, trino_chr($2))
md5(varbinary): varbinary = trino_hash($1, 'md5')
sha1(varbinary): varbinary = trino_hash($1, 'sha1')
sha256(varbinary): varbinary = trino_hash($1, 'sha256')
sha512(varbinary): varbinary = trino_hash($1, 'sha512')
hmac_md5(varbinary, varbinary): varbinary = trino_hmac($1, $2, 'md5')
hmac_sha1(varbinary, varbinary): varbinary = trino_hmac($1, $2, 'sha1')
hmac_sha256(varbinary, varbinary): varbinary = trino_hmac($1, $2, 'sha256')
hmac_sha512(varbinary, varbinary): varbinary = trino_hmac($1, $2, 'sha512')
xxhash64(varbinary): varbinary = trino_xxhash64($1)
murmur3(varbinary): varbinary = trino_murmur3($1)
crc32(varbinary): bigint = trino_crc32($1)
to_big_endian_32(integer): varbinary = trino_to_bytes(CAST($1 AS VARCHAR), 'int32')
to_big_endian_64(bigint): varbinary = trino_to_bytes(CAST($1 AS VARCHAR), 'int64')
from_big_endian_32(varbinary): integer = trino_from_bytes($1, 'int32')
from_big_endian_64(varbinary): bigint = trino_from_bytes($1, 'int64')
to_ieee754_32(real): varbinary = trino_to_bytes(CAST($1 AS VARCHAR), 'float')
to_ieee754_64(double): varbinary = trino_to_bytes(CAST($1 AS VARCHAR), 'double')
from_ieee754_32(varbinary): real = CAST(trino_from_bytes($1, 'float') AS FLOAT)
from_ieee754_64(varbinary): double = CAST(trino_from_bytes($1, 'double') AS DOUBLE)
substr(varbinary, bigint): varbinary = trino_bytes_substr($1, $2, 9223372036854775807)
substr(varbinary, bigint, bigint): varbinary = trino_bytes_substr($1, $2, $3)
reverse(varbinary): varbinary = trino_bytes_reverse($1)
substring(varbinary, bigint): varbinary = trino_bytes_substr($1, $2, 9223372036854775807)
substring(varbinary, bigint, bigint): varbinary = trino_bytes_substr($1, $2, $3)
lpad(varbinary, bigint, varbinary): varbinary = trino_bytes_pad($1, $2, $3, true)
rpad(varbinary, bigint, varbinary): varbinary = trino_bytes_pad($1, $2, $3, false)
`,
  refused: {
    'It is a hash that neither DuckDB nor Node has': 'spooky_hash_v2_32 spooky_hash_v2_64',
  },
};
