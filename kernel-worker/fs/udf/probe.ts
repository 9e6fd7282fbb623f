/** Whether a medium holds UDF: the volume recognition sequence, an anchor and the descriptors that it points to. ECMA-167 part 2 and 3, OSTA UDF 2.60. */

import type { FsDevice, ProbeResult } from '../../rump/vfs/vnode.ts';
import { type Anchor, anchorAt, anchorsOf, blockSizesFor, hasNsrDescriptor } from './anchor.ts';
import { revisionText } from './format.ts';
import { readIntegrity } from './integrity.ts';
import { isUsable, sequencesOf, type VolumeDescriptors, volumeUuid } from './vds.ts';

export function titleOf(revision: number): string {
  return revision === 0 ? 'UDF' : `UDF ${revisionText(revision)}`;
}

/**
 * Anchors are searched in all their places only where the recognition sequence announces them; without it (disks of some writers) only block 256
 * at each block size and the last block are looked at, some 80 KiB.
 */
export function probe(device: FsDevice): ProbeResult | null {
  const announced = hasNsrDescriptor(device);
  for (const anchor of announced ? anchorsOf(device, blockSizesFor(device), false) : unannouncedAnchors(device)) {
    for (const { found } of sequencesOf(device, anchor)) {
      if (isUsable(found, anchor.blockSize)) return resultOf(device, anchor, found);
    }
  }
  return announced ? { fs: 'udf', title: 'UDF', label: null, uuid: null, dirty: null, certainty: 1 } : null;
}

function* unannouncedAnchors(device: FsDevice): Generator<Anchor> {
  for (const blockSize of blockSizesFor(device)) {
    const anchor = anchorAt(device, blockSize, 256);
    if (anchor !== null) yield anchor;
  }
  for (const blockSize of blockSizesFor(device)) {
    const anchor = anchorAt(device, blockSize, Math.floor(device.sizeBytes / blockSize) - 1);
    if (anchor !== null) yield anchor;
  }
}

function resultOf(device: FsDevice, anchor: Anchor, found: VolumeDescriptors): ProbeResult {
  const { logical, primary } = found;
  const isVirtual = logical?.maps.some((map) => map.kind === 'virtual') ?? false;
  const integrity = logical === null || isVirtual ? null : readIntegrity(device, anchor.blockSize, logical.integrity);
  return {
    fs: 'udf',
    title: titleOf(logical?.revision ?? 0),
    label: logical?.label || primary?.volumeIdentifier || null,
    uuid: volumeUuid(primary?.volumeSetIdentifier ?? ''),
    dirty: integrity === null ? null : !integrity.closed,
    certainty: 3,
  };
}
