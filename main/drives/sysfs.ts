/**
 * Block devices as Linux describes them in files: sysfs (Documentation/ABI/stable/sysfs-block, testing/sysfs-bus-usb), and udev's database
 * (udevadm(8)'s "export-db" shows its fields). Nothing here touches a device or runs a program.
 */

import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** Where the file systems are; tests give copies. */
export interface HostFiles {
  sys: string;
  proc: string;
  /** udev's database: a file for each device, named after its number. */
  udev: string;
}

export const HOST_FILES: HostFiles = { sys: '/sys', proc: '/proc', udev: '/run/udev/data' };

/** sysfs counts in these, whatever the drive's sectors are. */
export const SYSFS_SECTOR = 512;
/** Not media: memory, files, what is put together of other drives, and the parts of an eMMC that firmware keeps for itself. */
const NO_MEDIUM = /^(?:(?:zram|ram|loop|dm-|md|nbd|zd|fd)\d*$|mmcblk\d+(?:boot|rpmb|gp))/;

/** The content of a file without its line break; '' where it cannot be read. */
export function read(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

export function names(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** The folder of a disk: '/sys/block/sdb'. */
export function blockFolder(deviceName: string, files: HostFiles): string {
  return join(files.sys, 'block', deviceName);
}

/** 'sdb', 'mmcblk0', 'sr0' …: the disks and the slots for them. */
export function diskNames(files: HostFiles): string[] {
  return names(join(files.sys, 'block')).filter((name) => !NO_MEDIUM.test(name));
}

export function deviceNameOf(devicePath: string): string {
  return devicePath.replace(/^\/dev\//, '');
}

/** 'sdb1', 'sdb2'. */
export function partitionNames(deviceName: string, files: HostFiles): string[] {
  return names(blockFolder(deviceName, files)).filter((name) => name.startsWith(deviceName));
}

/** The nodes of a disk's partitions. `devicePath`: '/dev/sdb'. */
export function partitionNodes(devicePath: string, files: HostFiles = HOST_FILES): string[] {
  return partitionNames(deviceNameOf(devicePath), files).map((name) => `/dev/${name}`);
}

/** Where the disk hangs in the tree of devices: '/sys/devices/…/usb1/1-2/1-2:1.0/host6/…/block/sdb'. '' if it is gone. */
export function devicesPath(deviceName: string, files: HostFiles): string {
  try {
    return realpathSync.native(blockFolder(deviceName, files));
  } catch {
    return '';
  }
}

/** '…/usb1/1-2': the folder of the USB device that a disk belongs to, above its interface; null if it hangs on another bus. */
export function usbDeviceOf(
  deviceName: string,
  files: HostFiles,
  path: string = devicesPath(deviceName, files),
): string | null {
  return /^(.*\/usb\d+\/.*?)\/[^/]*:\d+\.\d+\//.exec(path)?.[1] ?? null;
}

/** A property that udev found out about a disk ('ID_SERIAL_SHORT'); '' where it did not. */
export function udevProperty(deviceName: string, name: string, files: HostFiles): string {
  const number = read(join(blockFolder(deviceName, files), 'dev'));
  const text = number === '' ? '' : read(join(files.udev, `b${number}`));
  const line = text.split('\n').find((each) => each.startsWith(`E:${name}=`));
  return line === undefined ? '' : line.slice(`E:${name}=`.length);
}

/** Size and logical sector of a device that is there. Throws where it is not. `devicePath`: '/dev/sdb', '/dev/sdb1'. */
export function deviceGeometry(
  devicePath: string,
  files: HostFiles = HOST_FILES,
): { sizeBytes: number; sectorSize: number } {
  const folder = join(files.sys, 'class', 'block', deviceNameOf(devicePath));
  const sectors = Number(read(`${folder}/size`) || Number.NaN);
  if (!Number.isSafeInteger(sectors)) throw new Error(`${devicePath} is not there`);
  // A partition has its queue in its disk's folder: above where the link leads to, which join() would not follow.
  const queues = [`${folder}/queue`, `${folder}/../queue`];
  const sectorSize = queues.map((path) => Number(read(`${path}/logical_block_size`))).find((size) => size > 0);
  return { sizeBytes: sectors * SYSFS_SECTOR, sectorSize: sectorSize ?? SYSFS_SECTOR };
}

/** The disk that a partition belongs to; a disk is its own. '/dev/sdb1' gives '/dev/sdb'. */
export function linuxDiskOf(devicePath: string, files: HostFiles = HOST_FILES): string {
  const folder = join(files.sys, 'class', 'block', deviceNameOf(devicePath));
  if (read(join(folder, 'partition')) === '') return devicePath;
  try {
    return `/dev/${basename(dirname(realpathSync(folder)))}`;
  } catch {
    return devicePath;
  }
}

/** Other drives in the same device that have a medium: the other cards in a reader. */
export function otherMediaNodes(devicePath: string, files: HostFiles = HOST_FILES): string[] {
  const own = deviceNameOf(devicePath);
  const device = usbDeviceOf(own, files);
  if (device === null) return [];
  return diskNames(files)
    .filter((name) => name !== own && usbDeviceOf(name, files) === device)
    .filter((name) => Number(read(join(blockFolder(name, files), 'size'))) > 0)
    .map((name) => `/dev/${name}`);
}
