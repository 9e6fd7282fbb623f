/** What a mount tells about the file system's state: facts for experts and sentences for the user. */

import { KernelError } from '../../rump/errno.ts';
import { asciiAt, u32le } from '../../rump/vfs/bytes.ts';
import { displayName } from '../../rump/vfs/names.ts';
import { formatTimespec } from '../../rump/vfs/time.ts';
import type { Properties } from '../../rump/vfs/vnode.ts';
import { readBlocks } from './bmap.ts';
import { type Ext2Mount, loadInode } from './ext2mount.ts';
import { featureNames, INCOMPAT, RO_COMPAT, unknownRoCompat } from './features.ts';
import { STATE, type Superblock } from './format.ts';

/** Names that are counted before the count ends in "or more": for a notice, more do not matter. */
const MAX_COUNTED_ORPHANS = 1000;
/** struct mmp: magic, sequence, 64 bits of time, node name (64), device name (32). Source: Linux Documentation/filesystems/ext4, "Multi-mount protection". */
const MMP_MAGIC = 0x004d4d50;
const MMP_CLEAN = 0xff4d4d50;
/** The end of each block of the orphan file. Source: Linux Documentation/filesystems/ext4, "Orphan file". */
const ORPHAN_BLOCK_MAGIC = 0x0b10ca04;
const ORPHAN_TAIL_SIZE = 8;

const CREATORS = ['Linux', 'Hurd', 'Masix', 'FreeBSD', 'Lites'];

export function factsOf(sb: Superblock): Properties {
  const facts: Properties = {
    Revision: sb.revision,
    Features: featureNames(sb).join(' ') || 'none',
    'Block size': sb.blockSize,
  };
  if (sb.clusterSize !== sb.blockSize) facts['Cluster size'] = sb.clusterSize;
  facts.Blocks = sb.blocksCount;
  facts['Block groups'] = sb.groupCount;
  facts.Inodes = sb.inodesCount;
  facts['Inode size'] = sb.inodeSize;
  facts.Creator = CREATORS[sb.creatorOs] ?? `system ${sb.creatorOs}`;
  addTime(facts, 'Created', sb.mkfsTime);
  addTime(facts, 'Last mounted', sb.mountTime);
  addTime(facts, 'Last written', sb.writeTime);
  addTime(facts, 'Last checked', sb.checkTime);
  if (sb.lastMounted !== '') facts['Last mounted on'] = displayName(sb.lastMounted);
  facts['Mounts since check'] = sb.mountCount;
  if (sb.errorCount > 0) facts['Errors recorded'] = sb.errorCount;
  return facts;
}

function addTime(facts: Properties, key: string, sec: number): void {
  const text = sec === 0 ? null : formatTimespec({ sec, nsec: 0 });
  if (text !== null) facts[key] = text;
}

/** Sentences about the state in which the file system was left. Reads the orphan file and the MMP block where there are some. */
export function stateNotices(fs: Ext2Mount): string[] {
  const { sb } = fs;
  const notices: string[] = [];
  if ((sb.state & STATE.errors) !== 0)
    notices.push('The file system is marked as having errors; it should be checked.');
  if (sb.blocksCount * sb.blockSize > fs.device.sizeBytes)
    notices.push('The file system is larger than the medium; what lies behind the end cannot be read.');
  const unknown = unknownRoCompat(sb);
  if (unknown.length > 0)
    notices.push(
      `The file system has features that are not known (${unknown.join(', ')}); reading does not need them.`,
    );
  const orphans = countOrphans(fs);
  if (orphans > 0) {
    const count = orphans >= MAX_COUNTED_ORPHANS ? `${MAX_COUNTED_ORPHANS} or more` : orphans;
    notices.push(`Files that were deleted or shortened while in use, and have no name any more: ${count}.`);
  }
  const user = mmpUser(fs);
  if (user !== null) notices.push(user);
  return notices;
}

/** Orphans in the list that begins in the superblock and goes on in i_dtime, and in the orphan file. */
function countOrphans(fs: Ext2Mount): number {
  return countSafely(() => listedOrphans(fs)) + countSafely(() => filedOrphans(fs));
}

/** A damaged list has no consequence for reading, and costs its notice only. */
function countSafely(count: () => number): number {
  try {
    return count();
  } catch (error) {
    if (error instanceof KernelError && error.kind !== 'removed') return 0;
    throw error;
  }
}

function listedOrphans(fs: Ext2Mount): number {
  let count = 0;
  for (let ino = fs.sb.lastOrphan; ino !== 0 && count < MAX_COUNTED_ORPHANS; count++) ino = loadInode(fs, ino).dtime;
  return count;
}

function filedOrphans(fs: Ext2Mount): number {
  const { sb } = fs;
  if (sb.orphanFileInode === 0 || (sb.roCompat & RO_COMPAT.orphanPresent) === 0) return 0;
  const inode = loadInode(fs, sb.orphanFileInode);
  const block = new Uint8Array(sb.blockSize);
  const blocks = Math.min(Math.floor(inode.attr.size / sb.blockSize), MAX_COUNTED_ORPHANS);
  let count = 0;
  for (let i = 0; i < blocks && count < MAX_COUNTED_ORPHANS; i++) {
    readBlocks(fs, inode, i * sb.blockSize, block);
    const end = sb.blockSize - ORPHAN_TAIL_SIZE;
    if (u32le(block, end) !== ORPHAN_BLOCK_MAGIC) continue;
    for (let at = 0; at < end; at += 4) if (u32le(block, at) !== 0) count += 1;
  }
  return count;
}

/** Multi-mount protection: who says to have it mounted. */
function mmpUser(fs: Ext2Mount): string | null {
  const { sb } = fs;
  if ((sb.incompat & INCOMPAT.mmp) === 0 || sb.mmpBlock === 0 || sb.mmpBlock >= sb.blocksCount) return null;
  try {
    const bytes = fs.device.bread(sb.mmpBlock * sb.blockSize, 128);
    if (u32le(bytes, 0) !== MMP_MAGIC || u32le(bytes, 4) === MMP_CLEAN) return null;
    const node = displayName(asciiAt(bytes, 16, 64)) || 'another computer';
    return `${node} has left its mark that it uses this file system; if it still does, what is read may change meanwhile.`;
  } catch (error) {
    if (error instanceof KernelError && error.kind !== 'removed') return null;
    throw error;
  }
}
