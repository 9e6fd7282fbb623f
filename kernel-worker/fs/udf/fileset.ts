/** The file set of a volume, which leads to the root directory. ECMA-167 4/8.5 and 4/14.1, UDF 2.60, 2.3.2. */

import { asKernelError, damaged, type KernelError } from '../../rump/errno.ts';
import { u16le } from '../../rump/vfs/bytes.ts';
import { type BlockAddress, type FileSet, fileSetOf, type LogicalVolume } from './format.ts';
import { TAG, tagFault } from './tag.ts';
import { partitionNumbered, readDescriptor, type Volume } from './volume.ts';

/** Descriptors of one extent and extents of the sequence that are looked at: rewritable media have one, write-once media add some. */
const MAX_DESCRIPTORS = 64;
const MAX_EXTENTS = 16;

/**
 * The prevailing descriptor of the first file set: among those of its number the one with the highest descriptor number. EUCLEAN, EIO if there is
 * none that leads to a root directory.
 */
export function readFileSet(volume: Volume, logical: LogicalVolume): FileSet {
  if (logical.fileSet === null) throw damaged('the logical volume names no file set');
  let best = firstAt(volume, logical.fileSet);
  let address: (BlockAddress & { lengthBytes: number }) | null = logical.fileSet;
  for (let extents = 0; address !== null && extents < MAX_EXTENTS; extents++) {
    let last = extents === 0 ? best : null;
    for (const set of laterIn(volume, address, extents === 0 ? 1 : 0)) {
      last = set;
      if (set.number === best.number && set.root !== null && set.descriptorNumber >= best.descriptorNumber) best = set;
    }
    address = last?.next ?? null;
  }
  return best;
}

function firstAt(volume: Volume, address: BlockAddress): FileSet {
  const set = fileSetOf(readDescriptor(volume, address, 'the file set descriptor', [TAG.fileSet]).bytes);
  if (set.root === null) throw damaged('the file set names no root directory');
  return set;
}

/** The descriptors of an extent from the block numbered `from` on, up to what is none. Damage ends the list: the first one serves. */
function* laterIn(volume: Volume, address: BlockAddress & { lengthBytes: number }, from: number): Generator<FileSet> {
  const count = Math.min(Math.floor(address.lengthBytes / volume.blockSize), MAX_DESCRIPTORS);
  for (let i = from; i < count; i++) {
    const bytes = blockOrFailure(volume, { block: address.block + i, partition: address.partition });
    if (!(bytes instanceof Uint8Array) || u16le(bytes, 0) !== TAG.fileSet) return;
    if (tagFault(bytes, 0, bytes.length, address.block + i) !== null) return;
    yield fileSetOf(bytes);
  }
}

function blockOrFailure(volume: Volume, address: BlockAddress): Uint8Array | KernelError {
  try {
    const run = partitionNumbered(volume, address.partition).locate(address.block);
    return volume.device.bread(run.byteOffset, volume.blockSize);
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind === 'removed') throw failure;
    return failure;
  }
}
