/**
 * The Linux allow list: each system call that a locked-down worker can still make, on which arguments, and why.
 * Found by running Node 20 to 26 under it; whatever is not here is refused with EPERM. Numbers: asm/unistd_64.h
 * (x86_64) and asm-generic/unistd.h (arm64); the constants of arguments come from the header named beside them.
 */
import type { ArgumentTest, FilterRule, FilterTarget } from './bpf.ts';

export type LinuxArch = 'x64' | 'arm64';

export const EPERM = 1;
const EBADF = 9;
const ENOSYS = 38;

/** Numbers on x86_64 and on arm64, which never had the oldest calls. */
const SYSCALLS = {
  read: [0, 63],
  write: [1, 64],
  close: [3, 57],
  fstat: [5, 80],
  poll: [7, null],
  lseek: [8, 62],
  mmap: [9, 222],
  mprotect: [10, 226],
  munmap: [11, 215],
  brk: [12, 214],
  rt_sigaction: [13, 134],
  rt_sigprocmask: [14, 135],
  rt_sigreturn: [15, 139],
  ioctl: [16, 29],
  pread64: [17, 67],
  readv: [19, 65],
  writev: [20, 66],
  sched_yield: [24, 124],
  mremap: [25, 216],
  madvise: [28, 233],
  dup: [32, 23],
  nanosleep: [35, 101],
  getpid: [39, 172],
  sendmsg: [46, 211],
  recvmsg: [47, 212],
  shutdown: [48, 210],
  getsockname: [51, 204],
  getsockopt: [55, 209],
  clone: [56, 220],
  exit: [60, 93],
  kill: [62, 129],
  uname: [63, 160],
  fcntl: [72, 25],
  fsync: [74, 82],
  getcwd: [79, 17],
  gettimeofday: [96, 169],
  getrusage: [98, 165],
  sysinfo: [99, 179],
  getuid: [102, 174],
  getgid: [104, 176],
  geteuid: [107, 175],
  getegid: [108, 177],
  getppid: [110, 173],
  sigaltstack: [131, 132],
  sched_getparam: [143, 121],
  sched_getscheduler: [145, 120],
  prctl: [157, 167],
  gettid: [186, 178],
  time: [201, null],
  futex: [202, 98],
  sched_getaffinity: [204, 123],
  restart_syscall: [219, 128],
  clock_gettime: [228, 113],
  clock_getres: [229, 114],
  clock_nanosleep: [230, 115],
  exit_group: [231, 94],
  epoll_wait: [232, null],
  epoll_ctl: [233, 21],
  tgkill: [234, 131],
  newfstatat: [262, 79],
  ppoll: [271, 73],
  set_robust_list: [273, 99],
  epoll_pwait: [281, 22],
  eventfd2: [290, 19],
  epoll_create1: [291, 20],
  pipe2: [293, 59],
  preadv: [295, 69],
  prlimit64: [302, 261],
  getcpu: [309, 168],
  getrandom: [318, 278],
  membarrier: [324, 283],
  preadv2: [327, 286],
  pkey_mprotect: [329, 288],
  statx: [332, 291],
  rseq: [334, 293],
  clone3: [435, 435],
  epoll_pwait2: [441, 441],
} as const satisfies Record<string, readonly [number, number | null]>;

export type SyscallName = keyof typeof SYSCALLS;

/** The call's number, or null where the architecture does not have it. */
export function syscallNumber(name: SyscallName, arch: LinuxArch): number | null {
  return SYSCALLS[name][arch === 'x64' ? 0 : 1];
}

export function syscallNames(): SyscallName[] {
  return Object.keys(SYSCALLS) as SyscallName[];
}

export interface SyscallRule {
  readonly calls: readonly SyscallName[];
  readonly why: string;
  readonly when?: readonly (readonly ArgumentTest[])[];
  readonly refuseWith?: number;
}

