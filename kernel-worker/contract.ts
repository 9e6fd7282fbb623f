/**
 * What crosses the border between main and a kernel worker: system calls in, answers and events out. Types only; main imports nothing else of
 * `kernel-worker`. Every message is structured-cloneable. Main treats names and bytes as opaque data.
 */

import type { ContentClass, ContentType } from './content/content-class.ts';
import type {
  Finding,
  FindingKind,
  LookoutFailure,
  LookoutHost,
  LookoutSlice,
  ProgramSort,
  Severity,
} from './lookout/finding.ts';
import type { Partition, PartitionTable } from './rump/dev/partitions.ts';
import type { FailureReport } from './rump/errno.ts';
import type { HealthReport } from './rump/health.ts';
import type { LogLine } from './rump/log.ts';
import type { Timespec } from './rump/vfs/time.ts';
import type { Extattr, MountInfo, ProbeResult, Properties, Statvfs, Vattr, VnodeType } from './rump/vfs/vnode.ts';

export type {
  ContentClass,
  ContentType,
  Extattr,
  FailureReport,
  Finding,
  FindingKind,
  HealthReport,
  LogLine,
  LookoutFailure,
  LookoutHost,
  LookoutSlice,
  MountInfo,
  Partition,
  PartitionTable,
  ProbeResult,
  ProgramSort,
  Properties,
  Severity,
  Statvfs,
  Timespec,
  Vattr,
  VnodeType,
};

/** The first message to a worker: what it opens before it locks itself down. */
export interface BootRequest {
  source: MediumSource;
  cacheBytes: number;
  /** false only with the explicit --no-sandbox of development. */
  sandbox: boolean;
}

/** Which file of the host it is, by what fstat(2) says. */
export interface FileIdentity {
  dev: number;
  ino: number;
}

/** How the worker gets its medium. Each is opened read-only. */
export type MediumSource =
  /** `only`: the file that main has seen there, not through a link; another one that stands there by now is refused. */
  | { kind: 'image'; path: string; only?: FileIdentity }
  | { kind: 'device'; path: string; sizeBytes: number | null; sectorSize: number | null; exclusive?: boolean }
  /** The worker itself asks UDisks2 for a descriptor; `objectPath` is the block device's on the system bus. `exclusive`: nobody can mount it meanwhile. */
  | { kind: 'udisks'; objectPath: string; sizeBytes: number; sectorSize: number; exclusive?: boolean }
  /** macOS: the worker itself asks authopen for a descriptor, which asks the user for a password. */
  | { kind: 'authopen'; path: string; sizeBytes: number; sectorSize: number }
  /** A helper that main started reads the device; the paths are those of two named pipes (descriptors cannot be inherited in Electron). */
  | { kind: 'helper'; requestPath: string; answerPath: string; sizeBytes: number; sectorSize: number }
  /** Main has opened it and it is inherited under this descriptor number. */
  | { kind: 'descriptor'; fd: number; sizeBytes: number; sectorSize: number };

/** What the medium turned out to be, before anything of it is mounted. */
export interface MediumReport {
  sizeBytes: number;
  sectorSize: number;
  table: PartitionTable;
  /** For the whole medium (key 0) and each partition number: what the probes say, best first. */
  probes: Record<number, ProbeResult[]>;
  /** How the worker is locked down, in words; null with --no-sandbox. */
  lockdown: string | null;
}

/** One entry of a directory page or of a walk. */
export interface EntryReport {
  /** Of a directory page: the name. Of a walk: the path below its start, '/'-separated. */
  name: string;
  /** null where the attributes cannot be read; then `failure` is set. */
  attr: Vattr | null;
  failure?: FailureReport;
  /** Of symbolic links in walks and directory pages: the target as the medium says it. */
  target?: string;
}

export interface EntryPage {
  entries: EntryReport[];
  /** Damage that concerns no entry by name. */
  failures: FailureReport[];
  end: boolean;
}

/** A piece of a file's content: bytes on the medium, or a hole. */
export interface ExtentReport {
  /** Byte offset on the whole medium; null: zeros. */
  mediumOffset: number | null;
  lengthBytes: number;
}

/** An answer of `locate`. */
export interface LocatedFile {
  extents: ExtentReport[] | null;
  failure?: FailureReport;
}

/** What a search looks for: all that is given must hold. */
export interface SearchQuery {
  /** A part of the name, or a mask (assets/text/name-pattern.ts); '': any. */
  name: string;
  /** `files`: all but folders. */
  what: 'all' | 'files' | 'folders';
  /** In lower case, without dot: one of them; null: any name. Files only. */
  extensions: string[] | null;
  /** Of the content, both included. Files only. */
  minBytes: number | null;
  maxBytes: number | null;
  /** This moment or later, and earlier than this one. */
  modifiedFrom: TimeBound | null;
  modifiedBefore: TimeBound | null;
}

/** A moment in the user's own time: seconds since 1970, for times that are moments and for those that are wall times (Timespec.local). */
export interface TimeBound {
  instantSec: number;
  wallSec: number;
}

/** A slice of a search. */
export interface FoundPage {
  /** Named by their paths below the start. */
  entries: EntryReport[];
  /** How many entries this slice went through, and how many of them could not be read. */
  looked: number;
  failures: number;
  end: boolean;
}

