/**
 * The structures of jbd2, the journal of ext3 and ext4. All are big-endian.
 * Layout: Linux Documentation/filesystems/ext4, "Journal (jbd2)".
 */

import { damaged, unsupported } from '../../rump/errno.ts';
import { crc32c, crc32cZeros } from '../../rump/lib/crc32c.ts';
import { u16be, u32be } from '../../rump/vfs/bytes.ts';

export const JBD2_MAGIC = 0xc03b3998;
export const BLOCK_TYPE = { descriptor: 1, commit: 2, superblockV1: 3, superblockV2: 4, revoke: 5 } as const;
/** Magic, block type, sequence. */
export const HEADER_SIZE = 12;
export const JOURNAL_SUPERBLOCK_SIZE = 1024;

const COMPAT_CHECKSUM = 0x1;
const INCOMPAT = { revoke: 0x1, bits64: 0x2, asyncCommit: 0x4, csumV2: 0x8, csumV3: 0x10, fastCommit: 0x20 } as const;
const KNOWN_INCOMPAT = 0x3f;
/** Fast commit blocks of a journal that does not say (JBD2_DEFAULT_FAST_COMMIT_BLOCKS). */
const DEFAULT_FAST_COMMIT_BLOCKS = 256;
/** mke2fs makes no larger journals. */
const MAX_JOURNAL_BLOCKS = 10_240_000;

export interface JournalSuperblock {
  /** Blocks of the journal. */
  length: number;
  /** The log goes round from `first` to before `end`. */
  first: number;
  end: number;
  /** The first transaction in the log, and its block; 0: the log is empty. */
  sequence: number;
  start: number;
  /** An error that the file system met when it wrote the journal. */
  errno: number;
  hasDataChecksum: boolean;
  hasBlockChecksums: boolean;
  isVersion3: boolean;
  is64bit: boolean;
  /** What the checksums begin with. */
  seed: number;
  /** Fast commits: blocks [first, end) of the journal, or null. */
  fastCommitArea: { first: number; end: number } | null;
}

/** EUCLEAN if it is no journal or contradicts itself, EOPNOTSUPP with the feature that is not known. */
export function parseJournalSuperblock(
  bytes: Uint8Array,
  blockSize: number,
  availableBlocks: number,
  byteOffset: number,
): JournalSuperblock {
  const wrong = (field: string, at: number, found: number, expected: string | number) =>
    damaged(`the journal's superblock is damaged: ${field}`, { byteOffset: byteOffset + at, found, expected });
  const type = u32be(bytes, 4);
  if (u32be(bytes, 0) !== JBD2_MAGIC) throw wrong('magic number', 0, u32be(bytes, 0), JBD2_MAGIC);
  if (type !== BLOCK_TYPE.superblockV1 && type !== BLOCK_TYPE.superblockV2) throw wrong('type', 4, type, '3 or 4');
  if (u32be(bytes, 0xc) !== blockSize) throw wrong('block size', 0xc, u32be(bytes, 0xc), blockSize);
  const isV2 = type === BLOCK_TYPE.superblockV2;
  const compat = isV2 ? u32be(bytes, 0x24) : 0;
  const incompat = isV2 ? u32be(bytes, 0x28) : 0;
  const unknown = incompat & ~KNOWN_INCOMPAT;
  if (unknown !== 0)
    throw unsupported(`the journal uses an unknown feature (incompat 0x${(unknown >>> 0).toString(16)})`);
  const hasBlockChecksums = (incompat & (INCOMPAT.csumV2 | INCOMPAT.csumV3)) !== 0;
  if (hasBlockChecksums) {
    const expected = crc32c(crc32cZeros(crc32c(~0, bytes, 0, 0xfc), 4), bytes, 0x100, JOURNAL_SUPERBLOCK_SIZE);
    if (expected !== u32be(bytes, 0xfc)) throw wrong('checksum', 0xfc, u32be(bytes, 0xfc), expected);
  }
  const length = u32be(bytes, 0x10);
  if (length < 2 || length > Math.min(availableBlocks, MAX_JOURNAL_BLOCKS))
    throw wrong('length', 0x10, length, `up to ${availableBlocks} blocks`);
  const fastBlocks = u32be(bytes, 0x54) || DEFAULT_FAST_COMMIT_BLOCKS;
  const hasFast = (incompat & INCOMPAT.fastCommit) !== 0 && fastBlocks < length;
  const end = hasFast ? length - fastBlocks : length;
  const first = u32be(bytes, 0x14);
  if (first < 1 || first >= end) throw wrong('first block of the log', 0x14, first, `1 to ${end - 1}`);
  const start = u32be(bytes, 0x1c);
  if (start !== 0 && (start < first || start >= end))
    throw wrong('start of the log', 0x1c, start, `${first} to ${end - 1}`);
  return {
    length,
    first,
    end,
    sequence: u32be(bytes, 0x18),
    start,
    errno: u32be(bytes, 0x20),
    hasDataChecksum: (compat & COMPAT_CHECKSUM) !== 0,
    hasBlockChecksums,
    isVersion3: (incompat & INCOMPAT.csumV3) !== 0,
    is64bit: (incompat & INCOMPAT.bits64) !== 0,
    seed: crc32c(~0, bytes, 0x30, 0x40),
    // Linux leaves the block between the log and the fast commits unused.
    fastCommitArea: hasFast ? { first: end + 1, end: length } : null,
  };
}

