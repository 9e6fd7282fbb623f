/** vfsops(9) of exfat: exFAT and TexFAT, read-only. */

import { unsupported } from '../../rump/errno.ts';
import type { FsDriver, MountArgs, Mounted, MountInfo, Statvfs } from '../../rump/vfs/vnode.ts';
import { countFreeClusters } from './bitmap.ts';
import { findBootSector } from './boot.ts';
import { type Exnode, rootExnode } from './exnode.ts';
import { type BootSector, serialText, titleOf, VOLUME_FLAG } from './format.ts';
import type { RootFacts, VolumeStructure } from './rootentries.ts';
import { scanRoot } from './rootscan.ts';
import { asciiUpcase, readUpcase, type UpcaseTable } from './upcase.ts';
import { vnopsOf } from './vnops.ts';
import { Volume } from './volume.ts';

/** FileSystemRevision's major number that this driver reads (§3.1.12). */
const MAJOR_REVISION = 1;

export const driver: FsDriver<Exnode> = {
  name: 'exfat',
  options: {
    checksums: {
      about:
        'whether directory entries with a wrong checksum are refused (strict, default) or shown all the same (ignore)',
      values: ['strict', 'ignore'],
    },
  },
  mount,
};

function mount({ device, options }: MountArgs): Mounted<Exnode> {
  const { boot, notices } = findBootSector(device);
  if (boot.revision >> 8 !== MAJOR_REVISION) throw unsupported(`exFAT of revision ${revisionText(boot.revision)}`);
  const missing = boot.volumeBytes - device.sizeBytes;
  if (missing > 0)
    notices.push(`The file system is ${missing} bytes longer than its device; what lies there is missing.`);
  const volume = new Volume(device, boot);
  const root = rootExnode(boot);
  const facts = scanRoot(volume, root);
  const upcase = upcaseOf(volume, facts, notices);
  const bitmap = bitmapOf(boot, facts, notices);
  const rules = { needChecksum: options.checksums !== 'ignore', maxBytes: volume.heapBytes };
  const info: MountInfo = {
    fs: 'exfat',
    title: titleOf(boot),
    label: facts.label || null,
    uuid: serialText(boot.serial),
    state: {
      dirty: (boot.flags & VOLUME_FLAG.dirty) !== 0,
      errors: (boot.flags & VOLUME_FLAG.mediaFailure) !== 0,
      notices,
    },
    nameEncoding: 'utf16',
    facts: factsOf(boot, facts),
  };
  return {
    info,
    device,
    vfsops: { root: () => root, statvfs: statvfsOf(volume, bitmap) },
    vnops: vnopsOf(volume, upcase, rules),
  };
}

function revisionText(revision: number): string {
  return `${revision >> 8}.${String(revision & 0xff).padStart(2, '0')}`;
}

/** Without a usable table only ASCII is folded, as §7.2.5 allows: names that differ in the case of other letters are then different names. */
function upcaseOf(volume: Volume, facts: RootFacts, notices: string[]): UpcaseTable {
  const table = facts.upcase === null ? 'it is missing' : readUpcase(volume, facts.upcase);
  if (typeof table !== 'string') return table;
  notices.push(`The up-case table cannot be used (${table}): only the case of ASCII letters is ignored in names.`);
  return asciiUpcase();
}

/** The bitmap that belongs to the active FAT (§3.1.13.1). */
function bitmapOf(boot: BootSector, facts: RootFacts, notices: string[]): VolumeStructure | null {
  const second = boot.fatCount === 2 && (boot.flags & VOLUME_FLAG.activeFat) !== 0;
  const bitmap = facts.bitmaps[second ? 1 : 0];
  if (bitmap === null) notices.push('The allocation bitmap is missing: free space is an estimate.');
  return bitmap;
}

function factsOf(boot: BootSector, root: RootFacts): MountInfo['facts'] {
  const facts: MountInfo['facts'] = {
    Revision: revisionText(boot.revision),
    'Sector size': boot.sectorSize,
    'Cluster size': boot.clusterBytes,
    Clusters: boot.clusterCount,
  };
  if (boot.fatCount === 2) facts['Active FAT'] = (boot.flags & VOLUME_FLAG.activeFat) + 1;
  if (root.guid !== null) facts['Volume GUID'] = root.guid;
  if (boot.percentInUse <= 100) facts['Percent in use'] = boot.percentInUse;
  return facts;
}

/** The bitmap is read when free space is first asked for. Without one, the boot sector's percentage has to do. */
function statvfsOf(volume: Volume, bitmap: VolumeStructure | null): () => Statvfs {
  const { boot } = volume;
  let free: number | null | undefined;
  return () => {
    free ??= (bitmap === null ? null : countFreeClusters(volume, bitmap)) ?? estimatedFree(boot);
    return {
      blockSize: boot.clusterBytes,
      totalBytes: volume.heapBytes,
      freeBytes: free === null ? null : free * boot.clusterBytes,
      files: null,
      freeFiles: null,
      nameMax: 255,
    };
  };
}

function estimatedFree(boot: BootSector): number | null {
  if (boot.percentInUse > 100) return null;
  return Math.floor((boot.clusterCount * (100 - boot.percentInUse)) / 100);
}
