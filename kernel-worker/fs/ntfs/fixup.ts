/** The update sequence array: how NTFS finds torn writes in FILE records and INDX blocks (Linux-NTFS documentation, "Fixup"). */

import { damaged } from '../../rump/errno.ts';
import { asciiAt, hasText, u16le } from '../../rump/vfs/bytes.ts';

/** The last two bytes of each 512 bytes hold the sequence number, whatever the sector size of the medium. */
const STRIDE = 512;

/**
 * The record `raw`, whose first four bytes must be `magic`, with the replaced bytes put back: a copy, or `raw` itself where the `usedBytes` that the caller
 * will look at end before the first of them (most FILE records do, and copying them took a fifth of a walk). `byteOffset`: where it stands on the device.
 * EUCLEAN: wrong magic, or a torn write.
 */
export function withFixups(raw: Uint8Array, magic: string, byteOffset: number, usedBytes = raw.length): Uint8Array {
  if (!hasText(raw, 0, magic)) {
    throw damaged(`this is no ${magic} record`, { byteOffset, expected: magic, found: asciiAt(raw, 0, 4) });
  }
  const arrayAt = u16le(raw, 4);
  const count = u16le(raw, 6);
  const strides = raw.length / STRIDE;
  if (count !== strides + 1) {
    throw damaged(`the ${magic} record has a wrong number of fix-ups`, {
      byteOffset,
      expected: strides + 1,
      found: count,
    });
  }
  if ((arrayAt & 1) !== 0 || arrayAt + 2 * count > STRIDE - 2) {
    throw damaged(`the fix-ups of the ${magic} record are misplaced`, { byteOffset, found: arrayAt });
  }
  const bytes = usedBytes <= STRIDE - 2 ? raw : raw.slice();
  const low = raw[arrayAt];
  const high = raw[arrayAt + 1];
  for (let i = 1; i < count; i++) {
    const at = i * STRIDE - 2;
    if (raw[at] !== low || raw[at + 1] !== high) {
      throw damaged(`the ${magic} record was written only in part`, {
        byteOffset: byteOffset + at,
        expected: u16le(raw, arrayAt),
        found: u16le(raw, at),
      });
    }
    if (bytes === raw) continue;
    bytes[at] = raw[arrayAt + 2 * i];
    bytes[at + 1] = raw[arrayAt + 2 * i + 1];
  }
  return bytes;
}
