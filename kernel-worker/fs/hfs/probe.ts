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
    return {
      fs: 'hfs',
      title: titleOf(location),
      label: null,
      uuid: volumeUuid(head.identifier),
      dirty: (head.attributes & VOLUME_ATTRIBUTE.unmounted) === 0,
      // An alternate alone may be what another format left standing.
      certainty: location.isAlternate ? 1 : 2,
    };
  } catch (error) {
    if (asKernelError(error).kind === 'removed') throw error;
    return null;
  }
}