/** The descriptors that are open at lockdown, by what may be done to them; no others can come into being in Node. */
export interface DescriptorRights {
  /** Read at a position: the medium, and this process's own statm. */
  readonly positioned: readonly number[];
  /** Read as a stream. */
  readonly readable: readonly number[];
  readonly writable: readonly number[];
  /** The channel to main. */
  readonly channel: readonly number[];
  readonly epoll: readonly number[];
}

export interface SeccompContext {
  readonly pid: number;
  readonly arch: LinuxArch;
  /** Chromium's message pipes pass descriptors and start threads later on, so there some rules must be wider. */
  readonly runtime: 'node' | 'electron';
  readonly fds: DescriptorRights;
}

const FD = 0;
const MEMORY = 'memory for the heap and the JIT';
const TIME = 'clocks and timers';
const THREADS = 'threads that already run';
const IDENTITY = 'facts about this very process';

// asm-generic/fcntl.h; O_LARGEFILE is the one flag here on which the two architectures differ.
const F_DUPFD_CLOEXEC = 1030;
const F_GETFD = 1;
const F_SETFD = 2;
const F_GETFL = 3;
const F_SETFL = 4;
const F_GET_SEALS = 1034;
const O_ACCMODE = 0o3;
const O_APPEND = 0o2000;
const O_NONBLOCK = 0o4000;
const O_LARGEFILE = { x64: 0o100000, arm64: 0o400000 };

// asm-generic/ioctls.h
const TCGETS = 0x5401;
const TIOCGWINSZ = 0x5413;
const FIONBIO = 0x5421;

// asm-generic/mman-common.h
const MAP_ANONYMOUS = 0x20;

/**
 * MADV_NORMAL, RANDOM, SEQUENTIAL, WILLNEED, DONTNEED, FREE, DONTFORK, HUGEPAGE, NOHUGEPAGE, DONTDUMP, DODUMP,
 * POPULATE_READ, POPULATE_WRITE, GUARD_INSTALL, GUARD_REMOVE. Not among them: merging pages with those of other
 * processes, which tells what these hold, and punching holes into files.
 */
const MADVICE = [0, 1, 2, 3, 4, 8, 10, 14, 15, 16, 17, 22, 23, 102, 103];

// linux/prctl.h
const PR_SET_NAME = 15;
const PR_SET_VMA = 0x53564d41;

/** The flags, and no others, with which glibc (first) and musl (second) start a thread: linux/sched.h. */
const THREAD_CLONE_FLAGS = [0x003d0f00, 0x007d0f00];

function onFds(fds: readonly number[]): readonly (readonly ArgumentTest[])[] {
  return [[{ arg: FD, oneOf: fds }]];
}

