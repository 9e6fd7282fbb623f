/**
 * What a file system driver gives to the kernel and gets from it: the vfsops and vnops of NetBSD's vfsops(9) and vnodeops(9), cut down to
 * what reading needs. Drivers import from `rump/vfs`, `rump/errno` and `rump/lib` only.
 *
 * A driver works on its own in-core nodes (`N`: denode, inode, catalog record …), which the kernel carries but never looks into.
 */

import type { FailureReport, KernelError } from '../errno.ts';
import type { Timespec } from './time.ts';

export type VnodeType = 'file' | 'dir' | 'symlink' | 'fifo' | 'chr' | 'blk' | 'sock';

/** MS-DOS attribute bits as FAT, exFAT and NTFS keep them (`Vattr.dosAttributes`). */
export const DOS_ATTRIBUTE = { readOnly: 0x01, hidden: 0x02, system: 0x04, archive: 0x20 } as const;

/** The attributes of a file, as vattr(9). `null`: the format does not record it. */
export interface Vattr {
  type: VnodeType;
  /** Identifies the file within its mount; equal for hard links. */
  fileid: number;
  /** Bytes of content; of a symlink, the length of its target in bytes; of a directory, what the format says or 0. */
  size: number;
  /** Bytes taken on the medium. */
  allocatedBytes: number | null;
  /** Permission bits with setuid, setgid and sticky (07777). */
  mode: number | null;
  nlink: number | null;
  uid: number | null;
  gid: number | null;
  mtime: Timespec | null;
  atime: Timespec | null;
  ctime: Timespec | null;
  birthtime: Timespec | null;
  /** Of device nodes. */
  rdev?: { major: number; minor: number };
  /** MS-DOS or NTFS attribute word. */
  dosAttributes?: number;
}

/** One entry of a directory. '.' and '..' are never reported. */
export interface Dirent<N = unknown> {
  /** As a string: see names.ts for how bytes that are not UTF-8 travel in it. */
  name: string;
  fileid: number;
  /** null where the directory does not say; the kernel then asks vget and getattr. */
  type: VnodeType | null;
  /** true: no directory, though the type is not known. */
  noDirectory?: boolean;
  /** The in-core node, where reading the directory already yields all of it (FAT, exFAT, ISO 9660). Else the kernel calls vget(fileid). */
  node?: N;
}

/** Where bytes of a file lie: a run of `lengthBytes` from the asked offset on. */
export interface Run {
  /** Byte offset on the file system's device; null for a hole or an uninitialised extent, which read as zeros. */
  deviceOffset: number | null;
  /** How far this run goes from the asked file offset on, in bytes; at least 1. May pass the end of the file. */
  lengthBytes: number;
}

/** An extended attribute, alternate stream or fork that can be read beside the content. */
export interface Extattr {
  /** With its name space, as Linux shows it: 'user.comment', 'system.posix_acl_access', 'com.apple.ResourceFork'; NTFS streams are 'user.NAME'. */
  name: string;
  size: number;
}

/** vnodeops(9). All functions are synchronous and throw KernelError. None needs to check types or bounds that its comment promises. */
export interface Vnops<N = unknown> {
  /** VOP_GETATTR. */
  getattr(node: N): Vattr;
  /**
   * VOP_READDIR: all entries in the order of the directory. A damaged entry is yielded as the KernelError that it caused, and reading goes on
   * behind it where the format allows; a throw ends the listing (the kernel keeps what came before).
   */
  readdir(dir: N): Iterable<Dirent<N> | KernelError>;
  /**
   * VOP_LOOKUP of one name, which is never '.', '..' or empty; null if it is not there. A driver without an index of its own leaves this out:
   * the kernel then hashes the directory once from readdir, with `foldName` as the key.
   */
  lookup?(dir: N, name: string): Dirent<N> | null;
  /** The form under which names compare equal in this directory (case folding); left out where names compare by their bytes. */
  foldName?(name: string, dir: N): string;
  /** Further names under which readdir's entry can be found by lookup (FAT's and NTFS's short names). */
  aliases?(entry: Dirent<N>): Iterable<string>;
  /** VOP_BMAP: the run that holds byte `fileOffset` (0 <= fileOffset < size). Left out by drivers whose content needs decoding, or where `read` does it for some files. */
  bmap?(file: N, fileOffset: number): Run;
  /**
   * VOP_READ: fills `into` from `fileOffset` and returns how many bytes (less than asked only at the end of the file). Left out by a driver whose
   * `bmap` covers every file. Where both are there, `isMapped` says for which files bmap serves.
   */
  read?(file: N, fileOffset: number, into: Uint8Array): number;
  /** Whether `bmap` serves this file's content (else `read`). Left out: bmap serves all where it is given. */
  isMapped?(file: N): boolean;
  /** VOP_READLINK: the target as the medium says it, '/' between components. */
  readlink?(link: N): string;
  /** VOP_LISTEXTATTR. */
  listextattr?(node: N): Extattr[];
  /** VOP_GETEXTATTR: fills `into` from `offset` of the attribute's value; returns how many bytes. ENODATA if there is no such attribute. */
  readextattr?(node: N, name: string, offset: number, into: Uint8Array): number;
  /** Facts about a file that only its format knows, for people ('DOS name', 'Compression', 'Reparse tag', 'Encrypted' …). */
  properties?(node: N): Properties;
  /** true: none of these is among those that `airlock manifest` prints, so that a walk need not ask for them. */
  readonly propertiesForPeopleOnly?: boolean;
}

