/** A mounted log-structured file system as its parts see it; its inodes, through the ifile. */

import { damaged } from '../../rump/errno.ts';
import { type MapGeometry, mapRun } from '../../rump/lib/ufsblockmap.ts';
import type { FsDevice, Run } from '../../rump/vfs/vnode.ts';
import { IFILE_INODE, type Superblock } from './format.ts';
import { type Inode, parseInode } from './inode.ts';
import type { RolledForward } from './rollforward.ts';
import { byteOfAddress } from './segment.ts';

export interface LfsMount {
  device: FsDevice;
  sb: Superblock;
  geometry: MapGeometry;
  ifile: Inode;
  rolled: RolledForward | null;
}

export function lfsMount(device: FsDevice, sb: Superblock, rolled: RolledForward | null): LfsMount {
  const geometry: MapGeometry = {
    order: sb.order,
    pointerBytes: sb.is64 ? 8 : 4,
    blockBytes: sb.blockBytes,
    unitBytes: sb.unitBytes,
    unitLimit: sb.sizeUnits,
  };
  const ifile = inodeInBlock(device, sb, IFILE_INODE, sb.checkpoint.ifileAddress);
  return { device, sb, geometry, ifile, rolled };
}

/** VFS_VGET. EUCLEAN if there is no such inode or it is not in use. */
export function loadInode(fs: LfsMount, ino: number): Inode {
  const { sb, device } = fs;
  const changes = fs.rolled?.files.get(ino);
  const inodeOffset = changes?.inodeOffset ?? null;
  if (inodeOffset !== null) {
    const inode = parseInode(sb, ino, device.bread(inodeOffset, sb.inodeBytes), inodeOffset);
    return { ...inode, attr: { ...inode.attr, size: Math.max(inode.attr.size, changes?.endBytes ?? 0) } };
  }
  const inode = inodeInBlock(device, sb, ino, ifileEntry(fs, ino));
  if (changes === undefined || changes.generation !== inode.generation) return inode;
  return { ...inode, attr: { ...inode.attr, size: Math.max(inode.attr.size, changes.endBytes) } };
}

/** The address of an inode's block as the ifile has it. EUCLEAN if it has none. */
function ifileEntry(fs: LfsMount, ino: number): number {
  const { sb, ifile } = fs;
  const block = sb.cleanerBlocks + sb.segmentTableBlocks + Math.floor(ino / sb.ifileEntriesPerBlock);
  const fileOffset = block * sb.blockBytes + (ino % sb.ifileEntriesPerBlock) * sb.ifileEntryBytes;
  if (ino < 1 || fileOffset + sb.ifileEntryBytes > ifile.attr.size)
    throw damaged(`there is no inode ${ino}`, { found: ino });
  const run = mapRun(fs.device, fs.geometry, { pointers: ifile.pointers, owner: 'the ifile' }, fileOffset);
  if (run.deviceOffset === null) throw damaged(`inode ${ino} is in a hole of the ifile`, { found: ino });
  const entry = fs.device.bread(run.deviceOffset, sb.ifileEntryBytes);
  const address = sb.is64 ? sb.order.u64(entry, 16) : sb.order.u32(entry, 4);
  if (address === 0) throw damaged(`inode ${ino} is not in use`, { byteOffset: run.deviceOffset, found: ino });
  return address;
}

/** The last one of its number in the block: an inode may have been written into it twice. */
function inodeInBlock(device: FsDevice, sb: Superblock, ino: number, address: number): Inode {
  const byteOffset = byteOfAddress(sb, address, `inode ${ino}`);
  const { order, inodeBytes, inodeBlockBytes, is64 } = sb;
  const bytes = device.bread(byteOffset, inodeBlockBytes);
  for (let at = inodeBlockBytes - inodeBytes; at >= 0; at -= inodeBytes) {
    const number = is64 ? order.u64(bytes, at + 240) : order.u32(bytes, at + 4);
    if (number === ino) return parseInode(sb, ino, bytes.subarray(at, at + inodeBytes), byteOffset + at);
  }
  throw damaged(`inode ${ino} is not where the ifile says`, { byteOffset, expected: ino });
}

/** VOP_BMAP, with what was rolled forward. */
export function inodeRun(fs: LfsMount, inode: Inode, fileOffset: number): Run {
  const map = { pointers: inode.pointers, owner: `inode ${inode.ino}` };
  const changes = fs.rolled?.files.get(inode.ino);
  if (changes === undefined || changes.blocks.size === 0 || changes.generation !== inode.generation)
    return mapRun(fs.device, fs.geometry, map, fileOffset);
  const { blockBytes } = fs.sb;
  const logicalBlock = Math.floor(fileOffset / blockBytes);
  const within = fileOffset - logicalBlock * blockBytes;
  const block = changes.blocks.get(logicalBlock);
  if (block === undefined) {
    const run = mapRun(fs.device, fs.geometry, map, fileOffset);
    // The next block may have been written anew.
    return { ...run, lengthBytes: Math.min(run.lengthBytes, blockBytes - within) };
  }
  // Behind the fragments of a file's last block nothing is: it reads as zeros.
  if (within >= block.lengthBytes) return { deviceOffset: null, lengthBytes: blockBytes - within };
  return { deviceOffset: block.byteOffset + within, lengthBytes: block.lengthBytes - within };
}
