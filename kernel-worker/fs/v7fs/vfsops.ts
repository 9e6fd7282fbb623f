/** vfsops of v7fs and s5fs: mount, vget, statvfs. */

import { damaged } from '../../rump/errno.ts';
import type { FsDriver, Mounted } from '../../rump/vfs/vnode.ts';
import { type Inode, ROOT_INODE, readInode, readSuperBlock, SUPERBLOCK_OFFSET, type SuperBlock } from './format.ts';
import { NAME_BYTES, v7fsVnops } from './vnops.ts';

export function titleOf(superBlock: SuperBlock): string {
  return superBlock.variant === 'v7' ? '7th edition Unix' : 'System V s5fs';
}

export const driver: FsDriver<Inode> = {
  name: 'v7fs',
  options: {},
  mount({ device }): Mounted<Inode> {
    const superBlock = readSuperBlock(device);
    if (superBlock === null) {
      throw damaged('there is no plausible super block of a 7th edition or System V file system', {
        byteOffset: SUPERBLOCK_OFFSET,
      });
    }
    const root = readInode(device, superBlock, ROOT_INODE);
    const notices: string[] = [];
    if (superBlock.clean === false) notices.push('The file system was not cleanly unmounted.');
    const missing = superBlock.sizeBlocks * superBlock.blockSize - device.sizeBytes;
    if (missing > 0) notices.push(`The medium ends ${missing} bytes before the file system does.`);
    return {
      info: {
        fs: 'v7fs',
        title: titleOf(superBlock),
        label: superBlock.label || null,
        uuid: null,
        state: { dirty: superBlock.clean === false, errors: false, notices },
        nameEncoding: 'bytes',
        facts: {
          Variant: superBlock.variant,
          'Byte order': superBlock.order.name,
          'Block size': superBlock.blockSize,
          Inodes: superBlock.inodeCount,
        },
      },
      device,
      vfsops: {
        root: () => root,
        vget: (number) => readInode(device, superBlock, number),
        statvfs: () => ({
          blockSize: superBlock.blockSize,
          totalBytes: superBlock.sizeBlocks * superBlock.blockSize,
          freeBytes: Math.min(superBlock.freeBlocks, superBlock.sizeBlocks) * superBlock.blockSize,
          files: superBlock.inodeCount,
          freeFiles: Math.min(superBlock.freeInodes, superBlock.inodeCount),
          nameMax: NAME_BYTES,
        }),
      },
      vnops: v7fsVnops(device, superBlock),
    };
  },
};
