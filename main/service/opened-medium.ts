/** A medium that is open: its kernel worker, its volumes, and main's own read-only descriptor for moving bytes. */

import { closeSync, constants, fstatSync, open, statSync } from 'node:fs';
import { promisify } from 'node:util';
import type { MediumReport, MediumSource, Partition } from '../../kernel-worker/contract.ts';
import type { Settings, Volume } from '../contract.ts';
import { startOnMedium } from '../drives/open-device.ts';
import { KernelEndedError, type KernelProcess, type WorkerLauncher } from '../kernels/kernel-process.ts';
import { texts } from '../texts.ts';
import { newReadClock, sectorsGiven, stallWatch } from '../transfers/read-clock.ts';
import { unlessAborted } from '../unless-aborted.ts';
import { DirectDescriptor } from './direct-descriptor.ts';
import { failureProblem, problemOf, refused } from './problems.ts';

const openAsync = promisify(open);

/** Media with more are made to; the rest can be reached from the command line. */
const MAX_VOLUMES = 64;
/** How long main waits for a descriptor of its own: the worker has the medium open already, and gives the bytes where there is none. */
const OPEN_LIMIT_MS = 10_000;
const CACHE_BYTES = 64 * 1024 * 1024;

/** What the settings say of FAT, which does not tell it itself; '' leaves it to the driver. */
export type FatReading = Pick<Settings, 'fatCodePage' | 'fatTimeZone'>;

export interface OpenedMedium {
  kernel: KernelProcess;
  report: MediumReport;
  volumes: Volume[];
  /** The kernel's number of each mounted volume. */
  mounts: Map<number, number>;
  /** null: main may not open it itself, or its size is another. */
  direct: DirectDescriptor | null;
}

/** Starts a worker on a medium and mounts what can be mounted. Throws KernelBootError, KernelEndedError. */
export async function openMedium(
  source: MediumSource,
  launch: WorkerLauncher,
  sandbox: boolean,
  fat: FatReading = { fatCodePage: '', fatTimeZone: '' },
): Promise<OpenedMedium> {
  const { kernel, source: opened } = await startOnMedium(source, { cacheBytes: CACHE_BYTES, sandbox }, launch);
  if (source.kind === 'device') kernel.watchMedium(givenBy(source.path));
  try {
    const { report } = kernel;
    const mounts = new Map<number, number>();
    const volumes: Volume[] = [];
    for (const partition of volumesOf(report)) {
      const volume = await mountVolume(kernel, report, partition, mounts, fat);
      volumes.push(volume);
    }
    return { kernel, report, volumes, mounts, direct: await openDirect(opened, kernel) };
  } catch (error) {
    kernel.close();
    throw error;
  }
}

/** `why`: what calls under way, and a copy that lives by them, are told. */
export function closeMedium(opened: OpenedMedium, why: 'closed' | 'removed' = 'closed'): void {
  opened.kernel.close(why);
  opened.direct?.close(opened.kernel.end?.kind === 'hung');
  opened.direct = null;
}

/** The whole medium (null) where it carries a file system, and the partitions that can hold one. */
function volumesOf({ table }: MediumReport): Array<Partition | null> {
  const partitions: Array<Partition | null> = table.partitions.filter((partition) => !partition.container);
  if (table.wholeMedium || partitions.length === 0) partitions.unshift(null);
  return partitions.slice(0, MAX_VOLUMES);
}

async function mountVolume(
  kernel: KernelProcess,
  report: MediumReport,
  partition: Partition | null,
  mounts: Map<number, number>,
  fat: FatReading,
): Promise<Volume> {
  const id = partition?.number ?? 0;
  const volume: Volume = {
    id,
    partition,
    info: null,
    statvfs: null,
    probes: report.probes[id] ?? [],
    problem: null,
  };
  try {
    const { mount, info } = await kernel.call('mount', partition?.number ?? null, null, mountOptions(volume, fat));
    mounts.set(id, mount);
    volume.info = info;
    volume.statvfs = await kernel.call('statvfs', mount);
  } catch (error) {
    if (error instanceof KernelEndedError) throw error;
    volume.problem = problemOf(error);
  }
  return volume;
}

/** Only msdosfs knows these options; the driver that will mount it is the first of the probes. */
function mountOptions(volume: Volume, { fatCodePage, fatTimeZone }: FatReading): Record<string, string> {
  const options: Record<string, string> = {};
  if (volume.probes[0]?.fs !== 'msdosfs') return options;
  if (fatCodePage !== '') options.codepage = fatCodePage;
  if (fatTimeZone !== '') options.timezone = fatTimeZone;
  return options;
}

/** What a device gives, where the system counts it; asking does not touch the device. */
function givenBy(path: string): () => string | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats?.isBlockDevice() === true ? sectorsGiven(stats.rdev) : () => null;
}

/** Main reads a medium by itself only as opaque bytes, for copies, and only if it is what the worker has open. */
async function openDirect(source: MediumSource, kernel: KernelProcess): Promise<DirectDescriptor | null> {
  if (source.kind !== 'device' && source.kind !== 'image') return null;
  const { sizeBytes } = kernel.report;
  let fd: number | null = null;
  try {
    // Not here and now: the system asks a device whether its medium is still the same, and one that hangs does not say.
    fd = await openWithin(source.path, OPEN_LIMIT_MS);
    const stats = fstatSync(fd);
    if (source.kind === 'image' ? stats.isFile() && stats.size === sizeBytes : stats.isBlockDevice()) {
      const clock = newReadClock();
      kernel.watchReads(stallWatch(clock, givenBy(source.path)));
      return new DirectDescriptor({ fd, sizeBytes, clock });
    }
  } catch {
    // Not openable here: the worker gives the bytes.
  }
  if (fd !== null) closeSync(fd);
  return null;
}

/** What is opened later is closed again. */
async function openWithin(path: string, limitMs: number): Promise<number> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), limitMs);
  const opening = openAsync(path, constants.O_RDONLY);
  try {
    return await unlessAborted(opening, limit.signal, () => new Error('the medium does not let itself be opened'));
  } catch (error) {
    if (limit.signal.aborted) opening.then(closeSync, () => {});
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** The problem of a medium of which nothing could be mounted; null if something was. */
export function nothingMounted(opened: OpenedMedium): Volume['problem'] {
  if (opened.mounts.size > 0) return null;
  const told = opened.volumes.find((volume) => volume.probes.length > 0) ?? opened.volumes[0];
  return told?.problem ?? failureProblem({ errno: 'EOPNOTSUPP', kind: 'unsupported', message: 'no file system' });
}

/** The kernel's number of a volume. Throws RequestError. */
export function mountOf(opened: OpenedMedium, volume: number): number {
  const mount = opened.mounts.get(volume);
  if (mount === undefined) throw refused(texts().failures.volumeClosed);
  return mount;
}
