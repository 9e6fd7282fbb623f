/**
 * The ways to a device that is not simply readable, tried in turn: as it is; a descriptor from UDisks2; a helper with an administrator's rights. What each
 * refusal was is told.
 */

import type { BootRequest, FailureReport, MediumSource } from '../../kernel-worker/contract.ts';
import { KernelBootError, type KernelProcess, startKernel, type WorkerLauncher } from '../kernels/kernel-process.ts';
import { ElevationError, startElevatedReader } from './elevated-reader.ts';
import { deviceGeometry } from './sysfs.ts';
import { udisksObjectPath } from './udisks.ts';

type DeviceSource = Extract<MediumSource, { kind: 'device' }>;
type Boot = Omit<BootRequest, 'source'>;

/** Somebody may have to find a password first. */
const PASSWORD_TIMEOUT_MS = 10 * 60_000;

export interface StartedKernel {
  kernel: KernelProcess;
  /** The way that worked. */
  source: MediumSource;
}

/** Starts a worker on a medium, by whichever way works. Throws KernelBootError (with all refusals in its message), KernelEndedError. */
export async function startOnMedium(source: MediumSource, boot: Boot, launch: WorkerLauncher): Promise<StartedKernel> {
  if (source.kind !== 'device' || process.platform !== 'linux')
    return { kernel: await startKernel({ ...boot, source }, launch), source };
  const refusals: string[] = [];
  for (const way of [asItIs, throughUDisks, throughHelper]) {
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
