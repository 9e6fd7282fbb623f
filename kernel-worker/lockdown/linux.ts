/**
 * The lockdown on Linux: descriptors closed, root left, limits set, then a seccomp(2) allow list over all threads
 * (seccomp-table.ts). Interfaces: seccomp(2), prctl(2), linux/seccomp.h.
 */
import fs from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import { assembleFilter, encodeFilter } from './bpf.ts';
import { type DescriptorPlan, planDescriptors, refusePollingRings, surveyDescriptors } from './descriptors.ts';
import { detachEventLoopRings } from './event-loop-rings.ts';
import { answerMemoryUsageFrom } from './memory-usage.ts';
import type { Koffi, LockdownHost, NativeLibrary } from './native.ts';
import { leaveRoot, remainingCapabilities, resourceLimits, setResourceLimit } from './privileges.ts';
import { LockdownError, type LockdownReport, type LockdownRequest } from './report.ts';
import { filterRules, filterTarget, type LinuxArch, type SyscallRule, seccompTable } from './seccomp-table.ts';

// linux/prctl.h
const PR_SET_PDEATHSIG = 1;
const PR_SET_DUMPABLE = 4;
const PR_SET_NO_NEW_PRIVS = 38;
const SIGKILL = 9;

// linux/seccomp.h
const SECCOMP_SET_MODE_FILTER = 1;
const SECCOMP_FILTER_FLAG_TSYNC = 1;
const SECCOMP_NUMBER = { x64: 317, arm64: 277 };

/** sysconf(3)'s name for the page size, in glibc and musl alike. */
const SC_PAGESIZE = 30;

/** struct sock_fprog: unsigned short len, padding, pointer to the instructions. */
const SOCK_FPROG_BYTES = 16;

interface Libc {
  readonly koffi: Koffi;
  readonly library: NativeLibrary;
  /** Calls prctl and throws LockdownError naming the step when it fails. */
  prctl(step: string, option: number, argument: number): void;
}

function loadLibc(host: LockdownHost): Libc {
  let koffi: Koffi;
  try {
    koffi = host.loadKoffi();
  } catch (error) {
    throw new LockdownError('koffi', (error as Error).message);
  }
  const library = koffi.load(null);
  const call = library.func(
    'int prctl(int option, unsigned long a, unsigned long b, unsigned long c, unsigned long d)',
  );
  return {
    koffi,
    library,
    prctl(step, option, argument) {
      if (call(option, argument, 0, 0, 0) !== 0) throw new LockdownError(step, `errno ${koffi.errno()}`);
    },
  };
}

/**
 * Makes Node do now what it would put off and then could not do: read the time zone, without which local times would
 * silently be those of UTC, and start its four pool threads, without which the first use of the pool would abort.
 */
function finishLazyStarts(): void {
  new Date().getTimezoneOffset();
  fs.access('/', () => {});
}

/** Closes what is not needed by putting the null device in its place. */
function replaceByNull(libc: Libc, plan: DescriptorPlan): void {
  const dup3 = libc.library.func('int dup3(int from, int to, int flags)');
  const nullDevice = fs.openSync('/dev/null', 'r+');
  for (const fd of plan.replace) {
    // Without O_CLOEXEC, since nothing can be executed any more.
    if (dup3(nullDevice, fd, 0) !== fd)
      throw new LockdownError(`close descriptor ${fd}`, `errno ${libc.koffi.errno()}`);
  }
  fs.closeSync(nullDevice);
}

function installFilter(libc: Libc, table: readonly SyscallRule[], arch: LinuxArch): void {
  const program = assembleFilter(filterRules(table, arch), filterTarget(arch));
  const instructions = encodeFilter(program);
  const header = new Uint8Array(SOCK_FPROG_BYTES);
  const view = new DataView(header.buffer);
  view.setUint16(0, program.length, true);
  view.setBigUint64(8, libc.koffi.address(instructions), true);
  const seccomp = libc.library.func('long syscall(long number, long operation, long flags, const void *program)');
  const result = seccomp(SECCOMP_NUMBER[arch], SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, header);
  if (result !== 0) {
    const reason = Number(result) > 0 ? `thread ${result} has a filter of its own` : `errno ${libc.koffi.errno()}`;
    throw new LockdownError('seccomp', reason);
  }
}

/** Believes nothing: the root directory opens for anyone, unless the filter holds. */
function proveFilterHolds(): void {
  try {
    fs.openSync('/', 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPERM') return;
    throw new LockdownError('proof', `opening / fails with ${(error as Error).message} instead of EPERM`);
  }
  throw new LockdownError('proof', 'a file could still be opened');
}

function applyLimits(
  libc: Libc,
  runtime: 'node' | 'electron',
  writesFiles: boolean,
  request: LockdownRequest,
): string[] {
  return resourceLimits(runtime, writesFiles, request.memoryLimitBytes).map((limit) => {
    if (!setResourceLimit(libc.library, limit)) {
      throw new LockdownError(`limit ${limit.name}`, `errno ${libc.koffi.errno()}`);
    }
    return `limit ${limit.name} ${limit.value}`;
  });
}

/** Locks down this Linux process; see lockdown(). */
export function lockdownLinux(request: LockdownRequest, host: LockdownHost): LockdownReport {
  const arch = host.arch;
  if (arch !== 'x64' && arch !== 'arm64') {
    throw new LockdownError('architecture', `no system call table for ${arch}, so nothing can be mounted`);
  }
  if (!isMainThread) throw new LockdownError('thread', 'only the main thread can lock the process down');
  const runtime = process.versions.electron === undefined ? 'node' : 'electron';
  const libc = loadLibc(host);
  const pageBytes = Number(libc.library.func('long sysconf(int name)')(SC_PAGESIZE));
  finishLazyStarts();
  const statm = fs.openSync('/proc/self/statm', 'r');

  const open = surveyDescriptors();
  refusePollingRings(open);
  const plan = planDescriptors(request, open, statm, runtime);
  const rings = open.filter((d) => d.kind === 'io_uring').map((d) => d.fd);
  detachEventLoopRings(rings);
  replaceByNull(libc, plan);

  libc.prctl('no_new_privs', PR_SET_NO_NEW_PRIVS, 1);
  const stayedRoot = leaveRoot();
  // After the change of user, which resets both.
  libc.prctl('dumpable', PR_SET_DUMPABLE, 0);
  if (request.channelFds?.length) libc.prctl('parent death signal', PR_SET_PDEATHSIG, SIGKILL);
  const capabilities = remainingCapabilities();

  const writesFiles = open.some((d) => d.kind === 'file' && (request.writeFds ?? []).includes(d.fd));
  const limits = applyLimits(libc, runtime, writesFiles, request);
  const table = seccompTable({ pid: process.pid, arch, runtime, fds: plan.rights });
  installFilter(libc, table, arch);
  proveFilterHolds();
  answerMemoryUsageFrom(statm, pageBytes);

  const gaps: string[] = [];
  if (stayedRoot !== null) gaps.push(`the process is still root (${stayedRoot}); no allowed call makes use of that`);
  if (capabilities.length > 0) gaps.push(`capabilities remain (${capabilities[0]}); no allowed call makes use of them`);
  return {
    platform: 'linux',
    mechanism: `seccomp allow list over all threads, descriptors closed: ${plan.replace.length}, ${limits.join(', ')}`,
    allowed: table
      .filter((rule) => rule.refuseWith === undefined)
      .map((rule) => ({ what: rule.calls.join(', '), why: rule.why })),
    gaps,
  };
}
