/**
 * What the renderer may ask of main and what it is told: two typed maps, requests and events. Both shells carry the same messages (Electron's IPC, a
 * WebSocket). The renderer imports types from here and nothing else of main; the validators of requests stand in `contract-validators.ts`.
 * Names from a stick are data everywhere: the renderer shows them as text (see `displayText` of its own for control and bidi characters).
 */

import type {
  EntryPage,
  Extattr,
  FailureReport,
  LogLine,
  MountInfo,
  Partition,
  PartitionTable,
  ProbeResult,
  Properties,
  Statvfs,
} from '../kernel-worker/contract.ts';

export type {
  EntryPage,
  EntryReport,
  Extattr,
  FailureReport,
  LogLine,
  MountInfo,
  Partition,
  PartitionTable,
  ProbeResult,
  Properties,
  Statvfs,
  Timespec,
  Vattr,
  VnodeType,
} from '../kernel-worker/contract.ts';

/** A stick, card, disk or image, whether opened or not. */
export interface Medium {
  /** Opaque, stable while the medium is there. */
  id: string;
  kind: 'device' | 'image' | 'sample';
  /** For people: 'SanDisk Ultra', 'holiday.img'. */
  name: string;
  /** '/dev/sdb', or the image's path. */
  location: string;
  sizeBytes: number | null;
  /** 'USB', 'SD', 'NVMe' …; null for images. */
  bus: string | null;
  /** The host runs from it: shown only on request, never opened. */
  system: boolean;
  removable: boolean;
  /** Where the host's own kernel has it mounted; then the host has read its file system already. */
  hostMounts: string[];
  state: MediumState;
  /** Set in states 'open' and 'failed' (as far as it came). */
  table: PartitionTable | null;
  volumes: Volume[];
  /** How the worker is locked down, in words; null while there is none, or with --no-sandbox. */
  lockdown: string | null;
  /** true: opened with --no-sandbox. The banner that says so cannot be closed. */
  unsandboxed: boolean;
  /** Why it is in state 'failed' or 'ejected', in a sentence for people, with the detail behind it. */
  problem: Problem | null;
}

/**
 * `present`: not opened; `opening`; `open`; `failed`: the worker ended, or nothing could be mounted, see `problem`; `ejecting`; `ejected`: can be
 * pulled out; `gone`: was pulled out.
 */
export type MediumState = 'present' | 'opening' | 'open' | 'failed' | 'ejecting' | 'ejected' | 'gone';

export interface Problem {
  /** What happened and what can be done, in words. */
  sentence: string;
  /** Technical detail, one click away. */
  detail: string | null;
  /** Whether 'start again' makes sense. */
  canRestart: boolean;
}

/** A file system on an open medium, or why there is none. */
export interface Volume {
  /** Unique within the medium: partition number, 0 for the whole medium. */
  id: number;
  partition: Partition | null;
  /** null: not mounted, see `problem`. */
  info: MountInfo | null;
  statvfs: Statvfs | null;
  probes: ProbeResult[];
  problem: Problem | null;
}

export type ConflictPolicy = 'ask' | 'skip' | 'rename' | 'overwrite';

/** A copy-out. */
export interface Job {
  id: string;
  mediumId: string;
  /** For people, as it was when the job began. */
  mediumName: string;
  volume: number;
  /** Absolute path of the folder into which is copied. */
  target: string;
  /** `counting` files and bytes; `copying`; `finishing`: data goes to the host's disk (fsync) and is verified; `asking`: see `conflict`. */
  state: 'counting' | 'copying' | 'asking' | 'finishing' | 'done' | 'cancelled' | 'failed';
  /** null while counting. */
  totalFiles: number | null;
  totalBytes: number | null;
  doneFiles: number;
  doneBytes: number;
  /** Bytes a second over the last seconds; null before there is one. */
  bytesPerSecond: number | null;
  secondsLeft: number | null;
  /** The file in work, as it is called on the stick. */
  current: string | null;
  conflict: Conflict | null;
  /** How many files failed, were skipped and were renamed so far. */
  failed: number;
  skipped: number;
  renamed: number;
  startedAtMs: number;
  finishedAtMs: number | null;
  problem: Problem | null;
}

/** A file that is there already. */
export interface Conflict {
  path: string;
  targetPath: string;
  source: { sizeBytes: number; mtimeMs: number | null };
  existing: { sizeBytes: number; mtimeMs: number };
}

/** One file of a finished job. */
export interface JobItem {
  /** On the stick. */
  path: string;
  /** Below the target, as written; null if nothing was written. */
  writtenAs: string | null;
  outcome: 'copied' | 'skipped' | 'failed';
  sizeBytes: number;
  sha256: string | null;
  /** Why it failed, was skipped, or has another name. */
  note: string | null;
  /** Where on the medium it could not be read. */
  failure: FailureReport | null;
}

