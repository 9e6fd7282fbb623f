/** A mount point: vnodes over a driver's nodes, the name cache and the directory hash, after NetBSD's vfs_cache and ufs_dirhash. */

import { checkRange } from '../dev/blockdev.ts';
import { asKernelError, damaged, KernelError, removedError } from '../errno.ts';
import { readContent } from './genfs.ts';
import { LruMap } from './lru.ts';
import { isPossibleName } from './names.ts';
import type { Timespec } from './time.ts';
import type { Dirent, Extattr, Mounted, MountInfo, Properties, Run, Statvfs, Vattr } from './vnode.ts';

/** A file in use, as vnode(9): the driver's node and what the kernel knows of it. */
export interface Vnode {
  readonly node: unknown;
  readonly attr: Vattr;
}

/** Vnodes of directories and files met lately; each holds a driver's node. */
const MAX_VNODES = 4096;
/** Entries in all directory hashes together: 250,000 take some 40 MB at most. */
const MAX_HASHED_ENTRIES = 250_000;

interface Listing {
  /** It has a gap or broke off here; names that are not in it may still exist. */
  failure: KernelError | null;
}

interface DirectoryHash extends Listing {
  entries: Map<string, Dirent>;
}

/** A directory that is too large for a hash, and how far it was looked through. */
interface OpenSearch {
  fileid: number;
  entries: Generator<[string, Dirent], void>;
  passed: number;
  /** Its failure: some of what was passed could not be read. */
  listing: Listing;
}

export class Mount {
  readonly root: Vnode;
  private readonly mounted: Mounted;
  private readonly vnodes = new LruMap<string, Vnode>(MAX_VNODES);
  private readonly hashes = new Map<number, DirectoryHash>();
  private hashedEntries = 0;
  /** Of the last directory that is too large: whoever wants one name of it wants the others after it, in its order. */
  private search: OpenSearch | null = null;

  constructor(mounted: Mounted) {
    this.mounted = mounted;
    const node = mounted.vfsops.root();
    const attr = checkedAttr(mounted.vnops.getattr(node));
    if (attr.type !== 'dir')
      throw new KernelError('EUCLEAN', 'damage', 'the root of the file system is not a directory');
    this.root = { node, attr };
  }

  get info(): MountInfo {
    return this.mounted.info;
  }

  /** Of the device that is mounted. */
  get sizeBytes(): number {
    return this.mounted.device.sizeBytes;
  }

  statvfs(): Statvfs {
    return this.mounted.vfsops.statvfs();
  }

  /** The entry `name` of a directory, or null. ENOTDIR if it is none. */
  lookup(dir: Vnode, name: string): Vnode | null {
    if (dir.attr.type !== 'dir') throw new KernelError('ENOTDIR', 'request', 'not a directory');
    const key = `${dir.attr.fileid}/${name}`;
    const cached = this.vnodes.get(key);
    if (cached !== undefined) return cached;
    const { vnops } = this.mounted;
    const entry = vnops.lookup ? vnops.lookup(dir.node, name) : this.lookupHashed(dir, name);
    if (entry === null) return null;
    const vnode = this.vnodeOf(entry);
    this.vnodes.set(key, vnode);
    return vnode;
  }

  /** The vnode of an entry that readdir gave. */
  vnodeOf(entry: Dirent): Vnode {
    const { vfsops, vnops } = this.mounted;
    const node = entry.node ?? vfsops.vget?.(entry.fileid);
    if (node === undefined) throw new KernelError('EFTYPE', 'damage', 'the driver gave an entry without a node');
    return { node, attr: checkedAttr(vnops.getattr(node)) };
  }

  /** The entries of a directory; a KernelError stands for an entry, or for the rest, that cannot be read. Never throws, except when the medium is gone. */
  *readdir(dir: Vnode): Generator<Dirent | KernelError, void> {
    try {
      for (const item of this.mounted.vnops.readdir(dir.node)) {
        if (item instanceof KernelError || isPossibleName(item.name)) yield item;
        else yield impossibleName(item.name);
      }
    } catch (error) {
      const failure = asKernelError(error);
      if (failure.kind === 'removed') throw removedError();
      yield failure;
    }
  }

  /** Fills `into` from `fileOffset`; returns how many bytes, 0 at the end. */
  read(file: Vnode, fileOffset: number, into: Uint8Array): number {
    return readContent(this.mounted.vnops, this.device, file, fileOffset, into);
  }

  /**
   * The run of the file's content that holds `fileOffset`, for bytes that may be moved without the driver; null where the content is decoded by the
   * driver or lies (partly) in an overlay. EUCLEAN if the run leaves the device.
   */
  mediumRun(file: Vnode, fileOffset: number): Run | null {
    const { vnops, device } = this.mounted;
    if (device.overlaid || vnops.bmap === undefined || vnops.isMapped?.(file.node) === false) return null;
    const run = vnops.bmap(file.node, fileOffset);
    if (run.deviceOffset !== null) checkRange(device.sizeBytes, run.deviceOffset, 1);
    return run;
  }

  readlink(link: Vnode): string {
    const { readlink } = this.mounted.vnops;
    if (link.attr.type !== 'symlink' || readlink === undefined)
      throw new KernelError('EINVAL', 'request', 'not a symbolic link');
    return this.mounted.vnops.readlink?.(link.node) ?? '';
  }

