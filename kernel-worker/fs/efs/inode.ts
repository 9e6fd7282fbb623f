/** EFS inodes and the extents of their content: direct ones in the inode, or lists in blocks that the inode's extents describe. */

import { damaged } from '../../rump/errno.ts';
import { u16be, u32be } from '../../rump/vfs/bytes.ts';
import type { FsDevice, VnodeType } from '../../rump/vfs/vnode.ts';
import {
  BB,
  DINODE_BYTES,
  DINODES_PER_BB,
  DIRECT_EXTENTS,
  EXTENT_BYTES,
  EXTENTS_AT,
  EXTENTS_PER_BB,
  type Extent,
  parseExtent,
  type SuperBlock,
} from './format.ts';

export interface Inode {
  number: number;
  type: VnodeType;
  mode: number;
  nlink: number;
  uid: number;
  gid: number;
  sizeBytes: number;
  atime: number;
  mtime: number;
  ctime: number;
  extentCount: number;
  /** The 96 bytes that hold extents, a short link's target or a device number. */
  area: Uint8Array;
  areaOffset: number;
  /** Read on first use. */
  extents: Extent[] | null;
}

/** The type bits of a mode, as <sys/stat.h> has had them since the 7th edition. */
const TYPES = new Map<number, VnodeType>([
  [0o010000, 'fifo'],
  [0o020000, 'chr'],
  [0o040000, 'dir'],
  [0o060000, 'blk'],
  [0o100000, 'file'],
  [0o120000, 'symlink'],
  [0o140000, 'sock'],
]);

/** EUCLEAN if there is no such inode, or it is not in use. */
export function readInode(device: FsDevice, superBlock: SuperBlock, number: number): Inode {
  const perGroup = superBlock.inodeBlocksPerGroup * DINODES_PER_BB;
  const group = Math.floor(number / perGroup);
  if (number < 1 || group >= superBlock.cylinderGroups) {
    throw damaged(`there is no inode ${number}`, {
      expected: `below ${superBlock.cylinderGroups * perGroup}`,
      found: number,
    });
  }
  const groupOffset = (superBlock.firstCylinderGroup + group * superBlock.cylinderGroupBlocks) * BB;
  const byteOffset = groupOffset + (number % perGroup) * DINODE_BYTES;
  const record = device.bread(byteOffset, DINODE_BYTES);
  const mode = u16be(record, 0);
  const type = TYPES.get(mode & 0o170000);
  if (type === undefined) {
    throw damaged(`inode ${number} is not in use, or of no known type`, {
      byteOffset,
      found: `mode 0${mode.toString(8)}`,
    });
  }
  const sizeBytes = u32be(record, 8);
  // Offsets count blocks in 24 bits, so no file can be longer than that.
  if (sizeBytes > 0xffffff * BB || sizeBytes > 0x7fffffff) {
    throw damaged(`inode ${number} has an impossible size`, { byteOffset: byteOffset + 8, found: sizeBytes });
  }
  return {
    number,
    type,
    mode: mode & 0o7777,
    nlink: u16be(record, 2),
    uid: u16be(record, 4),
    gid: u16be(record, 6),
    sizeBytes,
    atime: u32be(record, 12),
    mtime: u32be(record, 16),
    ctime: u32be(record, 20),
    extentCount: u16be(record, 28),
    area: record.slice(EXTENTS_AT),
    areaOffset: byteOffset + EXTENTS_AT,
    extents: null,
  };
}

/** All extents of a file, in the order of its content. EUCLEAN where they are not. */
export function extentsOf(device: FsDevice, superBlock: SuperBlock, inode: Inode): Extent[] {
  if (inode.extents === null) {
    const extents =
      inode.extentCount <= DIRECT_EXTENTS ? direct(superBlock, inode) : indirect(device, superBlock, inode);
    checkOrder(inode, extents);
    inode.extents = extents;
  }
  return inode.extents;
}

function direct(superBlock: SuperBlock, inode: Inode): Extent[] {
  return Array.from({ length: inode.extentCount }, (_, index) =>
    parseExtent(inode.area, index * EXTENT_BYTES, superBlock, inode.areaOffset),
  );
}

/** The first extent's offset says how many of the inode's extents describe blocks full of extents. */
function indirect(device: FsDevice, superBlock: SuperBlock, inode: Inode): Extent[] {
  const lists = parseExtent(inode.area, 0, superBlock, inode.areaOffset).offset;
  if (lists < 1 || lists > DIRECT_EXTENTS) {
    throw damaged(`inode ${inode.number} has an impossible number of indirect extents`, {
      byteOffset: inode.areaOffset,
      expected: `1 to ${DIRECT_EXTENTS}`,
      found: lists,
    });
  }
  const extents: Extent[] = [];
  for (let list = 0; list < lists; list++) {
    const { block, length } = parseExtent(inode.area, list * EXTENT_BYTES, superBlock, inode.areaOffset);
    for (let at = block; at < block + length; at++) {
      const bytes = device.bread(at * BB, BB);
      for (let index = 0; index < EXTENTS_PER_BB && extents.length < inode.extentCount; index++) {
        extents.push(parseExtent(bytes, index * EXTENT_BYTES, superBlock, at * BB));
      }
    }
  }
  if (extents.length < inode.extentCount) {
    throw damaged(`inode ${inode.number} names more extents than its lists hold`, {
      byteOffset: inode.areaOffset,
      expected: inode.extentCount,
      found: extents.length,
    });
  }
  return extents;
}

function checkOrder(inode: Inode, extents: Extent[]): void {
  let next = 0;
  for (const extent of extents) {
    if (extent.offset < next) {
      throw damaged(`the extents of inode ${inode.number} overlap`, {
        byteOffset: inode.areaOffset,
        expected: `${next} or more`,
        found: extent.offset,
      });
    }
    next = extent.offset + extent.length;
  }
}

/** The run that holds `fileOffset`; what no extent holds is a hole. */
export function runAt(
  extents: readonly Extent[],
  fileOffset: number,
): { deviceOffset: number | null; lengthBytes: number } {
  const block = Math.floor(fileOffset / BB);
  let low = 0;
  let high = extents.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (extents[middle].offset + extents[middle].length <= block) low = middle + 1;
    else high = middle;
  }
  const extent = extents[low];
  if (extent === undefined) return { deviceOffset: null, lengthBytes: Number.MAX_SAFE_INTEGER };
  if (extent.offset > block) return { deviceOffset: null, lengthBytes: extent.offset * BB - fileOffset };
  const within = fileOffset - extent.offset * BB;
  return { deviceOffset: extent.block * BB + within, lengthBytes: extent.length * BB - within };
}

/** dev_t of a device node: 16 bits wide before IRIX 5, else 0xffff there and 32 bits behind it. */
export function deviceNumber(inode: Inode): { major: number; minor: number } {
  const old = u16be(inode.area, 0);
  if (old !== 0xffff) return { major: (old >> 8) & 0x7f, minor: old & 0xff };
  const wide = u32be(inode.area, 2);
  return { major: (wide >>> 18) & 0x1ff, minor: wide & 0x3ffff };
}
