/** The update sequence array: how NTFS finds torn writes in FILE records and INDX blocks (Linux-NTFS documentation, "Fixup"). */

import { damaged } from '../../rump/errno.ts';
import { asciiAt, hasText, u16le } from '../../rump/vfs/bytes.ts';

/** The last two bytes of each 512 bytes hold the sequence number, whatever the sector size of the medium. */
const STRIDE = 512;

/** A copy of the record `raw`, whose first four bytes must be `magic`, with the replaced bytes put back. EUCLEAN: wrong magic, or a torn write. `byteOffset`: where it stands. */
export function withFixups(raw: Uint8Array, magic: string, byteOffset: number): Uint8Array {
  if (!hasText(raw, 0, magic)) {
    const found = asciiAt(raw, 0, 4);
    throw damaged(`not a ${magic} record`, { byteOffset, expected: magic, found });
  }
  const arrayAt = u16le(raw, 4);
  const count = u16le(raw, 6);
  const strides = raw.length / STRIDE;
  if (count !== strides + 1) {
    throw damaged(`a ${magic} record has a wrong number of fix-ups`, {
      byteOffset,
      expected: strides + 1,
      found: count,
    });
  }
  if ((arrayAt & 1) !== 0 || arrayAt + 2 * count > STRIDE - 2) {
    throw damaged(`the fix-ups of a ${magic} record are misplaced`, { byteOffset, found: arrayAt });
  }
  const bytes = raw.slice();
  const low = raw[arrayAt];
  const high = raw[arrayAt + 1];
  for (let i = 1; i < count; i++) {
    const at = i * STRIDE - 2;
    if (raw[at] !== low || raw[at + 1] !== high) {
      throw damaged(`a ${magic} record was written only in part`, {
        byteOffset: byteOffset + at,
        expected: u16le(raw, arrayAt),
        found: u16le(raw, at),
      });
    }
    bytes[at] = raw[arrayAt + 2 * i];
    bytes[at + 1] = raw[arrayAt + 2 * i + 1];
  }
  return bytes;
}
