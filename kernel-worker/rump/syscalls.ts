/** The system call layer: descriptors, arguments checked, bounded work, failures with places of the whole medium. After NetBSD's rump_syscalls(3). */

import { type ContentType, UNKNOWN } from '../content/content-class.ts';
import { contentType } from '../content/content-type.ts';
import type { EntryPage, EntryReport, ExtentReport, LocatedFile, SystemCallName, SystemCalls } from '../contract.ts';
import { Lookout } from '../lookout/scan.ts';
import { asKernelError, type FailureReport, KernelError, requestError } from './errno.ts';
import { Search } from './finding/search.ts';
import { SpaceSums } from './finding/space-sums.ts';
import type { Health } from './health.ts';
import type { Kernel } from './kernel.ts';
import { fts } from './vfs/fts.ts';
import { MAX_READ_BYTES } from './vfs/genfs.ts';
import type { Mount, Vnode } from './vfs/mount.ts';
import { namei } from './vfs/namei.ts';

/** The caller keeps some tens of files open while it copies; more than this is a leak. */
const MAX_DESCRIPTORS = 256;
const MAX_MOUNTS = 256;
/** A page of a directory: some hundreds of kilobytes as a message. */
const MAX_PAGE_ENTRIES = 1000;
const MAX_EXTENTS = 256;
/** One call's work: so many lookups, and small answers. */
const MAX_LOCATED = 256;
const MAX_LOCATED_EXTENTS = 16;
const MAX_IDENTIFIED = 256;

interface MountedHere {
  mount: Mount;
  mediumOffset: number;
  /** Of the medium: failures that are told are recorded there. */
  health: Health;
}

type Descriptor =
  | { kind: 'file'; on: MountedHere; vnode: Vnode }
  | { kind: 'lookout'; on: MountedHere; lookout: Lookout }
  | { kind: 'entries'; on: MountedHere; next: () => EntryReport | FailureReport | null; pending: KernelError | null }
  | { kind: 'search'; on: MountedHere; search: Search }
  | { kind: 'sums'; on: MountedHere; sums: SpaceSums };

/** A process's view of the kernel: its mounts and descriptors. */
export class SystemCallLayer {
  private readonly kernel: Kernel;
  private readonly mounts = new Map<number, MountedHere>();
  private readonly descriptors = new Map<number, Descriptor>();
  private lastNumber = 0;

  constructor(kernel: Kernel) {
    this.kernel = kernel;
  }

  /** Performs one system call. Throws KernelError and nothing else; only `mount` is asynchronous (it loads a driver). */
  async call<Name extends SystemCallName>(
    name: Name,
    args: Parameters<SystemCalls[Name]>,
  ): Promise<ReturnType<SystemCalls[Name]>> {
    if (name === 'mount') {
      const [partition, fstype, options] = args as Parameters<SystemCalls['mount']>;
      return (await this.mount(partition, fstype, options)) as ReturnType<SystemCalls[Name]>;
    }
    const handler: unknown = Object.hasOwn(this.table, name) ? this.table[name as keyof typeof this.table] : undefined;
    if (typeof handler !== 'function')
      throw new KernelError('ENOSYS', 'request', `no system call ${JSON.stringify(name)}`);
    return handler(...args);
  }

  private async mount(partition: number | null, fstype: string | null, options: Record<string, string>) {
    if (this.mounts.size >= MAX_MOUNTS) throw requestError('EMFILE', 'too many mounts');
    const mount = await this.kernel.mount({ partition, fstype, options });
    const number = this.newNumber();
    const { health } = this.kernel;
    this.mounts.set(number, { mount, mediumOffset: this.kernel.offsetOf(partition), health });
    return { mount: number, info: mount.info };
  }

