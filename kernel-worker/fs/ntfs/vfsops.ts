/** The NTFS driver: mounting a volume. */

import { asKernelError, damaged, type KernelError } from '../../rump/errno.ts';
import type { FsDevice, FsDriver, MountArgs, Mounted, MountOptions, Statvfs } from '../../rump/vfs/vnode.ts';
import { bootSectors } from './bootsector.ts';
import { DATA, FILE_BITMAP, FILE_ROOT } from './format.ts';
import { type Inode, load, openStream, systemInode } from './inode.ts';
import { recordCount } from './mft.ts';
import { readStream } from './stream.ts';
import { ntfsVnops } from './vnops.ts';
import { openVolume, type Volume } from './volume.ts';
import { readVolumeState } from './volumestate.ts';

/** The longest name, in UTF-16 units. */
const NAME_MAX = 255;
/** Bitmaps of volumes larger than 256 GiB (at 4 KiB a cluster) are not read only to tell how much is free. */
const MAX_BITMAP_BYTES = 8 * 1024 * 1024;
const BITMAP_CHUNK = 256 * 1024;

export const driver: FsDriver<Inode> = {
  name: 'ntfs',
  options: {
    show_sys_files: { about: "list the file system's own files ($MFT, $LogFile …) in the root", values: [''] },
    case_sensitive: { about: 'tell names that differ by case only apart when they are looked up', values: [''] },
  },
  mount,
};

function mount({ device, options }: MountArgs): Mounted<Inode> {
  const volume = mountableVolume(device, options);
  const root = systemInode(FILE_ROOT);
  load(volume, root);
  if (volume.boot.totalBytes > device.sizeBytes) {
    volume.notices.push('The medium is smaller than the volume says; files in the missing part cannot be read.');
  }
  const { label, version, isDirty } = readVolumeState(volume);
  const title = version === null ? 'NTFS' : `NTFS ${version}`;
  return {
    info: {
      fs: 'ntfs',
      title,
      label,
      uuid: volume.boot.serial,
      state: { dirty: isDirty, errors: false, notices: volume.notices },
      nameEncoding: 'utf16',
      facts: {
        'Bytes per sector': volume.boot.bytesPerSector,
        'Bytes per cluster': volume.clusterSize,
        'Bytes per MFT record': volume.boot.recordSize,
        'MFT records': recordCount(volume.mft),
      },
    },
    device,
    vfsops: { root: () => root, statvfs: () => statvfs(volume) },
    vnops: ntfsVnops(volume),
  };
}

/** The volume by its boot sector or, where nothing is found with that, by the copy. EUCLEAN, EIO. */
function mountableVolume(device: FsDevice, options: MountOptions): Volume {
  let failure: KernelError | null = null;
  for (const { boot, isCopy } of bootSectors(device)) {
    try {
      const volume = openVolume(device, boot, {
        showSystemFiles: options.show_sys_files !== undefined,
        isCaseSensitive: options.case_sensitive !== undefined,
      });
      if (isCopy) volume.notices.unshift('The boot sector is damaged; its copy at the end of the volume was used.');
      return volume;
    } catch (error) {
      failure ??= asKernelError(error);
      if (failure.kind === 'removed') throw failure;
    }
  }
  throw (
    failure ?? damaged('there is no NTFS boot sector, nor its copy at the end', { byteOffset: 0, expected: 'NTFS' })
  );
}

function statvfs(volume: Volume): Statvfs {
  const { clusterSize, clusterCount } = volume;
  const free = freeClusters(volume);
  return {
    blockSize: clusterSize,
    totalBytes: clusterCount * clusterSize,
    freeBytes: free === null ? null : free * clusterSize,
    files: recordCount(volume.mft),
    freeFiles: null,
    nameMax: NAME_MAX,
  };
}

/** Zero bits of $Bitmap; null where it is damaged or too large. */
function freeClusters(volume: Volume): number | null {
  const bytes = Math.ceil(volume.clusterCount / 8);
  if (bytes > MAX_BITMAP_BYTES) return null;
  try {
    const stream = openStream(volume, systemInode(FILE_BITMAP), DATA);
    if (stream === null || stream.size < bytes) return null;
    let free = 0;
    const chunk = new Uint8Array(Math.min(bytes, BITMAP_CHUNK));
    for (let offset = 0; offset < bytes; offset += chunk.length) {
      const count = readStream(volume, stream, offset, chunk.subarray(0, Math.min(chunk.length, bytes - offset)));
      for (let i = 0; i < count; i++) free += 8 - onesIn(chunk[i]);
    }
    // Bits behind the last cluster are not clusters; they are set on most volumes, and not counted on any.
    return free - zeroBitsBehind(volume, chunk, bytes);
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind === 'removed') throw failure;
    return null;
  }
}

function onesIn(byte: number): number {
  let bits = byte;
  let ones = 0;
  for (; bits !== 0; bits &= bits - 1) ones += 1;
  return ones;
}

/** Zero bits of the last byte that stand for no cluster. */
function zeroBitsBehind(volume: Volume, lastChunk: Uint8Array, bytes: number): number {
  const used = volume.clusterCount % 8;
  if (used === 0) return 0;
  const last = lastChunk[(bytes - 1) % lastChunk.length];
  return 8 - used - onesIn(last >> used);
}
