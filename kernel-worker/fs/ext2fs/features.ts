/**
 * The feature words of the superblock, by the names of e2fsprogs, and what this driver says of each.
 * Source: Linux Documentation/filesystems/ext4, "Super Block" (compat, incompat and ro_compat tables), and ext4(5) of e2fsprogs 1.47.
 */

import { unsupported } from '../../rump/errno.ts';

export const COMPAT = { hasJournal: 0x4, dirIndex: 0x20, sparseSuper2: 0x200, orphanFile: 0x1000 } as const;

export const INCOMPAT = {
  compression: 0x1,
  filetype: 0x2,
  recover: 0x4,
  journalDev: 0x8,
  metaBg: 0x10,
  extents: 0x40,
  bits64: 0x80,
  mmp: 0x100,
  flexBg: 0x200,
  eaInode: 0x400,
  dirdata: 0x1000,
  csumSeed: 0x2000,
  largedir: 0x4000,
  inlineData: 0x8000,
  encrypt: 0x10000,
  casefold: 0x20000,
} as const;

export const RO_COMPAT = {
  sparseSuper: 0x1,
  largeFile: 0x2,
  btreeDir: 0x4,
  hugeFile: 0x8,
  gdtCsum: 0x10,
  bigalloc: 0x200,
  metadataCsum: 0x400,
  orphanPresent: 0x10000,
} as const;

const COMPAT_NAMES: Record<number, string> = {
  1: 'dir_prealloc',
  2: 'imagic_inodes',
  4: 'has_journal',
  8: 'ext_attr',
  16: 'resize_inode',
  32: 'dir_index',
  64: 'lazy_bg',
  128: 'snapshot_bitmap (exclude_inode)',
  256: 'exclude_bitmap',
  512: 'sparse_super2',
  1024: 'fast_commit',
  2048: 'stable_inodes',
  4096: 'orphan_file',
};

const INCOMPAT_NAMES: Record<number, string> = {
  1: 'compression',
  2: 'filetype',
  4: 'needs_recovery',
  8: 'journal_dev',
  16: 'meta_bg',
  64: 'extent',
  128: '64bit',
  256: 'mmp',
  512: 'flex_bg',
  1024: 'ea_inode',
  4096: 'dirdata',
  8192: 'metadata_csum_seed',
  16384: 'large_dir',
  32768: 'inline_data',
  65536: 'encrypt',
  131072: 'casefold',
};

const RO_COMPAT_NAMES: Record<number, string> = {
  1: 'sparse_super',
  2: 'large_file',
  4: 'btree_dir',
  8: 'huge_file',
  16: 'uninit_bg',
  32: 'dir_nlink',
  64: 'extra_isize',
  128: 'snapshot',
  256: 'quota',
  512: 'bigalloc',
  1024: 'metadata_csum',
  2048: 'replica',
  4096: 'read-only',
  8192: 'project',
  16384: 'shared_blocks',
  32768: 'verity',
  65536: 'orphan_present',
};

/** incompat features that this driver does not read, and why in words. */
const REFUSED: Record<number, string> = {
  [INCOMPAT.compression]: 'compression (e2compr)',
  [INCOMPAT.journalDev]: 'journal_dev (this is the external journal of another file system, and holds no files)',
  [INCOMPAT.dirdata]: 'dirdata (extra data in directory entries, as Lustre writes them)',
};

interface FeatureWords {
  compat: number;
  incompat: number;
  roCompat: number;
}

/** All features by name, in the order in which dumpe2fs prints them. */
export function featureNames(words: FeatureWords): string[] {
  return [
    ...namesOf(words.compat, COMPAT_NAMES, 'compat'),
    ...namesOf(words.incompat, INCOMPAT_NAMES, 'incompat'),
    ...namesOf(words.roCompat, RO_COMPAT_NAMES, 'ro_compat'),
  ];
}

/** ro_compat features that nobody has named yet: they say that only writing needs to know them. */
export function unknownRoCompat(words: FeatureWords): string[] {
  return namesOf(words.roCompat, RO_COMPAT_NAMES, 'ro_compat').filter((name) => name.startsWith('ro_compat '));
}

/** EOPNOTSUPP naming every incompat feature that this driver does not read. */
export function refuseUnsupported(words: FeatureWords): void {
  const refused: string[] = [];
  for (const bit of bitsOf(words.incompat)) {
    if (REFUSED[bit] !== undefined) refused.push(REFUSED[bit]);
    else if (INCOMPAT_NAMES[bit] === undefined) refused.push(`an unknown feature (incompat 0x${bit.toString(16)})`);
  }
  if (refused.length > 0) throw unsupported(`the file system uses ${refused.join(', ')}`);
}

/** Features of ext2 and ext3 by their Linux drivers; any other makes it ext4 (as blkid decides). */
const EXT3_INCOMPAT = INCOMPAT.filetype | INCOMPAT.recover | INCOMPAT.metaBg;
const EXT3_RO_COMPAT = RO_COMPAT.sparseSuper | RO_COMPAT.largeFile | RO_COMPAT.btreeDir;

export function titleOf(words: FeatureWords): 'ext2' | 'ext3' | 'ext4' {
  if ((words.incompat & ~EXT3_INCOMPAT) !== 0 || (words.roCompat & ~EXT3_RO_COMPAT) !== 0) return 'ext4';
  return (words.compat & COMPAT.hasJournal) !== 0 ? 'ext3' : 'ext2';
}

function bitsOf(word: number): number[] {
  const bits: number[] = [];
  for (let i = 0; i < 32; i++) if (word & (1 << i)) bits.push(2 ** i);
  return bits;
}

function namesOf(word: number, names: Record<number, string>, set: string): string[] {
  return bitsOf(word).map((bit) => names[bit] ?? `${set} 0x${bit.toString(16)}`);
}
