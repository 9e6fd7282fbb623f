/** Opening a medium read-only, before lockdown: nothing of its content is read here. */

import { closeSync, constants, fstatSync, openSync, readFileSync, realpathSync } from 'node:fs';
import { basename } from 'node:path';
import type { MediumSource } from '../contract.ts';
import { fileBlocks } from './file.ts';
import { type BlockHypercalls, HypercallError } from './rumpuser.ts';

/** A medium that is open: its descriptor stays open until the process ends. */
export interface OpenMedium {
  fd: number;
  blocks: BlockHypercalls;
}

/** /sys/class/block/NAME/size counts sectors of this size, whatever the device's own are. */
const SYSFS_SECTOR = 512;

/** Throws HypercallError: the host's errno, or EINVAL for what is neither a file nor a block device. */
export function openMedium(source: MediumSource): OpenMedium {
  if (source.kind === 'descriptor') {
    return { fd: source.fd, blocks: fileBlocks(source.fd, source) };
  }
  const fd = openReadOnly(source.path);
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
      blocks: fileBlocks(fd, { sizeBytes, sectorSize: known.sectorSize ?? sysfs?.sectorSize ?? SYSFS_SECTOR }),
    };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function openReadOnly(path: string): number {
  try {
    return openSync(path, constants.O_RDONLY | (constants.O_NOCTTY ?? 0) | (constants.O_NONBLOCK ?? 0));
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
