/** The writing side of a copy, in this thread: the target's folders, small and large files, and what makes them durable. */

import { futimesSync } from 'node:fs';
import { syncFolders } from './host-sync.ts';
import { LargeFile, LargeFileBuffers } from './large-file.ts';
import type {
  FileOrder,
  FileOutcome,
  FolderTimes,
  StandingFile,
  TargetOpening,
  TargetReport,
  TargetSide,
} from './orders.ts';
import { obstacle, placeSymlink } from './partial-file.ts';
import { PauseGate } from './pause-gate.ts';
import { type Marker, workingMarker } from './provenance-marks.ts';
import type { NameRules } from './safe-names.ts';
import { copySmallFiles, type SmallFileSetting } from './small-files.ts';
import { standsThere } from './standing-files.ts';
import { StoppedError } from './stopped.ts';
import { copyFailure } from './target-failure.ts';
import { nameRulesOf, roomAt } from './target-traits.ts';
import { TargetTree } from './target-tree.ts';

export interface LocalTargetOptions {
  /** The built hash-thread.js; null: hash in this thread. */
  hashScript: string | null;
}

export function localTargetSide(options: LocalTargetOptions): TargetSide {
  return new LocalTargetSide(options.hashScript);
}

interface Opened extends TargetOpening {
  tree: TargetTree;
  rules: NameRules;
  marker: Marker | null;
}

class LocalTargetSide implements TargetSide {
  private readonly hashScript: string | null;
  private opened: Opened | null = null;
  private buffers: LargeFileBuffers | null = null;
  private large: LargeFile | null = null;
  private stopped = false;
  private readonly pause = new PauseGate();
  private listener: (bytes: number) => void = () => {};
  /** Numbers of folders in which something was made. */
  private readonly touched = new Set<number>();

  constructor(hashScript: string | null) {
    this.hashScript = hashScript;
  }

  async open(opening: TargetOpening): Promise<TargetReport> {
    const tree = new TargetTree(opening.path);
    try {
      // The hashing thread starts while the medium is walked.
      this.buffers ??= new LargeFileBuffers(this.hashScript);
      const rules = nameRulesOf(tree.path(0));
      const marker = opening.originBase === null ? null : workingMarker(opening.originBase, tree);
      this.opened = { ...opening, tree, rules, marker };
      return { rules, keepsMarks: marker !== null, ...roomAt(opening.path) };
    } catch (error) {
      tree.close();
      throw error;
    }
  }

  async makeFolder(parent: number, name: string) {
    try {
      const { number, created } = this.tree.folder(parent, name);
      if (created) this.touched.add(parent);
      return { folder: number, created };
    } catch (error) {
      return { failure: copyFailure(error) };
    }
  }

  async standing(files: StandingFile[]): Promise<boolean[]> {
    return standsThere(this.tree, files);
  }

  async makeSymlink(order: FileOrder, target: string): Promise<FileOutcome> {
    try {
      const standing = obstacle(this.tree, order);
      if (standing !== null) return standing;
      this.touched.add(order.folder);
      const writtenAs = placeSymlink(this.tree, order, target, this.setting().rules);
      return { outcome: 'copied', writtenAs, sha256: null, mtimeMs: null, own: null, marked: false };
    } catch (error) {
      return { outcome: 'failed', failure: copyFailure(error) };
    }
  }

  copySmall(orders: Parameters<TargetSide['copySmall']>[0]): Promise<FileOutcome[]> {
    for (const { folder } of orders) this.touched.add(folder);
    return copySmallFiles(this.setting(), orders);
  }

  async beginLarge(order: FileOrder): Promise<FileOutcome | null> {
    try {
      const standing = obstacle(this.tree, order);
      if (standing !== null) return standing;
      this.touched.add(order.folder);
      this.large = new LargeFile(
        { ...this.setting(), buffers: this.buffersNow, pause: this.pause, onBytes: (bytes) => this.listener(bytes) },
        order,
      );
      return null;
    } catch (error) {
      return { outcome: 'failed', failure: copyFailure(error) };
    }
  }

  feedExtents(extents: Parameters<TargetSide['feedExtents']>[0]) {
    return this.begun.feedExtents(extents);
  }

  feedBytes(bytes: Uint8Array) {
    return this.begun.feedBytes(bytes);
  }

  async endLarge(): Promise<FileOutcome> {
    const outcome = await this.begun.end();
    this.large = null;
    return outcome;
  }

  async abandonLarge(): Promise<void> {
    await this.large?.abandon();
    this.large = null;
  }

  async finish(folders: FolderTimes[]) {
    try {
      if (this.stopped) throw new StoppedError();
      for (const times of folders) setFolderTimes(this.tree.descriptor(times.folder), times);
      await this.syncFolders();
      return null;
    } catch (error) {
      return copyFailure(error);
    }
  }

  setPaused(paused: boolean): void {
    this.pause.set(paused);
  }

  stop(): void {
    this.stopped = true;
    this.pause.break();
  }

  async close(): Promise<void> {
    await this.abandonLarge();
    this.buffers?.close();
    this.opened?.tree.close();
    this.opened = null;
  }

  onProgress(listener: (bytes: number) => void): void {
    this.listener = listener;
  }

  private syncFolders(): Promise<void> {
    const touched = [...this.touched];
    return syncFolders(touched.length, (i) => this.tree.descriptor(touched[i]), this.tree.descriptor(0));
  }

  private get buffersNow(): LargeFileBuffers {
    if (this.buffers === null) throw new Error('the target is not open');
    return this.buffers;
  }

  private get tree(): TargetTree {
    return this.setting().tree;
  }

  private get begun(): LargeFile {
    if (this.large === null) throw new Error('no large file was begun');
    return this.large;
  }

  private setting(): SmallFileSetting {
    if (this.opened === null) throw new Error('the target is not open');
    const { tree, medium, rules, verification, marker } = this.opened;
    return { tree, medium, rules, verification, marker, isStopped: () => this.stopped };
  }
}

function setFolderTimes(fd: number | null, { mtimeMs, atimeMs }: FolderTimes): void {
  if (fd === null || mtimeMs === null) return;
  try {
    futimesSync(fd, (atimeMs ?? mtimeMs) / 1000, mtimeMs / 1000);
  } catch {
    // Dates that the host's file system cannot hold are left out.
  }
}
