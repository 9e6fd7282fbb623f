/** Whether a device holds HFS Plus, HFSX or HFS: by the volume header or the master directory block, or by the alternate of either. */

import { asKernelError } from '../../rump/errno.ts';
import type { FsDevice, ProbeResult } from '../../rump/vfs/vnode.ts';
import { VOLUME_ATTRIBUTE } from './format.ts';
import { locate, titleOf } from './location.ts';
import { volumeUuid } from './uuid.ts';

/** The label of HFS Plus is the name of its root folder: only mounting finds it. */
export function probe(device: FsDevice): ProbeResult | null {
  try {
    const location = locate(device);
    const head = location.kind === 'plus' ? location.header : location.mdb;
    // An alternate alone may be what another format left standing; what is locked was mastered for a CD, which has an ISO 9660 tree beside it if any.
    const isLocked = (head.attributes & VOLUME_ATTRIBUTE.softwareLock) !== 0;
    return {
      fs: 'hfs',
      title: titleOf(location),
      label: null,
      uuid: volumeUuid(head.identifier),
      dirty: (head.attributes & VOLUME_ATTRIBUTE.unmounted) === 0,
      certainty: location.isAlternate || isLocked ? 1 : 2,
    };
  } catch (error) {
    if (asKernelError(error).kind === 'removed') throw error;
    return null;
  }
}
