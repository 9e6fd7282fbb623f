/**
 * Ways out of a locked-down worker on Linux, tried from inside by the tests: raw system calls, as code would make them
 * that has taken the process over, and Node's own API. Numbers: asm/unistd_64.h (x86_64), asm-generic/unistd.h (arm64).
 */
import childProcess from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import { Worker } from 'node:worker_threads';
import type { Koffi } from './native.ts';

export interface AttemptSurroundings {
  readonly koffi: Koffi;
  /** A directory of the test's own in which everyone may write; holds `victim` (a file) before the attempts. */
  readonly directory: string;
  /** The medium's descriptor, open read-only. */
  readonly device: number;
  readonly channel: number;
}

type Argument = number | bigint | string | Uint8Array;

export interface RawAttempt {
  readonly name: string;
  /** The call's number on x86_64 and arm64; null where there is no such call. */
  readonly nr: readonly [number, number | null];
  readonly args: (at: AttemptSurroundings) => readonly Argument[];
  /** Succeeds in a free process, for root and for everyone, and does no harm there: tried in the control run. */
  readonly control?: true;
}

const AT_FDCWD = -100;
const O_RDONLY = 0;
const O_WRONLY_CREAT = 0o101;
const UNIX = 1;
const INET = 2;
const NETLINK = 16;
const STREAM = 1;
const RAW = 3;

const victim = (at: AttemptSurroundings): string => `${at.directory}/victim`;
const fresh = (at: AttemptSurroundings, name: string): string => `${at.directory}/${name}`;

/** struct open_how: flags, mode, resolve. */
const OPEN_HOW = new Uint8Array(24);
/** struct clone_args with everything 0 but exit_signal (SIGCHLD, at 32): a plain fork. */
const CLONE_ARGS = new Uint8Array(88);
CLONE_ARGS[32] = 17;
/** struct sockaddr_in for 127.0.0.1, port 9. */
const LOOPBACK = Uint8Array.of(2, 0, 0, 9, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0);
/** struct sockaddr_un with the abstract address "a". */
const ABSTRACT = Uint8Array.of(1, 0, 0, 97);
const ZEROES = new Uint8Array(256);
const NO_ARGUMENTS = (): Argument[] => [];

