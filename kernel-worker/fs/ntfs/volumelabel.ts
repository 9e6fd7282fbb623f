/** Label, version and dirty flag, from the record of $Volume (Linux-NTFS documentation, "$VOLUME_NAME", "$VOLUME_INFORMATION"). */

import { u16le } from '../../rump/vfs/bytes.ts';
import { nameFromUtf16le } from '../../rump/vfs/names.ts';
import { VOLUME_INFORMATION, VOLUME_NAME } from './format.ts';
import { attributeOf, type FileRecord } from './record.ts';

export interface VolumeLabel {
  label: string | null;
  /** '3.1'; null if it is not recorded. */
  version: string | null;
  isDirty: boolean;
}

const IS_DIRTY = 0x0001;

/** From the record of $Volume. */
export function volumeLabel(record: FileRecord): VolumeLabel {
  const name = attributeOf(record, VOLUME_NAME, '');
  const information = attributeOf(record, VOLUME_INFORMATION, '');
  const label =
    name === null || !name.isResident ? '' : nameFromUtf16le(name.bytes, name.dataAt, Math.floor(name.dataSize / 2));
  if (information === null || !information.isResident || information.dataSize < 12)
    return { label: label || null, version: null, isDirty: false };
  const { bytes, dataAt } = information;
  return {
    label: label || null,
    version: `${bytes[dataAt + 8]}.${bytes[dataAt + 9]}`,
    isDirty: (u16le(bytes, dataAt + 10) & IS_DIRTY) !== 0,
  };
}