  private readonly table: { [Name in Exclude<SystemCallName, 'mount'>]: SystemCalls[Name] } = {
    unmount: (mount) => {
      const on = this.mountOf(mount);
      for (const [fd, descriptor] of this.descriptors) if (descriptor.on === on) this.descriptors.delete(fd);
      this.mounts.delete(mount);
      return null;
    },
    statvfs: (mount) => this.on(mount, (on) => on.mount.statvfs()),
    lstat: (mount, path) => this.on(mount, (on) => namei(on.mount, path, false).attr),
    stat: (mount, path) => this.on(mount, (on) => namei(on.mount, path, true).attr),
    readlink: (mount, path) => this.on(mount, (on) => on.mount.readlink(namei(on.mount, path, false))),
    describe: (mount, path) =>
      this.on(mount, (on) => {
        const vnode = namei(on.mount, path, false);
        return { properties: on.mount.properties(vnode), extattrs: on.mount.listextattr(vnode) };
      }),
    readextattr: (mount, path, name, offset, lengthBytes) =>
      this.on(mount, (on) => {
        const into = new Uint8Array(boundedLength(lengthBytes));
        return filled(into, on.mount.readextattr(namei(on.mount, path, false), name, checkedOffset(offset), into));
      }),
    open: (mount, path, follow) =>
      this.on(mount, (on) => {
        const vnode = namei(on.mount, path, follow);
        if (vnode.attr.type === 'dir') throw requestError('EISDIR', 'is a directory');
        if (vnode.attr.type !== 'file') throw requestError('EINVAL', `is not a regular file but a ${vnode.attr.type}`);
        return { fd: this.newDescriptor({ kind: 'file', on, vnode }), attr: vnode.attr };
      }),
    pread: (fd, offset, lengthBytes) => {
      const { on, vnode } = this.descriptorOf(fd, 'file');
      return this.placed(on, () => {
        const into = new Uint8Array(
          Math.min(boundedLength(lengthBytes), Math.max(0, vnode.attr.size - checkedOffset(offset))),
        );
        return filled(into, into.length === 0 ? 0 : on.mount.read(vnode, offset, into));
      });
    },
    extents: (fd, offset) => {
      const { on, vnode } = this.descriptorOf(fd, 'file');
      return this.placed(on, () => extentsOf(on, vnode, checkedOffset(offset)));
    },
    locate: (mount, paths) => this.on(mount, (on) => paths.slice(0, MAX_LOCATED).map((path) => locate(on, path))),
    identify: (mount, paths) =>
      this.on(mount, (on) => paths.slice(0, MAX_IDENTIFIED).map((path) => identify(on, path))),
    identifyMedium: () => {
      const device = this.kernel.deviceOf(null);
      return judged(device.sizeBytes, (offset, into) => {
        device.read(offset, into);
        return into.length;
      });
    },
    opendir: (mount, path) =>
      this.on(mount, (on) => {
        const dir = namei(on.mount, path, true);
        if (dir.attr.type !== 'dir') throw requestError('ENOTDIR', `not a directory: ${JSON.stringify(path)}`);
        return { fd: this.newDescriptor({ kind: 'entries', on, next: nextOfDirectory(on, dir), pending: null }) };
      }),
    ftsOpen: (mount, path) =>
      this.on(mount, (on) => {
        const start = namei(on.mount, path, true);
        return { fd: this.newDescriptor({ kind: 'entries', on, next: nextOfWalk(on, start), pending: null }) };
      }),
    readdir: (fd, count) => this.readPage(fd, count),
    findOpen: (mount, path, query) =>
      this.on(mount, (on) => {
        const search = new Search(on.mount, namei(on.mount, path, true), query);
        return { fd: this.newDescriptor({ kind: 'search', on, search }) };
      }),
    findRead: (fd) => {
      const { on, search } = this.descriptorOf(fd, 'search');
      return this.placed(on, () => search.read(({ path, vnode, failure }) => entryReport(on, path, vnode, failure)));
    },
    sumOpen: (mount) =>
      this.on(mount, (on) => ({ fd: this.newDescriptor({ kind: 'sums', on, sums: new SpaceSums(on.mount) }) })),
    sumRead: (fd) => {
      const { on, sums } = this.descriptorOf(fd, 'sums');
      return this.placed(on, () => sums.read());
    },
    sumView: (fd, path) => this.descriptorOf(fd, 'sums').sums.view(path),
    lookoutOpen: (mount, host) =>
      this.on(mount, (on) => {
        const lookout = new Lookout(on.mount, host, (failure) => placedReport(failure, on));
        return { fd: this.newDescriptor({ kind: 'lookout', on, lookout }) };
      }),
    lookoutNext: (fd, count) => {
      const { on, lookout } = this.descriptorOf(fd, 'lookout');
      return this.placed(on, () => lookout.next(pageCount(count)));
    },
    close: (fd) => {
      if (!this.descriptors.delete(fd)) throw requestError('EBADF', `descriptor ${fd} is not open`);
      return null;
    },
    sync: () => null,
    health: () => this.kernel.health.report(),
    dmesg: (from) => this.kernel.log.all().slice(Math.max(0, from)),
  };

