/** The boot sector of NTFS and its copy in the volume's last sector: [MS] "How NTFS works", NTFS boot sector; the same in the NTFS documentation of the Linux-NTFS project. */

import { KernelError } from '../../rump/errno.ts';
import { hasText, u16le, u32le, u64le } from '../../rump/vfs/bytes.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';

export interface BootSector {
  bytesPerSector: number;
  clusterSize: number;
  /** Of the volume, without the copy of the boot sector behind it. */
  totalBytes: number;
  clusterCount: number;
  /** First cluster of $MFT and of $MFTMirr; -1 where the field points outside of the volume. */
  mftLcn: number;
  mftMirrLcn: number;
  /** Bytes of a FILE record: 1024, or 4096 on disks with 4 KiB sectors. */
  recordSize: number;
  /** Volume serial number as blkid prints it. */
  serial: string;
}

const BOOT_BYTES = 512;
const MIN_SECTOR = 256;
const MAX_SECTOR = 4096;
/** Windows 10 1709 and later format up to this; larger ones do not exist. */
const MAX_CLUSTER = 2 * 1024 * 1024;
/** Fix-ups work on 512 bytes, so a record is no smaller; the size is kept in 32 bits but 4096 is the largest ever made. 64 KiB leave room. */
const MIN_RECORD = 512;
const MAX_RECORD = 65536;

const OEM_ID = 3;
const BYTES_PER_SECTOR = 11;
const SECTORS_PER_CLUSTER = 13;
const TOTAL_SECTORS = 40;
const MFT_LCN = 48;
const MFT_MIRR_LCN = 56;
const CLUSTERS_PER_RECORD = 64;
const SERIAL = 72;

/** null if this is no boot sector of NTFS, or one whose geometry cannot be. */
export function parseBootSector(bytes: Uint8Array): BootSector | null {
  if (!hasText(bytes, OEM_ID, 'NTFS    ')) return null;
  const bytesPerSector = u16le(bytes, BYTES_PER_SECTOR);
  if (!isPowerOfTwo(bytesPerSector) || bytesPerSector < MIN_SECTOR || bytesPerSector > MAX_SECTOR) return null;
  const clusterSize = bytesPerSector * sectorsPerCluster(bytes[SECTORS_PER_CLUSTER]);
  if (!isPowerOfTwo(clusterSize) || clusterSize > MAX_CLUSTER) return null;
  const recordSize = recordBytes(bytes[CLUSTERS_PER_RECORD], clusterSize);
  if (!isPowerOfTwo(recordSize) || recordSize < MIN_RECORD || recordSize > MAX_RECORD) return null;
  const totalBytes = u64le(bytes, TOTAL_SECTORS) * bytesPerSector;
  const clusterCount = Math.floor(totalBytes / clusterSize);
  if (!Number.isSafeInteger(totalBytes) || clusterCount < 1) return null;
  const lcnWithin = (at: number) => (u64le(bytes, at) < clusterCount ? u64le(bytes, at) : -1);
  const serialHalf = (at: number) => u32le(bytes, at).toString(16).toUpperCase().padStart(8, '0');
  return {
    bytesPerSector,
    clusterSize,
    totalBytes,
    clusterCount,
    mftLcn: lcnWithin(MFT_LCN),
    mftMirrLcn: lcnWithin(MFT_MIRR_LCN),
    recordSize,
    serial: serialHalf(SERIAL + 4) + serialHalf(SERIAL),
  };
}

/** Up to 128 the number itself; above, as a negative byte, the power of two: 0xf4 (-12) is 4096 sectors. 0 where neither fits. */
function sectorsPerCluster(byte: number): number {
  if (byte <= 128) return byte;
  return 256 - byte <= 21 ? 2 ** (256 - byte) : 0;
}

/** Clusters for each record, or, negative, the power of two of its bytes. */
function recordBytes(byte: number, clusterSize: number): number {
  if (byte < 128) return byte * clusterSize;
  return 256 - byte <= 16 ? 2 ** (256 - byte) : 0;
}

function isPowerOfTwo(value: number): boolean {
  return value > 0 && (value & (value - 1)) === 0;
}

/** The boot sectors that the medium has, best first: that at its start, then the copy, which stands in the last sector of the partition. */
export function* bootSectors(device: FsDevice): Generator<{ boot: BootSector; isCopy: boolean }, void> {
  const first = bootSectorAt(device, 0);
  if (first !== null) yield { boot: first, isCopy: false };
  for (const sectorSize of new Set([device.sectorSize, 512, 4096])) {
    const copy = bootSectorAt(device, device.sizeBytes - sectorSize);
    if (copy !== null && copy.totalBytes <= device.sizeBytes) {
      yield { boot: copy, isCopy: true };
      return;
    }
  }
}

/** null also where the medium cannot be read there: the other one is then asked. */
function bootSectorAt(device: FsDevice, byteOffset: number): BootSector | null {
  if (byteOffset < 0 || byteOffset + BOOT_BYTES > device.sizeBytes) return null;
  try {
    return parseBootSector(device.bread(byteOffset, BOOT_BYTES));
  } catch (error) {
    if (error instanceof KernelError && error.kind === 'medium') return null;
    throw error;
  }
}
