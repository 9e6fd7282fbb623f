/**
 * CRC-16 with the polynomial 0x8005 (reflected 0xa001), known as CRC-16/ARC, as kernels use it: the caller gives the register's value and gets it
 * back. ext4 counts the checksums of group descriptors with it where metadata_csum is not set.
 */

const POLYNOMIAL = 0xa001;
const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ POLYNOMIAL : value >>> 1;
  return value;
});

/** The register after the bytes [start, end), begun with `seed`; 0 to 65535. */
export function crc16(seed: number, bytes: Uint8Array, start = 0, end = bytes.length): number {
  let crc = seed & 0xffff;
  for (let at = start; at < end; at++) crc = (crc >>> 8) ^ TABLE[(crc ^ bytes[at]) & 0xff];
  return crc;
}
