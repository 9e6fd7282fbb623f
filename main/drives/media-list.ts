/** The drives that are plugged in, kept up to date: told of by device nodes, udev and USB where they can be watched, and looked for from time to time everywhere. */

import { watch } from 'node:fs';
import { createRequire } from 'node:module';
import { darwinDrives, darwinFacts } from './darwin.ts';
import type { Drive, DriveList } from './drive.ts';
import { linuxDrives, linuxSignature } from './linux.ts';
import { listDrives } from './listed-drive.ts';
import { HOST_FILES } from './sysfs.ts';
import { win32Drives, win32Facts } from './win32.ts';

/** On Linux a look costs a few reads of sysfs; elsewhere it is drivelist's own enumeration. */
const POLL_MS = process.platform === 'linux' ? 400 : 5000;
/** Nodes come in bursts: a disk, then each of its partitions. */
const BURST_MS = 20;
/** After a plug the device node appears about a second later, its partitions and mounts up to two later (usb-storage waits; udev probes). */
const LOOKS_AFTER_USB_MS = [0, 1000, 2500];

export interface MediaListOptions {
  /** What is there now. */
  list(): Drive[] | Promise<Drive[]>;
  /** Changes when something may have changed; null: always look. */
  signature: (() => string) | null;
  /** Calls back on each plug and unplug; returns what ends it, or null where there is no such thing. */
  watchUsb(onEvent: () => void): Promise<(() => void) | null>;
  /** Calls back when device nodes and media come and go; returns what ends it, or null where there is no such thing. */
  watchNodes?(onEvent: () => void): (() => void) | null;
}

const HERE: MediaListOptions =
  process.platform === 'linux'
    ? { list: () => linuxDrives(), signature: linuxSignature, watchUsb, watchNodes }
    : { list: listElsewhere, signature: null, watchUsb };

async function listElsewhere(): Promise<Drive[]> {
  const listed = await listDrives();
  const devices = listed.map(({ device, size, description }) => `${device} ${size} ${description}`);
  return process.platform === 'darwin'
    ? darwinDrives(listed, await darwinFacts(devices))
    : win32Drives(listed, await win32Facts(devices));
}

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
  private isBurst = false;
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
    this.endNodes = this.options.watchNodes?.(() => this.nodesChanged()) ?? null;
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

  private nodesChanged(): void {
    if (this.isBurst) return;
    this.isBurst = true;
    this.lookIn(BURST_MS, () => {
      this.isBurst = false;
      // What udev has found out stands in no signature.
      this.lastSignature = null;
    });
  }

  private lookIn(delayMs: number, before: () => void = () => {}): void {
    const timer = setTimeout(() => {
      this.looks.delete(timer);
      before();
      // A look that is under way may have come too early.
      void (this.looking ?? Promise.resolve()).then(() => this.look());
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
    this.lastSignature = signature;
    try {
      const drives = await this.options.list();
      if (JSON.stringify(drives) === JSON.stringify(this.drives)) return;
      this.drives = drives;
      for (const listener of this.listeners) listener();
    } catch {
      // Not to be listed now: what was known stays, and is asked for again.
      this.lastSignature = null;
    }
  }
}

/** Disks and their partitions, as Linux names them. */
const DISK_NODE = /^(?:sd[a-z]|mmcblk\d|nvme\d|sr\d|vd[a-z])/;
/** A block device in udev's database, which is written again when its medium changes. */
const UDEV_BLOCK_DEVICE = /^b\d+:\d+$/;

/** inotify(7) on /dev tells of a node at once, and on udev's database of a card that is put into a reader whose node stays. null where neither can be had. */
function watchNodes(onEvent: () => void): (() => void) | null {
  const ends = [watchFolder('/dev', DISK_NODE, onEvent), watchFolder(HOST_FILES.udev, UDEV_BLOCK_DEVICE, onEvent)];
  if (ends.every((end) => end === null)) return null;
  return () => {
    for (const end of ends) end?.();
  };
}

function watchFolder(folder: string, names: RegExp, onEvent: () => void): (() => void) | null {
  try {
    const watcher = watch(folder, { persistent: false }, (_, name) => {
      if (name !== null && names.test(name)) onEvent();
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