/** How far the walk for the sums has come, in all. */
export interface SpaceProgress {
  files: number;
  folders: number;
  /** On the medium; a file of several names counts once. */
  bytes: number;
  failures: number;
  /** There were too many folders or files to remember all: some are without name in the sum of the folder above. */
  limited: boolean;
  end: boolean;
}

/** A part of the space: a file, or a folder with the largest of its own parts. */
export interface SpaceNode {
  name: string;
  kind: 'folder' | 'file';
  bytes: number;
  /** How many files are below it. */
  files: number;
  /** The largest first; what they do not add up to is in parts too small to be shown, and in the directory itself. */
  children: SpaceNode[];
}

export interface SpacePlace {
  path: string;
  bytes: number;
  files: number;
}

/** What takes the space of one folder. */
export interface SpaceView {
  node: SpaceNode;
  /** At most 100 of each, anywhere below, the largest first. */
  largestFiles: SpacePlace[];
  largestFolders: SpacePlace[];
}

/**
 * The system calls: name, arguments, answer. `mount` is the number that mount() gave. Paths are absolute within the mount; strings of names are
 * those that the kernel gave out (rump/vfs/names.ts) and go back unchanged. One call does a bounded amount of work.
 */
export interface SystemCalls {
  /** Partition number, or null for the whole medium. */
  mount(
    partition: number | null,
    fstype: string | null,
    options: Record<string, string>,
  ): { mount: number; info: MountInfo };
  unmount(mount: number): null;
  statvfs(mount: number): Statvfs;
  lstat(mount: number, path: string): Vattr;
  stat(mount: number, path: string): Vattr;
  readlink(mount: number, path: string): string;
  /** Properties and extended attributes of a file. */
  describe(mount: number, path: string): { properties: Properties; extattrs: Extattr[] };
  /** At most 1 MiB from `offset` of the attribute's value. */
  readextattr(mount: number, path: string, name: string, offset: number, lengthBytes: number): Uint8Array;
  /** A descriptor on a file. Symbolic links are not followed with `follow` false. EMFILE past 256 open descriptors. */
  open(mount: number, path: string, follow: boolean): { fd: number; attr: Vattr };
  /** At most 1 MiB; shorter only at the end of the file. */
  pread(fd: number, offset: number, lengthBytes: number): Uint8Array;
  /** Up to 256 extents from `offset` on, for bytes that main may move by itself; null where the worker must decode the content. */
  extents(fd: number, offset: number): ExtentReport[] | null;
  /**
   * Where the contents of at most 256 files lie, in one call, for copies of many small files. Symbolic links are not followed. `extents` is null
   * where `open` has to be asked: content to be decoded, or more than 16 extents.
   */
  locate(mount: number, paths: string[]): LocatedFile[];
  /**
   * What at most 256 files are by their content, in one call: some ten kilobytes of each are read. Symbolic links are not followed. A file that cannot
   * be read has a `failure`.
   */
  identify(mount: number, paths: string[]): ContentType[];
  /** The same of the medium itself, which may be any file of the host. Needs no mount. */
  identifyMedium(): ContentType;
  /** A descriptor on the listing of one directory. */
  opendir(mount: number, path: string): { fd: number };
  /** A descriptor on a walk of everything below a directory, each directory before its content (fts(3)). */
  ftsOpen(mount: number, path: string): { fd: number };
  /** The next at most `count` entries (at most 1000) of a listing or walk. */
  readdir(fd: number, count: number): EntryPage;
  /** A descriptor on a look-out over a whole volume: what on it deserves suspicion. */
  lookoutOpen(mount: number, host: LookoutHost): { fd: number };
  /** The look-out's next slice: at most `count` entries (at most 1000), and no more than some tenths of a second unless one file takes longer. */
  lookoutNext(fd: number, count: number): LookoutSlice;
  /** A descriptor on a search through everything below a directory. */
  findOpen(mount: number, path: string, query: SearchQuery): { fd: number };
  /** The next slice of a search, some 25 ms of work. */
  findRead(fd: number): FoundPage;
  /** A descriptor on the sums of all folders of a mount. */
  sumOpen(mount: number): { fd: number };
  /** Goes on adding up, some 25 ms. */
  sumRead(fd: number): SpaceProgress;
  /** What takes the space of a folder, when everything is added up. */
  sumView(fd: number, path: string): SpaceView;
  close(fd: number): null;
  /** Nothing to write on a read-only mount: answers when all earlier calls are done. */
  sync(): null;
  /** What went wrong since the medium was opened. */
  health(): HealthReport;
  /** Log lines from the `from`-th on. */
  dmesg(from: number): LogLine[];
}

export type SystemCallName = keyof SystemCalls;

export type ToWorker =
  | { type: 'boot'; request: BootRequest }
  | {
      [Name in SystemCallName]: { type: 'call'; id: number; name: Name; args: Parameters<SystemCalls[Name]> };
    }[SystemCallName];

export type FromWorker =
  /** The medium is open, the worker is locked down, the partition table is read. */
  | { type: 'booted'; report: MediumReport }
  /** Nothing is mounted, and the worker ends. `stage` says how far it came. */
  | { type: 'boot-failed'; stage: 'open' | 'lockdown' | 'read'; failure: FailureReport }
  | { type: 'answer'; id: number; value: unknown }
  | { type: 'failed'; id: number; failure: FailureReport }
  | { type: 'log'; line: LogLine };
