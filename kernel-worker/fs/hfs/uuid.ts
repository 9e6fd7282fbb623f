/** The UUID of an HFS or HFS Plus volume, as Mac OS X and blkid make it from the volume's 8 byte identifier (a version 3 UUID, RFC 9562 5.3). */

import { md5 } from '../../rump/lib/md5.ts';
import { uuidText } from '../../rump/vfs/bytes.ts';

/** The name space under which Apple makes these: b3e20f39-f292-11d6-97a4-00306543ecac. */
const NAME_SPACE = [0xb3, 0xe2, 0x0f, 0x39, 0xf2, 0x92, 0x11, 0xd6, 0x97, 0xa4, 0x00, 0x30, 0x65, 0x43, 0xec, 0xac];

/** null: the identifier was never set. */
export function volumeUuid(identifier: Uint8Array): string | null {
  if (identifier.every((byte) => byte === 0)) return null;
  const uuid = md5(Uint8Array.of(...NAME_SPACE, ...identifier));
  uuid[6] = 0x30 | (uuid[6] & 0x0f);
  uuid[8] = 0x80 | (uuid[8] & 0x3f);
  return uuidText(uuid);
}