export interface Settings {
  /** The folder into which one-click copy goes, with a folder for each stick in it. */
  targetFolder: string;
  conflictPolicy: ConflictPolicy;
  showHidden: boolean;
  /** Show system disks in the sidebar too. */
  showAllMedia: boolean;
  theme: 'system' | 'light' | 'dark';
}

export interface AppInfo {
  version: string;
  platform: string;
  shell: 'electron' | 'browser';
  /** What this shell can do; what it cannot is not shown. */
  can: { nativeDialogs: boolean; revealInFolder: boolean; dropImages: boolean };
  unsandboxed: boolean;
  settings: Settings;
}

/** A folder of the host, for choosing images and target folders where there is no native dialog. */
export interface HostFolder {
  path: string;
  parent: string | null;
  entries: Array<{ name: string; isFolder: boolean; sizeBytes: number | null }>;
}

/** What is to be copied: paths of one volume; ['/'] for all of it. */
export interface CopyRequest {
  mediumId: string;
  volume: number;
  paths: string[];
  /** null: the remembered folder, with a folder named after the stick. */
  target: string | null;
  policy: ConflictPolicy;
}

/** Requests: name, arguments, answer. Every one may fail with a Problem. */
export interface Requests {
  'app.info': () => AppInfo;
  'settings.change': (change: Partial<Settings>) => Settings;
  'media.list': () => Medium[];
  'media.open': (mediumId: string) => Medium;
  /** Adds an image file to the list and opens it. */
  'media.openImage': (path: string) => Medium;
  'media.openSample': () => Medium;
  /** Starts a new worker after one ended. */
  'media.restart': (mediumId: string) => Medium;
  /** Ends the worker and ejects the device; an image is only closed and leaves the list. Refused while a copy runs, unless `force`. */
  'media.eject': (mediumId: string, force: boolean) => Medium | null;
  'media.log': (mediumId: string) => LogLine[];
  /** Opens the listing of a folder; pages come from folder.read. */
  'folder.open': (mediumId: string, volume: number, path: string) => { listing: string };
  'folder.read': (listing: string, count: number) => EntryPage;
  'folder.close': (listing: string) => null;
  'file.describe': (mediumId: string, volume: number, path: string) => { properties: Properties; extattrs: Extattr[] };
  'copy.start': (request: CopyRequest) => Job;
  'copy.answer': (jobId: string, decision: 'skip' | 'rename' | 'overwrite' | 'cancel', applyToAll: boolean) => null;
  'copy.cancel': (jobId: string) => null;
  /** Removes a finished job from the list. */
  'copy.dismiss': (jobId: string) => null;
  'copy.list': () => Job[];
  /** The finished job's items, failed ones first; at most 10,000 from `from` on. */
  'copy.items': (jobId: string, from: number) => JobItem[];
  /** Native dialog; null if cancelled. Only where `can.nativeDialogs`. */
  'host.chooseImage': () => string | null;
  'host.chooseFolder': () => string | null;
  /** Only where there are no native dialogs. `path` null: the user's home. */
  'host.listFolder': (path: string | null) => HostFolder;
  'host.createFolder': (path: string) => HostFolder;
  /** Only where `can.revealInFolder`. */
  'host.reveal': (path: string) => null;
}

export type RequestName = keyof Requests;

/** Events: name and payload. Lists are sent whole: they are short. */
export interface Events {
  media: Medium[];
  jobs: Job[];
  settings: Settings;
}

export type EventName = keyof Events;

/** What the renderer has to reach main: `window.airlock` in Electron (preload), a WebSocket client in the browser. */
export interface Bridge {
  request<Name extends RequestName>(
    name: Name,
    ...args: Parameters<Requests[Name]>
  ): Promise<ReturnType<Requests[Name]>>;
  on<Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void): () => void;
  /** Electron only: the host path of a dropped file. */
  pathOfDroppedFile?(file: File): string;
}

/** How a refused or failed request is told to the renderer. */
export interface RequestFailure {
  problem: Problem;
  failure: FailureReport | null;
}

/**
 * The browser shell's WebSocket, at `/bridge` of the page's own origin, with the subprotocols 'airlock' and the token; one JSON text a frame. The page
 * is opened as `/#TOKEN`; a token serves once, so the first frame that main sends holds the one for the next connection (reload, reconnect).
 */
export interface WireRequest {
  id: number;
  name: RequestName;
  args: unknown[];
}

export type WireMessage =
  | { token: string }
  | { id: number; value: unknown }
  | { id: number; failed: RequestFailure }
  | { event: EventName; payload: unknown };
