/** vfsops of sysvbfs: mount and statvfs. */

import { damaged } from '../../rump/errno.ts';
import type { FsDriver, Mounted, Statvfs } from '../../rump/vfs/vnode.ts';
import {
  BLOCK,
  INODE_BYTES,
  INODES_OFFSET,
  type Inode,
  NAME_BYTES,
  ROOT_INODE,
  readInode,
  readSuperBlock,
  type SuperBlock,
} from './format.ts';
import { sysvbfsVnops } from './vnops.ts';

export const driver: FsDriver<Inode> = {
  name: 'sysvbfs',
  options: {},
  mount({ device }): Mounted<Inode> {
    const superBlock = readSuperBlock(device);
    if (superBlock === null) throw damaged('there is no super block of a System V boot file system', { byteOffset: 0 });
    const root = readInode(device, superBlock, ROOT_INODE);
    const notices =
      superBlock.endOffset > device.sizeBytes
        ? [`The medium ends ${superBlock.endOffset - device.sizeBytes} bytes before the file system does.`]
        : [];
    return {
      info: {
        fs: 'sysvbfs',
        title: 'SysVBFS',
        label: superBlock.fsName || null,
        uuid: null,
        state: { dirty: false, errors: false, notices },
        nameEncoding: 'bytes',
        facts: {
          'Volume name': superBlock.volumeName || '-',
          Inodes: superBlock.inodeCount,
          'Data start': superBlock.dataStart,
        },
      },
      device,
      vfsops: {
        root: () => root,
        vget: (number) => readInode(device, superBlock, number),
        statvfs: () => usage(superBlock),
      },
      vnops: sysvbfsVnops(device, superBlock),
    };

    /** Files lie one behind the other, so the last byte in use says what is free. */
    function usage({ dataStart, endOffset, inodeCount, order }: SuperBlock): Statvfs {
      let used = dataStart;
      let freeFiles = 0;
      for (let index = 0; index < inodeCount; index++) {
        const record = device.bread(INODES_OFFSET + index * INODE_BYTES, INODE_BYTES);
        if (order.u16(record, 0) === 0) freeFiles += 1;
        else if (order.u32(record, 4) !== 0)
          used = Math.max(used, Math.min(endOffset, (order.u32(record, 8) + 1) * BLOCK));
      }
      return {
        blockSize: BLOCK,
        totalBytes: endOffset,
        freeBytes: endOffset - used,
        files: inodeCount,
        freeFiles,
        nameMax: NAME_BYTES,
      };
    }
  },
};
