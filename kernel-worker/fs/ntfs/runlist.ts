/** Runlists: which clusters hold an attribute's content, packed as mapping pairs (Linux-NTFS documentation, "Data Runs"). */

import { damaged } from '../../rump/errno.ts';
import type { Attribute } from './record.ts';

/** In `lcns`: not on the medium, reads as zeros. */
export const LCN_HOLE = -1;
/** In `lcns`: no extent says where these clusters are. */
export const LCN_GAP = -2;

/** Runs in the order of their VCNs, without overlap. Run i covers vcns[i] up to vcns[i + 1], the last one up to endVcn. */
export interface Runlist {
  vcns: number[];
  lcns: number[];
  endVcn: number;
}

export function emptyRunlist(): Runlist {
  return { vcns: [], lcns: [], endVcn: 0 };
}

/** Adds the runs of one extent. EUCLEAN where they leave the volume of `clusterCount` clusters, or do not cover what the extent says. */
export function appendExtent(runs: Runlist, extent: Attribute, clusterCount: number): void {
  const { byteOffset } = extent;
  if (extent.lowestVcn < runs.endVcn) {
    throw damaged('two extents of an attribute overlap', {
      byteOffset,
      expected: runs.endVcn,
      found: extent.lowestVcn,
    });
  }
  if (extent.lowestVcn > runs.endVcn) pushRun(runs, LCN_GAP, extent.lowestVcn - runs.endVcn);
  const { bytes } = extent;
  let at = extent.dataAt;
  let lcn = 0;
  while (runs.endVcn < extent.endVcn) {
    const header = at < extent.dataEnd ? bytes[at] : 0;
    const lengthBytes = header & 0x0f;
    const lcnBytes = header >> 4;
    const next = at + 1 + lengthBytes + lcnBytes;
    if (lengthBytes < 1 || lengthBytes > 8 || lcnBytes > 8 || next > extent.dataEnd) {
      throw damaged('the mapping pairs of an attribute are damaged', { byteOffset, found: header });
    }
    const length = signedAt(bytes, at + 1, lengthBytes);
    if (length < 1 || length > extent.endVcn - runs.endVcn) {
      throw damaged('a run of an attribute has a wrong length', { byteOffset, found: length });
    }
    if (lcnBytes === 0) pushRun(runs, LCN_HOLE, length);
    else {
      lcn += signedAt(bytes, at + 1 + lengthBytes, lcnBytes);
      if (lcn < 0 || lcn + length > clusterCount) {
        throw damaged('a run of an attribute lies outside of the volume', {
          byteOffset,
          expected: clusterCount,
          found: lcn,
        });
      }
      pushRun(runs, lcn, length);
    }
    at = next;
  }
}

function pushRun(runs: Runlist, lcn: number, length: number): void {
  runs.vcns.push(runs.endVcn);
  runs.lcns.push(lcn);
  runs.endVcn += length;
}

/** A signed little-endian integer of 1 to 8 bytes. Past 2^53 it is inexact but still far outside of any volume. */
function signedAt(bytes: Uint8Array, at: number, length: number): number {
  let value = (bytes[at + length - 1] << 24) >> 24;
  for (let i = length - 2; i >= 0; i--) value = value * 256 + bytes[at + i];
  return value;
}

/** The index of the run that holds `vcn`, or -1 behind the end. */
export function findRun(runs: Runlist, vcn: number): number {
  if (vcn >= runs.endVcn) return -1;
  let low = 0;
  let high = runs.vcns.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (runs.vcns[middle] <= vcn) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The first VCN behind run `index`. */
export function runEnd(runs: Runlist, index: number): number {
  return index + 1 < runs.vcns.length ? runs.vcns[index + 1] : runs.endVcn;
}

/** Clusters on the medium among [vcn, end). */
export function allocatedClusters(runs: Runlist, vcn: number, end: number): number {
  let count = 0;
  for (let i = findRun(runs, vcn); i >= 0 && i < runs.vcns.length && runs.vcns[i] < end; i++) {
    if (runs.lcns[i] >= 0) count += Math.min(end, runEnd(runs, i)) - Math.max(vcn, runs.vcns[i]);
  }
  return count;
}
