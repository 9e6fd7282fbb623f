/**
 * The ways to a device that is not simply readable, tried in turn: as it is; a descriptor from UDisks2, or on macOS from authopen; a helper with an
 * administrator's rights. What each refusal was is told.
 */

import type { BootRequest, FailureReport, MediumSource } from '../../kernel-worker/contract.ts';
import { KernelBootError, type KernelProcess, startKernel, type WorkerLauncher } from '../kernels/kernel-process.ts';
import { startElevatedReader } from './elevated-reader.ts';
import { ElevationError } from './elevation-error.ts';
import { deviceGeometry } from './sysfs.ts';
import { udisksObjectPath } from './udisks.ts';
import { startWin32Reader } from './win32-elevated-reader.ts';

type DeviceSource = Extract<MediumSource, { kind: 'device' }>;
type Boot = Omit<BootRequest, 'source'>;

/** Somebody may have to find a password first. */
const PASSWORD_TIMEOUT_MS = 10 * 60_000;

export interface StartedKernel {
  kernel: KernelProcess;
  /** The way that worked. */
  source: MediumSource;
}

type Way = (device: DeviceSource, boot: Boot, launch: WorkerLauncher) => Promise<StartedKernel>;

const WAYS: Partial<Record<NodeJS.Platform, Way[]>> = {
  linux: [asItIs, throughUDisks, throughHelper],
  darwin: [asItIs, throughAuthopen],
  win32: [asItIs, throughWin32Helper],
};

/** Starts a worker on a medium, by whichever way works. Throws KernelBootError (with all refusals in its message), KernelEndedError. */
export async function startOnMedium(
  source: MediumSource,
  boot: Boot,
  launch: WorkerLauncher,
  ways: readonly Way[] = WAYS[process.platform] ?? [asItIs],
): Promise<StartedKernel> {
  if (source.kind !== 'device') return { kernel: await startKernel({ ...boot, source }, launch), source };
  const refusals: string[] = [];
  for (const way of ways) {
    try {
      return await way(source, boot, launch);
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal === null) throw error;
      refusals.push(refusal.sentence);
      if (refusal.final) break;
    }
  }
  throw new KernelBootError('open', { errno: 'EACCES', kind: 'request', message: refusals.join('; ') });
}

async function asItIs(source: DeviceSource, boot: Boot, launch: WorkerLauncher): Promise<StartedKernel> {
  return { kernel: await startKernel({ ...boot, source }, launch), source };
}

async function throughUDisks(device: DeviceSource, boot: Boot, launch: WorkerLauncher): Promise<StartedKernel> {
  const { path, sizeBytes, sectorSize } = device;
  const geometry = sizeBytes !== null && sectorSize !== null ? { sizeBytes, sectorSize } : deviceGeometry(path);
  const source: MediumSource = {
    kind: 'udisks',
    objectPath: udisksObjectPath(path),
    ...geometry,
    exclusive: device.exclusive,
  };
  const kernel = await startKernel({ ...boot, source }, launch, { bootTimeoutMs: PASSWORD_TIMEOUT_MS });
  return { kernel, source };
}

async function throughHelper(device: DeviceSource, boot: Boot, launch: WorkerLauncher): Promise<StartedKernel> {
  const { source, introduced } = await startElevatedReader(device.path, device.exclusive ?? false);
  try {
    return { kernel: await startKernel({ ...boot, source }, launch), source };
  } finally {
    introduced();
  }
}

/** macOS: the worker asks authopen, which asks the user. */
export async function throughAuthopen(
  device: DeviceSource,
  boot: Boot,
  launch: WorkerLauncher,
): Promise<StartedKernel> {
  const source: MediumSource = { kind: 'authopen', path: device.path, ...geometryOf(device) };
  const kernel = await startKernel({ ...boot, source }, launch, { bootTimeoutMs: PASSWORD_TIMEOUT_MS });
  return { kernel, source };
}

async function throughWin32Helper(device: DeviceSource, boot: Boot, launch: WorkerLauncher): Promise<StartedKernel> {
  const source = await startWin32Reader(device.path, geometryOf(device));
  return { kernel: await startKernel({ ...boot, source }, launch), source };
}

/** As the list of drives knows it: no call tells it of a device that may not be opened. */
function geometryOf({ sizeBytes, sectorSize }: DeviceSource): { sizeBytes: number; sectorSize: number } {
  if (sizeBytes === null) throw new ElevationError('the size of the device is not known');
  return { sizeBytes, sectorSize: sectorSize ?? 512 };
}

/** null: no refusal but a failure, and the next way would meet it too. `final`: the user has been asked and does not want it. */
function refusalOf(error: unknown): { sentence: string; final: boolean } | null {
  if (error instanceof ElevationError) return { sentence: error.message, final: error.dismissed };
  if (!(error instanceof KernelBootError) || error.stage !== 'open') return null;
  return isRefusal(error.failure) ? { sentence: error.failure.message, final: error.failure.errno === 'EPERM' } : null;
}

/** EIO: UDisks failed in a way that says nothing of the device. */
function isRefusal({ errno, message }: FailureReport): boolean {
  return (
    errno === 'EACCES' || errno === 'EPERM' || errno === 'ENOSYS' || (errno === 'EIO' && message.includes('UDisks'))
  );
}
