/**
 * CRC-32 with the polynomial of IEEE 802.3 (0x04c11db7), most significant bit first, as jbd2's first checksum format counts it: the caller gives the
 * register's value and gets it back.
 */

const POLYNOMIAL = 0x04c11db7;
const TABLE = Int32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit++) value = value < 0 ? (value << 1) ^ POLYNOMIAL : value << 1;
  return value;
});

/** The register after the bytes, begun with `seed`; 0 to 2^32 - 1. */
export function crc32be(seed: number, bytes: Uint8Array): number {
  let crc = seed | 0;
  for (let at = 0; at < bytes.length; at++) crc = (crc << 8) ^ TABLE[(crc >>> 24) ^ bytes[at]];
  return crc >>> 0;
}
