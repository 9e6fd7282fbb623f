/**
 * Drives on Linux: what drivelist (lsblk) says, completed from sysfs (Documentation/ABI/stable/sysfs-block) and the table of mounts
 * (Documentation/filesystems/proc.rst, 3.5).
 */

import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Drive } from './drive.ts';
import type { ListedDrive } from './listed-drive.ts';

/** Where the two file systems are; tests give recorded copies. */
export interface HostFiles {
  sys: string;
  proc: string;
}

export const HOST_FILES: HostFiles = { sys: '/sys', proc: '/proc' };

/** Not media: memory, files, and what is put together of other drives. */
const NO_MEDIUM = /^(?:zram|ram|loop|dm-|md|nbd|zd|fd)\d*/;
/** sysfs counts in these, whatever the drive's sectors are. */
const SYSFS_SECTOR = 512;
/** The host runs from a drive that holds one of these; the last ones are live systems', which run from a stick. */
const SYSTEM_MOUNTS = [
  ...['/', '/boot', '/boot/efi', '/efi', '/usr', '/var', '/home', '[SWAP]'],
  ...['/cdrom', '/run/live/medium', '/lib/live/mount/medium', '/run/initramfs/live', '/run/archiso/bootmnt'],
];
/** Encryption over volume groups over arrays: deeper stacks are not built. */
const MAX_HOLDER_DEPTH = 4;

export interface HostMount {
  /** '8:17' */
  deviceNumber: string;
  /** '/dev/sdb1', as it was named when it was mounted. */
  source: string;
  path: string;
}

/** The lines of /proc/self/mountinfo. */
export function parseMountinfo(text: string): HostMount[] {
  const mounts: HostMount[] = [];
  for (const line of text.split('\n')) {
    const fields = line.split(' ');
    const dash = fields.indexOf('-', 6);
    if (fields.length < 10 || dash < 0) continue;
    mounts.push({ deviceNumber: fields[2], path: unescaped(fields[4]), source: unescaped(fields[dash + 2] ?? '') });
  }
  return mounts;
}