export const RAW_ATTEMPTS: readonly RawAttempt[] = [
  // Opening and looking
  { name: 'openat for reading', nr: [257, 56], args: (at) => [AT_FDCWD, victim(at), O_RDONLY], control: true },
  {
    name: 'openat for writing',
    nr: [257, 56],
    args: (at) => [AT_FDCWD, fresh(at, 'new'), O_WRONLY_CREAT, 0o600],
    control: true,
  },
  { name: 'open', nr: [2, null], args: (at) => [victim(at), O_RDONLY], control: true },
  { name: 'openat2', nr: [437, 437], args: (at) => [AT_FDCWD, victim(at), OPEN_HOW, 24], control: true },
  { name: 'creat', nr: [85, null], args: (at) => [fresh(at, 'created'), 0o600], control: true },
  { name: 'open /proc/self/mem', nr: [257, 56], args: () => [AT_FDCWD, '/proc/self/mem', 2] },
  { name: 'open /dev/mem', nr: [257, 56], args: () => [AT_FDCWD, '/dev/mem', 2] },
  { name: 'openat through the device', nr: [257, 56], args: (at) => [at.device, '', O_RDONLY] },
  { name: 'name_to_handle_at', nr: [303, 264], args: (at) => [AT_FDCWD, victim(at), ZEROES, ZEROES, 0] },
  { name: 'open_by_handle_at', nr: [304, 265], args: (at) => [at.device, ZEROES, 0] },
  { name: 'open_tree', nr: [428, 428], args: () => [AT_FDCWD, '/', 0] },
  { name: 'faccessat', nr: [269, 48], args: (at) => [AT_FDCWD, victim(at), 0], control: true },
  { name: 'newfstatat', nr: [262, 79], args: (at) => [AT_FDCWD, victim(at), ZEROES, 0], control: true },
  { name: 'statx', nr: [332, 291], args: (at) => [AT_FDCWD, victim(at), 0, 0xfff, ZEROES], control: true },
  { name: 'statfs', nr: [137, 43], args: () => ['/', ZEROES], control: true },
  { name: 'readlinkat', nr: [267, 78], args: () => [AT_FDCWD, '/proc/self/exe', ZEROES, 256], control: true },
  { name: 'getdents64', nr: [217, 61], args: (at) => [at.device, ZEROES, 256] },
  { name: 'getxattr', nr: [191, 8], args: (at) => [victim(at), 'user.a', ZEROES, 8] },
  // Changing
  { name: 'mkdirat', nr: [258, 34], args: (at) => [AT_FDCWD, fresh(at, 'folder'), 0o700], control: true },
  { name: 'symlinkat', nr: [266, 36], args: (at) => ['victim', AT_FDCWD, fresh(at, 'symlink')], control: true },
  {
    name: 'linkat',
    nr: [265, 37],
    args: (at) => [AT_FDCWD, victim(at), AT_FDCWD, fresh(at, 'link'), 0],
    control: true,
  },
  { name: 'mknodat', nr: [259, 33], args: (at) => [AT_FDCWD, fresh(at, 'fifo'), 0o010600, 0], control: true },
  { name: 'fchmodat', nr: [268, 53], args: (at) => [AT_FDCWD, victim(at), 0o666], control: true },
  { name: 'fchmod of the device', nr: [91, 52], args: (at) => [at.device, 0o666] },
  { name: 'fchownat', nr: [260, 54], args: (at) => [AT_FDCWD, victim(at), -1, -1, 0], control: true },
  { name: 'utimensat', nr: [280, 88], args: (at) => [AT_FDCWD, victim(at), 0, 0], control: true },
  { name: 'truncate', nr: [76, 45], args: (at) => [victim(at), 0], control: true },
  { name: 'setxattr', nr: [188, 5], args: (at) => [victim(at), 'user.a', ZEROES, 1, 0] },
  {
    name: 'renameat2',
    nr: [316, 276],
    args: (at) => [AT_FDCWD, victim(at), AT_FDCWD, fresh(at, 'moved'), 0],
    control: true,
  },
  { name: 'unlinkat', nr: [263, 35], args: (at) => [AT_FDCWD, fresh(at, 'moved'), 0], control: true },
  { name: 'chdir', nr: [80, 49], args: () => ['/'], control: true },
  { name: 'chroot', nr: [161, 51], args: (at) => [at.directory] },
  { name: 'umask', nr: [95, 166], args: () => [0o22] },
  // The device
  { name: 'write to the device', nr: [1, 64], args: (at) => [at.device, ZEROES, 1] },
  { name: 'pwrite64 to the device', nr: [18, 68], args: (at) => [at.device, ZEROES, 1, 0] },
  { name: 'pwritev2 to the device', nr: [328, 287], args: (at) => [at.device, ZEROES, 0, 0, 0, 0] },
  { name: 'ftruncate of the device', nr: [77, 46], args: (at) => [at.device, 0] },
  { name: 'fallocate of the device', nr: [285, 47], args: (at) => [at.device, 0, 0, 1] },
  { name: 'fsync of the device', nr: [74, 82], args: (at) => [at.device], control: true },
  { name: 'ioctl BLKFLSBUF', nr: [16, 29], args: (at) => [at.device, 0x1261, 0] },
  { name: 'ioctl SG_IO', nr: [16, 29], args: (at) => [at.device, 0x2285, ZEROES] },
  { name: 'ioctl FIBMAP', nr: [16, 29], args: (at) => [at.device, 1, ZEROES] },
  { name: 'ioctl TIOCSTI', nr: [16, 29], args: () => [1, 0x5412, ZEROES] },
  { name: 'ioctl TIOCLINUX', nr: [16, 29], args: () => [1, 0x541c, ZEROES] },
  { name: 'fcntl F_SETOWN', nr: [72, 25], args: (at) => [at.device, 8, process.ppid] },
  { name: 'fcntl F_SETSIG', nr: [72, 25], args: (at) => [at.device, 10, 9] },
  { name: 'fcntl F_SETFL with O_ASYNC', nr: [72, 25], args: (at) => [at.device, 4, 0o20000] },
  { name: 'fcntl F_DUPFD', nr: [72, 25], args: (at) => [at.device, 0, 0], control: true },
  { name: 'fcntl F_SETLEASE', nr: [72, 25], args: (at) => [at.device, 1024, 2] },
  { name: 'fcntl F_SETLK', nr: [72, 25], args: (at) => [at.device, 6, ZEROES] },
  { name: 'mmap of the device', nr: [9, 222], args: (at) => [0, 4096, 1, 2, at.device, 0] },
  { name: 'pread64 of the channel', nr: [17, 67], args: (at) => [at.channel, ZEROES, 1, 0] },
  { name: 'dup', nr: [32, 23], args: (at) => [at.device], control: true },
  { name: 'dup3', nr: [292, 24], args: (at) => [at.device, at.channel + 1000, 0] },
  // Executing
  { name: 'execve', nr: [59, 221], args: () => ['/nonexistent', 0, 0] },
  { name: 'execveat', nr: [322, 281], args: (at) => [at.device, '', 0, 0, 0x1000] },
  { name: 'memfd_create', nr: [319, 279], args: () => ['code', 0], control: true },
  { name: 'memfd_secret', nr: [447, 447], args: () => [0] },
  { name: 'fork', nr: [57, null], args: NO_ARGUMENTS },
  { name: 'vfork', nr: [58, null], args: NO_ARGUMENTS },
  { name: 'clone as fork', nr: [56, 220], args: () => [17, 0, 0, 0, 0] },
  { name: 'clone of a thread', nr: [56, 220], args: () => [0x003d0f00, 0, 0, 0, 0] },
  { name: 'clone3 as fork', nr: [435, 435], args: () => [CLONE_ARGS, 88] },
  { name: 'init_module', nr: [175, 105], args: () => [ZEROES, 0, ''] },
  { name: 'finit_module', nr: [313, 273], args: (at) => [at.device, '', 0] },
  { name: 'kexec_load', nr: [246, 104], args: () => [0, 0, 0, 0] },
  { name: 'bpf', nr: [321, 280], args: () => [0, ZEROES, 48] },
  { name: 'seccomp', nr: [317, 277], args: () => [2, 0, ZEROES] },
  // Other processes
  { name: 'ptrace', nr: [101, 117], args: () => [0x4206, process.ppid, 0, 0] },
  { name: 'kill the parent', nr: [62, 129], args: () => [process.ppid, 0], control: true },
  { name: 'kill everyone', nr: [62, 129], args: () => [-1, 0] },
  { name: 'tkill the parent', nr: [200, 130], args: () => [process.ppid, 0], control: true },
  { name: 'tgkill the parent', nr: [234, 131], args: () => [process.ppid, process.ppid, 0], control: true },
  { name: 'rt_sigqueueinfo', nr: [129, 138], args: () => [process.ppid, 0, ZEROES] },
  { name: 'pidfd_open', nr: [434, 434], args: () => [process.ppid, 0], control: true },
  { name: 'pidfd_getfd', nr: [438, 438], args: (at) => [at.device, 0, 0] },
  { name: 'pidfd_send_signal', nr: [424, 424], args: (at) => [at.device, 0, 0, 0] },
  { name: 'process_vm_readv of the parent', nr: [310, 270], args: () => [process.ppid, 0, 0, 0, 0, 0] },
  { name: 'process_vm_writev of the parent', nr: [311, 271], args: () => [process.ppid, 0, 0, 0, 0, 0] },
  { name: 'process_madvise', nr: [440, 440], args: (at) => [at.device, 0, 0, 4, 0] },
  { name: 'kcmp', nr: [312, 272], args: () => [process.ppid, process.pid, 0, 0, 0] },
  { name: 'prlimit64 of the parent', nr: [302, 261], args: () => [process.ppid, 7, 0, ZEROES], control: true },
  { name: 'prlimit64 to raise a limit', nr: [302, 261], args: () => [0, 7, new Uint8Array(16).fill(1), 0] },
  { name: 'sched_setaffinity of the parent', nr: [203, 122], args: () => [process.ppid, 0, ZEROES] },
  { name: 'setpriority', nr: [141, 140], args: () => [0, 0, 19], control: true },
  { name: 'setpgid', nr: [109, 154], args: () => [0, 0] },
  { name: 'setsid', nr: [112, 157], args: NO_ARGUMENTS },
  { name: 'wait4', nr: [61, 260], args: () => [-1, 0, 1, 0] },
  // Connecting
  { name: 'socket inet', nr: [41, 198], args: () => [INET, STREAM, 0], control: true },
  { name: 'socket unix', nr: [41, 198], args: () => [UNIX, STREAM, 0], control: true },
  { name: 'socket netlink', nr: [41, 198], args: () => [NETLINK, RAW, 0], control: true },
  { name: 'socket packet', nr: [41, 198], args: () => [17, RAW, 0] },
  { name: 'socketpair', nr: [53, 199], args: () => [UNIX, STREAM, 0, ZEROES], control: true },
  { name: 'connect', nr: [42, 203], args: (at) => [at.channel, LOOPBACK, 16] },
  { name: 'bind', nr: [49, 200], args: (at) => [at.channel, ABSTRACT, 4] },
  { name: 'listen', nr: [50, 201], args: (at) => [at.channel, 1] },
  { name: 'accept4', nr: [288, 242], args: (at) => [at.channel, 0, 0, 0] },
  { name: 'sendto', nr: [44, 206], args: (at) => [at.channel, ZEROES, 0, 0, ABSTRACT, 4] },
  { name: 'sendmsg with a descriptor', nr: [46, 211], args: (at) => [at.channel, ZEROES, 0] },
  { name: 'setsockopt', nr: [54, 208], args: (at) => [at.channel, 1, 15, ZEROES, 4] },
  { name: 'mq_open', nr: [240, 180], args: () => ['airlock-test', O_RDONLY, 0, 0] },
  { name: 'shmget', nr: [29, 194], args: () => [0, 4096, 0o1600] },
  { name: 'msgget', nr: [68, 186], args: () => [0x41495245, 0] },
  { name: 'semget', nr: [64, 190], args: () => [0x41495245, 1, 0] },
  { name: 'add_key', nr: [248, 217], args: () => ['user', 'airlock', ZEROES, 1, -3] },
  { name: 'keyctl', nr: [250, 219], args: () => [0, -3, 0, 0, 0] },
  { name: 'request_key', nr: [249, 218], args: () => ['user', 'airlock', 0, 0] },
  // Moving bytes between descriptors
  { name: 'splice', nr: [275, 76], args: (at) => [at.device, 0, at.channel, 0, 1, 0] },
  { name: 'sendfile', nr: [40, 71], args: (at) => [at.channel, at.device, 0, 1] },
  { name: 'copy_file_range', nr: [326, 285], args: (at) => [at.device, 0, at.device, 0, 1, 0] },
  { name: 'vmsplice', nr: [278, 75], args: (at) => [at.channel, 0, 0, 0] },
  // New descriptors and machinery
  { name: 'io_uring_setup', nr: [425, 425], args: () => [1, ZEROES] },
  { name: 'io_uring_enter', nr: [426, 426], args: (at) => [at.device, 1, 0, 0, 0, 0] },
  { name: 'io_uring_register', nr: [427, 427], args: (at) => [at.device, 0, 0, 0] },
  { name: 'pipe2', nr: [293, 59], args: () => [ZEROES, 0], control: true },
  { name: 'eventfd2', nr: [290, 19], args: () => [0, 0], control: true },
  { name: 'epoll_create1', nr: [291, 20], args: () => [0], control: true },
  { name: 'timerfd_create', nr: [283, 85], args: () => [1, 0], control: true },
  { name: 'signalfd4', nr: [289, 74], args: () => [-1, ZEROES, 8, 0], control: true },
  { name: 'inotify_init1', nr: [294, 26], args: () => [0], control: true },
  { name: 'fanotify_init', nr: [300, 262], args: () => [0, 0] },
  { name: 'userfaultfd', nr: [323, 282], args: () => [1] },
  { name: 'perf_event_open', nr: [298, 241], args: () => [ZEROES, 0, -1, -1, 0] },
  { name: 'landlock_create_ruleset', nr: [444, 444], args: () => [0, 0, 1] },
  // The system
  { name: 'mount', nr: [165, 40], args: (at) => ['none', at.directory, 'tmpfs', 0, 0] },
  { name: 'umount2', nr: [166, 39], args: (at) => [at.directory, 0] },
  { name: 'pivot_root', nr: [155, 41], args: (at) => [at.directory, at.directory] },
  { name: 'fsopen', nr: [430, 430], args: () => ['tmpfs', 0] },
  { name: 'move_mount', nr: [429, 429], args: (at) => [at.device, '', at.device, '', 0] },
  { name: 'unshare', nr: [272, 97], args: () => [0x10000000] },
  { name: 'setns', nr: [308, 268], args: (at) => [at.device, 0] },
  { name: 'setuid', nr: [105, 146], args: () => [0] },
  { name: 'setresuid', nr: [117, 147], args: () => [0, 0, 0] },
  { name: 'setgroups', nr: [116, 159], args: () => [0, 0] },
  { name: 'capset', nr: [126, 91], args: () => [ZEROES, ZEROES] },
  { name: 'personality', nr: [135, 92], args: () => [0], control: true },
  { name: 'prctl PR_SET_DUMPABLE', nr: [157, 167], args: () => [4, 1, 0, 0, 0], control: true },
  { name: 'prctl PR_SET_SECCOMP', nr: [157, 167], args: () => [22, 0, 0, 0, 0] },
  { name: 'prctl PR_SET_NO_NEW_PRIVS', nr: [157, 167], args: () => [38, 0, 0, 0, 0] },
  { name: 'prctl PR_SET_PTRACER', nr: [157, 167], args: () => [0x59616d61, -1, 0, 0, 0] },
  { name: 'swapon', nr: [167, 224], args: () => ['/nonexistent', 0] },
  { name: 'reboot with wrong magic', nr: [169, 142], args: () => [0, 0, 0, 0] },
  { name: 'sethostname', nr: [170, 161], args: () => ['airlock', -1] },
  { name: 'settimeofday', nr: [164, 170], args: () => [ZEROES, 1] },
  { name: 'clock_settime', nr: [227, 112], args: () => [99, ZEROES] },
  { name: 'adjtimex', nr: [159, 171], args: () => [ZEROES] },
  { name: 'acct', nr: [163, 89], args: () => ['/nonexistent'] },
  { name: 'quotactl', nr: [179, 60], args: () => [-1, 0, 0, 0] },
  { name: 'syslog', nr: [103, 116], args: () => [10, 0, 0] },
  { name: 'iopl', nr: [172, null], args: () => [3] },
  { name: 'ioperm', nr: [173, null], args: () => [0, 1, 1] },
  { name: 'modify_ldt', nr: [154, null], args: () => [0, ZEROES, 16], control: true },
  { name: 'sync', nr: [162, 81], args: NO_ARGUMENTS, control: true },
  { name: 'madvise MADV_MERGEABLE', nr: [28, 233], args: () => [0, 0, 12], control: true },
  // Another door to the same rooms
  { name: 'x32 write', nr: [0x40000001, null], args: (at) => [at.device, ZEROES, 1] },
  { name: 'a number without a call', nr: [900, 900], args: NO_ARGUMENTS },
];

