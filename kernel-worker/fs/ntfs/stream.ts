/** A stream: the content of one attribute, from however many extents, read as bytes. */

import { damaged, unsupported } from '../../rump/errno.ts';
import { readMapped } from '../../rump/vfs/genfs.ts';
import type { FsDevice, Run } from '../../rump/vfs/vnode.ts';
import { readCompressed, type UnitCache } from './compression.ts';
import {
  ATTRIBUTE_COMPRESSED_LZNT1,
  ATTRIBUTE_COMPRESSION_MASK,
  ATTRIBUTE_ENCRYPTED,
  ATTRIBUTE_SPARSE,
} from './format.ts';
import type { Attribute } from './record.ts';
import { appendExtent, emptyRunlist, findRun, LCN_GAP, LCN_HOLE, type Runlist, runEnd } from './runlist.ts';

/** What reading streams needs of a volume. */
export interface ClusterDevice {
  readonly device: FsDevice;
  readonly clusterSize: number;
  readonly clusterCount: number;
  /** The unit that was decompressed last. */
  readonly unitCache: UnitCache;
}

/** Compression units are 16 clusters of at most 4 KiB; everything up to this size is read. */
const MAX_UNIT_BYTES = 1024 * 1024;

export interface Stream {
  size: number;
  /** What lies behind it reads as zeros. */
  initializedSize: number;
  /** Where the attribute stands on the device, for messages. */
  byteOffset: number;
  /** The content itself, where it stands in the record; else null. */
  resident: Uint8Array | null;
  runs: Runlist;
  /** Bytes of a compression unit; 0 where the stream is not compressed. */
  unitBytes: number;
  isEncrypted: boolean;
}

/** Bytes that the attribute takes outside of its record, by its first extent. */
export function allocatedBytes(attribute: Attribute): number {
  return attribute.isResident ? 0 : (attribute.compressedSize ?? attribute.allocatedSize);
}

/** EUCLEAN where the sizes of a first extent contradict each other or the volume. */
export function checkSizes(volume: ClusterDevice, attribute: Attribute): void {
  if (attribute.isResident) return;
  const { byteOffset, flags } = attribute;
  const hasHoles = (flags & (ATTRIBUTE_SPARSE | ATTRIBUTE_COMPRESSION_MASK)) !== 0;
  const most = hasHoles ? Number.MAX_SAFE_INTEGER : volume.clusterCount * volume.clusterSize;
  if (attribute.allocatedSize > most || attribute.dataSize > attribute.allocatedSize) {
    throw damaged('the sizes of an attribute cannot be', {
      byteOffset,
      expected: `at most ${Math.min(most, attribute.allocatedSize)}`,
      found: attribute.dataSize,
    });
  }
}

/**
 * The stream of the extents of an attribute, the first one first; `count` says how many there are. They are asked for one at a time, so that a list of
 * thousands that contradict each other ends at the second. EUCLEAN, EOPNOTSUPP.
 */
export function streamOf(volume: ClusterDevice, extents: Iterable<Attribute>, count: number): Stream {
  let stream: Stream | null = null;
  for (const extent of extents) {
    stream ??= newStream(volume, extent);
    if (stream.resident !== null) break;
    appendExtent(stream.runs, count === 1 ? wholeExtent(volume, extent) : extent, volume.clusterCount);
  }
  if (stream === null) throw damaged('an attribute has no extents');
  return stream;
}

/** The stream by its first extent, still without runs. */
function newStream(volume: ClusterDevice, first: Attribute): Stream {
  const { byteOffset, isResident } = first;
  if (first.lowestVcn !== 0) {
    throw damaged('the first extent of an attribute is missing', { byteOffset, found: first.lowestVcn });
  }
  checkSizes(volume, first);
  return {
    size: first.dataSize,
    initializedSize: first.initializedSize,
    byteOffset,
    resident: isResident ? first.bytes.subarray(first.dataAt, first.dataEnd) : null,
    runs: emptyRunlist(),
    unitBytes: isResident ? 0 : unitBytesOf(volume, first),
    isEncrypted: (first.flags & ATTRIBUTE_ENCRYPTED) !== 0,
  };
}

