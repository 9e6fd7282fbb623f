/** The master directory block of HFS, also as the wrapper around HFS Plus (Inside Macintosh: Files, 2-59; TN1150, "HFS Wrapper"). */

import { damaged } from '../../rump/errno.ts';
import { u16be, u32be } from '../../rump/vfs/bytes.ts';
import { parseClassicExtents } from './extentsoverflow.ts';
import { CNID, FORK, type Fork, SIGNATURE } from './format.ts';

export const MDB_BYTES = 162;
/** drAlBlSt counts in these. */
const SECTOR = 512;

/** drAtrb: bits 7 to 15 mean what they do in HFS Plus' volume header. */
export interface MasterDirectoryBlock {
  attributes: number;
  created: number;
  modified: number;
  blockSize: number;
  totalBlocks: number;
  freeBlocks: number;
  /** Where allocation block 0 stands, in bytes. */
  firstBlockOffset: number;
  /** In MacRoman. */
  volumeName: Uint8Array;
  fileCount: number;
  folderCount: number;
  identifier: Uint8Array;
  /** The HFS Plus volume inside, in allocation blocks; null if there is none. */
  embedded: { start: number; count: number } | null;
  extents: Fork;
  catalog: Fork;
}

/** EUCLEAN if it is none, or its numbers are impossible. */
export function parseMdb(bytes: Uint8Array, byteOffset: number): MasterDirectoryBlock {
  const signature = u16be(bytes, 0);
  if (signature !== SIGNATURE.hfs)
    throw damaged('there is no master directory block of HFS', { byteOffset, found: signature });
  const blockSize = u32be(bytes, 20);
  if (blockSize === 0 || blockSize % SECTOR !== 0) {
    throw damaged('the master directory block has an impossible block size', {
      byteOffset: byteOffset + 20,
      expected: `a multiple of ${SECTOR}`,
      found: blockSize,
    });
  }
  const totalBlocks = u16be(bytes, 18);
  if (totalBlocks === 0) throw damaged('the master directory block says that there are no blocks', { byteOffset });
  const embedSignature = u16be(bytes, 124);
  const isWrapper = embedSignature === SIGNATURE.hfsPlus || embedSignature === SIGNATURE.hfsx;
  return {
    attributes: u16be(bytes, 10),
    created: u32be(bytes, 2),
    modified: u32be(bytes, 6),
    blockSize,
    totalBlocks,
    freeBlocks: u16be(bytes, 34),
    firstBlockOffset: u16be(bytes, 28) * SECTOR,
    volumeName: bytes.slice(37, 37 + Math.min(bytes[36], 27)),
    fileCount: u32be(bytes, 84),
    folderCount: u32be(bytes, 88),
    identifier: bytes.slice(116, 124),
    embedded: isWrapper ? { start: u16be(bytes, 126), count: u16be(bytes, 128) } : null,
    extents: classicFork(bytes, 130, 134, CNID.extents),
    catalog: classicFork(bytes, 146, 150, CNID.catalog),
  };
}

function classicFork(bytes: Uint8Array, sizeAt: number, extentsAt: number, cnid: number): Fork {
  const extents = parseClassicExtents(bytes, extentsAt);
  return {
    cnid,
    type: FORK.data,
    size: u32be(bytes, sizeAt),
    totalBlocks: extents.reduce((sum, extent) => sum + extent.count, 0),
    extents,
  };
}
