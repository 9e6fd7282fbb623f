/** What a mounted NTFS volume keeps. */

import type { FsDevice } from '../../rump/vfs/vnode.ts';
import type { BootSector } from './bootsector.ts';
import { emptyUnitCache, type UnitCache } from './compression.ts';
import { type Mft, openMft } from './mft.ts';
import type { FileRecord } from './record.ts';
import type { ClusterDevice } from './stream.ts';
import type { UpcaseTable } from './upcase.ts';

export interface Volume extends ClusterDevice {
  readonly device: FsDevice;
  readonly boot: BootSector;
  readonly clusterSize: number;
  readonly clusterCount: number;
  readonly unitCache: UnitCache;
  readonly mft: Mft;
  readonly showSystemFiles: boolean;
  readonly isCaseSensitive: boolean;
  /** Sentences for the user; those found later are added. */
  readonly notices: string[];
  /** $UpCase, read at the first lookup. */
  upcase: UpcaseTable | null;
  /** The extension record read last. */
  lastExtension: FileRecord | null;
  /** How deep the directory of the link read last is: links often stand side by side. */
  lastDepth: { parent: number; depth: number | null };
}

interface VolumeOptions {
  showSystemFiles: boolean;
  isCaseSensitive: boolean;
}

/** Finds the MFT. EUCLEAN, EIO. */
export function openVolume(device: FsDevice, boot: BootSector, options: VolumeOptions): Volume {
  const clusters = {
    device,
    clusterSize: boot.clusterSize,
    clusterCount: boot.clusterCount,
    unitCache: emptyUnitCache(),
  };
  const mft = openMft(clusters, boot);
  return {
    ...clusters,
    boot,
    mft,
    ...options,
    notices: mft.notices,
    upcase: null,
    lastExtension: null,
    lastDepth: { parent: -1, depth: null },
  };
}
