/** The kernel worker's process: obtain the medium, lock down, serve system calls. In this order; nothing is read from the medium before lockdown. */

import { channelToMain } from './channel.ts';
import type { BootRequest, FromWorker, MediumReport, ToWorker } from './contract.ts';
import { REGISTERED_DRIVERS } from './fs/registry.ts';
import { lockdown } from './lockdown/lockdown.ts';
import { asKernelError, type FailureReport } from './rump/errno.ts';
import { Kernel } from './rump/kernel.ts';
import { KernelLog } from './rump/log.ts';
import { SystemCallLayer } from './rump/syscalls.ts';
import type { ProbeResult } from './rump/vfs/vnode.ts';
import { type OpenMedium, openMedium } from './rumpuser/open-medium.ts';
import { HypercallError } from './rumpuser/rumpuser.ts';

type BootStage = Extract<FromWorker, { type: 'boot-failed' }>['stage'];

/** How long a worker that could not boot stays, so that its last message gets out. */
const LAST_WORDS_MS = 200;

/** Failures to open that main tells apart. */
const TOLD_ERRNOS = ['EACCES', 'EPERM', 'ENOENT', 'EBUSY', 'ENOSYS'] as const;

/** Where a stack trace goes if the worker breaks. */
const STDERR_FD = 2;

const channel = channelToMain();
let layer: SystemCallLayer | null = null;

channel.listen((message) => {
  if (message.type === 'boot') boot(message.request);
  else void answer(message);
});

function boot(request: BootRequest): void {
  let stage: BootStage = 'open';
  try {
    const medium = openMedium(request.source);
    stage = 'lockdown';
    const mechanism = request.sandbox
      ? lockdown({ readFds: [medium.fd], writeFds: writableFds(medium), channelFds: channel.fds }).mechanism
      : null;
    stage = 'read';
    channel.send({ type: 'booted', report: startKernel(medium, request, mechanism) });
  } catch (error) {
    channel.send({ type: 'boot-failed', stage, failure: bootFailure(error) });
    setTimeout(() => process.exit(1), LAST_WORDS_MS);
  }
}

function writableFds({ requestFd }: OpenMedium): number[] {
  return requestFd === undefined ? [STDERR_FD] : [STDERR_FD, requestFd];
}

function startKernel(medium: OpenMedium, request: BootRequest, mechanism: string | null): MediumReport {
  const log = new KernelLog((line) => channel.send({ type: 'log', line }));
  const kernel = new Kernel(medium.blocks, { drivers: REGISTERED_DRIVERS, cacheBytes: request.cacheBytes, log });
  layer = new SystemCallLayer(kernel);
  return {
    sizeBytes: kernel.sizeBytes,
    sectorSize: medium.blocks.sectorSize,
    table: kernel.table,
    probes: probesOf(kernel),
    lockdown: mechanism,
  };
}

/** A partition that cannot be probed has no probes; that it cannot be read is told when it is mounted. */
function probesOf(kernel: Kernel): Record<number, ProbeResult[]> {
  const probes: Record<number, ProbeResult[]> = { 0: kernel.probe(null) };
  for (const partition of kernel.table.partitions) {
    try {
      if (!partition.container) probes[partition.number] = kernel.probe(partition.number);
    } catch (error) {
      const failure = asKernelError(error);
      if (failure.kind === 'removed') throw failure;
      kernel.log.print(`partition ${partition.number}: ${failure.message}`);
    }
  }
  return probes;
}

async function answer(message: Extract<ToWorker, { type: 'call' }>): Promise<void> {
  try {
    if (layer === null) throw new Error('no medium is open');
    const value = await layer.call(message.name, message.args);
    channel.send({ type: 'answer', id: message.id, value });
  } catch (error) {
    channel.send({ type: 'failed', id: message.id, failure: asKernelError(error).report() });
  }
}

function bootFailure(error: unknown): FailureReport {
  if (error instanceof HypercallError) {
    const removed = error.code === 'ENXIO' || error.code === 'ENOMEDIUM' || error.code === 'ENODEV';
    const told = TOLD_ERRNOS.find((errno) => errno === error.code);
    const errno = told ?? (removed ? 'ENXIO' : 'EIO');
    return { errno, kind: removed ? 'removed' : 'request', message: error.message };
  }
  if (error instanceof Error && error.name === 'LockdownError')
    return { errno: 'EPERM', kind: 'request', message: error.message };
  return asKernelError(error).report();
}
