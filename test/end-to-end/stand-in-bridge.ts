/** A stand-in for main inside the page (`window.airlock`), for states that no image can bring about at will: a folder of 100,000 entries, a device, a copy at 42 percent. Test code only. */

import type { Page } from 'playwright-core';
import type { AppInfo, Guard, ImageJob, Job, Medium, WindowCommand } from '../../main/contract.ts';

export interface StandIn {
  media: Medium[];
  jobs: Job[];
  /** Entries in the one folder that there is. */
  entryCount: number;
  unsandboxed: boolean;
  images?: ImageJob[];
  guard?: Guard;
  can?: Partial<AppInfo['can']>;
}

/** A medium to change as a test needs it. */
export const DEVICE: Medium = {
  id: 'stick',
  kind: 'device',
  name: 'SanDisk Ultra',
  location: '/dev/sdb',
  sizeBytes: 31_900_000_000,
  bus: 'USB',
  vendor: 'SanDisk',
  model: 'Ultra',
  serial: '4C530001',
  speedMbitPerSecond: 480,
  hasMedium: true,
  siblings: [],
  system: false,
  removable: true,
  hostMounts: [],
  hostDrivers: [],
  state: 'open',
  table: null,
  volumes: [
    {
      id: 0,
      partition: null,
      info: {
        fs: 'msdosfs',
        title: 'FAT32',
        label: 'CAMERA',
        uuid: 'A1B2-C3D4',
        state: { dirty: false, errors: false, notices: [] },
        nameEncoding: 'utf16',
        facts: {},
      },
      statvfs: {
        blockSize: 4096,
        totalBytes: 31_900_000_000,
        freeBytes: 9_000_000_000,
        files: null,
        freeFiles: null,
        nameMax: 255,
      },
      probes: [],
      problem: null,
    },
  ],
  lockdown: 'seccomp',
  unsandboxed: false,
  problem: null,
};

/** Before the page is opened: puts the stand-in where Electron's preload puts the bridge. */
export async function standIn(page: Page, state: StandIn): Promise<void> {
  await page.addInitScript((given: StandIn) => {
    const settings = {
      targetFolder: '/home/me/Airlock',
      conflictPolicy: 'ask',
      showHidden: false,
      showAllMedia: false,
      theme: 'system',
      view: 'list',
      columns: [
        { column: 'size', width: 80 },
        { column: 'modified', width: 168 },
        { column: 'type', width: 128 },
      ],
      language: 'system',
      tray: true,
      keepRunning: false,
      notifyPlugged: true,
      rememberMedia: true,
      contrast: 'system',
      welcomed: true,
      fatCodePage: '',
      fatTimeZone: '',
      verification: 'automatic',
      provenance: true,
    };
    const asked: unknown[] = [];
    let read = 0;
    const nextPage = (count: number) => {
      const entries = Array.from({ length: Math.min(count, given.entryCount - read) }, (_, i) => {
        const number = ((read + i) * 7919) % given.entryCount;
        return {
          name: `IMG_${String(number).padStart(6, '0')}.JPG`,
          attr: {
            type: 'file',
            fileid: number,
            size: number,
            allocatedBytes: 4096,
            mode: null,
            nlink: 1,
            uid: null,
            gid: null,
            mtime: { sec: 1_700_000_000 + number, nsec: 0, local: true },
            atime: null,
            ctime: null,
            birthtime: null,
            dosAttributes: 0x20,
          },
        };
      });
      read += entries.length;
      return { entries, failures: [], end: read >= given.entryCount };
    };
    const answers: Record<string, (...args: never[]) => unknown> = {
      'app.info': () => ({
        version: '0.0.0',
        platform: 'linux',
        shell: 'browser',
        settings,
        unsandboxed: given.unsandboxed,
        can: { nativeDialogs: false, revealInFolder: true, dropImages: false, ...given.can },
      }),
      'media.list': () => given.media,
      'media.health': () => null,
      'seen.of': () => null,
      'seen.list': () => [],
      'lookout.list': () => [],
      'copy.list': () => given.jobs,
      'copy.files': (_job: never, from: never, count: never) => {
        const states = ['copied', 'copied', 'skipped', 'working', 'waiting'];
        const files = Array.from({ length: Math.min(count, 1200 - from) }, (_, i) => ({
          path: `/DCIM/IMG_${String(from + i).padStart(4, '0')}.JPG`,
          sizeBytes: 2_000_000 + i,
          state: states[Math.min(4, Math.floor((from + i) / 3))],
          note: null,
        }));
        return { total: 1200, files };
      },
      'imaging.list': () => given.images ?? [],
      'guard.state': () => given.guard ?? null,
      'guard.switch': (on: never) => ({ ...given.guard, state: on ? 'on' : 'off' }),
      'media.takeOver': () => ({ ...given.media[0], hostMounts: [], state: 'open' }),
      'folder.open': () => {
        read = 0;
        return { listing: 'l' };
      },
      'folder.read': (_listing: never, count: never) => nextPage(count),
      'copy.prepareDrag': (_medium: never, _volume: never, paths: never) => ({
        paths: (paths as string[]).map((path) => `/drag${path}`),
      }),
      'file.describe': () => ({ properties: {}, extattrs: [] }),
    };
    Object.assign(window, {
      airlockAsked: asked,
      airlock: {
        request: async (name: string, ...args: never[]) => {
          asked.push([name, ...args]);
          return answers[name]?.(...args) ?? null;
        },
        // What `command` below dispatches.
        on: (name: string, listener: (payload: unknown) => void) => {
          const hear = (event: Event) => listener((event as CustomEvent).detail);
          window.addEventListener(`airlock:${name}`, hear);
          return () => window.removeEventListener(`airlock:${name}`, hear);
        },
      },
    });
  }, state);
}

/** As if it were chosen in the app's own menu, tray or notification. */
export async function command(page: Page, chosen: WindowCommand): Promise<void> {
  await page.evaluate((detail) => window.dispatchEvent(new CustomEvent('airlock:command', { detail })), chosen);
}

/** The requests of these names so far, each with its arguments. */
export async function askedOf(page: Page, names: readonly string[]): Promise<unknown[][]> {
  const asked = await page.evaluate(() => (window as Window & { airlockAsked?: unknown[][] }).airlockAsked ?? []);
  return asked.filter(([name]) => names.includes(String(name)));
}
