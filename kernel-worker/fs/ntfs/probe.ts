/** Whether a medium holds NTFS: the boot sector or its copy, and a record of the MFT where that says. */

import { asKernelError } from '../../rump/errno.ts';
import { hasText } from '../../rump/vfs/bytes.ts';
import type { FsDevice, ProbeResult } from '../../rump/vfs/vnode.ts';
import { type BootSector, bootSectors } from './bootsector.ts';
import { FILE_VOLUME } from './format.ts';
import { parseFileRecord } from './record.ts';
import { type VolumeLabel, volumeLabel } from './volumelabel.ts';

export function probe(device: FsDevice): ProbeResult | null {
  for (const { boot, isCopy } of bootSectors(device)) {
    const hasMft = hasRecord(device, boot, boot.mftLcn) || hasRecord(device, boot, boot.mftMirrLcn);
    // A copy alone may be what is left of an older volume, or belong to the last partition of a disk.
    if (isCopy && !hasMft) continue;
    const volume = volumeRecord(device, boot);
    return {
      fs: 'ntfs',
      title: 'NTFS',
      label: volume?.label ?? null,
      uuid: boot.serial,
      dirty: volume?.isDirty ?? null,
      certainty: hasMft && !isCopy ? 3 : 2,
    };
  }
  return null;
}

function hasRecord(device: FsDevice, boot: BootSector, lcn: number): boolean {
  if (lcn < 0) return false;
  return quietly(() => hasText(device.bread(lcn * boot.clusterSize, boot.recordSize), 0, 'FILE')) ?? false;
}

/** $Volume: its record is in the first extent of the MFT, and in the mirror. */
function volumeRecord(device: FsDevice, boot: BootSector): VolumeLabel | null {
  for (const lcn of [boot.mftLcn, boot.mftMirrLcn]) {
    const offset = lcn * boot.clusterSize + FILE_VOLUME * boot.recordSize;
    const label = quietly(() =>
      lcn < 0 ? null : volumeLabel(parseFileRecord(device.bread(offset, boot.recordSize), FILE_VOLUME, offset)),
    );
    if (label !== null) return label;
  }
  return null;
}

/** null where that cannot be read: a probe only says what it sees. */
function quietly<Result>(look: () => Result): Result | null {
  try {
    return look();
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind === 'removed') throw failure;
    return null;
  }
}
