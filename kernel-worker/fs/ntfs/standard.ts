/** $STANDARD_INFORMATION of a file: times and attribute word. */

import { damaged } from '../../rump/errno.ts';
import {
  parseStandardInformation,
  STANDARD_INFORMATION,
  STANDARD_INFORMATION_BYTES,
  type StandardInformation,
} from './format.ts';
import { findAttribute, type Inode, load } from './inode.ts';
import type { Volume } from './volume.ts';

/** null for a file without (only extension records and some of the file system's own have none). EUCLEAN. */
export function standardInformation(volume: Volume, inode: Inode): StandardInformation | null {
  const loaded = load(volume, inode);
  if (loaded.standard === undefined) loaded.standard = readStandardInformation(volume, inode);
  return loaded.standard;
}

function readStandardInformation(volume: Volume, inode: Inode): StandardInformation | null {
  const attribute = findAttribute(volume, inode, STANDARD_INFORMATION);
  if (attribute === null) return null;
  if (!attribute.isResident || attribute.dataSize < STANDARD_INFORMATION_BYTES) {
    throw damaged('the standard information of a file is too short', { byteOffset: attribute.byteOffset });
  }
  return parseStandardInformation(attribute.bytes, attribute.dataAt);
}
