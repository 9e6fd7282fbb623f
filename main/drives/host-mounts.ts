/** What the host's own kernel has mounted: its table of mounts and of swap space (Documentation/filesystems/proc.rst, 3.5; proc(5)). */

import { join } from 'node:path';
import { blockFolder, HOST_FILES, type HostFiles, names, partitionNames, read } from './sysfs.ts';

/** Encryption over volume groups over arrays: deeper stacks are not built. */
const MAX_HOLDER_DEPTH = 4;

/** Stands for swap space, which has no path. */
export const SWAP = '[SWAP]';

export interface HostMount {
  /** '8:17' */
  deviceNumber: string;
  /** '/dev/sdb1', as it was named when it was mounted. */
  source: string;
  path: string;
  /** The driver that reads it: 'vfat', 'fuseblk'. */
  driver: string;
}

/** The lines of /proc/self/mountinfo. */
export function parseMountinfo(text: string): HostMount[] {
  const mounts: HostMount[] = [];
  for (const line of text.split('\n')) {
    const fields = line.split(' ');
    const dash = fields.indexOf('-', 6);
    if (fields.length < 10 || dash < 0) continue;
    const [driver, source = ''] = fields.slice(dash + 1).map(unescaped);
    mounts.push({ deviceNumber: fields[2], path: unescaped(fields[4]), source, driver });
  }
  return mounts;
}

/** Blanks, tabs, line breaks and backslashes stand as three octal digits there. */
function unescaped(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

/** All mounts of the host. */
export function allHostMounts(files: HostFiles = HOST_FILES): HostMount[] {
  return parseMountinfo(read(join(files.proc, 'self', 'mountinfo')));
}

/** The mounts of a drive, its partitions, and what is built on them (encryption, volume groups). `deviceName`: 'sdb'. */
export function hostMountsOf(
  deviceName: string,
  files: HostFiles = HOST_FILES,
  mounts: readonly HostMount[] = allHostMounts(files),
): HostMount[] {
  const partitions = partitionNames(deviceName, files);
  const built = builtOn(deviceName, files);
  const folders = [
    ...[deviceName, ...built].map((name) => blockFolder(name, files)),
    ...partitions.map((name) => join(blockFolder(deviceName, files), name)),
  ];
  const numbers = new Set(folders.map((folder) => read(join(folder, 'dev'))).filter((number) => number !== ''));
  // Btrfs shows no device number of its own, but the node that was mounted.
  const nodes = new Set([deviceName, ...partitions].map((name) => `/dev/${name}`));
  return mounts.filter((mount) => numbers.has(mount.deviceNumber) || nodes.has(mount.source));
}

/** The devices that are made of a drive and its partitions, the outermost last: 'dm-0' for unlocked encryption. */
export function builtOn(deviceName: string, files: HostFiles = HOST_FILES): string[] {
  const disk = blockFolder(deviceName, files);
  let folders = [disk, ...partitionNames(deviceName, files).map((name) => join(disk, name))];
  const found: string[] = [];
  for (let depth = 0; depth < MAX_HOLDER_DEPTH; depth += 1) {
    const holders = folders.flatMap((folder) => names(join(folder, 'holders'))).filter((name) => !found.includes(name));
    found.push(...new Set(holders));
    folders = holders.map((name) => blockFolder(name, files));
  }
  return found;
}

/** Encryption on a drive that the host has unlocked (device mapper tells by the start of its identifier: Documentation/ABI/testing/sysfs-block-dm). */
export interface UnlockedContainer {
  /** '/dev/sdb1': what is locked again. */
  encrypted: string;
  /** '/dev/dm-0': what is read and mounted while it is unlocked. */
  cleartext: string;
}

/** Also a container in a container, the inner one first. `deviceName`: 'sdb'. */
export function unlockedOn(deviceName: string, files: HostFiles = HOST_FILES): UnlockedContainer[] {
  const disk = blockFolder(deviceName, files);
  const below: Array<[string, string]> = [
    [deviceName, disk],
    ...partitionNames(deviceName, files).map((name): [string, string] => [name, join(disk, name)]),
    ...builtOn(deviceName, files).map((name): [string, string] => [name, blockFolder(name, files)]),
  ];
  const found = below.flatMap(([name, folder]) =>
    names(join(folder, 'holders'))
      .filter((holder) => read(join(blockFolder(holder, files), 'dm', 'uuid')).startsWith('CRYPT-'))
      .map((holder) => ({ encrypted: `/dev/${name}`, cleartext: `/dev/${holder}` })),
  );
  return found.reverse();
}

/** Whether the host swaps onto the drive, one of its partitions, or what is built on them. */
export function hasSwap(deviceName: string, files: HostFiles = HOST_FILES): boolean {
  const used = read(join(files.proc, 'swaps'))
    .split('\n')
    .slice(1)
    .map((line) => line.split(/\s/)[0]);
  const nodes = [deviceName, ...partitionNames(deviceName, files), ...builtOn(deviceName, files)];
  return nodes.some((name) => used.includes(`/dev/${name}`));
}