type RawSyscall = (nr: number, ...args: readonly Argument[]) => number;

/** A caller of syscall(2) that answers 0 for success and the errno otherwise. */
export function rawSyscalls(koffi: Koffi): RawSyscall {
  const library = koffi.load(null);
  const syscall = library.func('long syscall(long nr, long a, long b, long c, long d, long e, long f)');
  return (nr, ...args) => {
    // Held until after the call, so that the addresses stay good.
    const buffers: Uint8Array[] = [];
    const words = [0, 1, 2, 3, 4, 5].map((i) => {
      const arg = args[i] ?? 0;
      if (typeof arg === 'number' || typeof arg === 'bigint') return arg;
      const bytes = typeof arg === 'string' ? Buffer.from(`${arg}\0`) : arg;
      buffers.push(bytes);
      return koffi.address(bytes);
    });
    const result = Number(syscall(nr, ...words));
    // Only a fork that was not refused comes here with 0 in a process that nobody expects: end it at once.
    if (result === 0 && [56, 57, 58, 220, 435].includes(nr) && buffers.length === 0)
      process.kill(process.pid, 'SIGKILL');
    return result >= 0 ? 0 : koffi.errno();
  };
}

/** Makes the attempts, control ones only if so asked, and answers each one's errno, 0 meaning that it succeeded. */
export function tryRawSyscalls(at: AttemptSurroundings, controlOnly: boolean): Record<string, number> {
  const call = rawSyscalls(at.koffi);
  const results: Record<string, number> = {};
  for (const { name, nr, args, control } of RAW_ATTEMPTS) {
    const number = nr[process.arch === 'arm64' ? 1 : 0];
    if (number === null || (controlOnly && !control)) continue;
    results[name] = call(number, ...args(at));
  }
  return results;
}

