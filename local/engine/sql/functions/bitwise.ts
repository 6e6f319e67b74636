import type { FunctionGroup } from './call-site.js';

export const BITWISE_FUNCTIONS: FunctionGroup = {
  title: 'Bitwise',
  scalars: `
bit_count(bigint, bigint): bigint = trino_bit_count($1, $2)
bitwise_and(bigint, bigint): bigint = xor(xor($1, $2), $1 | $2)
bitwise_or(bigint, bigint): bigint = ($1 | $2)
bitwise_xor(bigint, bigint): bigint = xor($1, $2)
bitwise_not(bigint): bigint = (-1 - $1)
bitwise_left_shift(tinyint, integer): tinyint = trino_shift('left', $1, $2, 8)
bitwise_left_shift(smallint, integer): smallint = trino_shift('left', $1, $2, 16)
bitwise_left_shift(integer, integer): integer = trino_shift('left', $1, $2, 32)
bitwise_left_shift(bigint, integer): bigint = trino_shift('left', $1, $2, 64)
bitwise_right_shift(tinyint, integer): tinyint = trino_shift('right', $1, $2, 8)
bitwise_right_shift(smallint, integer): smallint = trino_shift('right', $1, $2, 16)
bitwise_right_shift(integer, integer): integer = trino_shift('right', $1, $2, 32)
bitwise_right_shift(bigint, integer): bigint = trino_shift('right', $1, $2, 64)
bitwise_right_shift_arithmetic(tinyint, integer): tinyint = trino_shift('arithmetic', $1, $2, 8)
bitwise_right_shift_arithmetic(smallint, integer): smallint = trino_shift('arithmetic', $1, $2, 16)
bitwise_right_shift_arithmetic(integer, integer): integer = trino_shift('arithmetic', $1, $2, 32)
bitwise_right_shift_arithmetic(bigint, integer): bigint = trino_shift('arithmetic', $1, $2, 64)
`,
};
