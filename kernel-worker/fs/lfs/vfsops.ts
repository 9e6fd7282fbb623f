/** vfsops(9) of lfs: NetBSD's log-structured file system, read-only, rolled forward in memory. */

import { damaged, KernelError } from '../../rump/errno.ts';
import type { FsDriver, MountArgs, Mounted, Properties, Statvfs } from '../../rump/vfs/vnode.ts';
import { NAME_MAX, ROOT_INODE, type Superblock } from './format.ts';
import type { Inode } from './inode.ts';
import { type LfsMount, lfsMount, loadInode } from './lfsmount.ts';
import { titleOf } from './probe.ts';
import { type RolledForward, rollForward } from './rollforward.ts';
import { findSuperblocks } from './superblock.ts';
import { lfsVnops } from './vnops.ts';

export const driver: FsDriver<Inode> = {
  name: 'lfs',
  options: {
    norollforward: {
      about: 'show the newest checkpoint, without what was written into the log after it',
      values: [''],
    },
  },
  mount,
};

interface Opened {
  fs: LfsMount;
  root: Inode;
}

function mount({ device, options }: MountArgs): Mounted<Inode> {
  const found = findSuperblocks(device, true);
  if (found === null) throw damaged('there is no super block of a log-structured file system', { byteOffset: 8192 });
  const notices = [...found.notices];
  const open = (sb: Superblock): Opened => {
    const fs = lfsMount(device, sb, rolledForward(sb));
    return { fs, root: loadInode(fs, ROOT_INODE) };
  };
  const { fs, root } = openNewest(found.superblocks, open, notices);
  const { sb, rolled } = fs;
  notices.push(...stateNotices(sb, rolled, device.sizeBytes, options.norollforward !== undefined));
  return {
    info: {
      fs: 'lfs',
      title: titleOf(sb),
      label: null,
      uuid: null,
      state: { dirty: !sb.isClean, errors: false, notices },
      nameEncoding: 'bytes',
      facts: factsOf(sb),
    },
    device,
    vfsops: { root: () => root, vget: (fileid) => loadInode(fs, fileid), statvfs: () => statvfs(sb) },
    vnops: lfsVnops(fs),
  };

  /** A log that was closed ends with its checkpoint; what stands behind it is left of an earlier turn. */
  function rolledForward(sb: Superblock): RolledForward | null {
    if (sb.isClean || options.norollforward !== undefined) return null;
    const rolled = rollForward(device, sb);
    return rolled.partialSegments === 0 ? null : rolled;
  }
}

/** The newest checkpoint that has an ifile and a root. Throws what is wrong with the newest if there is none. */
function openNewest(superblocks: Superblock[], open: (sb: Superblock) => Opened, notices: string[]): Opened {
  let failure: unknown;
  for (const superblock of superblocks) {
    try {
      const opened = open(superblock);
      if (failure !== undefined) notices.push('The newest checkpoint is damaged; the one before it was used.');
      return opened;
    } catch (error) {
      if (!(error instanceof KernelError) || error.kind === 'removed') throw error;
      failure ??= error;
    }
  }
  throw failure;
}

function stateNotices(sb: Superblock, rolled: RolledForward | null, deviceBytes: number, asked: boolean): string[] {
  const notices: string[] = [];
  const missing = sb.sizeUnits * sb.unitBytes - deviceBytes;
  if (missing > 0) notices.push(`The medium ends ${missing} bytes before the file system does.`);
  if (sb.isClean) return notices;
  if (asked) notices.push('The file system was not cleanly unmounted; its newest checkpoint is shown.');
  else if (rolled === null)
    notices.push('The file system was not cleanly unmounted; nothing followed its newest checkpoint.');
  else {
    const by = sb.version === 1 ? ', told from older data by their times only' : '';
    notices.push(
      `The file system was not cleanly unmounted; what was written after its newest checkpoint (partial segments: ${rolled.partialSegments}) was taken into account in memory${by}.`,
    );
  }
  return notices;
}

function factsOf(sb: Superblock): Properties {
  const facts: Properties = {
    'Byte order': sb.order.name,
    'Block size': sb.blockBytes,
    'Fragment size': sb.fragmentBytes,
    Segments: sb.segments,
    'Segment size': sb.segmentUnits * sb.unitBytes,
    'Super block at': sb.byteOffset,
    'Checkpoint serial': sb.version === 1 ? '-' : sb.checkpoint.serial,
  };
  if (sb.lastMounted !== '') facts['Last mounted on'] = sb.lastMounted;
  return facts;
}

function statvfs(sb: Superblock): Statvfs {
  const freeUnits = sb.freeUnits >= 0 && sb.freeUnits <= sb.sizeUnits ? sb.freeUnits : null;
  return {
    blockSize: sb.fragmentBytes,
    totalBytes: sb.sizeUnits * sb.unitBytes,
    freeBytes: freeUnits === null ? null : freeUnits * sb.unitBytes,
    files: sb.files,
    freeFiles: null,
    nameMax: NAME_MAX,
  };
}
