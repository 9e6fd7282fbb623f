/** Opening a medium read-only, before lockdown: nothing of its content is read here. */

import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync } from 'node:fs';
import { basename } from 'node:path';
import type { FileIdentity, MediumSource } from '../contract.ts';
import { openThroughAuthopen } from './authopen.ts';
import { fileBlocks } from './file.ts';
import { pipeBlocks } from './pipe.ts';
import { removableBlocks } from './removable.ts';
import { type BlockHypercalls, HypercallError } from './rumpuser.ts';
import { openThroughUDisks } from './udisks.ts';

/** A medium that is open: its descriptors stay open until the process ends. */
export interface OpenMedium {
  /** What is read from. */
  fd: number;
  /** Where requests to a helper are written to. */
  requestFd?: number;
  blocks: BlockHypercalls;
}

/** On Linux, O_EXCL on a block device refuses every mount as long as it is open, and fails where one is. */
const EXCLUSIVE = process.platform === 'linux' ? constants.O_EXCL : 0;

/** /sys/class/block/NAME/size counts sectors of this size, whatever the device's own are. */
const SYSFS_SECTOR = 512;

/** Throws HypercallError: the host's errno, or EINVAL for what is neither a file nor a block device. */
export function openMedium(source: MediumSource): OpenMedium {
  if (source.kind === 'descriptor') {
    return { fd: source.fd, blocks: fileBlocks(source.fd, source) };
  }
  if (source.kind === 'udisks') {
    const fd = openThroughUDisks(source.objectPath, source.exclusive ?? false);
    return { fd, blocks: removableBlocks(fileBlocks(fd, source)) };
  }
  if (source.kind === 'authopen') {
    const fd = openThroughAuthopen(source.path);
    return { fd, blocks: removableBlocks(fileBlocks(fd, source)) };
  }
  if (source.kind === 'helper') return openPipes(source);
  if (source.kind === 'image' && source.only !== undefined) return openOnly(source.path, source.only);
  const fd = openReadOnly(source.path, source.kind === 'device' && source.exclusive === true ? EXCLUSIVE : 0);
  try {
    const status = fstatSync(fd);
    if (status.isFile()) return { fd, blocks: fileBlocks(fd) };
    if (!status.isBlockDevice() && !(process.platform === 'darwin' && status.isCharacterDevice())) {
      throw new HypercallError('EINVAL', `${source.path} is neither an image file nor a block device`);
    }
    const known = source.kind === 'device' ? source : { sizeBytes: null, sectorSize: null };
    const sysfs = known.sizeBytes === null || known.sectorSize === null ? geometryFromSysfs(source.path) : null;
    const sizeBytes = known.sizeBytes ?? sysfs?.sizeBytes;
    if (!sizeBytes)
      throw new HypercallError('ENOMEDIUM', `${source.path} has no medium in it, or its size cannot be found out`);
    return {
      fd,
      blocks: removableBlocks(
        fileBlocks(fd, { sizeBytes, sectorSize: known.sectorSize ?? sysfs?.sectorSize ?? SYSFS_SECTOR }),
      ),
    };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

/** Throws HypercallError: EINVAL where it is another file by now. */
function openOnly(path: string, only: FileIdentity): OpenMedium {
  // Windows has no such flag; there the identity alone decides.
  const fd = openReadOnly(path, constants.O_NOFOLLOW ?? 0);
  const status = fstatSync(fd);
  if (status.isFile() && status.dev === only.dev && status.ino === only.ino) return { fd, blocks: fileBlocks(fd) };
  closeSync(fd);
  throw new HypercallError('EINVAL', `${path} is another file by now`);
}

/**
 * As a tool without main opens what was named on its command line: as it is, and a device that may not be read so, through UDisks2.
 * Throws HypercallError with what both said.
 */
export function openNamed(path: string): OpenMedium {
  try {
    return openMedium({ kind: 'image', path });
  } catch (error) {
    const geometry = process.platform === 'linux' ? geometryFromSysfs(path) : null;
    if (!(error instanceof HypercallError) || error.code !== 'EACCES' || geometry === null) throw error;
    try {
      return openMedium({ kind: 'udisks', objectPath: udisksObjectPath(path), ...geometry });
    } catch (second) {
      if (!(second instanceof HypercallError)) throw second;
      throw new HypercallError('EACCES', `${error.message}; ${second.message}`);
    }
  }
}

/** Letters and digits of a device's name stay, everything else is written as _ and two hexadecimal digits. */
function udisksObjectPath(path: string): string {
  const code = (character: string) => `_${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  return `/org/freedesktop/UDisks2/block_devices/${basename(realpathSync(path)).replace(/[^A-Za-z0-9]/g, code)}`;
}

/** Main holds both ends open meanwhile, so neither open waits. */
function openPipes(source: Extract<MediumSource, { kind: 'helper' }>): OpenMedium {
  const { requestPath, answerPath, sizeBytes, sectorSize } = source;
  const requestFd = openSync(requestPath, constants.O_WRONLY);
  const fd = openSync(answerPath, constants.O_RDONLY);
  return { fd, requestFd, blocks: removableBlocks(pipeBlocks(requestFd, fd, { sizeBytes, sectorSize })) };
}

/** `more`: further flags of open(2). */
function openReadOnly(path: string, more: number): number {
  const flags = constants.O_RDONLY | (constants.O_NOCTTY ?? 0) | (constants.O_NONBLOCK ?? 0);
  try {
    return openSync(path, flags | more);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'EIO';
    throw new HypercallError(code, openingFailure(path, code));
  }
}

function openingFailure(path: string, code: string): string {
  if (code === 'ENOENT') return `${path} does not exist`;
  if (code === 'EACCES' || code === 'EPERM') return `no permission to read ${path}`;
  if (code === 'EBUSY') return `${path} is in use`;
  if (code === 'ENOMEDIUM') return `there is no medium in ${path}`;
  return `${path} cannot be opened (${code})`;
}

/** sysfs-block(5): size and logical block size of a Linux block device. */
function geometryFromSysfs(path: string): { sizeBytes: number; sectorSize: number } | null {
  try {
    const folder = `/sys/class/block/${basename(realpathSync(path))}`;
    const number = (file: string) => Number(readFileSync(`${folder}/${file}`, 'utf8'));
    return { sizeBytes: number('size') * SYSFS_SECTOR, sectorSize: sectorSizeOf(number) };
  } catch {
    return null;
  }
}

/** A partition has its queue in its disk's folder. */
function sectorSizeOf(number: (file: string) => number): number {
  try {
    return number('queue/logical_block_size');
  } catch {
    return number('../queue/logical_block_size');
  }
}