/** Some writers leave the last VCN of an attribute's only extent 0, whatever its size. */
function wholeExtent(volume: ClusterDevice, extent: Attribute): Attribute {
  if (extent.endVcn !== 1) return extent;
  return { ...extent, endVcn: Math.ceil(extent.allocatedSize / volume.clusterSize) };
}

function unitBytesOf(volume: ClusterDevice, first: Attribute): number {
  const method = first.flags & ATTRIBUTE_COMPRESSION_MASK;
  if (method === 0 || first.compressionUnit === 0) return 0;
  const { byteOffset } = first;
  if (method !== ATTRIBUTE_COMPRESSED_LZNT1) {
    throw unsupported(`files compressed by method ${method}`, {
      byteOffset,
      expected: ATTRIBUTE_COMPRESSED_LZNT1,
      found: method,
    });
  }
  const unitBytes = volume.clusterSize * 2 ** first.compressionUnit;
  if (unitBytes > MAX_UNIT_BYTES) {
    throw unsupported('compression units of more than 1 MiB', {
      byteOffset,
      expected: 4,
      found: first.compressionUnit,
    });
  }
  return unitBytes;
}

/** Whether the content lies plainly on the device, so that `bmapStream` serves it. */
export function isPlain(stream: Stream): boolean {
  return stream.resident === null && stream.unitBytes === 0 && !stream.isEncrypted;
}

/** Where byte `fileOffset` of a plain stream lies, and how far that goes. */
export function bmapStream(volume: ClusterDevice, stream: Stream, fileOffset: number): Run {
  const { initializedSize, runs } = stream;
  if (fileOffset >= initializedSize) return { deviceOffset: null, lengthBytes: Math.max(1, stream.size - fileOffset) };
  const { clusterSize } = volume;
  const vcn = Math.floor(fileOffset / clusterSize);
  const index = findRun(runs, vcn);
  if (index < 0 || runs.lcns[index] === LCN_GAP) {
    throw damaged('the clusters of a part of the content are not recorded', {
      byteOffset: stream.byteOffset,
      found: vcn,
    });
  }
  const lengthBytes = Math.min(runEnd(runs, index) * clusterSize, initializedSize) - fileOffset;
  const lcn = runs.lcns[index];
  if (lcn === LCN_HOLE) return { deviceOffset: null, lengthBytes };
  return { deviceOffset: (lcn - runs.vcns[index]) * clusterSize + fileOffset, lengthBytes };
}

/** Fills `into` from `offset`; returns how many bytes are inside the stream. EUCLEAN, EIO, EOPNOTSUPP. */
export function readStream(volume: ClusterDevice, stream: Stream, offset: number, into: Uint8Array): number {
  const count = Math.min(into.length, Math.max(0, stream.size - offset));
  if (count === 0) return 0;
  if (stream.isEncrypted) throw unsupported('the content is encrypted (EFS)', { byteOffset: stream.byteOffset });
  const target = into.subarray(0, count);
  if (stream.resident !== null) target.set(stream.resident.subarray(offset, offset + count));
  else if (stream.unitBytes !== 0) readCompressed(volume, stream, offset, target);
  else readMapped(volume.device, (at) => bmapStream(volume, stream, at), offset, target);
  return count;
}

/** All of a stream of at most `limit` bytes; EUCLEAN if it is larger. `what` names it. */
export function readWhole(volume: ClusterDevice, stream: Stream, limit: number, what: string): Uint8Array {
  if (stream.size > limit) {
    throw damaged(`${what} is too large`, {
      byteOffset: stream.byteOffset,
      expected: `at most ${limit}`,
      found: stream.size,
    });
  }
  const bytes = new Uint8Array(stream.size);
  readStream(volume, stream, 0, bytes);
  return bytes;
}
