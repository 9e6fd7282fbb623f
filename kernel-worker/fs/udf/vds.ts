/** Volume descriptor sequences: which descriptors prevail in the main and in the reserve sequence. ECMA-167 3/8.4.2 and 3/8.4.3. */

import { asKernelError, removedError } from '../../rump/errno.ts';
import { u16le, u32le } from '../../rump/vfs/bytes.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';
import type { Anchor } from './anchor.ts';
import {
  type Extent,
  extentAt,
  type LogicalVolume,
  logicalVolumeOf,
  type PartitionDescriptor,
  type PrimaryVolume,
  partitionOf,
  primaryVolumeOf,
} from './format.ts';
import { TAG, tagFault } from './tag.ts';

/** Descriptors of one extent that are looked at: UDF asks for 16, writers reserve up to some hundred. */
const MAX_DESCRIPTORS = 256;
/** Extents that volume descriptor pointers may chain: a pointer is needed only where an extent was too small. */
const MAX_EXTENTS = 16;

/** The prevailing descriptors of one sequence: of each kind the one with the highest sequence number. */
export interface VolumeDescriptors {
  primary: PrimaryVolume | null;
  logical: LogicalVolume | null;
  partitions: Map<number, PartitionDescriptor>;
  /** What was wrong with descriptors that were passed over. */
  faults: string[];
}

/** Reads one sequence. Damaged descriptors and unreadable blocks are passed over; throws only when the medium is gone. */
export function readSequence(device: FsDevice, blockSize: number, first: Extent): VolumeDescriptors {
  const found: VolumeDescriptors = { primary: null, logical: null, partitions: new Map(), faults: [] };
  let extent: Extent | null = first;
  let pointerSequence = -1;
  for (let extents = 0; extent !== null && extents < MAX_EXTENTS; extents++) {
    const pointer = readExtent(device, blockSize, extent, found, pointerSequence);
    pointerSequence = pointer?.sequence ?? pointerSequence;
    extent = pointer?.next ?? null;
  }
  return found;
}

interface Pointer {
  sequence: number;
  next: Extent;
}

/** Takes what prevails in one extent; the volume descriptor pointer in it that goes on elsewhere, or null at the end. */
function readExtent(
  device: FsDevice,
  blockSize: number,
  extent: Extent,
  found: VolumeDescriptors,
  pointerSequence: number,
): Pointer | null {
  const count = Math.min(Math.floor(extent.lengthBytes / blockSize), MAX_DESCRIPTORS);
  let pointer: Pointer | null = null;
  for (let i = 0; i < count; i++) {
    const byteOffset = (extent.block + i) * blockSize;
    const bytes = readBlock(device, byteOffset, blockSize, found.faults);
    if (bytes === null) continue;
    const identifier = u16le(bytes, 0);
    if (identifier === 0) break;
    const fault = tagFault(bytes, 0, bytes.length, extent.block + i);
    if (fault !== null) found.faults.push(`a volume descriptor at byte ${byteOffset} ${fault}`);
    else if (identifier === TAG.terminating) break;
    else if (identifier === TAG.volumePointer) pointer = newerPointer(bytes, pointer, pointerSequence);
    else take(identifier, bytes, byteOffset, found);
  }
  return pointer;
}

function newerPointer(bytes: Uint8Array, current: Pointer | null, after: number): Pointer | null {
  const pointer = { sequence: u32le(bytes, 16), next: extentAt(bytes, 20) };
  if (pointer.sequence <= after || pointer.next.lengthBytes === 0) return current;
  return current === null || pointer.sequence >= current.sequence ? pointer : current;
}

function readBlock(device: FsDevice, byteOffset: number, blockSize: number, faults: string[]): Uint8Array | null {
  try {
    return device.bread(byteOffset, blockSize);
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind === 'removed') throw removedError();
    faults.push(`the volume descriptor at byte ${byteOffset} cannot be read`);
    return null;
  }
}

function take(identifier: number, bytes: Uint8Array, byteOffset: number, found: VolumeDescriptors): void {
  if (identifier === TAG.primaryVolume) {
    const primary = primaryVolumeOf(bytes);
    if (found.primary === null || primary.sequence >= found.primary.sequence) found.primary = primary;
  } else if (identifier === TAG.partition) {
    const partition = partitionOf(bytes);
    const known = found.partitions.get(partition.number);
    if (known === undefined || partition.sequence >= known.sequence) found.partitions.set(partition.number, partition);
  } else if (identifier === TAG.logicalVolume) {
    takeLogical(bytes, byteOffset, found);
  }
}

function takeLogical(bytes: Uint8Array, byteOffset: number, found: VolumeDescriptors): void {
  try {
    const logical = logicalVolumeOf(bytes, byteOffset);
    if (found.logical === null || logical.sequence >= found.logical.sequence) found.logical = logical;
  } catch (error) {
    found.faults.push(asKernelError(error).message);
  }
}

/** Whether a sequence has what a mount needs. */
export function isUsable(found: VolumeDescriptors, blockSize: number): boolean {
  return found.logical !== null && found.logical.blockSize === blockSize && found.partitions.size > 0;
}

/** The sequences of an anchor, main before reserve, each read when it is asked for. */
export function* sequencesOf(
  device: FsDevice,
  anchor: Anchor,
): Generator<{ name: 'main' | 'reserve'; found: VolumeDescriptors }> {
  yield { name: 'main', found: readSequence(device, anchor.blockSize, anchor.main) };
  yield { name: 'reserve', found: readSequence(device, anchor.blockSize, anchor.reserve) };
}

/**
 * The identifier that blkid prints: the first 16 characters of the volume set identifier, which UDF 2.60, 2.2.2.5 asks to be hexadecimal digits of a
 * serial number; where they are not, the first characters' codes in hexadecimal take their place. null for less than 8 characters.
 */
export function volumeUuid(volumeSetIdentifier: string): string | null {
  const encoded = new TextEncoder().encode(volumeSetIdentifier).subarray(0, 16);
  if (encoded.length < 8) return null;
  const bytes = new Uint8Array(16);
  bytes.set(encoded);
  const hex = (from: number, to: number) =>
    Array.from(bytes.subarray(from, to), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const digits = /^[0-9a-fA-F]*/.exec(volumeSetIdentifier)?.[0].length ?? 0;
  if (digits >= 16) return volumeSetIdentifier.slice(0, 16).toLowerCase();
  if (digits >= 8) return volumeSetIdentifier.slice(0, 8).toLowerCase() + hex(8, 12);
  return hex(0, 8);
}