/** What both runtimes may do: memory, time, threads, signals to itself, exit. */
function commonRules({ pid, fds }: SeccompContext): SyscallRule[] {
  return [
    { calls: ['futex', 'sched_yield'], why: `${THREADS}: locks and Atomics.wait` },
    { calls: ['mprotect', 'pkey_mprotect', 'munmap', 'mremap', 'brk'], why: MEMORY },
    {
      calls: ['madvise'],
      when: [[{ arg: 2, oneOf: MADVICE }]],
      why: `${MEMORY}: the garbage collector gives pages back`,
    },
    { calls: ['clock_gettime', 'clock_getres', 'clock_nanosleep', 'nanosleep', 'gettimeofday', 'time'], why: TIME },
    { calls: ['getrandom'], why: 'random numbers: hash seeds, Math.random' },
    { calls: ['getpid', 'gettid', 'getppid', 'getuid', 'geteuid', 'getgid', 'getegid'], why: IDENTITY },
    { calls: ['getrusage', 'sysinfo', 'uname', 'getcwd'], why: `${IDENTITY}: os.* and process.* must not throw` },
    {
      calls: ['prlimit64'],
      // No new limit is given, and the process asked about is this one.
      when: [
        [
          { arg: 0, oneOf: [0, pid] },
          { arg: 2, equals64: 0n },
        ],
      ],
      why: `${IDENTITY}: V8 asks for the limit of its stack`,
    },
    {
      calls: [
        'sched_getaffinity',
        'sched_getparam',
        'sched_getscheduler',
        'getcpu',
        'membarrier',
        'rseq',
        'set_robust_list',
      ],
      why: THREADS,
    },
    { calls: ['prctl'], when: [[{ arg: 0, oneOf: [PR_SET_NAME, PR_SET_VMA] }]], why: 'names of threads and of memory' },
    {
      calls: ['rt_sigaction', 'rt_sigprocmask', 'rt_sigreturn', 'sigaltstack', 'restart_syscall'],
      why: 'handlers of signals that arrive here: SIGTERM, the traps of WebAssembly',
    },
    { calls: ['kill', 'tgkill'], when: [[{ arg: 0, oneOf: [pid] }]], why: 'abort(): signals to this process only' },
    { calls: ['exit', 'exit_group'], why: 'the end' },
    { calls: ['close', 'fstat'], why: 'takes nothing but an open descriptor, and changes no file' },
    {
      calls: ['fsync'],
      when: onFds(fds.writable),
      why: 'koffi flushes stdout and stderr at exit, and hangs where that is refused',
    },
    { calls: ['poll', 'ppoll'], why: 'waits for open descriptors' },
    {
      calls: ['fcntl'],
      when: [[{ arg: 1, oneOf: [F_GETFD, F_SETFD, F_GETFL] }], ...nonBlockingOnly()],
      why: 'Node looks at the flags of stdio when it exits, and restores O_NONBLOCK; no owner, signal, lease or lock',
    },
  ];

  function nonBlockingOnly(): ArgumentTest[][] {
    const flags = O_ACCMODE | O_APPEND | O_NONBLOCK | O_LARGEFILE.x64 | O_LARGEFILE.arm64;
    return [
      [
        { arg: 1, oneOf: [F_SETFL] },
        { arg: 2, mask: ~flags, equals: 0 },
      ],
    ];
  }
}

/** Calls whose refusal must not read EPERM, because of what the runtime makes of that. */
const SPECIAL_REFUSALS: readonly SyscallRule[] = [
  {
    calls: ['clone3'],
    refuseWith: ENOSYS,
    why: 'its flags lie in memory, where no filter can look; glibc then tries clone, whose flags can be checked',
  },
  {
    calls: ['newfstatat'],
    refuseWith: EBADF,
    why: 'it takes a path; glibc 2.33 to 2.35 call it for fstat(), and Node aborts at exit unless that says EBADF',
  },
  { calls: ['statx'], refuseWith: ENOSYS, why: 'it takes a path; libuv then uses fstat' },
];

function nodeRules({ fds }: SeccompContext): SyscallRule[] {
  return [
    { calls: ['pread64', 'preadv', 'preadv2', 'lseek'], when: onFds(fds.positioned), why: 'reads the medium' },
    {
      calls: ['read', 'readv'],
      when: onFds(fds.readable),
      why: "the medium, the channel, and the event loop's own wake-ups",
    },
    {
      calls: ['write', 'writev'],
      when: onFds(fds.writable),
      why: "the channel, output, and the event loop's own wake-ups",
    },
    {
      calls: ['epoll_wait', 'epoll_pwait', 'epoll_pwait2', 'epoll_ctl'],
      when: onFds(fds.epoll),
      why: 'the event loop',
    },
    {
      calls: ['recvmsg'],
      when: onFds(fds.channel),
      why: 'libuv reads a channel with it; no descriptor fits under the limit',
    },
    {
      calls: ['shutdown', 'getsockname', 'getsockopt'],
      when: onFds([...fds.channel, ...fds.writable]),
      why: 'libuv asks what kind of socket it has, and closes the channel',
    },
    // Only anonymous memory: the medium is read, never mapped, and no library can be loaded any more.
    { calls: ['mmap'], when: [[{ arg: 3, mask: MAP_ANONYMOUS, equals: MAP_ANONYMOUS }]], why: MEMORY },
    {
      calls: ['ioctl'],
      when: [
        [
          { arg: FD, oneOf: fds.writable },
          { arg: 1, oneOf: [TCGETS, TIOCGWINSZ, FIONBIO] },
        ],
        [
          { arg: FD, oneOf: fds.channel },
          { arg: 1, oneOf: [FIONBIO] },
        ],
      ],
      why: 'whether output is a terminal and how wide it is; nothing is typed into a terminal or set on a device',
    },
  ];
}

