/** Apple's UFS, told by the label in front of its super block: its directories are cut otherwise. Layout: struct appleufslabel of NetBSD. */

import { KernelError } from '../../rump/errno.ts';
import { hasText } from '../../rump/vfs/bytes.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';

/** DIRBLKSIZ, and APPLEUFS_DIRBLKSIZ. */
const CHUNK_BYTES = 512;
const APPLE_CHUNK_BYTES = 1024;
const APPLE_LABEL_OFFSET = 7168;
const APPLE_LABEL_MAGIC = 'LABL';

/** How large the chunks are that no entry crosses. A label that cannot be read is none. */
export function directoryChunk(device: FsDevice): number {
  try {
    return hasText(device.bread(APPLE_LABEL_OFFSET, 4), 0, APPLE_LABEL_MAGIC) ? APPLE_CHUNK_BYTES : CHUNK_BYTES;
  } catch (error) {
    if (!(error instanceof KernelError) || error.kind === 'removed') throw error;
    return CHUNK_BYTES;
  }
}
