/** The journal replayed into an overlay: each block that a complete transaction logged is read from the journal instead of from its place. */

import { damaged } from '../../rump/errno.ts';
import { crc32be } from '../../rump/lib/crc32be.ts';
import { crc32c } from '../../rump/lib/crc32c.ts';
import { u32be } from '../../rump/vfs/bytes.ts';
import { type OverlayDevice, overlayDevice } from '../../rump/vfs/overlay.ts';
import { blockRun } from './bmap.ts';
import { type Ext2Mount, loadInode } from './ext2mount.ts';
import { FLAG, type Inode } from './inode.ts';
import {
  BLOCK_TYPE,
  commitFits,
  dataChecksumFits,
  JBD2_MAGIC,
  JOURNAL_SUPERBLOCK_SIZE,
  type JournalSuperblock,
  parseJournalSuperblock,
  parseTags,
  revokedBlocks,
  tailFits,
} from './journalformat.ts';

/** Distinct blocks in one replay: more than the 262,144 blocks of the largest journal that mke2fs makes by itself; some 100 MB of memory. */
const MAX_REPLAYED_BLOCKS = 400_000;

export interface Journal {
  superblock: JournalSuperblock;
  /** A block of the journal. EIO, or EUCLEAN where the journal has a hole. */
  read(index: number): Uint8Array;
  offsetOf(index: number): number;
}

export interface Replay {
  device: OverlayDevice;
  transactions: number;
  /** The transaction that would have come next: fast commits belong to it. */
  nextSequence: number;
  /** Sentences for the user about what was left out. */
  notices: string[];
}

/** The journal in the inode that the superblock names, or in the superblock's copy of it where that inode is damaged. */
export function openJournal(fs: Ext2Mount): Journal {
  const inode = journalInode(fs);
  const { blockSize } = fs.sb;
  let run = { index: 0, physical: 0, count: 0 };
  function offsetOf(index: number): number {
    if (index < run.index || index >= run.index + run.count) {
      const found = blockRun(fs, inode, index);
      if (found.physical === null) throw damaged('the journal has a hole', { found: index });
      run = { index, physical: found.physical, count: found.count };
    }
    return (run.physical + index - run.index) * blockSize;
  }
  const available = Math.min(Math.floor(inode.attr.size / blockSize), Math.floor(fs.device.sizeBytes / blockSize));
  const superblock = parseJournalSuperblock(
    fs.device.bread(offsetOf(0), JOURNAL_SUPERBLOCK_SIZE),
    blockSize,
    available,
    offsetOf(0),
  );
  return { superblock, offsetOf, read: (index) => fs.device.bread(offsetOf(index), blockSize) };
}

function journalInode(fs: Ext2Mount): Inode {
  const { journalInode: ino, journalBackup } = fs.sb;
  try {
    const inode = loadInode(fs, ino);
    if (inode.attr.type !== 'file' || inode.attr.nlink === 0) throw damaged(`inode ${ino} is no journal`);
    return inode;
  } catch (error) {
    if (journalBackup === null) throw error;
    return inodeFromBackup(ino, journalBackup);
  }
}

/** s_jnl_blocks: the journal inode's map and size. Journals have extents where their map begins with the extents' magic number. */
function inodeFromBackup(ino: number, backup: { iblock: Uint8Array; size: number }): Inode {
  const hasExtents = backup.iblock[0] === 0x0a && backup.iblock[1] === 0xf3;
  return {
    ino,
    generation: 0,
    flags: hasExtents ? FLAG.extents : 0,
    attr: {
      type: 'file',
      fileid: ino,
      size: Number.isSafeInteger(backup.size) ? backup.size : 0,
      allocatedBytes: null,
      mode: 0o600,
      nlink: 1,
      uid: 0,
      gid: 0,
      mtime: null,
      atime: null,
      ctime: null,
      birthtime: null,
    },
    iblock: backup.iblock,
    fileAcl: 0,
    extraSize: 0,
    hasBlocks: true,
    dtime: 0,
    valueChecksum: 0,
    checksumSeed: 0,
    extentRoot: null,
  };
}

/** Where the newest logged form of a block stands. */
interface LoggedBlock {
  sequence: number;
  index: number;
  isEscaped: boolean;
  checksum: number;
}

/** The blocks of one transaction that is not known to be complete yet. */
interface Pending {
  blocks: Array<LoggedBlock & { block: number }>;
  /** Indexes of its revocation blocks. */
  revocations: number[];
  crc: number;
}

