/**
 * Rolling forward: what was written into the log after the newest checkpoint, as a view over it. Inodes found there replace those that the ifile names;
 * blocks found there replace those of the inodes' maps, as indirect blocks are mostly written with the next checkpoint only (NetBSD's lfs_rfw.c).
 */

import { KernelError } from '../../rump/errno.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';
import { IFILE_INODE, type Superblock } from './format.ts';
import { type PartialSegment, partialSegmentAt, type WrittenBlock } from './segment.ts';

/** Blocks remembered at most: 256 MiB of content in blocks of 512 bytes, many times what is written between two checkpoints. */
const MAX_BLOCKS = 524_288;

/** Only files that end within their direct blocks (ULFS_NDADDR) end in fragments. */
const DIRECT_BLOCKS = 12;

interface FileChanges {
  /** Byte at which the newest inode stands; null where only blocks were written. */
  inodeOffset: number | null;
  generation: number;
  /** By number: content of the file. */
  blocks: Map<number, { byteOffset: number; lengthBytes: number }>;
  /** How far blocks reach that were written after the inode. */
  endBytes: number;
}

export interface RolledForward {
  partialSegments: number;
  files: Map<number, FileChanges>;
}

/** Reads the log from the checkpoint on. What is not whole, as the last change of a directory may be, is left out. */
export function rollForward(device: FsDevice, sb: Superblock): RolledForward {
  const result: RolledForward = { partialSegments: 0, files: new Map() };
  const pending: PartialSegment[] = [];
  let address = sb.checkpoint.next;
  let { serial, time } = sb.checkpoint;
  let room = MAX_BLOCKS;
  // A log has no more partial segments than summaries fit on the medium.
  for (let left = Math.ceil(device.sizeBytes / sb.summaryBytes); left > 0; left--) {
    const segment = nextSegment(device, sb, address, { serial: serial + 1, time });
    if (segment === null) break;
    room -= segment.written.length;
    if (room < 0) break;
    pending.push(segment);
    if (!segment.continues) {
      for (const complete of pending.splice(0)) apply(device, sb, result, complete);
    }
    ({ next: address, serial, time } = segment);
  }
  return result;
}

/** An unreadable place ends the log. */
function nextSegment(device: FsDevice, sb: Superblock, address: number, expected: { serial: number; time: number }) {
  try {
    return partialSegmentAt(device, sb, address, expected);
  } catch (error) {
    if (!(error instanceof KernelError) || error.kind === 'removed') throw error;
    return null;
  }
}

function apply(device: FsDevice, sb: Superblock, result: RolledForward, segment: PartialSegment): void {
  result.partialSegments += 1;
  for (const item of segment.written) {
    if ('inodeBlock' in item) applyInodes(device, sb, result, item.inodeBlock);
    else if (item.ino > IFILE_INODE && item.logicalBlock >= 0) applyBlock(sb, result, item);
  }
}

function changesOf(result: RolledForward, ino: number, generation: number): FileChanges | null {
  const known = result.files.get(ino);
  if (known !== undefined && known.generation > generation) return null;
  if (known !== undefined && known.generation === generation) return known;
  // A new file under an old number has nothing of the old one.
  const changes: FileChanges = { inodeOffset: null, generation, blocks: new Map(), endBytes: 0 };
  result.files.set(ino, changes);
  return changes;
}

function applyBlock(sb: Superblock, result: RolledForward, block: WrittenBlock): void {
  const changes = changesOf(result, block.ino, block.generation);
  if (changes === null) return;
  const { byteOffset, lengthBytes } = block;
  changes.blocks.set(block.logicalBlock, { byteOffset, lengthBytes });
  // How much of the last fragment, or of a block that has none, is used only the inode tells: at least a byte is.
  const fragments = block.logicalBlock < DIRECT_BLOCKS ? lengthBytes - sb.fragmentBytes : 0;
  const end = block.logicalBlock * sb.blockBytes + fragments + 1;
  changes.endBytes = Math.max(changes.endBytes, end);
}

function applyInodes(device: FsDevice, sb: Superblock, result: RolledForward, inodeBlock: number): void {
  const { order, is64, inodeBytes, blockBytes } = sb;
  const bytes = device.bread(inodeBlock, sb.inodeBlockBytes);
  for (let at = 0; at < bytes.length; at += inodeBytes) {
    const ino = is64 ? order.u64(bytes, at + 240) : order.u32(bytes, at + 4);
    if (ino <= IFILE_INODE) continue;
    const changes = changesOf(result, ino, order.u32(bytes, at + (is64 ? 80 : 108)));
    if (changes === null) continue;
    changes.inodeOffset = inodeBlock + at;
    changes.endBytes = 0;
    const size = order.u64(bytes, at + (is64 ? 16 : 8));
    for (const number of changes.blocks.keys()) if (number * blockBytes >= size) changes.blocks.delete(number);
  }
}
