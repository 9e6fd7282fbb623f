/** CRC-32 of IEEE 802.3 (polynomial 0xedb88320, reflected), as GPT, gzip and others use it: zlib's own. */

import { crc32 as zlibCrc32 } from 'node:zlib';

export function crc32(bytes: Uint8Array): number {
  return zlibCrc32(bytes);
}