  private readPage(fd: number, count: number): EntryPage {
    const descriptor = this.descriptorOf(fd, 'entries');
    const page: EntryPage = { entries: [], failures: [], end: false };
    const limit = pageCount(count);
    return this.placed(descriptor.on, () => {
      while (page.entries.length + page.failures.length < limit) {
        const item = descriptor.next();
        if (item === null) {
          page.end = true;
          break;
        }
        if ('attr' in item) page.entries.push(item);
        else page.failures.push(item);
      }
      return page;
    });
  }

  private on<Answer>(mount: number, work: (on: MountedHere) => Answer): Answer {
    const on = this.mountOf(mount);
    return this.placed(on, () => work(on));
  }

  /** Failures leave with their place on the whole medium. */
  private placed<Answer>(on: MountedHere, work: () => Answer): Answer {
    try {
      return work();
    } catch (error) {
      const failure = asKernelError(error);
      if (failure.byteOffset !== undefined) failure.byteOffset += on.mediumOffset;
      on.health.met(failure.report());
      throw failure;
    }
  }

  private mountOf(number: number): MountedHere {
    const on = this.mounts.get(number);
    if (on === undefined) throw requestError('ENODEV', `nothing is mounted under number ${number}`);
    return on;
  }

  private descriptorOf<Kind extends Descriptor['kind']>(fd: number, kind: Kind): Extract<Descriptor, { kind: Kind }> {
    const descriptor = this.descriptors.get(fd);
    if (!isOfKind(descriptor, kind)) throw requestError('EBADF', `descriptor ${fd} is ${OPEN_AS[kind]}`);
    return descriptor;
  }

  private newDescriptor(descriptor: Descriptor): number {
    if (this.descriptors.size >= MAX_DESCRIPTORS) throw requestError('EMFILE', 'too many open files');
    const fd = this.newNumber();
    this.descriptors.set(fd, descriptor);
    return fd;
  }

  private newNumber(): number {
    this.lastNumber += 1;
    return this.lastNumber;
  }
}

const OPEN_AS: Record<Descriptor['kind'], string> = {
  file: 'not an open file',
  entries: 'not an open listing',
  search: 'not an open search',
  sums: 'not of open sums',
  lookout: 'not an open look-out',
};

function isOfKind<Kind extends Descriptor['kind']>(
  descriptor: Descriptor | undefined,
  kind: Kind,
): descriptor is Extract<Descriptor, { kind: Kind }> {
  return descriptor?.kind === kind;
}

function nextOfDirectory(on: MountedHere, dir: Vnode): () => EntryReport | FailureReport | null {
  const items = on.mount.readdir(dir);
  return () => {
    const next = items.next();
    if (next.done) return null;
    const item = next.value;
    if (item instanceof KernelError) return placedReport(item, on);
    try {
      return entryReport(on, item.name, on.mount.vnodeOf(item), null);
    } catch (error) {
      return entryReport(on, item.name, null, notRemoved(error));
    }
  };
}

function nextOfWalk(on: MountedHere, start: Vnode): () => EntryReport | FailureReport | null {
  const items = fts(on.mount, start);
  return () => {
    const next = items.next();
    if (next.done) return null;
    const { path, vnode, failure } = next.value;
    if (path === '' && failure !== null) return placedReport(failure, on);
    return entryReport(on, path, vnode, failure);
  };
}