/** Replays all complete transactions. EIO where the journal cannot be read; EUCLEAN where it is damaged beyond the end of the log. */
export function replay(fs: Ext2Mount, journal: Journal): Replay {
  const { superblock } = journal;
  const notices: string[] = [];
  const logged = new Map<number, LoggedBlock>();
  let sequence = superblock.sequence;
  let transactions = 0;
  let index = superblock.start;
  let pending = emptyPending();
  // The log goes round at most once: a block that is met twice would belong to two transactions.
  for (let left = superblock.end - superblock.first; left > 0 && superblock.start !== 0; ) {
    const bytes = journal.read(index);
    if (u32be(bytes, 0) !== JBD2_MAGIC || u32be(bytes, 8) !== sequence) break;
    const type = u32be(bytes, 4);
    let used = 1;
    if (type === BLOCK_TYPE.descriptor) {
      if (!tailFits(bytes, superblock)) {
        notices.push(BROKEN_TRANSACTION);
        break;
      }
      used += collectDescriptor(journal, bytes, index, sequence, pending);
    } else if (type === BLOCK_TYPE.revoke) {
      pending.revocations.push(index);
    } else if (type === BLOCK_TYPE.commit) {
      if (!commitFits(bytes, superblock) || (superblock.hasDataChecksum && !dataChecksumFits(bytes, pending.crc))) {
        notices.push(BROKEN_TRANSACTION);
        break;
      }
      complete(journal, pending, logged);
      pending = emptyPending();
      transactions += 1;
      sequence = (sequence + 1) >>> 0;
    } else {
      break;
    }
    if (logged.size + pending.blocks.length > MAX_REPLAYED_BLOCKS)
      throw damaged('the journal is larger than any that is made', { found: logged.size });
    left -= used;
    index = around(superblock, index, used);
  }
  const device = overlayDevice(fs.device, fs.sb.blockSize);
  const leftOut = redirectAll(fs, journal, logged, device);
  if (leftOut > 0) notices.push(`Blocks in the journal that are damaged and were left out: ${leftOut}.`);
  return { device, transactions, nextSequence: sequence, notices };
}

const BROKEN_TRANSACTION = 'A transaction in the journal is damaged; the journal was replayed up to it.';

function emptyPending(): Pending {
  return { blocks: [], revocations: [], crc: 0xffffffff };
}

/** The index `count` blocks on, round the log. */
function around(superblock: JournalSuperblock, index: number, count: number): number {
  const next = index + count;
  return next >= superblock.end ? next - (superblock.end - superblock.first) : next;
}

/** Notes the blocks that a descriptor announces; returns how many follow it. */
function collectDescriptor(
  journal: Journal,
  descriptor: Uint8Array,
  index: number,
  sequence: number,
  pending: Pending,
): number {
  const { superblock } = journal;
  const tags = parseTags(descriptor, superblock);
  if (superblock.hasDataChecksum) pending.crc = crc32be(pending.crc, descriptor);
  tags.forEach((tag, i) => {
    const at = around(superblock, index, i + 1);
    if (superblock.hasDataChecksum) pending.crc = crc32be(pending.crc, journal.read(at));
    pending.blocks.push({ block: tag.block, sequence, index: at, isEscaped: tag.isEscaped, checksum: tag.checksum });
  });
  return tags.length;
}

/** A transaction ended with its commit block: its blocks count, and what it revokes counts no more unless a later one logs it again. */
function complete(journal: Journal, pending: Pending, logged: Map<number, LoggedBlock>): void {
  for (const { block, ...rest } of pending.blocks) logged.set(block, rest);
  for (const index of pending.revocations) {
    const bytes = journal.read(index);
    if (!tailFits(bytes, journal.superblock)) continue;
    for (const block of revokedBlocks(bytes, journal.superblock)) logged.delete(block);
  }
}

/** Returns how many blocks were left out because their checksum is wrong or their place is outside of the file system. */
function redirectAll(fs: Ext2Mount, journal: Journal, logged: Map<number, LoggedBlock>, device: OverlayDevice): number {
  const magic = Uint8Array.of(0xc0, 0x3b, 0x39, 0x98);
  let leftOut = 0;
  for (const [block, entry] of logged) {
    if (block >= fs.sb.blocksCount || !loggedBlockFits(journal, entry)) leftOut += 1;
    else device.redirect(block, journal.offsetOf(entry.index), entry.isEscaped ? magic : undefined);
  }
  return leftOut;
}

/** The tag's checksum is of the sequence number (big-endian) and the block as it stands in the journal. */
function loggedBlockFits(journal: Journal, entry: LoggedBlock): boolean {
  const { superblock } = journal;
  if (!superblock.hasBlockChecksums) return true;
  const { sequence } = entry;
  const number = Uint8Array.of(sequence >>> 24, sequence >>> 16, sequence >>> 8, sequence);
  const crc = crc32c(crc32c(superblock.seed, number), journal.read(entry.index));
  return superblock.isVersion3 ? crc === entry.checksum : (crc & 0xffff) === entry.checksum;
}