/** Named facts in display order. Keys that `airlock manifest` prints as they are: `reparse_tag`, `dos_name`, `path_raw`, `rsrc`. */
export type Properties = Record<string, string | number | boolean>;

/** vfsops(9) of a mounted file system. */
export interface Vfsops<N = unknown> {
  /** VFS_ROOT. */
  root(): N;
  /** VFS_VGET: the in-core node of a file id that this mount's readdir or lookup gave out without a node. */
  vget?(fileid: number): N;
  /** VFS_STATVFS. */
  statvfs(): Statvfs;
}

/** statvfs(2): sizes in bytes; null where the format does not say or saying would cost a walk of the medium. */
export interface Statvfs {
  blockSize: number;
  totalBytes: number;
  freeBytes: number | null;
  files: number | null;
  freeFiles: number | null;
  /** The longest name in the file system's own units (bytes or UTF-16 units). */
  nameMax: number;
}

/** The state in which the file system was left. */
export interface MountState {
  /** true: not cleanly unmounted, by the file system's own flag. */
  dirty: boolean;
  /** true: the file system's own flag says that errors were met. */
  errors: boolean;
  /** Sentences for the user: 'The journal was replayed in memory.' … */
  notices: string[];
}

/** What a mount tells about itself. */
export interface MountInfo {
  /** The driver's name: 'msdosfs', 'ext2fs' … */
  fs: string;
  /** For people: 'FAT32', 'ext4' … */
  title: string;
  label: string | null;
  /** Serial number or UUID in its usual form, as blkid prints it. */
  uuid: string | null;
  state: MountState;
  /** How names are stored: as bytes (any but '/' and NUL) or as UTF-16 units. Decides how ill-formed names are encoded (names.ts). */
  nameEncoding: 'bytes' | 'utf16';
  /** Further facts for experts, in display order. */
  facts: Properties;
}

/** A mounted file system: what a driver's mount returns. */
export interface Mounted<N = unknown> {
  info: MountInfo;
  /** The device on which bmap's runs lie: the one that mount got, or an overlay over it. */
  device: FsDevice;
  vfsops: Vfsops<N>;
  vnops: Vnops<N>;
}

/** The answer of a driver's probe. */
export interface ProbeResult {
  /** The driver's name. */
  fs: string;
  title: string;
  label: string | null;
  uuid: string | null;
  /** true: the file system's own flag says that it was not cleanly unmounted; null: not known without mounting. */
  dirty: boolean | null;
  /** How sure: 3 checksum or several structures agree, 2 magic and plausible fields, 1 plausible only. The highest wins, then the registry's order. */
  certainty: 1 | 2 | 3;
}

/** The options that `-o` may name: for each its description, and its allowed values where they are few. A flag has the value ''. */
export type OptionTable = Record<string, { about: string; values?: readonly string[] }>;

/** `-o` options as given: every key is in the driver's OptionTable, every value checked against `values`. */
export type MountOptions = Readonly<Record<string, string>>;

/** What mount gets from the kernel. */
export interface MountArgs {
  device: FsDevice;
  options: MountOptions;
  /** Kernel log (printf(9)): for experts, shown in the log drawer. */
  log(message: string): void;
}

/** The device under a file system: a partition or the whole medium, read through the buffer cache. Offsets are bytes from its start. */
export interface FsDevice {
  readonly sizeBytes: number;
  /** Bytes of a logical sector: 512 to 4096; for an image file 512 unless a partition table said otherwise. */
  readonly sectorSize: number;
  /**
   * bread(9) for metadata: `lengthBytes` (at most 1 MiB) bytes at `byteOffset`, to be read and never written (it may be a view into the cache and
   * stays valid after eviction). EIO with its place, ENXIO if the medium is gone, EUCLEAN when the range is not inside the device.
   */
  bread(byteOffset: number, lengthBytes: number): Uint8Array;
  /** true: some blocks are replaced in memory (overlay.ts), so that the medium's own bytes may not be taken for the file system's. */
  readonly overlaid?: boolean;
  /** For content in bulk: fills `into` from `byteOffset`, past the cache where that is faster. Errors as bread. */
  read(byteOffset: number, into: Uint8Array): void;
}

/** A file system driver: `probe` stands in its own small file (fs/NAME/probe.ts), so that no driver is loaded that does not fit. */
export interface FsDriver<N = unknown> {
  name: string;
  options: OptionTable;
  /** Loads what only a mount with these options needs (tables of a code page), so that `mount` itself can stay synchronous. */
  prepare?(options: MountOptions): Promise<void>;
  /** VFS_MOUNT, read-only. Throws KernelError: damage, unsupported or medium. */
  mount(args: MountArgs): Mounted<N>;
}

/** A page of a directory, as the system call layer gives it. */
export interface DirPage {
  entries: Array<{ name: string; attr: Vattr | null; error?: FailureReport }>;
  /** What could not be read of the directory itself. */
  failures: FailureReport[];
  /** true: there is nothing behind this page. */
  end: boolean;
}
