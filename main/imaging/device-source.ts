/** A device as the source of an image: opened for reading as it is, or by UDisks2. */

import { closeSync, constants, fstatSync, openSync, read } from 'node:fs';
import { promisify } from 'node:util';
import { deviceGeometry } from '../drives/sysfs.ts';
import { BusError } from '../drives/system-bus.ts';
import { connectToUDisks } from '../drives/udisks.ts';
import { ImageError, type ImageSource } from './save-image.ts';

const readAsync = promisify(read);

/** Reads go through the host's cache, which reads and fails by the page. */
const PAGE_BYTES = 4096;

export interface OpenedSource {
  source: ImageSource;
  close(): void;
}

/** Throws ImageError with what was tried. `sizeBytes`: as the host knows it; null on Linux, where it is asked. */
export async function openDeviceSource(devicePath: string, sizeBytes: number | null): Promise<OpenedSource> {
  const fd = await openAnyWay(devicePath);
  const size = sizeBytes ?? sizeOf(devicePath, fd);
  const source: ImageSource = {
    sizeBytes: size,
    pieceBytes: PAGE_BYTES,
    read: async (into, byteOffset) => (await readAsync(fd, into, 0, into.length, byteOffset)).bytesRead,
  };
  if (size > 0) return { source, close: () => closeSync(fd) };
  closeSync(fd);
  throw new ImageError(`there is no medium in ${devicePath}`);
}

function sizeOf(devicePath: string, fd: number): number {
  const status = fstatSync(fd);
  return status.isFile() ? status.size : process.platform === 'linux' ? deviceGeometry(devicePath).sizeBytes : 0;
}

async function openAnyWay(devicePath: string): Promise<number> {
  try {
    return openSync(devicePath, constants.O_RDONLY);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'EIO';
    if (code !== 'EACCES' || process.platform !== 'linux')
      throw new ImageError(`${devicePath} cannot be opened (${code})`);
  }
  const refusal = `no permission to read ${devicePath}`;
  const udisks = await connectToUDisks();
  if (udisks === null) throw new ImageError(`${refusal}, and UDisks is not there to ask`);
  try {
    return await udisks.openForReading(devicePath);
  } catch (error) {
    if (!(error instanceof BusError)) throw error;
    throw new ImageError(`${refusal}, and UDisks refused: ${error.message}`);
  } finally {
    await udisks.close();
  }
}
