/** From a block of a file to a block of the medium: ten direct addresses, then one, two and three levels of indirect blocks. */

import { damaged } from '../../rump/errno.ts';
import type { FsDevice, Run } from '../../rump/vfs/vnode.ts';
import type { Inode, SuperBlock } from './format.ts';

const DIRECT = 10;
const ADDRESS_BYTES = 4;

/** The run that holds `fileOffset`; blocks that lie one behind the other are told as one run as far as one table shows them. */
export function runAt(device: FsDevice, superBlock: SuperBlock, inode: Inode, fileOffset: number): Run {
  const { blockSize } = superBlock;
  const fileBlock = Math.floor(fileOffset / blockSize);
  const { read, index, count } = tableOf(device, superBlock, inode, fileBlock);
  const first = checked(superBlock, inode, read(index));
  let length = 1;
  while (index + length < count && follows(first, read(index + length), length)) length += 1;
  const within = fileOffset - fileBlock * blockSize;
  return {
    deviceOffset: first === 0 ? null : first * blockSize + within,
    lengthBytes: length * blockSize - within,
  };
}

/** Holes follow holes, and a block the one before it. */
function follows(first: number, next: number, distance: number): boolean {
  return first === 0 ? next === 0 : next === first + distance;
}

interface Table {
  read(index: number): number;
  index: number;
  count: number;
}

/** The table of addresses (the inode or an indirect block) that names `fileBlock`, and at which index. */
function tableOf(device: FsDevice, superBlock: SuperBlock, inode: Inode, fileBlock: number): Table {
  if (fileBlock < DIRECT) return { read: (index) => inode.addresses[index], index: fileBlock, count: DIRECT };
  const perBlock = superBlock.blockSize / ADDRESS_BYTES;
  let rest = fileBlock - DIRECT;
  let reach = perBlock;
  let level = 1;
  while (rest >= reach) {
    rest -= reach;
    reach *= perBlock;
    level += 1;
    if (level > 3) {
      throw damaged(`inode ${inode.number} is larger than its addresses reach`, {
        byteOffset: inode.byteOffset,
        found: inode.sizeBytes,
      });
    }
  }
  let block = checked(superBlock, inode, inode.addresses[DIRECT + level - 1]);
  for (let below = level; below > 1 && block !== 0; below--) {
    reach /= perBlock;
    block = checked(superBlock, inode, addressIn(device, superBlock, block, Math.floor(rest / reach)));
    rest %= reach;
  }
  // A hole in place of a table is a table of holes; what is left of it begins at this block.
  if (block === 0) return { read: () => 0, index: 0, count: reach - (rest % reach) };
  const table = block;
  return { read: (index) => addressIn(device, superBlock, table, index), index: rest, count: perBlock };
}

function addressIn(device: FsDevice, { order, blockSize }: SuperBlock, block: number, index: number): number {
  return order.u32(device.bread(block * blockSize + index * ADDRESS_BYTES, ADDRESS_BYTES), 0);
}

function checked({ firstDataBlock, sizeBlocks }: SuperBlock, inode: Inode, block: number): number {
  if (block !== 0 && (block < firstDataBlock || block >= sizeBlocks)) {
    throw damaged(`inode ${inode.number} names a block outside of the data area`, {
      byteOffset: inode.byteOffset,
      expected: `${firstDataBlock} to ${sizeBlocks - 1}`,
      found: block,
    });
  }
  return block;
}
