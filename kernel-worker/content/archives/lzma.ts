/** LZMA as the lists of 7z archives are packed with it, unpacked by lzma1 within bounds (lzma-specification.txt of the LZMA SDK). */

import { CRC32_TABLE, decompress } from 'lzma1';
import { ArchiveError } from './archive-error.ts';

const PROPERTIES_BYTES = 5;
const ALONE_HEADER_BYTES = 13;
const SMALLEST_DICTIONARY_BYTES = 4096;
/** From here on lzma1 takes the first byte of the properties for a negative number, and fills the memory. What 7-Zip and others write for lists is 0x5d. */
const FIRST_UNSAFE_PROPERTIES = 0x80;

/** Gives exactly so many bytes. ArchiveError `codec`: of a kind that is not unpacked here; `damaged`. */
export function unpackLzma(packed: Uint8Array, properties: Uint8Array, unpackedBytes: number): Uint8Array {
  if (properties.length !== PROPERTIES_BYTES) throw new ArchiveError('damaged');
  if (properties[0] >= FIRST_UNSAFE_PROPERTIES) throw new ArchiveError('codec');
  const alone = new Uint8Array(ALONE_HEADER_BYTES + packed.length);
  const header = new DataView(alone.buffer);
  alone[0] = properties[0];
  // Not what the archive says: no distance leads before the first byte, so that the content's own length is window enough.
  header.setUint32(1, Math.max(unpackedBytes, SMALLEST_DICTIONARY_BYTES), true);
  header.setBigUint64(PROPERTIES_BYTES, BigInt(unpackedBytes), true);
  alone.set(packed, ALONE_HEADER_BYTES);
  const unpacked = decompressed(alone);
  // Its last match may lead over the end.
  if (unpacked.length < unpackedBytes) throw new ArchiveError('damaged');
  return unpacked.subarray(0, unpackedBytes);
}

function decompressed(alone: Uint8Array): Uint8Array {
  try {
    return decompress(alone);
  } catch {
    throw new ArchiveError('damaged');
  }
}

/** CRC-32 of ISO 3309, as an unsigned number. */
export function crc32(bytes: Uint8Array): number {
  let sum = 0xffff_ffff;
  for (const byte of bytes) sum = CRC32_TABLE[(sum ^ byte) & 0xff] ^ (sum >>> 8);
  return (sum ^ 0xffff_ffff) >>> 0;
}
