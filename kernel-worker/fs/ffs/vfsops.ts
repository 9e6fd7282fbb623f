/** vfsops(9) of ffs: UFS1 and UFS2 of the BSDs and of Solaris, read-only, with NetBSD's journal replayed in memory. */

import { damaged, KernelError, unsupported } from '../../rump/errno.ts';
import { displayName } from '../../rump/vfs/names.ts';
import type { FsDevice, FsDriver, MountArgs, Mounted, Statvfs } from '../../rump/vfs/vnode.ts';
import { type FfsMount, ffsMount, loadInode } from './ffsmount.ts';
import { FS_FLAG, NAME_MAX, ROOT_INODE, recognize, SUPERBLOCK_BYTES, type Superblock } from './format.ts';
import type { Inode } from './inode.ts';
import { isDirty, titleOf } from './probe.ts';
import { factsOf, stateNotices } from './state.ts';
import { findSuperblock } from './superblock.ts';
import { ffsVnops } from './vnops.ts';
import { replayFailure, replayWapbl } from './wapbl.ts';

export const driver: FsDriver<Inode> = {
  name: 'ffs',
  options: {
    noreplay: { about: 'do not replay the journal: show the state before the changes that it holds', values: [''] },
    nochecksum: { about: 'do not verify check hashes: for what is left of a damaged file system', values: [''] },
  },
  mount,
};

function mount({ device, options, log }: MountArgs): Mounted<Inode> {
  const found = findSuperblock(device, true);
  if (found === null) throw damaged('there is no super block of a fast file system', { byteOffset: 8192 });
  const notices = [...found.notices];
  const noreplay = options.noreplay !== undefined;
  const replayed = recover(device, found.superblock, noreplay, notices);
  const { sb } = replayed;
  let isMounted = false;
  const fs = ffsMount(replayed.device, sb, options.nochecksum === undefined, (text) => {
    notices.push(text);
    // The kernel logs the notices of the mount itself; later ones come from reads.
    if (isMounted) log(text);
  });
  notices.push(...stateNotices(sb, device.sizeBytes, replayed.isReplayed));
  const root = rootInode(fs);
  isMounted = true;
  return {
    info: {
      fs: 'ffs',
      title: titleOf(sb),
      label: sb.label === '' ? null : displayName(sb.label),
      uuid: sb.uuid,
      state: {
        dirty: isDirty(found.superblock) || replayed.isReplayed,
        errors: (sb.flags & FS_FLAG.needsFsck) !== 0,
        notices,
      },
      nameEncoding: 'bytes',
      facts: factsOf(sb),
    },
    device: fs.device,
    vfsops: { root: () => root, vget: (fileid) => loadInode(fs, fileid), statvfs: () => statvfs(sb) },
    vnops: ffsVnops(fs),
  };
}

interface Recovered {
  device: FsDevice;
  sb: Superblock;
  isReplayed: boolean;
}

/** Replays NetBSD's journal. EOPNOTSUPP where Solaris' log would have to be. */
function recover(device: FsDevice, sb: Superblock, noreplay: boolean, notices: string[]): Recovered {
  const plain = { device, sb, isReplayed: false };
  if (sb.solarisLog?.needsRoll) {
    if (!noreplay)
      throw unsupported(
        "Solaris' UFS log holds changes, and is not replayed (mount with -o noreplay to read the state before them)",
      );
    notices.push("Solaris' UFS log was not replayed.");
    return plain;
  }
  if (sb.journal === null || (sb.flags & FS_FLAG.wapbl) === 0) return plain;
  if (noreplay) {
    notices.push('The journal was not replayed.');
    return plain;
  }
  try {
    const replayed = replayWapbl(device, sb.journal);
    if (replayed.blocks === 0) return plain;
    notices.push('The journal was replayed in memory.');
    return { device: replayed.device, sb: replayedSuperblock(replayed.device, sb), isReplayed: true };
  } catch (error) {
    notices.push(replayFailure(error));
    return plain;
  }
}

/** The journal may hold the super block too. */
function replayedSuperblock(device: FsDevice, before: Superblock): Superblock {
  const after = recognize(device.bread(before.byteOffset, SUPERBLOCK_BYTES), before.byteOffset);
  return after?.kind === 'ffs' && after.superblock.contradictions.length === 0 ? after.superblock : before;
}

/** Without the root there is nothing: where only its check hash is wrong it is used as it is. */
function rootInode(fs: FfsMount): Inode {
  try {
    return loadInode(fs, ROOT_INODE);
  } catch (error) {
    if (!(error instanceof KernelError) || error.kind !== 'damage' || !fs.verify) throw error;
    const root = loadInode({ ...fs, verify: false }, ROOT_INODE);
    fs.notice('The check hash of the root directory is wrong; it was used as it is.');
    return root;
  }
}

function statvfs(sb: Superblock): Statvfs {
  const files = sb.groups * sb.inodesPerGroup;
  const plausible = (value: number, limit: number) => (value <= limit ? value : null);
  const free = plausible(sb.freeFragments, sb.sizeFragments);
  return {
    blockSize: sb.fragmentBytes,
    totalBytes: Math.min(sb.dataFragments, sb.sizeFragments) * sb.fragmentBytes,
    freeBytes: free === null ? null : free * sb.fragmentBytes,
    files,
    freeFiles: plausible(sb.freeInodes, files),
    nameMax: NAME_MAX,
  };
}
