/** Media and what is on them: the list, opening, folders, ejecting. */

import type {
  EntryPage,
  Extattr,
  LogLine,
  MountInfo,
  Partition,
  PartitionTable,
  ProbeResult,
  Properties,
  Statvfs,
} from '../../kernel-worker/contract.ts';

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
  /** As the device says of itself; null for images, and where the host does not know. */
  vendor: string | null;
  model: string | null;
  serial: string | null;
  /** Of the USB link, megabits a second: 480 for USB 2, 5000 for USB 3; null if unknown. */
  speedMbitPerSecond: number | null;
  /** false: a drive or reader's slot with nothing in it. */
  hasMedium: boolean;
  /** Ids of other media in the same reader: they go with it when it is switched off. */
  siblings: string[];
  /** The host runs from it: shown only on request, never opened. */
  system: boolean;
  removable: boolean;
  /** Where the host's own kernel has it mounted; then the host has read its file system already. */
  hostMounts: string[];
  /** By which of the host's drivers: 'vfat', 'fuseblk'; empty where that is not known. */
  hostDrivers: string[];
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

export interface MediaRequests {
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
}

export interface MediaEvents {
  media: Medium[];
}
