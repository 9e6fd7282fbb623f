/** Whether a device holds exFAT, and what its boot sector and the start of its root directory say of it. */

import { asKernelError } from '../../rump/errno.ts';
import type { FsDevice, ProbeResult } from '../../rump/vfs/vnode.ts';
import { findBootSector } from './boot.ts';
import { type BootSector, serialText, titleOf, VOLUME_FLAG } from './format.ts';
import { noFacts, scanEntries } from './rootentries.ts';

/** How much of the root directory is searched for the label: formatters write it first. */
const LABEL_SEARCH_BYTES = 4096;

export function probe(device: FsDevice): ProbeResult | null {
  try {
    const { boot, checksumGood, mainIsExfat } = findBootSector(device);
    return {
      fs: 'exfat',
      title: titleOf(boot),
      label: earlyLabel(device, boot),
      uuid: serialText(boot.serial),
      dirty: (boot.flags & VOLUME_FLAG.dirty) !== 0,
      // A backup alone may be what another format left standing.
      certainty: mainIsExfat ? (checksumGood ? 3 : 2) : 1,
    };
  } catch (error) {
    if (asKernelError(error).kind === 'removed') throw error;
    return null;
  }
}

function earlyLabel(device: FsDevice, boot: BootSector): string | null {
  const facts = noFacts();
  const start = boot.heapOffset + (boot.rootCluster - 2) * boot.clusterBytes;
  try {
    scanEntries(facts, device.bread(start, Math.min(LABEL_SEARCH_BYTES, boot.clusterBytes)), start);
  } catch (error) {
    if (asKernelError(error).kind === 'removed') throw error;
  }
  return facts.label || null;
}