/** Blanks, tabs, line breaks and backslashes stand as three octal digits there. */
function unescaped(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

/** The mounts of a drive, its partitions, and what is built on them (encryption, volume groups). `deviceName`: 'sdb'. */
export function hostMountsOf(deviceName: string, files: HostFiles = HOST_FILES): HostMount[] {
  const folder = join(files.sys, 'block', deviceName);
  const partitions = names(folder).filter((name) => name.startsWith(deviceName));
  const folders = [folder, ...partitions.map((name) => join(folder, name))];
  const numbers = new Set(folders.flatMap((each) => deviceNumbers(each, files, MAX_HOLDER_DEPTH)));
  // Btrfs shows no device number of its own, but the node that was mounted.
  const nodes = new Set([deviceName, ...partitions].map((name) => `/dev/${name}`));
  const mounts = parseMountinfo(read(join(files.proc, 'self', 'mountinfo')));
  return mounts.filter((mount) => numbers.has(mount.deviceNumber) || nodes.has(mount.source));
}

/** The number of the device at `folder` and of those that hold it. */
function deviceNumbers(folder: string, files: HostFiles, depth: number): string[] {
  const holders = depth === 0 ? [] : names(join(folder, 'holders'));
  const held = holders.flatMap((name) => deviceNumbers(join(files.sys, 'block', name), files, depth - 1));
  return [read(join(folder, 'dev')), ...held].filter((number) => number !== '');
}

/** The media among the listed drives. */
export function linuxDrives(listed: readonly ListedDrive[], files: HostFiles = HOST_FILES): Drive[] {
  return listed.flatMap((drive) => {
    const deviceName = drive.device.replace(/^\/dev\//, '');
    if (NO_MEDIUM.test(deviceName)) return [];
    const described = describe(drive, deviceName, files);
    // A card reader without a card.
    return described.sizeBytes === null || described.sizeBytes === 0 ? [] : [described];
  });
}

function describe(drive: ListedDrive, deviceName: string, files: HostFiles): Drive {
  const block = join(files.sys, 'block', deviceName);
  const sectors = Number(read(join(block, 'size')) || Number.NaN);
  const sizeBytes = Number.isSafeInteger(sectors) ? sectors * SYSFS_SECTOR : drive.size;
  const sectorSize = Number(read(join(block, 'queue', 'logical_block_size'))) || drive.logicalBlockSize;
  const mounts = [...new Set(hostMountsOf(deviceName, files).map((mount) => mount.path))];
  const listedMounts = drive.mountpoints.map((mount) => mount.path);
  const removable = drive.isRemovable || read(join(block, 'removable')) === '1' || drive.isUSB;
  // Counts up with each medium that is put in (Linux 5.15 and later).
  const sequence = read(join(block, 'diskseq')) || `${sizeBytes}`;
  return {
    id: `device:${drive.device}:${sequence}`,
    devicePath: drive.device,
    name: nameOf(drive, block, deviceName),
    sizeBytes,
    sectorSize,
    bus: busOf(drive, deviceName),
    removable,
    // drivelist counts every fixed drive to the system; here it is those that the host runs from.
    system: [...mounts, ...listedMounts].some((path) => SYSTEM_MOUNTS.includes(path)),
    hostMounts: mounts,
  };
}

function nameOf(drive: ListedDrive, block: string, deviceName: string): string {
  const vendor = printable(read(join(block, 'device', 'vendor')));
  const model = printable(read(join(block, 'device', 'model')) || read(join(block, 'device', 'name')));
  // Virtual and PCI drives give a number for a vendor.
  const parts = [/^0x[0-9a-f]+$/i.test(vendor) || vendor === 'ATA' ? '' : vendor, model];
  return parts.filter(Boolean).join(' ') || printable(drive.description) || deviceName;
}

/** The device says it of itself: no control characters, and no more than a line. */
function printable(text: string): string {
  return text.replace(/\p{C}/gu, ' ').replace(/ {2,}/g, ' ').trim().slice(0, 80);
}

function busOf(drive: ListedDrive, deviceName: string): string | null {
  if (drive.isUSB) return 'USB';
  if (deviceName.startsWith('mmcblk')) return 'SD';
  if (deviceName.startsWith('nvme')) return 'NVMe';
  if (deviceName.startsWith('sr')) return 'Optical';
  return drive.busType === '' || drive.busType === 'UNKNOWN' ? null : drive.busType;
}

/** Changes when a drive, its medium or its mounts do; cheap enough to be asked each second. */
export function linuxSignature(files: HostFiles = HOST_FILES): string {
  const block = join(files.sys, 'block');
  const drives = names(block).filter((name) => !NO_MEDIUM.test(name));
  const states = drives.map((name) => [name, read(join(block, name, 'diskseq')), read(join(block, name, 'size'))]);
  const mounts = parseMountinfo(read(join(files.proc, 'self', 'mountinfo')));
  const deviceMounts = mounts.filter((mount) => mount.source.startsWith('/dev/')).map((m) => [m.deviceNumber, m.path]);
  return JSON.stringify([states, deviceMounts]);
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch {
    return [];
  }
}

/** The nodes of a disk's partitions. `devicePath`: '/dev/sdb'. */
export function partitionNodes(devicePath: string, files: HostFiles = HOST_FILES): string[] {
  const deviceName = devicePath.replace(/^\/dev\//, '');
  return names(join(files.sys, 'block', deviceName))
    .filter((name) => name.startsWith(deviceName))
    .map((name) => `/dev/${name}`);
}

/** Other drives in the same device that have a medium: the other slots of a card reader. */
export function siblingNodes(devicePath: string, files: HostFiles = HOST_FILES): string[] {
  const own = devicePath.replace(/^\/dev\//, '');
  const device = usbDeviceOf(own, files);
  if (device === null) return [];
  return names(join(files.sys, 'block'))
    .filter((name) => name !== own && usbDeviceOf(name, files) === device)
    .filter((name) => Number(read(join(files.sys, 'block', name, 'size'))) > 0)
    .map((name) => `/dev/${name}`);
}

/** '…/usb1/1-2': the folder above the interface, in sysfs, of the USB device that a disk belongs to. */
function usbDeviceOf(deviceName: string, files: HostFiles): string | null {
  try {
    const path = realpathSync(join(files.sys, 'block', deviceName));
    return /^(.*\/usb\d+\/.*?)\/[^/]*:\d+\.\d+\//.exec(path)?.[1] ?? null;
  } catch {
    return null;
  }
}

/** Size and logical sector of a device that is there. Throws where it is not. `devicePath`: '/dev/sdb', '/dev/sdb1'. */
export function deviceGeometry(
  devicePath: string,
  files: HostFiles = HOST_FILES,
): { sizeBytes: number; sectorSize: number } {
  const deviceName = devicePath.replace(/^\/dev\//, '');
  const folder = join(files.sys, 'class', 'block', deviceName);
  const sectors = Number(read(`${folder}/size`) || Number.NaN);
  if (!Number.isSafeInteger(sectors)) throw new Error(`${devicePath} is not there`);
  // A partition has its queue in its disk's folder: above where the link leads to, which join() would not follow.
  const queues = [`${folder}/queue`, `${folder}/../queue`];
  const sectorSize = queues.map((path) => Number(read(`${path}/logical_block_size`))).find((size) => size > 0);
  return { sizeBytes: sectors * SYSFS_SECTOR, sectorSize: sectorSize ?? SYSFS_SECTOR };
}

/** The disk that a partition belongs to; a disk is its own. '/dev/sdb1' gives '/dev/sdb'. */
export function linuxDiskOf(devicePath: string, files: HostFiles = HOST_FILES): string {
  const folder = join(files.sys, 'class', 'block', devicePath.replace(/^\/dev\//, ''));
  if (read(join(folder, 'partition')) === '') return devicePath;
  try {
    return `/dev/${basename(dirname(realpathSync(folder)))}`;
  } catch {
    return devicePath;
  }
}