/**
 * Electron's utility process: Mojo hands shared memory over as descriptors whose numbers cannot be known now, so reading
 * and writing go by exclusion. That is safe because nothing can be opened or connected any more, and what was open and
 * could change a file was closed before: a descriptor can only come from the browser process, which is trusted.
 */
function electronRules({ fds }: SeccompContext): SyscallRule[] {
  return [
    { calls: ['pread64', 'preadv', 'preadv2', 'lseek'], when: onFds(fds.positioned), why: 'reads the medium' },
    { calls: ['read', 'readv'], why: "the medium, Mojo, and the event loops' own wake-ups" },
    { calls: ['write', 'writev'], why: 'Mojo, output and wake-ups; the medium is open read-only' },
    { calls: ['sendmsg', 'recvmsg', 'shutdown', 'getsockname', 'getsockopt'], why: "Mojo's connected sockets" },
    { calls: ['epoll_wait', 'epoll_pwait', 'epoll_pwait2', 'epoll_ctl', 'epoll_create1'], why: 'event loops' },
    { calls: ['eventfd2', 'pipe2'], why: 'wake-ups of threads that start later' },
    { calls: ['mmap'], why: `${MEMORY}, and shared memory that main handed over` },
    { calls: ['dup'], why: 'Mojo keeps a second handle of shared memory' },
    { calls: ['fcntl'], when: [[{ arg: 1, oneOf: [F_DUPFD_CLOEXEC, F_GET_SEALS] }]], why: 'the same' },
    {
      calls: ['clone'],
      when: [[{ arg: 0, oneOf: THREAD_CLONE_FLAGS }]],
      why: "threads of Chromium's pool, never a process",
    },
    {
      calls: ['ioctl'],
      when: [[{ arg: 1, oneOf: [TCGETS, TIOCGWINSZ, FIONBIO] }]],
      why: 'whether output is a terminal',
    },
  ];
}

/** The table for this process, the calls of a busy worker first. */
export function seccompTable(context: SeccompContext): SyscallRule[] {
  const rules = context.runtime === 'node' ? nodeRules(context) : electronRules(context);
  return mergeByCall([...rules, ...commonRules(context), ...SPECIAL_REFUSALS]);
}

/** A call that stands in two rules is decided by the first that the filter meets, so its conditions are joined there. */
function mergeByCall(rules: readonly SyscallRule[]): SyscallRule[] {
  const merged: SyscallRule[] = [];
  for (const rule of rules) {
    const same = merged.findIndex(
      (m) => m.calls.length === 1 && rule.calls.length === 1 && m.calls[0] === rule.calls[0],
    );
    const earlier = merged[same];
    if (earlier?.when && rule.when) {
      merged[same] = { ...earlier, when: [...earlier.when, ...rule.when], why: `${earlier.why}; ${rule.why}` };
    } else merged.push(rule);
  }
  return merged;
}

/** The table in numbers of the architecture. */
export function filterRules(table: readonly SyscallRule[], arch: LinuxArch): FilterRule[] {
  return table.flatMap(({ calls, when, refuseWith }) =>
    calls.flatMap((call) => {
      const nr = syscallNumber(call, arch);
      return nr === null ? [] : [{ nr, when, refuseWith }];
    }),
  );
}

/** AUDIT_ARCH_X86_64 and AUDIT_ARCH_AARCH64 of linux/audit.h; __X32_SYSCALL_BIT of asm/unistd.h. */
export function filterTarget(arch: LinuxArch): FilterTarget {
  return arch === 'x64'
    ? { auditArch: 0xc000003e, firstForeignNr: 0x40000000, defaultErrno: EPERM }
    : { auditArch: 0xc00000b7, defaultErrno: EPERM };
}
