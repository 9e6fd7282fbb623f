/**
 * The hashes of names in directory indexes, which also stand in the names that Linux shows for encrypted ones.
 * Sources: Linux Documentation/filesystems/ext4, "Hash Tree Directories"; the round functions are those of MD4 (RFC 1320, two thirds of its
 * rounds: "half MD4") and of TEA (Wheeler and Needham 1994, sixteen cycles), each over the name as packed by ext3.
 */

/** s_def_hash_version and dx_root_info.hash_version; 3 to 5 are 0 to 2 with unsigned characters. */
const LEGACY = 0;
const HALF_MD4 = 1;
const TEA = 2;
const UNSIGNED_OFFSET = 3;

/** The highest hash is kept for the end of a directory (EXT4_HTREE_EOF_32BIT). */
const END_OF_DIRECTORY = 0xfffffffe;

/** Major and minor hash of a name, or null if the version is none of these. `seed`: s_hash_seed (all zero: MD4's own). */
export function dirHash(
  name: Uint8Array,
  version: number,
  isUnsigned: boolean,
  seed: Uint32Array,
): [major: number, minor: number] | null {
  const kind = version >= UNSIGNED_OFFSET ? version - UNSIGNED_OFFSET : version;
  const unsigned = isUnsigned || version >= UNSIGNED_OFFSET;
  const state = seed.some((word) => word !== 0)
    ? Int32Array.from(seed)
    : Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476);
  let major: number;
  let minor = 0;
  if (kind === LEGACY) {
    major = legacyHash(name, unsigned);
  } else if (kind === HALF_MD4) {
    for (let at = 0; at < name.length; at += 32) halfMd4(state, packed(name, at, 8, unsigned));
    major = state[1];
    minor = state[2] >>> 0;
  } else if (kind === TEA) {
    for (let at = 0; at < name.length; at += 16) tea(state, packed(name, at, 4, unsigned));
    major = state[0];
    minor = state[1] >>> 0;
  } else {
    return null;
  }
  const even = (major & ~1) >>> 0;
  return [even === END_OF_DIRECTORY ? END_OF_DIRECTORY - 2 : even, minor];
}

/** The first hash of ext3, still in old directories. */
function legacyHash(name: Uint8Array, unsigned: boolean): number {
  let hash = 0x12a3fe2d;
  let previous = 0x37abe8f9;
  for (const byte of name) {
    const character = unsigned || byte < 128 ? byte : byte - 256;
    let next = (previous + (hash ^ Math.imul(character, 7152373))) | 0;
    if (next & 0x80000000) next = (next - 0x7fffffff) | 0;
    previous = hash;
    hash = next;
  }
  return hash << 1;
}

/** `words` big-endian words of the name from `at` on, filled up with the rest's length in every byte. */
function packed(name: Uint8Array, at: number, words: number, unsigned: boolean): Int32Array {
  const rest = name.length - at;
  const pad = rest | (rest << 8) | ((rest | (rest << 8)) << 16);
  const length = Math.min(rest, words * 4);
  const result = new Int32Array(words);
  let word = pad;
  let index = 0;
  for (let i = 0; i < length; i++) {
    const byte = name[at + i];
    word = ((unsigned || byte < 128 ? byte : byte - 256) + (word << 8)) | 0;
    if (i % 4 === 3) {
      result[index++] = word;
      word = pad;
    }
  }
  if (index < words) result[index++] = word;
  while (index < words) result[index++] = pad;
  return result;
}

function rotateLeft(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

/** The order of words and the shifts of each round. */
const MD4_ROUNDS = [
  { order: [0, 1, 2, 3, 4, 5, 6, 7], shifts: [3, 7, 11, 19], constant: 0 },
  { order: [1, 3, 5, 7, 0, 2, 4, 6], shifts: [3, 5, 9, 13], constant: 0x5a827999 },
  { order: [3, 7, 2, 6, 1, 5, 0, 4], shifts: [3, 9, 11, 15], constant: 0x6ed9eba1 },
];

function mix(round: number, x: number, y: number, z: number): number {
  if (round === 0) return z ^ (x & (y ^ z));
  return round === 1 ? (x & y) + ((x ^ y) & z) : x ^ y ^ z;
}

function halfMd4(state: Int32Array, words: Int32Array): void {
  let [a, b, c, d] = state;
  for (let round = 0; round < 3; round++) {
    const { order, shifts, constant } = MD4_ROUNDS[round];
    for (let step = 0; step < 8; step++) {
      const sum = (a + mix(round, b, c, d) + words[order[step]] + constant) | 0;
      [a, b, c, d] = [d, rotateLeft(sum, shifts[step % 4]), b, c];
    }
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
}

const TEA_DELTA = 0x9e3779b9;
const TEA_CYCLES = 16;

function tea(state: Int32Array, key: Int32Array): void {
  let [x, y] = state;
  let sum = 0;
  for (let cycle = 0; cycle < TEA_CYCLES; cycle++) {
    sum = (sum + TEA_DELTA) | 0;
    x = (x + (((y << 4) + key[0]) ^ (y + sum) ^ ((y >>> 5) + key[1]))) | 0;
    y = (y + (((x << 4) + key[2]) ^ (x + sum) ^ ((x >>> 5) + key[3]))) | 0;
  }
  state[0] += x;
  state[1] += y;
}
