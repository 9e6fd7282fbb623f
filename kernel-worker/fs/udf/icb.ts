/** Information control blocks: from the address of a file to the file entry that prevails there, by ICB strategy 4 or 4096. ECMA-167 4/14.6, UDF 2.60, 2.3.5.1 and 6.6. */

import { asKernelError, damaged, removedError, unsupported } from '../../rump/errno.ts';
import { u16le } from '../../rump/vfs/bytes.ts';
import { type FileEntry, fileEntryOf } from './fileentry.ts';
import { type BlockAddress, longAddressAt } from './format.ts';
import { TAG, tagFault } from './tag.ts';
import { partitionNumbered, readDescriptor, type Volume } from './volume.ts';

const ENTRY_TAGS = [TAG.fileEntry, TAG.extendedFileEntry] as const;
const STRATEGY_SINGLE = 4;
const STRATEGY_CHAIN = 4096;
/** A write-once medium adds a pair of blocks for each change of a file; a thousand rewrites of one file is more than was ever seen, and one call's work. */
const MAX_REWRITES = 1024;

/** The prevailing entry of the file at `address`. EUCLEAN, EIO, EOPNOTSUPP for other strategies. */
export function readFileEntry(volume: Volume, address: BlockAddress): FileEntry {
  let entry = entryAt(volume, address);
  if (entry.strategy === STRATEGY_SINGLE) return entry;
  if (entry.strategy !== STRATEGY_CHAIN)
    throw unsupported(`ICB strategy ${entry.strategy}`, { expected: '4 or 4096', found: entry.strategy });
  for (let rewrites = 0; rewrites < MAX_REWRITES; rewrites++) {
    const next = indirectFrom(volume, entry.address);
    if (next === null || !isWritten(volume, next)) return entry;
    entry = entryAt(volume, next);
  }
  throw damaged('a file was rewritten more often than can be', { expected: `at most ${MAX_REWRITES}` });
}

function entryAt(volume: Volume, address: BlockAddress): FileEntry {
  return fileEntryOf(readDescriptor(volume, address, 'a file entry', ENTRY_TAGS), address);
}

/** Where the indirect entry behind a direct one points; null where the chain ends: a blank block, a terminal entry, or a medium not written so far. */
function indirectFrom(volume: Volume, address: BlockAddress): BlockAddress | null {
  const behind = { block: address.block + 1, partition: address.partition };
  const bytes = blockIfWritten(volume, behind);
  if (bytes === null || u16le(bytes, 0) !== TAG.indirectEntry) return null;
  if (tagFault(bytes, 0, bytes.length, behind.block) !== null) return null;
  return longAddressAt(bytes, 36);
}

/** Indirect entries are written ahead: the block that one points to may be blank still. */
function isWritten(volume: Volume, address: BlockAddress): boolean {
  const bytes = blockIfWritten(volume, address);
  return bytes !== null && ENTRY_TAGS.some((tag) => tag === u16le(bytes, 0));
}

function blockIfWritten(volume: Volume, address: BlockAddress): Uint8Array | null {
  try {
    const { byteOffset } = partitionNumbered(volume, address.partition).locate(address.block);
    return volume.device.bread(byteOffset, volume.blockSize);
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind === 'removed') throw removedError();
    return null;
  }
}
