/**
 * Builds a small LFS64, NetBSD's log-structured file system with addresses and inode numbers of 64 bits, in either byte order: a checkpoint with three
 * files, and behind it a partial segment that adds a fourth and writes one anew. Laid out from <ufs/lfs/lfs.h> of NetBSD (struct dlfs64,
 * lfs64_dinode, ifile64, segsum64, finfo64, lfs_dirheader64), without any code of the driver.
 *
 * No independent reader has seen what it builds.
 */

const FRAGMENT = 1024;
const BLOCK = 8192;
const SEGMENT_FRAGMENTS = 64;
const SEGMENTS = 8;
const IDENTITY = 0xcafe;

/** Addresses, in fragments: segment 0 begins at 0 and holds label and super block; the second super block begins segment 4. */
const AT = {
  superblock: 8,
  inodes: 16,
  root: 24,
  file: 32,
  ifile: 40,
  segment: SEGMENT_FRAGMENTS,
  copy: 4 * SEGMENT_FRAGMENTS,
};

export interface Lfs64Options {
  bigEndian?: boolean;
  clean?: boolean;
  /** What is wrong with the partial segment behind the checkpoint. */
  segment?: 'whole' | 'wrong serial' | 'wrong data' | 'unfinished change';
}

export function buildLfs64(options: Lfs64Options = {}): Uint8Array {
  const little = !options.bigEndian;
  const bytes = new Uint8Array(SEGMENTS * SEGMENT_FRAGMENTS * FRAGMENT);
  const view = new DataView(bytes.buffer);
  const u16 = (at: number, value: number) => view.setUint16(at, value, little);
  const u32 = (at: number, value: number) => view.setUint32(at, value, little);
  const u64 = (at: number, value: number) => view.setBigUint64(at, BigInt(value), little);
  const text = (at: number, value: string) => bytes.set(new TextEncoder().encode(value), at);

  const inode = (at: number, ino: number, mode: number, size: number, pointers: number[], links = 1) => {
    u16(at, mode);
    u16(at + 2, links);
    u32(at + 4, 500);
    u32(at + 8, 600);
    u64(at + 16, size);
    u64(at + 24, size === 0 ? 0 : 16);
    [32, 40, 48, 56].forEach((time, index) => {
      u64(at + time, 2 ** 33 + index);
    });
    u32(at + 64, 5);
    u32(at + 80, 1);
    pointers.forEach((pointer, index) => {
      u64(at + 112 + 8 * index, pointer);
    });
    u64(at + 240, ino);
  };
  const directory = (at: number, entries: Array<[name: string, ino: number, type: number]>) => {
    let place = at;
    entries.forEach(([name, ino, type], index) => {
      const length = index === entries.length - 1 ? at + 512 - place : 12 + ((name.length + 4) & ~3);
      u64(place, ino);
      u16(place + 8, length);
      bytes[place + 10] = type;
      bytes[place + 11] = name.length;
      text(place + 12, name);
      place += length;
    });
  };
  const sum = (from: number, to: number) => {
    let value = 0;
    for (let at = from; at < to; at += 2) value ^= view.getUint16(at, little);
    return value;
  };

  const inodes = AT.inodes * FRAGMENT;
  inode(inodes, 1, 0o100600, 3 * BLOCK, [AT.ifile, AT.ifile + 8, AT.ifile + 16]);
  inode(inodes + 256, 2, 0o40755, 512, [AT.root], 2);
  inode(inodes + 512, 3, 0o100644, 9, [AT.file]);
  inode(inodes + 768, 4, 0o120777, 7, []);
  text(inodes + 768 + 112, 'file/to');
  directory(AT.root * FRAGMENT, [
    ['.', 2, 4],
    ['..', 2, 4],
    ['file', 3, 8],
    ['link', 4, 10],
  ]);
  text(AT.file * FRAGMENT, 'at first.');
  for (let ino = 1; ino <= 4; ino++) u64((AT.ifile + 16) * FRAGMENT + ino * 32 + 16, AT.inodes);

  // The partial segment: its summary, the root directory, the file's block, and a block of inodes 2 and 5.
  const summary = AT.segment * FRAGMENT;
  const root = summary + FRAGMENT;
  const file = root + FRAGMENT;
  const added = file + FRAGMENT;
  directory(root, [
    ['.', 2, 4],
    ['..', 2, 4],
    ['file', 3, 8],
    ['link', 4, 10],
    ['added', 5, 8],
  ]);
  text(file, 'once more');
  inode(added, 2, 0o40755, 512, [root / FRAGMENT], 2);
  inode(added + 256, 5, 0o100600, 0, []);
  u32(summary + 8, 0x061561);
  u32(summary + 12, IDENTITY);
  u64(summary + 16, 2 * SEGMENT_FRAGMENTS);
  u16(summary + 24, 2);
  u16(summary + 26, 2);
  u16(summary + 28, options.segment === 'unfinished change' ? 3 : 1);
  u64(summary + 40, options.segment === 'wrong serial' ? 12 : 11);
  u64(summary + 48, 1001);
  [2, 3].forEach((ino, index) => {
    const info = summary + 56 + index * 32;
    u32(info, 1);
    u32(info + 4, 1);
    u64(info + 8, ino);
    u32(info + 16, FRAGMENT);
    u64(info + 24, 0);
  });
  u64(summary + FRAGMENT - 8, added / FRAGMENT);
  u32(summary + 4, sum(root, root + 4) ^ sum(file, file + 4) ^ sum(added, added + 4));
  u32(summary, sum(summary + 4, summary + FRAGMENT));
  if (options.segment === 'wrong data') bytes[file] ^= 0xff;

  const superblock = (address: number, serial: number, time: number) => {
    const at = address * FRAGMENT;
    u32(at, 0x19620701 ^ 0xffffffff);
    u32(at + 4, 2);
    u64(at + 8, SEGMENTS * SEGMENT_FRAGMENTS);
    u32(at + 24, SEGMENT_FRAGMENTS * FRAGMENT);
    u32(at + 28, BLOCK);
    u32(at + 32, FRAGMENT);
    u32(at + 36, BLOCK / FRAGMENT);
    u64(at + 48, 3);
    u64(at + 56, 300);
    u64(at + 72, AT.inodes);
    u64(at + 112, AT.segment);
    u32(at + 144, SEGMENT_FRAGMENTS);
    u32(at + 152, BLOCK / 32);
    u32(at + 164, SEGMENTS);
    u32(at + 172, 1);
    u32(at + 176, 1);
    u64(at + 224, AT.superblock);
    u64(at + 232, AT.copy);
    u32(at + 304, 120);
    u16(at + 402, options.clean ? 1 : 0);
    u32(at + 412, FRAGMENT);
    u32(at + 416, FRAGMENT);
    u64(at + 424, serial);
    u64(at + 440, time);
    u32(at + 452, IDENTITY);
    u32(at + 456, 1);
    u32(at + 508, sum(at, at + 508));
  };
  superblock(AT.superblock, 9, 999);
  superblock(AT.copy, 10, 1000);
  return bytes;
}
