/** vfsops(9) of msdosfs: FAT12, FAT16 and FAT32, read-only. */

import { asKernelError, KernelError } from '../../rump/errno.ts';
import type { FsDevice, FsDriver, MountArgs, Mounted, MountInfo, Statvfs } from '../../rump/vfs/vnode.ts';
import { type FoundBootSector, findBootSector } from './boot.ts';
import { CODE_PAGES, codePage, DEFAULT_CODE_PAGE, loadCodePage } from './codepage.ts';
import { type Denode, rootDenode } from './denode.ts';
import { directoryPieces } from './directory.ts';
import { TIME_ZONES, zoneSeconds } from './dostime.ts';
import { Fat } from './fat.ts';
import { parseFsInfo, STATE_DIRTY, STATE_ERRORS, serialText } from './format.ts';
import { labelIn } from './label.ts';
import type { ShortNameStyle } from './shortname.ts';
import { vnopsOf } from './vnops.ts';
import { Volume } from './volume.ts';

const SHORT_NAME_STYLES: readonly ShortNameStyle[] = ['mixed', 'winnt', 'win95', 'lower'];

export const driver: FsDriver<Denode> = {
  name: 'msdosfs',
  options: {
    codepage: { about: 'code page of short names and labels (default 437)', values: CODE_PAGES },
    timezone: {
      about: 'where its times were written, as +02:00 (default: they stay local wall times)',
      values: TIME_ZONES,
    },
    shortname: {
      about:
        'how names without a long form are shown: mixed or winnt (as the case bits say, default), win95 (upper case), lower',
      values: SHORT_NAME_STYLES,
    },
  },
  prepare: (options) => loadCodePage(options.codepage ?? DEFAULT_CODE_PAGE),
  mount,
};

function mount(args: MountArgs): Mounted<Denode> {
  const { device, options } = args;
  const found = findBootSector(device);
  const { boot } = found;
  const notices = sourceNotices(found, device);
  let mounted = false;
  const notice = (sentence: string): void => {
    notices.push(sentence);
    // The kernel logs the notices of the mount itself; later ones come from reads.
    if (mounted) args.log(sentence);
  };
  const fat = new Fat(device, boot, notice);
  const style = SHORT_NAME_STYLES.find((name) => name === options.shortname) ?? 'mixed';
  const volume = new Volume(device, boot, fat, { codePage: codePage(options.codepage ?? DEFAULT_CODE_PAGE), style });
  const root = rootDenode(boot.geometry);
  const info: MountInfo = {
    fs: 'msdosfs',
    title: `FAT${boot.geometry.bits}`,
    label: volumeLabel(volume, root),
    uuid: serialText(boot.serial),
    state: { ...stateOf(volume), notices },
    nameEncoding: 'utf16',
    facts: factsOf(volume),
  };
  mounted = true;
  return {
    info,
    device,
    vfsops: { root: () => root, statvfs: statvfsOf(volume, info) },
    vnops: vnopsOf(volume, zoneSeconds(options.timezone)),
  };
}

function sourceNotices(found: FoundBootSector, device: FsDevice): string[] {
  const notices: string[] = [];
  if (found.source === 'backup') {
    notices.push(`The boot sector is damaged (${found.failure?.message}); its backup was used.`);
  } else if (found.source === 'convention') {
    notices.push('The boot sector does not describe the disk; the usual layout of a floppy of this size was used.');
  }
  const missing = found.boot.geometry.totalBytes - device.sizeBytes;
  if (missing > 0)
    notices.push(`The file system is ${missing} bytes longer than its device; what lies there is missing.`);
  return notices;
}

/** The dirty and error bits of the boot sector, and of FAT entry 1, where they are set as long as all is well. */
function stateOf(volume: Volume): { dirty: boolean; errors: boolean } {
  const { state, geometry } = volume.boot;
  let dirty = (state & STATE_DIRTY) !== 0;
  let errors = (state & STATE_ERRORS) !== 0;
  if (geometry.bits === 12) return { dirty, errors };
  try {
    const entry = volume.fat.entry(1);
    dirty ||= (entry & (geometry.bits === 16 ? 0x8000 : 0x0800_0000)) === 0;
    errors ||= (entry & (geometry.bits === 16 ? 0x4000 : 0x0400_0000)) === 0;
  } catch (error) {
    if (asKernelError(error).kind === 'removed') throw error;
    errors = true;
  }
  return { dirty, errors };
}

/** The root directory's label, else the boot sector's. */
function volumeLabel(volume: Volume, root: Denode): string | null {
  let label = volume.boot.label;
  for (const piece of directoryPieces(volume, root)) {
    const found = piece instanceof KernelError ? 'not yet' : labelIn(piece.slots);
    if (found instanceof Uint8Array) label = found;
    if (found !== 'not yet') break;
  }
  return label === null ? null : volume.shortNames.codePage.decode(label).trimEnd() || null;
}

function factsOf(volume: Volume): MountInfo['facts'] {
  const { boot } = volume;
  const { geometry } = boot;
  const facts: MountInfo['facts'] = {};
  if (/^[ -~]+$/.test(boot.oemName)) facts['Formatted by'] = boot.oemName;
  facts['Sector size'] = geometry.bytesPerSector;
  facts['Cluster size'] = geometry.clusterBytes;
  facts.Clusters = geometry.clusterCount;
  facts.FATs = geometry.fatCount;
  facts['Media byte'] = `0x${boot.media.toString(16)}`;
  facts['Code page'] = volume.shortNames.codePage.name;
  return facts;
}

/** Counting free clusters reads the whole FAT: it is done when first asked for, and not where FSInfo can be believed. */
function statvfsOf(volume: Volume, info: MountInfo): () => Statvfs {
  const { clusterBytes, clusterCount } = volume.boot.geometry;
  let freeClusters: number | null | undefined;
  return () => {
    if (freeClusters === undefined) {
      freeClusters = (info.state.dirty ? null : fsInfoFree(volume)) ?? volume.fat.countFree();
    }
    return {
      blockSize: clusterBytes,
      totalBytes: clusterCount * clusterBytes,
      freeBytes: freeClusters === null ? null : freeClusters * clusterBytes,
      files: null,
      freeFiles: null,
      nameMax: 255,
    };
  };
}

/** FSInfo's count of free clusters if it can be. */
function fsInfoFree(volume: Volume): number | null {
  const { boot, device } = volume;
  if (boot.fsInfoOffset === null) return null;
  try {
    const free = parseFsInfo(device.bread(boot.fsInfoOffset, 512));
    return free !== null && free <= boot.geometry.clusterCount ? free : null;
  } catch (error) {
    if (asKernelError(error).kind === 'removed') throw error;
    return null;
  }
}
