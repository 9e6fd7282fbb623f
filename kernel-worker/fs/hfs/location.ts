/** Which of the two formats a device holds, and where: the first header or its alternate, inside of a wrapper or bare. */

import { asKernelError, damaged } from '../../rump/errno.ts';
import { u16be } from '../../rump/vfs/bytes.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';
import {
  ALTERNATE_FROM_END,
  HEADER_BYTES,
  HEADER_OFFSET,
  parseVolumeHeader,
  SIGNATURE,
  type VolumeHeader,
} from './format.ts';
import { type MasterDirectoryBlock, parseMdb } from './mdb.ts';

export interface PlusLocation {
  kind: 'plus';
  header: VolumeHeader;
  /** Where the volume starts on the device: inside of a wrapper, not 0. */
  base: number;
  isAlternate: boolean;
}

export interface ClassicLocation {
  kind: 'classic';
  mdb: MasterDirectoryBlock;
  isAlternate: boolean;
}

export type Location = PlusLocation | ClassicLocation;

/** The volume on a device. EUCLEAN if there is none, EIO if it cannot be read. */
export function locate(device: FsDevice): Location {
  const alternate = Math.floor(device.sizeBytes / 512) * 512 - ALTERNATE_FROM_END;
  return firstThatWorks(HEADER_OFFSET, alternate, (offset) => locationAt(device, offset));
}

/** What `parse` makes of the first place, or of the alternate one where that fails; then the first one's failure counts. */
function firstThatWorks<T extends { isAlternate: boolean }>(
  first: number,
  alternate: number,
  parse: (offset: number) => T,
): T {
  try {
    return parse(first);
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind === 'removed' || alternate <= first) throw failure;
    try {
      return { ...parse(alternate), isAlternate: true };
    } catch (second) {
      throw asKernelError(second).kind === 'removed' ? second : failure;
    }
  }
}

function locationAt(device: FsDevice, offset: number): Location {
  const bytes = device.bread(offset, HEADER_BYTES);
  if (u16be(bytes, 0) !== SIGNATURE.hfs)
    return { kind: 'plus', header: parseVolumeHeader(bytes, offset), base: 0, isAlternate: false };
  const mdb = parseMdb(bytes, offset);
  if (mdb.embedded === null) return { kind: 'classic', mdb, isAlternate: false };
  const base = mdb.firstBlockOffset + mdb.embedded.start * mdb.blockSize;
  const length = Math.min(mdb.embedded.count * mdb.blockSize, device.sizeBytes - base);
  if (length < 2 * HEADER_OFFSET)
    throw damaged('the volume in the HFS wrapper lies outside of the medium', { found: base });
  return firstThatWorks(base + HEADER_OFFSET, base + length - ALTERNATE_FROM_END, (at) => ({
    kind: 'plus',
    header: parseVolumeHeader(device.bread(at, HEADER_BYTES), at),
    base,
    isAlternate: false,
  }));
}

export function titleOf(location: Location): string {
  if (location.kind === 'classic') return 'HFS';
  return location.header.isHfsx ? 'HFSX' : 'HFS+';
}
