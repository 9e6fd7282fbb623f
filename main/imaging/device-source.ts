/** A device as the source of an image: opened for reading as it is, by UDisks2, or through the helper with an administrator's rights; in this order. */

import { constants, fstatSync, open, read } from 'node:fs';
import { promisify } from 'node:util';
import { startElevatedReader } from '../drives/elevated-reader.ts';
import { ElevationError } from '../drives/elevation-error.ts';
import { deviceGeometry } from '../drives/sysfs.ts';
import { BusError } from '../drives/system-bus.ts';
import { connectToUDisks, type UDisks } from '../drives/udisks.ts';
import { errorCode } from '../host-error.ts';
import { HeldDescriptor } from './held-descriptor.ts';
import { openHelper } from './helper-source.ts';
import { ImageError, type ImageSource } from './save-image.ts';

const openAsync = promisify(open);
const readAsync = promisify(read);

/** Reads go through the host's cache, which reads and fails by the page. */
const PAGE_BYTES = 4096;
/** What UDisks2 says when the user was asked and did not want it: then nobody is asked again. */
const DISMISSED = 'org.freedesktop.UDisks2.Error.NotAuthorizedDismissed';

export interface OpenedSource {
  source: ImageSource;
  close(): void;
}

export interface WaysToOpen {
  platform: NodeJS.Platform;
  open(devicePath: string): Promise<number>;
  udisks(): Promise<UDisks | null>;
  elevated: typeof startElevatedReader;
}

const HERE: WaysToOpen = {
  platform: process.platform,
  open: (devicePath) => openAsync(devicePath, constants.O_RDONLY),
  udisks: connectToUDisks,
  elevated: startElevatedReader,
};

/** Throws ImageError with what was tried. `sizeBytes`: as the host knows it; null on Linux, where it is asked. */
export async function openDeviceSource(
  devicePath: string,
  sizeBytes: number | null,
  ways: WaysToOpen = HERE,
): Promise<OpenedSource> {
  const refusals: string[] = [];
  const fd = (await asItIs(devicePath, ways, refusals)) ?? (await throughUDisks(devicePath, ways, refusals));
  if (fd === null) return throughHelper(devicePath, ways, refusals);
  const device = new HeldDescriptor(fd);
  try {
    return descriptorSource(device, devicePath, sizeBytes ?? sizeOf(devicePath, fd));
  } catch (error) {
    device.close();
    throw error;
  }
}

function descriptorSource(device: HeldDescriptor, devicePath: string, sizeBytes: number): OpenedSource {
  if (sizeBytes === 0) throw noMedium(devicePath);
  const read = (into: Uint8Array, byteOffset: number) =>
    device.use(async (held) => (await readAsync(held, into, 0, into.length, byteOffset)).bytesRead);
  return { source: { sizeBytes, pieceBytes: PAGE_BYTES, read }, close: () => device.close() };
}

function sizeOf(devicePath: string, fd: number): number {
  const status = fstatSync(fd);
  return status.isFile() ? status.size : process.platform === 'linux' ? deviceGeometry(devicePath).sizeBytes : 0;
}

/** null: refused, see `refusals`. */
async function asItIs(devicePath: string, ways: WaysToOpen, refusals: string[]): Promise<number | null> {
  try {
    return await ways.open(devicePath);
  } catch (error) {
    const code = errorCode(error) ?? 'EIO';
    if (code === 'ENOMEDIUM') throw noMedium(devicePath);
    if (code !== 'EACCES' || ways.platform !== 'linux')
      throw new ImageError(`${devicePath} cannot be opened (${code})`, code);
    refusals.push(`no permission to read ${devicePath}`);
    return null;
  }
}

async function throughUDisks(devicePath: string, ways: WaysToOpen, refusals: string[]): Promise<number | null> {
  const udisks = await ways.udisks();
  if (udisks === null) {
    refusals.push('UDisks is not there to ask');
    return null;
  }
  try {
    return await udisks.openForReading(devicePath);
  } catch (error) {
    if (!(error instanceof BusError)) throw error;
    refusals.push(`UDisks refused: ${error.message}`);
    if (error.errorName === DISMISSED) throw refused(refusals);
    return null;
  } finally {
    await udisks.close();
  }
}

async function throughHelper(devicePath: string, ways: WaysToOpen, refusals: string[]): Promise<OpenedSource> {
  try {
    const { source, introduced } = await ways.elevated(devicePath, false);
    if (source.kind !== 'helper') throw new ElevationError('the reading helper gave no pipes');
    try {
      const helper = openHelper(source);
      return {
        source: { sizeBytes: source.sizeBytes, pieceBytes: PAGE_BYTES, read: helper.read },
        close: helper.close,
      };
    } finally {
      introduced();
    }
  } catch (error) {
    if (!(error instanceof ElevationError)) throw error;
    refusals.push(error.message);
    throw refused(refusals);
  }
}

function refused(refusals: readonly string[]): ImageError {
  return new ImageError(refusals.join('; '), 'EACCES');
}

function noMedium(devicePath: string): ImageError {
  return new ImageError(`there is no medium in ${devicePath}`, 'ENOMEDIUM');
}
