/** vfsops of EFS: mount, vget, statvfs. */

import { damaged } from '../../rump/errno.ts';
import type { FsDevice, FsDriver, Mounted } from '../../rump/vfs/vnode.ts';
import {
  BB,
  DINODES_PER_BB,
  NAME_MAX,
  parseSuperBlock,
  ROOT_INODE,
  readSuperBlock,
  SUPERBLOCK_BYTES,
  type SuperBlock,
} from './format.ts';
import { type Inode, readInode } from './inode.ts';
import { efsVnops } from './vnops.ts';

export const driver: FsDriver<Inode> = {
  name: 'efs',
  options: {},
  mount({ device }): Mounted<Inode> {
    const { superBlock, notices } = findSuperBlock(device);
    const root = readInode(device, superBlock, ROOT_INODE);
    const inodes = superBlock.cylinderGroups * superBlock.inodeBlocksPerGroup * DINODES_PER_BB;
    return {
      info: {
        fs: 'efs',
        title: 'EFS',
        label: superBlock.name || null,
        uuid: null,
        state: { dirty: superBlock.dirty, errors: false, notices },
        nameEncoding: 'bytes',
        facts: {
          Layout: superBlock.grown ? 'IRIX 3.3 and newer' : 'before IRIX 3.3',
          'Volume pack': superBlock.pack || '-',
          'Cylinder groups': superBlock.cylinderGroups,
          Inodes: inodes,
        },
      },
      device,
      vfsops: {
        root: () => root,
        vget: (number) => readInode(device, superBlock, number),
        statvfs: () => ({
          blockSize: BB,
          totalBytes: superBlock.sizeBlocks * BB,
          freeBytes: Math.min(superBlock.freeBlocks, superBlock.sizeBlocks) * BB,
          files: inodes,
          freeFiles: Math.min(superBlock.freeInodes, inodes),
          nameMax: NAME_MAX,
        }),
      },
      vnops: efsVnops(device, superBlock),
    };
  },
};

/** The super block, or its copy in the last block, which IRIX keeps there. */
function findSuperBlock(device: FsDevice): { superBlock: SuperBlock; notices: string[] } {
  const notices: string[] = [];
  let superBlock: SuperBlock | null = null;
  let failure: unknown = null;
  try {
    superBlock = readSuperBlock(device);
  } catch (error) {
    failure = error;
  }
  if (superBlock === null && device.sizeBytes >= 4 * BB) {
    const copyOffset = Math.floor(device.sizeBytes / BB) * BB - BB;
    superBlock = parseSuperBlock(device.bread(copyOffset, SUPERBLOCK_BYTES), copyOffset);
    if (superBlock !== null) notices.push('The super block is damaged; its copy at the end of the medium was used.');
  }
  if (superBlock === null) throw failure ?? damaged('there is no EFS super block', { byteOffset: BB });
  if (superBlock.dirty) notices.push('The file system was not cleanly unmounted; IRIX would check it first.');
  const missing = superBlock.sizeBlocks * BB - device.sizeBytes;
  if (missing > 0) notices.push(`The medium ends ${missing} bytes before the file system does.`);
  return { superBlock, notices };
}
