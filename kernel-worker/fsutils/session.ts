/** A tool's way to its medium: open it read-only, lock this process down, and only then read and mount. */

import { resolve } from 'node:path';
import { REGISTERED_DRIVERS } from '../fs/registry.ts';
import { lockdown } from '../lockdown/lockdown.ts';
import type { Partition } from '../rump/dev/partitions.ts';
import { requestError } from '../rump/errno.ts';
import { Kernel } from '../rump/kernel.ts';
import type { Mount, Vnode } from '../rump/vfs/mount.ts';
import { namei } from '../rump/vfs/namei.ts';
import { memoryBlocks } from '../rumpuser/memory.ts';
import { openNamed } from '../rumpuser/open-medium.ts';
import type { MediumArguments } from './commandline.ts';
import { Output } from './terminal.ts';

/** A tool's own cache: it reads everything once, so more would only cost memory. AIRLOCK_CACHE_BYTES changes it, for tests. */
const CACHE_BYTES = 8 * 1024 * 1024;
const STDOUT = 1;
const STDERR = 2;

export interface OpenKernel {
  kernel: Kernel;
  output: Output;
}

export interface Session extends OpenKernel {
  mount: Mount;
  /** Partition number, or null for the whole medium. */
  part: number | null;
}

/** Opens (null: nothing, for tmpfs) and locks down. After this the process can print and end, and nothing else. */
export function openKernel(device: string | null, environment: NodeJS.ProcessEnv): OpenKernel {
  const output = new Output();
  const cacheBytes = Number(environment.AIRLOCK_CACHE_BYTES) || CACHE_BYTES;
  const medium = device === null ? null : openNamed(resolve(device));
  lockdown({ readFds: medium === null ? [] : [medium.fd], writeFds: [STDOUT, STDERR] });
  return {
    kernel: new Kernel(medium?.blocks ?? memoryBlocks(new Uint8Array(0)), { drivers: REGISTERED_DRIVERS, cacheBytes }),
    output,
  };
}

/** Opens, locks down and mounts what the arguments say. KernelError, HypercallError, LockdownError. */
export async function openSession(medium: MediumArguments, environment: NodeJS.ProcessEnv): Promise<Session> {
  const open = openKernel(medium.fstype === 'tmpfs' ? null : medium.device, environment);
  const part = medium.partition ?? onlyReadable(open.kernel);
  const mount = await open.kernel.mount({ partition: part, fstype: medium.fstype, options: medium.options });
  return { ...open, mount, part };
}

/** The partition to mount when none is named: the only readable one, or the whole medium. EINVAL with a list if there are several. */
export function onlyReadable(kernel: Kernel): number | null {
  const candidates = kernel.table.partitions.filter((partition) => !partition.container);
  if (kernel.table.wholeMedium || candidates.length === 0) return null;
  const readable = candidates.filter((partition) => isReadable(kernel, partition));
  if (readable.length === 1) return readable[0].number;
  if (readable.length === 0)
    throw requestError('EINVAL', 'no partition of this medium holds a file system that Airlock reads');
  const list = readable.map((partition) => `  ${describePartition(kernel, partition)}`).join('\n');
  throw requestError('EINVAL', `several partitions can be read; choose one with --partition N:\n${list}`);
}

function isReadable(kernel: Kernel, partition: Partition): boolean {
  try {
    return kernel.probe(partition.number).length > 0;
  } catch {
    return false;
  }
}

function describePartition(kernel: Kernel, partition: Partition): string {
  const probe = kernel.probe(partition.number)[0];
  const label = probe?.label ?? partition.label;
  return `${partition.number}: ${probe?.title ?? partition.typeName}${label ? ` '${label}'` : ''}, ${partition.sizeBytes} bytes`;
}

/** The vnode of a path given on the command line; relative ones start at the root of the file system. */
export function vnodeOfArgument(session: Session, path: string, followLast: boolean): Vnode {
  return namei(session.mount, path, followLast);
}
