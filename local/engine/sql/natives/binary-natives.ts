import { createHash, createHmac } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { fixedUtf8 } from './fixed-utf8.js';
import { murmur3, xxHash64 } from './hashes.js';
import { type Native, native, TrinoError } from './native.js';

/** What Trino's functions of binaries do. */
export const BINARY_NATIVES: readonly Native[] = [
  native('trino_hash', ['bytes', 'text'], 'bytes', (bytes, algorithm) =>
    createHash(algorithm).update(bytes).digest(),
  ),
  native('trino_hmac', ['bytes', 'bytes', 'text'], 'bytes', (bytes, key, algorithm) =>
    createHmac(algorithm, key).update(bytes).digest(),
  ),
  native('trino_xxhash64', ['bytes'], 'bytes', xxHash64),
  native('trino_murmur3', ['bytes'], 'bytes', murmur3),
  native('trino_crc32', ['bytes'], 'bigint', (bytes) => BigInt(crc32(bytes))),
  native('trino_from_hex', ['text'], 'bytes', (text) => {
    if (!/^(?:[0-9a-fA-F]{2})*$/.test(text)) throw invalid(`Invalid hexadecimal: ${text}`);
    return Buffer.from(text, 'hex');
  }),
  native('trino_encode', ['bytes', 'text'], 'text', (bytes, encoding) => {
    if (encoding === 'base32') return toBase32(bytes);
    const text = Buffer.from(bytes).toString('base64url');
    // Java's encoder pads, unlike Node's.
    return text.padEnd(Math.ceil(text.length / 4) * 4, '=');
  }),
  native('trino_decode', ['text', 'text'], 'bytes', (text, encoding) => {
    if (encoding === 'base32') return fromBase32(text);
    const pattern = encoding === 'base64' ? /^[A-Za-z0-9+/]*={0,2}$/ : /^[A-Za-z0-9_-]*={0,2}$/;
    const digits = text.replace(/=+$/, '').length;
    if (!pattern.test(text) || digits % 4 === 1 || (digits < text.length && text.length % 4 !== 0))
      throw invalid('Illegal base64 character');
    return Buffer.from(text, encoding === 'base64' ? 'base64' : 'base64url');
  }),
  native('trino_from_utf8', ['bytes', 'text'], 'text', (bytes, replacement) => {
    if ([...replacement].length > 1)
      throw invalid('Replacement character string must empty or a single character');
    return fixedUtf8(bytes, replacement);
  }),
  native('trino_to_bytes', ['text', 'text'], 'bytes', (text, kind) => {
    const buffer = Buffer.alloc(kind === 'int32' || kind === 'float' ? 4 : 8);
    const number = Number(text.replace('inf', 'Infinity').replace('nan', 'NaN'));
    if (kind === 'int32') buffer.writeInt32BE(Number(text));
    else if (kind === 'int64') buffer.writeBigInt64BE(BigInt(text));
    else if (kind === 'float') buffer.writeFloatBE(number);
    else buffer.writeDoubleBE(number);
    return buffer;
  }),
  native('trino_from_bytes', ['bytes', 'text'], 'text', (bytes, kind) => {
    const buffer = Buffer.from(bytes);
    const wanted = kind === 'int32' || kind === 'float' ? 4 : 8;
    if (buffer.length !== wanted)
      throw invalid(`expected ${wanted}-byte input, but got instead: ${buffer.length}`);
    if (kind === 'int32') return String(buffer.readInt32BE());
    if (kind === 'int64') return String(buffer.readBigInt64BE());
    return String(kind === 'float' ? buffer.readFloatBE() : buffer.readDoubleBE());
  }),
  native(
    'trino_bytes_pad',
    ['bytes', 'bigint', 'bytes', 'boolean'],
    'bytes',
    (bytes, size, padding, left) => {
      if (size < 0n || size > 2147483647n)
        throw invalid('Target length must be in the range [0..2147483647]');
      if (padding.length === 0) throw invalid('Padding bytes must not be empty');
      if (size > 10_000_000n)
        throw new TrinoError('NOT_SUPPORTED', 'So long a binary is not supported by local AWS');
      const length = Number(size);
      if (bytes.length >= length) return bytes.slice(0, length);
      const added = Buffer.alloc(length - bytes.length, padding);
      return Buffer.concat(left ? [added, bytes] : [bytes, added]);
    },
  ),
  native('trino_bytes_reverse', ['bytes'], 'bytes', (bytes) => Buffer.from(bytes).reverse()),
  native('trino_bytes_substr', ['bytes', 'bigint', 'bigint'], 'bytes', (bytes, start, length) => {
    const size = BigInt(bytes.length);
    const from = start > 0n ? start - 1n : size + start;
    if (start === 0n || length <= 0n || from < 0n || from >= size) return new Uint8Array();
    const end = from + length;
    return bytes.slice(Number(from), Number(end > size ? size : end));
  }),
];

function invalid(message: string): TrinoError {
  return new TrinoError('INVALID_FUNCTION_ARGUMENT', message);
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function toBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = (bits.match(/.{1,5}/g) ?? []).map(
    (five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)],
  );
  return letters.join('').padEnd(Math.ceil(letters.length / 8) * 8, '=');
}

function fromBase32(text: string): Uint8Array {
  const digits = text.replace(/=+$/, '');
  if (!/^[A-Z2-7]*$/.test(digits) || [1, 3, 6].includes(digits.length % 8))
    throw invalid('Invalid base32 text');
  const bits = [...digits].map((c) => BASE32.indexOf(c).toString(2).padStart(5, '0')).join('');
  return Uint8Array.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