/** One tag of a descriptor block: the data block that follows in its turn belongs at `block`. */
export interface JournalTag {
  block: number;
  isEscaped: boolean;
  checksum: number;
}

const TAG_FLAG = { escaped: 1, sameUuid: 2, last: 8 } as const;

/** The tags of a descriptor block. */
export function parseTags(bytes: Uint8Array, journal: JournalSuperblock): JournalTag[] {
  const { isVersion3, is64bit, hasBlockChecksums } = journal;
  // Version 2 has two bytes more than its fields need, as Linux has always written it.
  const size = isVersion3 ? 16 : (is64bit ? 12 : 8) + (hasBlockChecksums ? 2 : 0);
  const limit = bytes.length - (hasBlockChecksums ? 4 : 0);
  const tags: JournalTag[] = [];
  for (let at = HEADER_SIZE; at + size <= limit; ) {
    const flags = isVersion3 ? u32be(bytes, at + 4) : u16be(bytes, at + 6);
    const high = is64bit ? u32be(bytes, at + 8) : 0;
    tags.push({
      block: u32be(bytes, at) + high * 2 ** 32,
      isEscaped: (flags & TAG_FLAG.escaped) !== 0,
      checksum: isVersion3 ? u32be(bytes, at + 12) : u16be(bytes, at + 4),
    });
    at += size + ((flags & TAG_FLAG.sameUuid) !== 0 ? 0 : 16);
    if ((flags & TAG_FLAG.last) !== 0) break;
  }
  return tags;
}

/** The blocks that a revocation block names. */
export function* revokedBlocks(bytes: Uint8Array, journal: JournalSuperblock): Generator<number, void> {
  const size = journal.is64bit ? 8 : 4;
  const limit = Math.min(u32be(bytes, 0xc), bytes.length - (journal.hasBlockChecksums ? 4 : 0));
  for (let at = 16; at + size <= limit; at += size) {
    yield journal.is64bit ? u32be(bytes, at) * 2 ** 32 + u32be(bytes, at + 4) : u32be(bytes, at);
  }
}

/** Whether the checksum in the last four bytes of a descriptor or revocation block fits; true where there are none. */
export function tailFits(bytes: Uint8Array, journal: JournalSuperblock): boolean {
  if (!journal.hasBlockChecksums) return true;
  const at = bytes.length - 4;
  return crc32cZeros(crc32c(journal.seed, bytes, 0, at), 4) === u32be(bytes, at);
}

/** h_chksum of a commit block. */
const COMMIT_CHECKSUM_AT = 0x10;
const COMMIT_HEADER_SIZE = 60;

/** Whether a commit block's own checksum fits. Some kernels counted what follows the header as zeros, though something stood there. */
export function commitFits(bytes: Uint8Array, journal: JournalSuperblock): boolean {
  if (!journal.hasBlockChecksums) return true;
  const found = u32be(bytes, COMMIT_CHECKSUM_AT);
  const head = crc32cZeros(crc32c(journal.seed, bytes, 0, COMMIT_CHECKSUM_AT), 4);
  if (crc32c(head, bytes, COMMIT_CHECKSUM_AT + 4) === found) return true;
  const fields = crc32c(head, bytes, COMMIT_CHECKSUM_AT + 4, COMMIT_HEADER_SIZE);
  return crc32cZeros(fields, bytes.length - COMMIT_HEADER_SIZE) === found;
}

const CRC32_TYPE = 1;

/**
 * The first checksum format (COMPAT_CHECKSUM): the commit block has the CRC-32 of all descriptor and data blocks of its transaction. A commit without
 * any (a kernel that did not know it wrote on) passes.
 */
export function dataChecksumFits(bytes: Uint8Array, crc: number): boolean {
  const [type, size] = [bytes[0xc], bytes[0xd]];
  const found = u32be(bytes, COMMIT_CHECKSUM_AT);
  if (type === 0 && size === 0 && found === 0) return true;
  return type === CRC32_TYPE && size === 4 && found === crc;
}
