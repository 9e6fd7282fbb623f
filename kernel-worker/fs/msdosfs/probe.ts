/** Whether a device holds FAT, and what its first sectors say of it. */

import { asKernelError } from '../../rump/errno.ts';
import type { FsDevice, ProbeResult } from '../../rump/vfs/vnode.ts';
import { type FoundBootSector, findBootSector } from './boot.ts';
import { decodeCp437 } from './cp437.ts';
import { STATE_DIRTY, serialText } from './format.ts';
import { earlyLabel } from './label.ts';

/** How much of the root directory is searched for the label: formatters write it first. */
const LABEL_SEARCH_BYTES = 16 * 1024;

export function probe(device: FsDevice): ProbeResult | null {
  try {
    const found = findBootSector(device);
    const { boot } = found;
    const { bits, clusterBytes } = boot.geometry;
    const searched = bits === 32 ? Math.min(clusterBytes, LABEL_SEARCH_BYTES) : LABEL_SEARCH_BYTES;
    const label = earlyLabel(device, boot.geometry, searched) ?? boot.label;
    return {
      fs: 'msdosfs',
      title: `FAT${bits}`,
      label: label === null ? null : decodeCp437(label, 0, label.length).trimEnd(),
      uuid: serialText(boot.serial),
      dirty: boot.serial === null ? null : (boot.state & STATE_DIRTY) !== 0,
      certainty: certaintyOf(device, found),
    };
  } catch (error) {
    if (asKernelError(error).kind === 'removed') throw error;
    return null;
  }
}

/** The FAT's first entry repeats the media byte: with it and the signature, three structures agree. */
function certaintyOf(device: FsDevice, found: FoundBootSector): 1 | 2 | 3 {
  if (found.source === 'convention') return 2;
  // A foreign formatter may have left the backup of what was here before.
  if (found.source === 'backup') return 1;
  let agreeing = found.boot.hasSignature ? 1 : 0;
  try {
    const fat = device.bread(found.boot.geometry.fatOffset, 4);
    if (fat[0] === found.boot.media && fat[1] === 0xff) agreeing += 1;
  } catch (error) {
    if (asKernelError(error).kind === 'removed') throw error;
  }
  return agreeing === 2 ? 3 : agreeing === 1 ? 2 : 1;
}
