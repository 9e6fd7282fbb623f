/** What mount does about a journal: whether it must be replayed, and the mount that stands on the replayed state. */

import { KernelError, unsupported } from '../../rump/errno.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';
import { type Ext2Mount, newExtentCache } from './ext2mount.ts';
import { type FastCommits, readFastCommits } from './fastcommit.ts';
import { COMPAT, INCOMPAT, RO_COMPAT, refuseUnsupported } from './features.ts';
import { parseSuperblock, SUPERBLOCK_SIZE, type Superblock } from './format.ts';
import { groupTable } from './groups.ts';
import { type Journal, openJournal, type Replay, replay } from './journal.ts';

export interface RecoveryOptions {
  /** The superblock is a copy, which does not know whether the journal is to be replayed. */
  isBackup: boolean;
  /** Leave the journal alone. */
  noload: boolean;
  /** Verify metadata checksums where the file system has them. */
  verify: boolean;
  notice(text: string): void;
  log(message: string): void;
}

/** The mount as the medium has it. */
export function plainMount(device: FsDevice, sb: Superblock, options: RecoveryOptions): Ext2Mount {
  return {
    device,
    sb,
    groups: groupTable(device, sb, options.verify, options.notice),
    verify: options.verify && (sb.roCompat & RO_COMPAT.metadataCsum) !== 0,
    extentNodes: newExtentCache(),
    fastCommits: null,
    lastAttributes: null,
    log: options.log,
  };
}

/**
 * The mount with its journal replayed, or `fs` itself where there is nothing to replay. A damaged journal costs what it holds, with a notice; one that
 * cannot be read is an error (EIO), and one that is elsewhere or uses unknown features EOPNOTSUPP: with noload both can be mounted.
 */
export function recover(fs: Ext2Mount, options: RecoveryOptions): Ext2Mount {
  const { sb } = fs;
  const hasJournal = (sb.compat & COMPAT.hasJournal) !== 0;
  const isNeeded = (sb.incompat & INCOMPAT.recover) !== 0;
  if (!hasJournal || !(isNeeded || (options.isBackup && sb.journalInode !== 0))) return fs;
  if (options.noload) {
    if (isNeeded) options.notice('The journal was not replayed: the last changes are missing.');
    return fs;
  }
  if (sb.journalInode === 0)
    throw unsupported('the journal is to be replayed and lies on another device; option noload reads without it');
  try {
    const journal = openJournal(fs);
    if (journal.superblock.start === 0) return fs;
    const replayed = replay(fs, journal);
    return replayedMount(fs, replayed, fastCommitsOf(fs, journal, replayed), options);
  } catch (error) {
    if (!(error instanceof KernelError) || error.kind !== 'damage') throw error;
    options.log(error.message);
    options.notice('The journal is damaged and was not replayed: the last changes are missing.');
    return fs;
  }
}

function fastCommitsOf(fs: Ext2Mount, journal: Journal, replayed: Replay): FastCommits | null {
  const area = journal.superblock.fastCommitArea;
  if (area === null) return null;
  function* blocks(): Generator<Uint8Array, void> {
    if (area !== null) for (let index = area.first; index < area.end; index++) yield journal.read(index);
  }
  const { blocksCount } = fs.sb;
  return readFastCommits({ blocks: blocks(), sequence: replayed.nextSequence, blocksCount });
}

function replayedMount(
  before: Ext2Mount,
  replayed: Replay,
  fastCommits: FastCommits | null,
  options: RecoveryOptions,
): Ext2Mount {
  const { device, transactions } = replayed;
  const whole = transactions === 1 ? '1 transaction' : `${transactions} transactions`;
  const fast = fastCommits === null ? '' : ` and ${fastCommits.tags} fast changes`;
  options.notice(`The file system was not cleanly unmounted; its journal was replayed in memory (${whole}${fast}).`);
  replayed.notices.forEach(options.notice);
  const { byteOffset } = before.sb;
  // The superblock is logged too: its counts and lists are newer in the journal.
  const sb = parseSuperblock(device.bread(byteOffset, SUPERBLOCK_SIZE), byteOffset);
  refuseUnsupported(sb);
  return { ...plainMount(device, sb, options), fastCommits };
}
