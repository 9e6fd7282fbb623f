/**
 * The lockdown on macOS: a Seatbelt profile that denies by default, through sandbox_init(3), and getrlimit(2).
 * This file has not been run on a Mac: its table and its calls are tested against a recording koffi only.
 */
import fs from 'node:fs';
import type { Koffi, LockdownHost, NativeLibrary } from './native.ts';
import { type Allowance, LockdownError, type LockdownReport, type LockdownRequest } from './report.ts';

interface ProfileRule {
  readonly rule: string;
  readonly why: string;
}

/** What a process needs that only computes. Descriptors that are open already are not asked about again by Seatbelt. */
export const PROFILE: readonly ProfileRule[] = [
  {
    rule: '(deny default)',
    why: 'no opening, creating, executing, forking, connecting, looking up of services, no devices',
  },
  { rule: '(allow signal (target self))', why: 'abort()' },
  { rule: '(allow process-info* (target self))', why: 'process.memoryUsage and cpuUsage ask about this very process' },
  {
    rule: '(allow sysctl-read (sysctl-name "hw.ncpu" "hw.activecpu" "hw.memsize" "hw.pagesize" "kern.osrelease" "kern.version"))',
    why: 'V8 sizes its heap and its threads',
  },
  {
    rule: "(when (defined? 'dynamic-code-generation) (allow dynamic-code-generation))",
    why: 'the JIT; older systems do not know this rule',
  },
  {
    rule: "(when (defined? 'system-fcntl) (allow system-fcntl))",
    why: 'flags of descriptors that are open already; older systems do not know this rule',
  },
];

// sys/resource.h of Darwin
const RLIMIT_CORE = 4;
const RLIMIT_NPROC = 7;
const LIMITS = [
  { name: 'core', resource: RLIMIT_CORE, why: 'a crash must not leave the contents of a stick on the disk' },
  { name: 'nproc', resource: RLIMIT_NPROC, why: 'no child processes (threads are not counted on Darwin)' },
];

// sys/fcntl.h
const F_GETFL = 3;
const O_ACCMODE = 3;

function requireReadOnly(koffi: Koffi, library: NativeLibrary, request: LockdownRequest): void {
  // Variadic in C, and on arm64 Darwin variadic arguments travel another way; F_GETFL has none, so this is exact.
  const fcntl = library.func('int fcntl(int fd, int command)');
  for (const fd of request.readFds) {
    const flags = Number(fcntl(fd, F_GETFL));
    if (flags < 0) throw new LockdownError('descriptors', `descriptor ${fd}: errno ${koffi.errno()}`);
    const stat = fs.fstatSync(fd);
    const isMedium = stat.isFile() || stat.isBlockDevice() || stat.isCharacterDevice();
    const mayWrite = (request.writeFds ?? []).includes(fd) || fd <= 2;
    if (isMedium && (flags & O_ACCMODE) !== 0 && !mayWrite) {
      throw new LockdownError('descriptors', `descriptor ${fd} is to be read only, but is open for writing`);
    }
  }
}

function proveSandboxHolds(): void {
  try {
    fs.closeSync(fs.openSync('/', 'r'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EPERM') return;
    throw new LockdownError('proof', `opening / fails with ${(error as Error).message} instead of EPERM`);
  }
  throw new LockdownError('proof', 'a file could still be opened');
}

/** Locks down this macOS process; see lockdown(). `prove` is left out except in tests, where nothing is locked. */
export function lockdownDarwin(
  request: LockdownRequest,
  host: LockdownHost,
  prove: () => void = proveSandboxHolds,
): LockdownReport {
  const koffi = host.loadKoffi();
  const library = koffi.load('/usr/lib/libSystem.B.dylib');
  requireReadOnly(koffi, library, request);
  // The time zone is read from a file at first use.
  new Date().getTimezoneOffset();

  const setrlimit = library.func('int setrlimit(int resource, const void *limit)');
  for (const { name, resource } of LIMITS) {
    if (setrlimit(resource, new BigUint64Array(2)) !== 0) {
      throw new LockdownError(`limit ${name}`, `errno ${koffi.errno()}`);
    }
  }
  const sandboxInit = library.func('int sandbox_init(const char *profile, uint64_t flags, void *error)');
  const profile = ['(version 1)', ...PROFILE.map(({ rule }) => rule)].join('\n');
  const error = new BigUint64Array(1);
  if (sandboxInit(profile, 0, error) !== 0) {
    throw new LockdownError('sandbox_init', `the profile was refused, errno ${koffi.errno()}`);
  }
  prove();
  const allowed: Allowance[] = PROFILE.slice(1).map(({ rule, why }) => ({ what: rule, why }));
  allowed.push({
    what: 'open descriptors, memory, threads, clocks',
    why: 'the medium, the channel and the program itself',
  });
  return {
    platform: 'darwin',
    mechanism: 'Seatbelt profile that denies by default, no core dumps, no processes',
    allowed,
    gaps: ['descriptors that were inherited stay open', 'this lockdown has not been tried on a Mac'],
  };
}
