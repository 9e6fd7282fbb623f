/** vfsops(9) of ext2fs: ext2, ext3 and ext4, read-only, with the journal replayed in memory. */

import { KernelError } from '../../rump/errno.ts';
import { displayName } from '../../rump/vfs/names.ts';
import type { FsDriver, MountArgs, Mounted, Statvfs } from '../../rump/vfs/vnode.ts';
import { type Ext2Mount, namedInode } from './ext2mount.ts';
import { refuseUnsupported, titleOf } from './features.ts';
import { STATE, SUPERBLOCK_OFFSET, type Superblock } from './format.ts';
import { type Inode, ROOT_INODE } from './inode.ts';
import { isDirty, uuidOf } from './probe.ts';
import { plainMount, type RecoveryOptions, recover } from './recovery.ts';
import { factsOf, stateNotices } from './state.ts';
import { findSuperblock } from './superblock.ts';
import { vnopsOf } from './vnops.ts';

/** The longest name in bytes (EXT2_NAME_LEN). */
const NAME_MAX = 255;

export const driver: FsDriver<Inode> = {
  name: 'ext2fs',
  options: {
    noload: { about: 'do not replay the journal: show the state before the changes that it holds', values: [''] },
    noreplay: { about: 'the same as noload', values: [''] },
    nochecksum: {
      about: 'do not verify checksums of metadata: for what is left of a damaged file system',
      values: [''],
    },
  },
  mount,
};

function mount(args: MountArgs): Mounted<Inode> {
  const found = findSuperblock(args.device);
  refuseUnsupported(found.superblock);
  const notices = [...found.notices];
  let isMounted = false;
  const options: RecoveryOptions = {
    isBackup: found.superblock.byteOffset !== SUPERBLOCK_OFFSET,
    noload: args.options.noload !== undefined || args.options.noreplay !== undefined,
    verify: args.options.nochecksum === undefined,
    notice: (text) => {
      notices.push(text);
      // The kernel logs the notices of the mount itself; later ones come from reads.
      if (isMounted) args.log(text);
    },
    log: args.log,
  };
  const plain = plainMount(args.device, found.superblock, options);
  const fs = recover(plain, options);
  const { sb } = fs;
  notices.push(...stateNotices(fs));
  const root = rootInode(fs, options.notice);
  isMounted = true;
  return {
    info: {
      fs: 'ext2fs',
      title: titleOf(sb),
      label: sb.label === '' ? null : displayName(sb.label),
      uuid: uuidOf(sb),
      // A copy does not tell the state: then only a journal that had to be replayed does.
      state: {
        dirty: options.isBackup ? fs !== plain : isDirty(found.superblock),
        errors: (sb.state & STATE.errors) !== 0,
        notices,
      },
      nameEncoding: 'bytes',
      facts: factsOf(sb),
    },
    device: fs.device,
    vfsops: { root: () => root, vget: (fileid) => namedInode(fs, fileid), statvfs: () => statvfs(sb) },
    vnops: vnopsOf(fs),
  };
}

/** Without the root there is nothing: where only its checksum is wrong it is used as it is. */
function rootInode(fs: Ext2Mount, notice: (text: string) => void): Inode {
  try {
    return namedInode(fs, ROOT_INODE);
  } catch (error) {
    if (!(error instanceof KernelError) || error.kind !== 'damage' || !fs.verify) throw error;
    const root = namedInode({ ...fs, verify: false }, ROOT_INODE);
    notice('The checksum of the root directory is wrong; it was used as it is.');
    return root;
  }
}

function statvfs(sb: Superblock): Statvfs {
  return {
    blockSize: sb.blockSize,
    totalBytes: sb.blocksCount * sb.blockSize,
    freeBytes: Math.min(sb.freeBlocks, sb.blocksCount) * sb.blockSize,
    files: sb.inodesCount,
    freeFiles: Math.min(sb.freeInodes, sb.inodesCount),
    nameMax: NAME_MAX,
  };
}