/** The highest number that is swept: past the newest call of Linux 6.18, and some more. */
const LAST_SWEPT = 600;

/**
 * uretprobe and uprobe of x86_64: the kernel lets them pass every filter since 6.13, and ends with SIGILL or a trap the
 * process that calls them from anywhere but a probe that root has set.
 */
const PROBES = [335, 336];

/** Every call that the table does not name, with arguments of 0: which numbers answer anything but EPERM. */
export function sweepOtherCalls(koffi: Koffi, known: ReadonlySet<number>): number[] {
  const call = rawSyscalls(koffi);
  const leaks: number[] = [];
  for (let nr = 0; nr <= LAST_SWEPT; nr++) {
    if (process.arch === 'x64' && PROBES.includes(nr)) continue;
    if (!known.has(nr) && call(nr) !== 1) leaks.push(nr);
  }
  return leaks;
}

async function codeOf(action: () => unknown): Promise<string> {
  try {
    await action();
    return 'succeeded';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

function untilEvent(emitter: NodeJS.EventEmitter, success: string): Promise<unknown> {
  return new Promise((resolve, reject) => emitter.once(success, resolve).once('error', reject));
}

/** The same through Node's API: each attempt's error code, or `succeeded`. */
export async function tryNodeApi(at: AttemptSurroundings): Promise<Record<string, string>> {
  const attempts: Record<string, () => unknown> = {
    // First, since a free process has moved the victim away before.
    'fs.writeFileSync': () => fs.writeFileSync(victim(at), 'x'),
    'fs.openSync': () => fs.closeSync(fs.openSync(victim(at), 'r')),
    'fs.readFileSync /proc/self/environ': () => fs.readFileSync('/proc/self/environ'),
    'fs.readdirSync': () => fs.readdirSync('/'),
    'fs.mkdirSync': () => fs.mkdirSync(fresh(at, 'api-folder')),
    'fs.promises.readFile': () => fs.promises.readFile('/proc/self/environ'),
    'fs.promises.writeFile': () => fs.promises.writeFile(fresh(at, 'api-later'), 'x'),
    'child_process.spawnSync': () => {
      const { error } = childProcess.spawnSync('/bin/true');
      if (error) throw error;
    },
    'child_process.spawn': () => untilEvent(childProcess.spawn('/bin/true'), 'exit'),
    'net.createServer on a path': () => {
      const server = net.createServer();
      return untilEvent(server.listen(fresh(at, 'api-socket')), 'listening').then(() => server.close());
    },
    'process.kill of the parent': () => process.kill(process.ppid, 0),
    'new Worker': async () => {
      const worker = new Worker('', { eval: true });
      await untilEvent(worker, 'exit');
    },
  };
  const results: Record<string, string> = {};
  for (const [name, action] of Object.entries(attempts)) results[name] = await codeOf(action);
  return results;
}

/** Connecting is not part of the control run: nobody listens. */
export function tryConnecting(): Promise<string> {
  return codeOf(() => untilEvent(net.connect(9, '127.0.0.1'), 'connect'));
}
