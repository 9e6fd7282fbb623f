/**
 * Takes stock of the descriptors that are open in this process (proc_pid_fd(5), Linux) and closes what nobody asked for:
 * after the lockdown no new one can be had, so this list is all that the worker can ever touch.
 */
import fs from 'node:fs';
import { LockdownError, type LockdownRequest } from './report.ts';
import type { DescriptorRights } from './seccomp-table.ts';

export type DescriptorKind =
  | 'epoll'
  | 'eventfd'
  | 'other anonymous'
  | 'io_uring'
  | 'pipe'
  | 'socket'
  | 'null device'
  | 'memory file'
  | 'file'
  | 'directory'
  | 'character device'
  | 'block device';

export interface OpenDescriptor {
  readonly fd: number;
  readonly kind: DescriptorKind;
  /** What the kernel calls it; two ends of one pipe have the same. */
  readonly target: string;
  readonly accessMode: 'read' | 'write' | 'both';
  /** Major and minor of a device, 0 otherwise. */
  readonly rdev: number;
}

const ANONYMOUS_KINDS: Readonly<Record<string, DescriptorKind>> = {
  'anon_inode:[eventpoll]': 'epoll',
  'anon_inode:[eventfd]': 'eventfd',
  'anon_inode:[io_uring]': 'io_uring',
};

function kindOf(target: string, stat: fs.Stats): DescriptorKind {
  if (target.startsWith('anon_inode:')) return ANONYMOUS_KINDS[target] ?? 'other anonymous';
  if (stat.isFIFO()) return 'pipe';
  if (stat.isSocket()) return 'socket';
  if (stat.isDirectory()) return 'directory';
  if (stat.isBlockDevice()) return 'block device';
  if (stat.isCharacterDevice()) return target === '/dev/null' ? 'null device' : 'character device';
  return target.startsWith('/memfd:') || target.startsWith('/dev/shm/') ? 'memory file' : 'file';
}

/** The access mode out of `flags:` in fdinfo, which is octal: O_RDONLY 0, O_WRONLY 1, O_RDWR 2. */
function accessModeOf(fd: number): OpenDescriptor['accessMode'] {
  const flags = /^flags:\s*([0-7]+)$/m.exec(fs.readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1'))?.[1];
  if (flags === undefined) throw new LockdownError('descriptors', `the flags of descriptor ${fd} cannot be read`);
  const mode = Number.parseInt(flags, 8) & 0o3;
  return mode === 0 ? 'read' : mode === 1 ? 'write' : 'both';
}

/** Every open descriptor except the one that the listing itself takes. */
export function surveyDescriptors(): OpenDescriptor[] {
  const found: OpenDescriptor[] = [];
  for (const name of fs.readdirSync('/proc/self/fd')) {
    const fd = Number(name);
    let target: string;
    try {
      target = fs.readlinkSync(`/proc/self/fd/${name}`);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') continue;
      throw new LockdownError('descriptors', `descriptor ${name} cannot be looked at: ${(error as Error).message}`);
    }
    const stat = fs.fstatSync(fd);
    found.push({ fd, kind: kindOf(target, stat), target, accessMode: accessModeOf(fd), rdev: stat.rdev });
  }
  return found;
}

/**
 * An io_uring whose requests are fetched by a kernel thread needs no system call, so no filter holds it back; libuv makes
 * one when UV_USE_IO_URING=1 is set.
 */
export function refusePollingRings(open: readonly OpenDescriptor[]): void {
  for (const { fd, kind } of open) {
    if (kind !== 'io_uring') continue;
    const thread = /^SqThread:\s*(-?\d+)$/m.exec(fs.readFileSync(`/proc/self/fdinfo/${fd}`, 'latin1'))?.[1];
    if (thread !== undefined && Number(thread) > 0) {
      throw new LockdownError(
        'io_uring',
        'a polled ring is open, which no filter covers: start without UV_USE_IO_URING',
      );
    }
  }
}

export interface DescriptorPlan {
  readonly rights: DescriptorRights;
  /** To be replaced by the null device, so that no code inside Node meets a foreign descriptor under an old number. */
  readonly replace: readonly number[];
}

/** Both ends of such a pipe are here: libuv wakes itself up with it. */
function isOwnPipe(descriptor: OpenDescriptor, open: readonly OpenDescriptor[]): boolean {
  return descriptor.kind === 'pipe' && open.some((d) => d.target === descriptor.target && d.fd !== descriptor.fd);
}

/** libuv opens a terminal again rather than use the inherited descriptor; both numbers are the same terminal. */
function terminalsLike(fds: readonly number[], open: readonly OpenDescriptor[]): number[] {
  const devices = open.filter((d) => d.kind === 'character device' && fds.includes(d.fd)).map((d) => d.rdev);
  return open.filter((d) => d.kind === 'character device' && devices.includes(d.rdev)).map((d) => d.fd);
}

/** What Chromium had open before; it keeps what main's channel and its shared memory need, and nothing that is a file. */
function electronNeeds({ kind, accessMode, target }: OpenDescriptor): boolean {
  if (kind === 'socket' || kind === 'pipe' || kind === 'memory file' || kind === 'other anonymous') return true;
  return (kind === 'file' || target === '/dev/urandom') && accessMode === 'read';
}

function requireOpen(request: LockdownRequest, open: readonly OpenDescriptor[]): void {
  const writable = request.writeFds ?? [];
  const channel = request.channelFds ?? [];
  for (const fd of [...request.readFds, ...writable, ...channel]) {
    const found = open.find((d) => d.fd === fd);
    if (!found) throw new LockdownError('descriptors', `descriptor ${fd} is not open`);
    const isMedium = found.kind === 'file' || found.kind === 'block device' || found.kind === 'memory file';
    if (isMedium && found.accessMode !== 'read' && !writable.includes(fd)) {
      throw new LockdownError('descriptors', `descriptor ${fd} is to be read only, but is open for writing`);
    }
    if (channel.includes(fd) && found.kind !== 'socket' && found.kind !== 'pipe') {
      throw new LockdownError('descriptors', `descriptor ${fd} is a ${found.kind}, which is no channel`);
    }
  }
}

/** Sorts the open descriptors into rights and rubbish. `statm` is this process's own memory statistics. */
export function planDescriptors(
  request: LockdownRequest,
  open: readonly OpenDescriptor[],
  statm: number,
  runtime: 'node' | 'electron',
): DescriptorPlan {
  requireOpen(request, open);
  const readFds = [...new Set([...request.readFds, ...terminalsLike(request.readFds, open)])];
  const writeFds = [...new Set([...(request.writeFds ?? []), ...terminalsLike(request.writeFds ?? [], open)])];
  const channel = request.channelFds ?? [];
  const asked = new Set([...readFds, ...writeFds, ...channel, statm]);

  const epoll = open.filter((d) => d.kind === 'epoll').map((d) => d.fd);
  const own = open
    .filter((d) => d.kind === 'eventfd' || d.kind === 'null device' || isOwnPipe(d, open))
    .map((d) => d.fd);
  const kept = new Set([...asked, ...epoll, ...own]);
  const replace = open.filter((d) => !kept.has(d.fd) && !(runtime === 'electron' && electronNeeds(d))).map((d) => d.fd);

  // A replaced descriptor is the null device from then on, where reading and writing do nothing and must not fail.
  const harmless = [...own.filter((fd) => !asked.has(fd)), ...replace];
  return {
    replace,
    rights: {
      positioned: [...request.readFds, statm],
      readable: [...readFds, ...channel, ...harmless],
      writable: [...writeFds, ...channel, ...harmless],
      channel,
      epoll,
    },
  };
}
