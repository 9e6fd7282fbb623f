/** Drives on Linux, from sysfs, udev's database and the table of mounts alone: reading them takes a millisecond, running lsblk up to a second. */

import { join } from 'node:path';
import type { Drive } from './drive.ts';
import { allHostMounts, type HostMount, hasSwap, hostMountsOf, SWAP } from './host-mounts.ts';
import { printable } from './printable.ts';
import {
  blockFolder,
  devicesPath,
  diskNames,
  HOST_FILES,
  type HostFiles,
  read,
  SYSFS_SECTOR,
  udevProperty,
  usbDeviceOf,
} from './sysfs.ts';

/** The host runs from a drive that holds one of these; the last ones are live systems', which run from a stick. */
const SYSTEM_MOUNTS = [
  ...['/', '/boot', '/boot/efi', '/efi', '/usr', '/var', '/home', SWAP],
  ...['/cdrom', '/run/live/medium', '/lib/live/mount/medium', '/run/initramfs/live', '/run/archiso/bootmnt'],
];
/** What an optical drive without a disc says its size is, in sectors: drivers/scsi/sr.c sets it before it knows. */
const OPTICAL_UNKNOWN = 0x1fffff;

/** The drives that are there, those without a medium too. */
export function linuxDrives(files: HostFiles = HOST_FILES): Drive[] {
  const mounts = allHostMounts(files);
  const found = diskNames(files).map((deviceName) => {
    const path = devicesPath(deviceName, files);
    const reader = usbDeviceOf(deviceName, files, path);
    return { drive: describe(deviceName, files, mounts, path, reader), reader };
  });
  return found.map(({ drive, reader }) => {
    const others = found.filter((other) => reader !== null && other.reader === reader && other.drive !== drive);
    return { ...drive, siblings: others.map((other) => other.drive.id) };
  });
}

/** `path`: where it hangs in the tree of devices; `usb`: the USB device that it belongs to. */
function describe(
  deviceName: string,
  files: HostFiles,
  mounts: readonly HostMount[],
  path: string,
  usb: string | null,
): Drive {
  const block = blockFolder(deviceName, files);
  const bus = busOf(deviceName, path, files);
  const sectors = Number(read(join(block, 'size')) || Number.NaN);
  const hasMedium = sectors > 0 && !(bus === 'Optical' && isWithoutDisc(deviceName, sectors, files));
  const sizeBytes = hasMedium && Number.isSafeInteger(sectors * SYSFS_SECTOR) ? sectors * SYSFS_SECTOR : null;
  const own = hostMountsOf(deviceName, files, mounts);
  const paths = [...new Set(own.map((mount) => mount.path))];
  const vendor = vendorOf(block, usb);
  const model = printable(read(join(block, 'device', 'model')) || read(join(block, 'device', 'name')));
  // Counts up with each medium that is put in (Linux 5.15 and later).
  const sequence = read(join(block, 'diskseq')) || `${sizeBytes ?? 0}`;
  return {
    id: `device:/dev/${deviceName}:${sequence}${hasMedium ? '' : ':empty'}`,
    devicePath: `/dev/${deviceName}`,
    name: [vendor, model].filter(Boolean).join(' ') || deviceName,
    vendor: vendor || null,
    model: model || null,
    serial: serialOf(deviceName, block, usb, files),
    sizeBytes,
    sectorSize: Number(read(join(block, 'queue', 'logical_block_size'))) || null,
    bus,
    speedMbitPerSecond: (usb !== null && Number(read(join(usb, 'speed')))) || null,
    removable: read(join(block, 'removable')) === '1' || bus === 'USB' || bus === 'SD',
    hasMedium,
    system: [...paths, hasSwap(deviceName, files) ? SWAP : ''].some((path) => SYSTEM_MOUNTS.includes(path)),
    hostMounts: paths,
    hostDrivers: [...new Set(own.map((mount) => mount.driver))],
    siblings: [],
  };
}

/** udev asks an optical drive whether there is a disc; where it has not yet, the size tells. */
function isWithoutDisc(deviceName: string, sectors: number, files: HostFiles): boolean {
  if (udevProperty(deviceName, 'ID_CDROM', files) !== '')
    return udevProperty(deviceName, 'ID_CDROM_MEDIA', files) !== '1';
  return sectors === OPTICAL_UNKNOWN;
}

/** SCSI's word for it, which is what a card reader or a bridge calls itself; else USB's. Virtual and PCI drives give a number, and SATA's all 'ATA'. */
function vendorOf(block: string, usb: string | null): string {
  const vendor = printable(read(join(block, 'device', 'vendor')));
  if (vendor !== '' && vendor !== 'ATA' && !/^0x[0-9a-f]+$/i.test(vendor)) return vendor;
  return usb === null ? '' : printable(read(join(usb, 'manufacturer')));
}

function serialOf(deviceName: string, block: string, usb: string | null, files: HostFiles): string | null {
  const own = usb === null ? read(join(block, 'device', 'serial')) : read(join(usb, 'serial'));
  return printable(own || udevProperty(deviceName, 'ID_SERIAL_SHORT', files)) || null;
}

function busOf(deviceName: string, path: string, files: HostFiles): string | null {
  if (deviceName.startsWith('sr')) return 'Optical';
  if (deviceName.startsWith('nvme')) return 'NVMe';
  // Soldered flash is on the same bus as a card, and says so.
  if (deviceName.startsWith('mmcblk'))
    return read(join(blockFolder(deviceName, files), 'device', 'type')) === 'MMC' ? 'eMMC' : 'SD';
  if (/\/usb\d+\//.test(path)) return 'USB';
  if (/\/ata\d+\//.test(path)) return 'SATA';
  return /\/virtio\d+\//.test(path) ? 'Virtio' : null;
}

/** Changes when a drive, its medium or its mounts do; cheap enough to be asked several times a second. */
export function linuxSignature(files: HostFiles = HOST_FILES): string {
  const states = diskNames(files).map((name) => {
    const folder = blockFolder(name, files);
    // The queue comes a moment after its disk.
    return [name, ...['diskseq', 'size', 'queue/logical_block_size'].map((file) => read(join(folder, file)))];
  });
  const mounts = allHostMounts(files).filter((mount) => mount.source.startsWith('/dev/'));
  return JSON.stringify([states, mounts.map((mount) => [mount.deviceNumber, mount.path])]);
}