  listextattr(vnode: Vnode): Extattr[] {
    return this.mounted.vnops.listextattr?.(vnode.node) ?? [];
  }

  readextattr(vnode: Vnode, name: string, offset: number, into: Uint8Array): number {
    const { vnops } = this.mounted;
    if (vnops.readextattr === undefined)
      throw new KernelError('ENODATA', 'request', `no attribute ${JSON.stringify(name)}`);
    return vnops.readextattr(vnode.node, name, offset, into);
  }

  /** Those that `airlock manifest` prints, and maybe others. */
  printedProperties(vnode: Vnode): Properties | null {
    return this.mounted.vnops.propertiesForPeopleOnly ? null : this.properties(vnode);
  }

  properties(vnode: Vnode): Properties {
    return this.mounted.vnops.properties?.(vnode.node) ?? {};
  }

  private get device() {
    return this.mounted.device;
  }

  private lookupHashed(dir: Vnode, name: string): Dirent | null {
    const fold = this.mounted.vnops.foldName;
    const key = fold ? fold.call(this.mounted.vnops, name, dir.node) : name;
    const isTooLarge = this.search?.fileid === dir.attr.fileid;
    const hash = isTooLarge ? null : (this.hashes.get(dir.attr.fileid) ?? this.hashDirectory(dir));
    if (hash === null) return this.searchOn(dir, key);
    const entry = hash.entries.get(key);
    if (entry !== undefined) return entry;
    if (hash.failure) throw hash.failure;
    return null;
  }

  /** Reads the whole directory into a hash; null if it alone is larger than all hashes may be. */
  private hashDirectory(dir: Vnode): DirectoryHash | null {
    const hash: DirectoryHash = { entries: new Map(), failure: null };
    for (const [key, entry] of this.keyedEntries(dir, hash)) {
      if (!hash.entries.has(key)) hash.entries.set(key, entry);
      if (hash.entries.size > MAX_HASHED_ENTRIES) return null;
    }
    this.hashedEntries += hash.entries.size;
    this.hashes.set(dir.attr.fileid, hash);
    for (const [fileid, oldest] of this.hashes) {
      if (this.hashedEntries <= MAX_HASHED_ENTRIES || oldest === hash) break;
      this.hashes.delete(fileid);
      this.hashedEntries -= oldest.entries.size;
    }
    return hash;
  }

  /** Looks through a large directory from where the last search in it ended, and then from its beginning up to there. */
  private searchOn(dir: Vnode, wanted: string): Dirent | null {
    const begun = this.search?.fileid === dir.attr.fileid ? this.search : this.newSearch(dir);
    const begunAt = begun.passed;
    for (let search = begun; search === begun || search.passed < begunAt; ) {
      const next = search.entries.next();
      if (next.done) {
        if (search !== begun) break;
        search = this.newSearch(dir);
        continue;
      }
      search.passed += 1;
      const [key, entry] = next.value;
      if (key === wanted) return entry;
    }
    const failure = begun.listing.failure ?? this.search?.listing.failure;
    if (failure) throw failure;
    return null;
  }

  private newSearch(dir: Vnode): OpenSearch {
    const listing: Listing = { failure: null };
    const search = { fileid: dir.attr.fileid, entries: this.keyedEntries(dir, listing), passed: 0, listing };
    this.search = search;
    return search;
  }

  /** Each entry under its name's key and then under its aliases'. */
  private *keyedEntries(dir: Vnode, listing: Listing): Generator<[string, Dirent], void> {
    const { vnops } = this.mounted;
    const fold = (name: string) => vnops.foldName?.(name, dir.node) ?? name;
    const aliased: Dirent[] = [];
    for (const item of this.readdir(dir)) {
      if (item instanceof KernelError) {
        listing.failure = item;
        continue;
      }
      yield [fold(item.name), item];
      if (vnops.aliases) aliased.push(item);
    }
    for (const entry of aliased) for (const alias of vnops.aliases?.(entry) ?? []) yield [fold(alias), entry];
  }
}

function impossibleName(name: string): KernelError {
  const shown = JSON.stringify(name.slice(0, 64));
  return new KernelError('EUCLEAN', 'damage', `a directory entry has the impossible name ${shown}`, { found: shown });
}

/** No file is larger than a number can say exactly (8 PiB), and none takes more or has a time beyond that. What else is recorded of it stands. */
function checkedAttr(attr: Vattr): Vattr {
  const { size, allocatedBytes, mtime, atime, ctime, birthtime } = attr;
  if (!Number.isSafeInteger(size) || size < 0) throw damaged('a file’s size is impossible', { found: size });
  const isPossible = allocatedBytes === null || (Number.isSafeInteger(allocatedBytes) && allocatedBytes >= 0);
  if (isPossible && isTime(mtime) && isTime(atime) && isTime(ctime) && isTime(birthtime)) return attr;
  return {
    ...attr,
    allocatedBytes: isPossible ? allocatedBytes : null,
    mtime: isTime(mtime) ? mtime : null,
    atime: isTime(atime) ? atime : null,
    ctime: isTime(ctime) ? ctime : null,
    birthtime: isTime(birthtime) ? birthtime : null,
  };
}

/** Whether it can be told, or is none. */
function isTime(time: Timespec | null): boolean {
  return time === null || Number.isSafeInteger(time.sec);
}
