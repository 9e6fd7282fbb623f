/** What the copy's coordinator (copy-out.ts) orders from the side that writes (target-side.ts), and what it is answered. All of it is cloneable. */

import type { ExtentReport, FileIdentity } from '../../kernel-worker/contract.ts';
import type { Verification } from '../contract.ts';
import type { ReadClock } from './read-clock.ts';
import type { NameRules } from './safe-names.ts';

/** The medium as main can read it by itself: bytes are moved and never interpreted. */
export interface DirectMedium {
  fd: number;
  /** Nothing behind this is read, whatever extents say. */
  sizeBytes: number;
  /** Where each read is noted while it is under way; left out: nobody watches. */
  clock?: ReadClock;
}

export interface TargetOpening {
  /** Absolute path; created if it is not there. */
  path: string;
  medium: DirectMedium | null;
  verification: Verification;
  /** The stick's own address (provenance.ts), of which each file carries a mark; null: no marks. */
  originBase: string | null;
}

export interface TargetReport {
  rules: NameRules;
  /** null: the host does not say. */
  freeBytes: number | null;
  /** Larger files cannot be there; null: no limit that is known. */
  maxFileBytes: number | null;
  /** Whether files there can carry a mark of where they come from. */
  keepsMarks: boolean;
  /** Files take whole blocks of this size there. */
  blockBytes: number;
}

export interface FileOrder {
  /** Number of the target folder. */
  folder: number;
  /** Safe already. */
  name: string;
  /** On the medium, for the mark. */
  sourcePath: string;
  sizeBytes: number;
  mtimeMs: number | null;
  atimeMs: number | null;
  /** What to do if `name` is there already. */
  existing: 'refuse' | 'rename' | 'overwrite';
}

/** A small file with its content: taken from the medium, or decoded by the kernel. */
export interface SmallFileOrder extends FileOrder {
  content: { extents: ExtentReport[] } | { bytes: Uint8Array };
}

export type FileOutcome =
  | {
      outcome: 'copied';
      writtenAs: string;
      /** null: a symbolic link. */
      sha256: string | null;
      /** As the target keeps it. */
      mtimeMs: number | null;
      /** Which file it is, where it certainly took the place of no other; null: a link, or it may have replaced something. */
      own: FileIdentity | null;
      /** It carries the mark of its origin. */
      marked: boolean;
    }
  /** Nothing was written. */
  | { outcome: 'conflict'; existing: { sizeBytes: number; mtimeMs: number; isFolder: boolean } }
  | { outcome: 'failed'; failure: CopyFailure };

/** `medium`: it could not be read there; `removed`: it is gone; `target`: the host refused; `verify`: the host's disk gave back other bytes. */
export interface CopyFailure {
  side: 'medium' | 'removed' | 'target' | 'verify' | 'stopped';
  message: string;
  /** The host's errno name. */
  code: string | null;
  /** What Airlock itself found; null: what `side` and `code` say is all. */
  reason: FailureReason | null;
  /** Of `medium`: where it could not be read. */
  mediumOffset: number | null;
}

/** `outside`: content is said to lie where the medium has nothing; `too-short`: there is less of it than its size; `in-the-way`: no folder, where one should be. */
export type FailureReason =
  | { kind: 'unreadable'; firstByte: number; lastByte: number }
  | { kind: 'outside' | 'too-short' | 'in-the-way' | 'no-name' };

export interface FolderTimes {
  folder: number;
  mtimeMs: number | null;
  atimeMs: number | null;
}

/** A file that an earlier run wrote: where it is below the target, and what it then was. */
export interface StandingFile {
  path: string;
  sizeBytes: number;
  mtimeMs: number;
}

/** The side that writes. One copy uses one of them from open to close. Calls may overlap; a large file is fed in order. */
export interface TargetSide {
  open(opening: TargetOpening): Promise<TargetReport>;
  /** `created`: it was not there. */
  makeFolder(parent: number, name: string): Promise<{ folder: number; created: boolean } | { failure: CopyFailure }>;
  /** Of at most 1000 files: whether each is still there as it was written. */
  standing(files: StandingFile[]): Promise<boolean[]>;
  makeSymlink(order: FileOrder, target: string): Promise<FileOutcome>;
  /** Each file is on the disk, verified and under its final name when the answer comes. */
  copySmall(orders: SmallFileOrder[]): Promise<FileOutcome[]>;
  /** null: feed it; else its outcome is known already. */
  beginLarge(order: FileOrder): Promise<FileOutcome | null>;
  /** Moves the next extents of the begun file; null: go on. */
  feedExtents(extents: ExtentReport[]): Promise<CopyFailure | null>;
  feedBytes(bytes: Uint8Array): Promise<CopyFailure | null>;
  endLarge(): Promise<FileOutcome>;
  abandonLarge(): Promise<void>;
  /** Sets the folders' times and makes everything durable. */
  finish(folders: FolderTimes[]): Promise<CopyFailure | null>;
  /** Holds a large file up between its pieces, and lets it go on. */
  setPaused(paused: boolean): void;
  /** Breaks off what is under way: copies end with `stopped`, and partial files are removed. */
  stop(): void;
  close(): Promise<void>;
  /** Told of each piece of a large file that is written and compared. */
  onProgress(listener: (bytes: number) => void): void;
}
