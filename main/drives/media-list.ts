/** The drives that are plugged in, kept up to date: told of by `usb` where its native module loads, and looked for from time to time everywhere. */

import { watch } from 'node:fs';
import { createRequire } from 'node:module';
import { darwinDrives } from './darwin.ts';
import type { Drive, DriveList } from './drive.ts';
import { linuxDrives, linuxSignature } from './linux.ts';
import { type ListedDrive, listDrives } from './listed-drive.ts';
import { win32Drives } from './win32.ts';

/** On Linux a look costs a few reads of sysfs; elsewhere it is drivelist's own enumeration. */
const POLL_MS = process.platform === 'linux' ? 1000 : 5000;
/** After a plug the device node appears about a second later, its partitions and mounts up to two later (usb-storage waits; udev probes). */
const LOOKS_AFTER_USB_MS = [0, 1000, 2500];

export interface MediaListOptions {
  platform: NodeJS.Platform;
  list(): Promise<ListedDrive[]>;
  /** Changes when something may have changed; null: always look. */
  signature: (() => string) | null;
  /** Calls back on each plug and unplug; returns what ends it, or null where there is no such thing. */
  watchUsb(onEvent: () => void): Promise<(() => void) | null>;
  /** Calls back when device nodes come and go; returns what ends it, or null where there is no such thing. */
  watchNodes?(onEvent: () => void): (() => void) | null;
}

const HERE: MediaListOptions = {
  platform: process.platform,
  list: listDrives,
  signature: process.platform === 'linux' ? linuxSignature : null,
  watchUsb,
  watchNodes,
};

/** Starts watching. The first answer is there when the promise resolves; a host that cannot list its drives has none. */
export async function watchDrives(options: MediaListOptions = HERE): Promise<DriveList> {
  const list = new MediaList(options);
  await list.refresh();
  list.start();
  return list;
}

class MediaList implements DriveList {
  private readonly options: MediaListOptions;
  private readonly listeners: Array<() => void> = [];
  private drives: Drive[] = [];
  private lastSignature: string | null = null;
  private looking: Promise<void> | null = null;
  private poll: NodeJS.Timeout | null = null;
  private readonly looks = new Set<NodeJS.Timeout>();
  private endUsb: (() => void) | null = null;
  private endNodes: (() => void) | null = null;
  private closed = false;

  constructor(options: MediaListOptions) {
    this.options = options;
  }

  current(): readonly Drive[] {
    return this.drives;
  }

  async refresh(): Promise<readonly Drive[]> {
    this.lastSignature = null;
    await this.look();
    return this.drives;
  }

  onChange(listener: () => void): void {
    this.listeners.push(listener);
  }

  start(): void {
    this.poll = setInterval(() => void this.look(), POLL_MS);
    this.poll.unref();
    // Again behind a look that is under way and may have come too early for this node; it costs nothing if nothing has changed.
    this.endNodes = this.options.watchNodes?.(() => void this.look().then(() => this.look())) ?? null;
    const onEvent = () => {
      for (const delayMs of LOOKS_AFTER_USB_MS) this.lookIn(delayMs);
    };
    void this.options.watchUsb(onEvent).then((end) => {
      if (this.closed) end?.();
      else this.endUsb = end;
    });
  }

  close(): void {
    this.closed = true;
    if (this.poll !== null) clearInterval(this.poll);
    for (const timer of this.looks) clearTimeout(timer);
    this.endUsb?.();
    this.endNodes?.();
    this.listeners.length = 0;
  }

  private lookIn(delayMs: number): void {
    const timer = setTimeout(() => {
      this.looks.delete(timer);
      void this.look();
    }, delayMs);
    this.looks.add(timer);
  }

  /** One look at a time. */
  private look(): Promise<void> {
    this.looking ??= this.lookNow().finally(() => {
      this.looking = null;
    });
    return this.looking;
  }

  private async lookNow(): Promise<void> {
    const signature = this.options.signature?.() ?? null;
    if (signature !== null && signature === this.lastSignature) return;
    try {
      const drives = drivesOf(await this.options.list(), this.options.platform);
      this.lastSignature = signature;
      if (JSON.stringify(drives) === JSON.stringify(this.drives)) return;
      this.drives = drives;
      for (const listener of this.listeners) listener();
    } catch {
      // Not to be listed now (lsblk failed, or is not there): what was known stays.
    }
  }
}

function drivesOf(listed: ListedDrive[], platform: NodeJS.Platform): Drive[] {
  if (platform === 'linux') return linuxDrives(listed);
  return platform === 'darwin' ? darwinDrives(listed) : win32Drives(listed);
}

/** Disks and their partitions, as Linux names them. */
const DISK_NODE = /^(?:sd[a-z]|mmcblk\d|nvme\d|sr\d|vd[a-z])/;

/** inotify(7) on /dev tells of a node at once. null elsewhere, and where it cannot be had (too many watches). */
function watchNodes(onEvent: () => void): (() => void) | null {
  if (process.platform !== 'linux') return null;
  try {
    const watcher = watch('/dev', { persistent: false }, (_, name) => {
      if (name !== null && DISK_NODE.test(name)) onEvent();
    });
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return null;
  }
}

/** null where the native module does not load, or USB is not to be watched. */
async function watchUsb(onEvent: () => void): Promise<(() => void) | null> {
  try {
    const { usb }: typeof import('usb') = createRequire(import.meta.url)('usb');
    // Asked first because the module's own listing, at the first listener, throws where nobody can catch it (no USB in this machine).
    await usb.getDevices();
    usb.addEventListener('connect', onEvent);
    usb.addEventListener('disconnect', onEvent);
    return () => {
      usb.removeEventListener('connect', onEvent);
      usb.removeEventListener('disconnect', onEvent);
    };
  } catch {
    return null;
  }
}
