/** Compressed attributes: units of 2^n clusters, each stored as it is, as LZNT1 in fewer clusters, or not at all (Linux-NTFS documentation, "Compression"). */

import { damaged } from '../../rump/errno.ts';
import { decodeLznt1 } from '../../rump/lib/lznt1.ts';
import { readMapped } from '../../rump/vfs/genfs.ts';
import { findRun, LCN_GAP, LCN_HOLE, runEnd } from './runlist.ts';
import type { ClusterDevice, Stream } from './stream.ts';

/** What was decompressed last, for the reads of a few KiB that follow one another within it. */
export interface UnitCache {
  owner: object | null;
  index: number;
  bytes: Uint8Array;
}

export function emptyUnitCache(): UnitCache {
  return { owner: null, index: -1, bytes: new Uint8Array(0) };
}

/** Fills `into` from `offset` of a stream that is cut into units which `decode` gives one at a time; all of `into` is inside the stream. */
export function readUnits(
  cache: UnitCache,
  stream: { owner: object; unitBytes: number; size: number },
  offset: number,
  into: Uint8Array,
  decode: (index: number, unit: Uint8Array) => void,
): void {
  const { owner, unitBytes, size } = stream;
  for (let done = 0; done < into.length; ) {
    const index = Math.floor((offset + done) / unitBytes);
    const within = offset + done - index * unitBytes;
    const length = Math.min(unitBytes, size - index * unitBytes);
    const count = Math.min(length - within, into.length - done);
    if (count === length) decode(index, into.subarray(done, done + count));
    else {
      if (cache.owner !== owner || cache.index !== index) {
        cache.owner = null;
        cache.bytes = new Uint8Array(length);
        decode(index, cache.bytes);
        cache.owner = owner;
        cache.index = index;
      }
      into.set(cache.bytes.subarray(within, within + count), done);
    }
    done += count;
  }
}

export function readCompressed(volume: ClusterDevice, stream: Stream, offset: number, into: Uint8Array): void {
  const units = { owner: stream, unitBytes: stream.unitBytes, size: stream.size };
  readUnits(volume.unitCache, units, offset, into, (index, unit) => decodeUnit(volume, stream, index, unit));
}

/** Unit `index` into `unit`, which the end of the stream may have made shorter. */
function decodeUnit(volume: ClusterDevice, stream: Stream, index: number, unit: Uint8Array): void {
  const start = index * stream.unitBytes;
  const initialized = Math.max(0, Math.min(unit.length, stream.initializedSize - start));
  if (initialized > 0) {
    const clusters = stream.unitBytes / volume.clusterSize;
    const stored = storedClusters(stream, index * clusters, clusters);
    if (stored === 0) unit.fill(0);
    else if (stored === clusters) readClusters(volume, stream, start, unit.subarray(0, initialized));
    else {
      const packed = new Uint8Array(stored * volume.clusterSize);
      readClusters(volume, stream, start, packed);
      decodeLznt1(packed, unit);
    }
  }
  unit.fill(0, initialized);
}

/** How many clusters of a unit are on the medium: they come first, then a hole fills the unit up. */
function storedClusters(stream: Stream, vcn: number, clusters: number): number {
  const { runs, byteOffset } = stream;
  let stored = 0;
  let isHole = false;
  for (let at = vcn; at < vcn + clusters; ) {
    const index = findRun(runs, at);
    if (index < 0) break;
    const end = Math.min(runEnd(runs, index), vcn + clusters);
    const lcn = runs.lcns[index];
    if (lcn === LCN_GAP)
      throw damaged('the clusters of a part of the content are not recorded', { byteOffset, found: at });
    if (lcn === LCN_HOLE) isHole = true;
    else if (isHole) throw damaged('a compression unit has a hole within', { byteOffset, found: at });
    else stored += end - at;
    at = end;
  }
  return stored;
}

/** Clusters as they are on the medium; none of them is in a hole. */
function readClusters(volume: ClusterDevice, stream: Stream, offset: number, into: Uint8Array): void {
  const { runs } = stream;
  const { clusterSize } = volume;
  readMapped(
    volume.device,
    (at) => {
      const index = findRun(runs, Math.floor(at / clusterSize));
      const deviceOffset = (runs.lcns[index] - runs.vcns[index]) * clusterSize + at;
      return { deviceOffset, lengthBytes: runEnd(runs, index) * clusterSize - at };
    },
    offset,
    into,
  );
}
