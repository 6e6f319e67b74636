/** XXH64 with the seed 0, from the most significant byte on. */
export function xxHash64(bytes: Uint8Array): Uint8Array {
  const view = viewOf(bytes);
  let at = 0;
  let hash = P5;
  if (bytes.length >= 32) {
    const lanes = [u64(P1 + P2), P2, 0n, u64(-P1)];
    for (; at + 32 <= bytes.length; at += 32)
      for (let i = 0; i < 4; i++) lanes[i] = round(lanes[i] ?? 0n, view.getBigUint64(at + i * 8, true));
    hash = u64(lanes.reduce((sum, lane, i) => sum + rotated(lane, [1, 7, 12, 18][i] ?? 0), 0n));
    for (const lane of lanes) hash = u64((hash ^ round(0n, lane)) * P1 + P4);
  }
  hash = u64(hash + BigInt(bytes.length));
  for (; at + 8 <= bytes.length; at += 8)
    hash = u64(rotated(hash ^ round(0n, view.getBigUint64(at, true)), 27) * P1 + P4);
  if (at + 4 <= bytes.length) {
    hash = u64(rotated(hash ^ u64(BigInt(view.getUint32(at, true)) * P1), 23) * P2 + P3);
    at += 4;
  }
  for (; at < bytes.length; at++) hash = u64(rotated(hash ^ u64(BigInt(view.getUint8(at)) * P5), 11) * P1);
  hash = u64((hash ^ (hash >> 33n)) * P2);
  hash = u64((hash ^ (hash >> 29n)) * P3);
  const result = Buffer.alloc(8);
  result.writeBigUInt64BE(hash ^ (hash >> 32n));
  return result;
}

const P1 = 0x9e3779b185ebca87n;
const P2 = 0xc2b2ae3d27d4eb4fn;
const P3 = 0x165667b19e3779f9n;
const P4 = 0x85ebca77c2b2ae63n;
const P5 = 0x27d4eb2f165667c5n;

function round(lane: bigint, input: bigint): bigint {
  return u64(rotated(u64(lane + input * P2), 31) * P1);
}

/** MurmurHash3 of 128 bits for 64-bit machines with the seed 0, from the least significant byte on. */
export function murmur3(bytes: Uint8Array): Uint8Array {
  const size = bytes.length - (bytes.length % 16);
  // What is left over, with zeros behind it.
  const padded = new Uint8Array(size + 16);
  padded.set(bytes);
  const view = viewOf(padded);
  let [a, b] = [0n, 0n];
  for (let at = 0; at < size; at += 16) {
    a = u64((rotated(a ^ mixedA(view.getBigUint64(at, true)), 27) + b) * 5n + 0x52dce729n);
    b = u64((rotated(b ^ mixedB(view.getBigUint64(at + 8, true)), 31) + a) * 5n + 0x38495ab5n);
  }
  const length = BigInt(bytes.length);
  a ^= mixedA(view.getBigUint64(size, true)) ^ length;
  b ^= mixedB(view.getBigUint64(size + 8, true)) ^ length;
  a = u64(a + b);
  b = u64(b + a);
  [a, b] = [finished(a), finished(b)];
  a = u64(a + b);
  const result = Buffer.alloc(16);
  result.writeBigUInt64LE(a);
  result.writeBigUInt64LE(u64(b + a), 8);
  return result;
}

const C1 = 0x87c37b91114253d5n;
const C2 = 0x4cf5ad432745937fn;

function mixedA(input: bigint): bigint {
  return u64(rotated(u64(input * C1), 31) * C2);
}

function mixedB(input: bigint): bigint {
  return u64(rotated(u64(input * C2), 33) * C1);
}

function finished(hash: bigint): bigint {
  const first = u64((hash ^ (hash >> 33n)) * 0xff51afd7ed558ccdn);
  const second = u64((first ^ (first >> 33n)) * 0xc4ceb9fe1a85ec53n);
  return second ^ (second >> 33n);
}

function u64(value: bigint): bigint {
  return BigInt.asUintN(64, value);
}

function rotated(value: bigint, bits: number): bigint {
  return u64(value << BigInt(bits)) | (value >> BigInt(64 - bits));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
