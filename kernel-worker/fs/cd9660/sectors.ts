/**
 * Raw sector images: dumps of a disc with the sectors as they are recorded (ECMA-130: 12 bytes of synchronisation, 4 of header, in mode 2/XA 8 of
 * subheader, then 2048 of user data and the error correction), read through a device that shows the user data alone.
 */

import type { FsDevice } from '../../rump/vfs/vnode.ts';
import { descriptorStandard, SECTOR_BYTES, SYSTEM_AREA_SECTORS } from './format.ts';

/** How sectors lie in an image. */
export interface SectorFormat {
  title: string;
  /** Bytes of the image that one sector takes. */
  rawBytes: number;
  /** Where the user data begin in it. */
  headerBytes: number;
  /** Whether sectors begin with the synchronisation pattern, which is then demanded. */
  hasSync: boolean;
}

/** Plain images, and what ripping programs write: with or without synchronisation, with or without 96 bytes of subchannel. */
const RAW_FORMATS: readonly SectorFormat[] = [
  { title: 'raw sectors of 2352 bytes, mode 1', rawBytes: 2352, headerBytes: 16, hasSync: true },
  { title: 'raw sectors of 2352 bytes, mode 2/XA', rawBytes: 2352, headerBytes: 24, hasSync: true },
  { title: 'raw sectors of 2448 bytes with subchannel, mode 1', rawBytes: 2448, headerBytes: 16, hasSync: true },
  { title: 'raw sectors of 2448 bytes with subchannel, mode 2/XA', rawBytes: 2448, headerBytes: 24, hasSync: true },
  { title: 'raw sectors of 2336 bytes, mode 2/XA', rawBytes: 2336, headerBytes: 8, hasSync: false },
];

const SYNC = Uint8Array.of(0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0);
/** Sectors translated at once in bulk reads: some 300 KiB of the image. */
const BULK_SECTORS = 128;

/**
 * How the sectors of this device lie, found by where a volume descriptor stands; null if there is none in any form. In a plain image the second
 * descriptor is enough: a damaged primary one leaves the others readable. EIO is thrown.
 */
export function detectSectors(device: FsDevice): SectorFormat | 'plain' | null {
  for (const sector of [SYSTEM_AREA_SECTORS, SYSTEM_AREA_SECTORS + 1]) {
    const byteOffset = sector * SECTOR_BYTES;
    if (device.sizeBytes < byteOffset + SECTOR_BYTES) return null;
    if (descriptorStandard(device.bread(byteOffset, SECTOR_BYTES), 0) !== null) return 'plain';
  }
  for (const format of RAW_FORMATS) {
    const offset = SYSTEM_AREA_SECTORS * format.rawBytes;
    if (device.sizeBytes < offset + format.rawBytes) continue;
    const raw = device.bread(offset, format.headerBytes + SECTOR_BYTES);
    if (format.hasSync && !SYNC.every((byte, i) => raw[i] === byte)) continue;
    if (descriptorStandard(raw, format.headerBytes) !== null) return format;
  }
  return null;
}

/** The user data of a raw image as a device of its own. Errors carry offsets of the raw image. */
export function userDataDevice(device: FsDevice, format: SectorFormat): FsDevice {
  const { rawBytes, headerBytes } = format;
  const sectors = Math.floor((device.sizeBytes - headerBytes - SECTOR_BYTES) / rawBytes) + 1;

  function read(byteOffset: number, into: Uint8Array): void {
    let done = 0;
    while (done < into.length) {
      const sector = Math.floor((byteOffset + done) / SECTOR_BYTES);
      const within = (byteOffset + done) % SECTOR_BYTES;
      const count = Math.min(BULK_SECTORS, Math.ceil((within + into.length - done) / SECTOR_BYTES));
      const raw = new Uint8Array((count - 1) * rawBytes + SECTOR_BYTES);
      device.read(sector * rawBytes + headerBytes, raw);
      for (let i = 0; i < count; i++) {
        const from = i === 0 ? within : 0;
        const length = Math.min(SECTOR_BYTES - from, into.length - done);
        into.set(raw.subarray(i * rawBytes + from, i * rawBytes + from + length), done);
        done += length;
      }
    }
  }

  return {
    sizeBytes: sectors * SECTOR_BYTES,
    sectorSize: SECTOR_BYTES,
    bread(byteOffset, lengthBytes) {
      const sector = Math.floor(byteOffset / SECTOR_BYTES);
      const within = byteOffset % SECTOR_BYTES;
      if (within + lengthBytes <= SECTOR_BYTES) {
        return device.bread(sector * rawBytes + headerBytes + within, lengthBytes);
      }
      const copy = new Uint8Array(lengthBytes);
      read(byteOffset, copy);
      return copy;
    },
    read,
  };
}