function entryReport(on: MountedHere, name: string, vnode: Vnode | null, failure: KernelError | null): EntryReport {
  const report: EntryReport = { name, attr: vnode?.attr ?? null };
  if (failure !== null) report.failure = placedReport(failure, on);
  if (vnode?.attr.type === 'symlink') {
    try {
      report.target = on.mount.readlink(vnode);
    } catch (error) {
      report.failure ??= placedReport(notRemoved(error), on);
    }
  }
  return report;
}

/** ENXIO ends everything; other failures belong to their entry. */
function notRemoved(error: unknown): KernelError {
  const failure = asKernelError(error);
  if (failure.kind === 'removed') throw failure;
  return failure;
}

function placedReport(failure: KernelError, on: MountedHere): FailureReport {
  const report = failure.report();
  if (report.byteOffset !== undefined) report.byteOffset += on.mediumOffset;
  on.health.met(report);
  return report;
}

function extentsOf(on: MountedHere, vnode: Vnode, offset: number, limit = MAX_EXTENTS): ExtentReport[] | null {
  const extents: ExtentReport[] = [];
  let at = offset;
  while (at < vnode.attr.size && extents.length < limit) {
    const run = on.mount.mediumRun(vnode, at);
    if (run === null) return null;
    const lengthBytes = Math.min(run.lengthBytes, vnode.attr.size - at);
    if (!(lengthBytes >= 1)) return null;
    extents.push({ mediumOffset: run.deviceOffset === null ? null : run.deviceOffset + on.mediumOffset, lengthBytes });
    at += lengthBytes;
  }
  return extents;
}

function locate(on: MountedHere, path: string): LocatedFile {
  try {
    const vnode = namei(on.mount, path, false);
    if (vnode.attr.type !== 'file') throw requestError('EINVAL', `is not a regular file but a ${vnode.attr.type}`);
    const extents = extentsOf(on, vnode, 0, MAX_LOCATED_EXTENTS);
    const located = extents?.reduce((sum, extent) => sum + extent.lengthBytes, 0);
    return { extents: located === vnode.attr.size ? extents : null };
  } catch (error) {
    return { extents: null, failure: placedReport(notRemoved(error), on) };
  }
}

function identify(on: MountedHere, path: string): ContentType {
  try {
    const vnode = namei(on.mount, path, false);
    if (vnode.attr.type !== 'file') throw requestError('EINVAL', `is not a regular file but a ${vnode.attr.type}`);
    return judged(vnode.attr.size, (offset, into) => on.mount.read(vnode, offset, into));
  } catch (error) {
    return { ...UNKNOWN, failure: placedReport(notRemoved(error), on) };
  }
}

/** `read` fills what lies within the content, and says how much it filled. Throws what it throws. */
function judged(sizeBytes: number, read: (offset: number, into: Uint8Array) => number): ContentType {
  return contentType({
    sizeBytes,
    read: (offset, lengthBytes) => {
      const into = new Uint8Array(boundedLength(Math.max(0, Math.min(lengthBytes, sizeBytes - offset))));
      return into.length === 0 ? into : filled(into, read(offset, into));
    },
  });
}

function boundedLength(lengthBytes: number): number {
  if (!Number.isSafeInteger(lengthBytes) || lengthBytes < 0) throw requestError('EINVAL', 'not a length');
  return Math.min(lengthBytes, MAX_READ_BYTES);
}

function pageCount(count: number): number {
  return Math.min(Math.max(1, Math.floor(count)), MAX_PAGE_ENTRIES);
}

function checkedOffset(offset: number): number {
  if (!Number.isSafeInteger(offset) || offset < 0) throw requestError('EINVAL', 'not an offset');
  return offset;
}

/** A message carries the whole buffer under a view: what was not filled is cut off. */
function filled(into: Uint8Array, count: number): Uint8Array {
  return count === into.length ? into : into.slice(0, count);
}
