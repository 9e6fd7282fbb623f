/** The media in the sidebar: drives that are plugged in, images that were opened, the sample stick; each with its worker while it is open. */

import { randomUUID } from 'node:crypto';
import { statSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { HealthReport, LogLine, MediumSource } from '../../kernel-worker/contract.ts';
import type { Medium } from '../contract.ts';
import type { Drive, DriveList, EjectOutcome } from '../drives/drive.ts';
import { openProblem } from '../drives/open-problem.ts';
import { KernelBootError, type KernelEnd, type WorkerLauncher } from '../kernels/kernel-process.ts';
import { texts } from '../texts.ts';
import { closeMedium, type FatReading, nothingMounted, type OpenedMedium, openMedium } from './opened-medium.ts';
import { problemOf, refused } from './problems.ts';

export interface MediaOptions {
  drives: DriveList;
  eject(drive: Drive): Promise<EjectOutcome>;
  launch: WorkerLauncher;
  sandbox: boolean;
  /** Has the host unmount everything of a drive. */
  takeOver(drive: Drive): Promise<EjectOutcome>;
  /** Unpacks the sample stick and gives its path. */
  sampleImage(): Promise<string>;
  fatReading(): FatReading;
  /** Whether the host's own and other fixed disks are shown. */
  showAll(): boolean;
  onChange(): void;
}

/** How long a drive is shown after it was pulled out. */
const GONE_SHOWN_MS = 60_000;

interface Entry {
  medium: Medium;
  source: MediumSource;
  drive: Drive | null;
  opened: OpenedMedium | null;
  /** While it opens: everybody waits for the same worker. */
  opening: Promise<void> | null;
  /** While it is ejected, as opening. */
  ejecting: Promise<Medium | null> | null;
  /** Of the last worker, also when it has ended. */
  log: () => readonly LogLine[];
}

export class Media {
  private readonly options: MediaOptions;
  private readonly entries = new Map<string, Entry>();
  private isClosed = false;

  constructor(options: MediaOptions) {
    this.options = options;
    this.takeDrives(options.drives.current());
    options.drives.onChange(() => {
      this.takeDrives(options.drives.current());
      options.onChange();
    });
  }

  /** Also those that are not shown. */
  all(): Medium[] {
    return [...this.entries.values()].map(({ medium }) => medium);
  }

  list(): Medium[] {
    const all = this.all();
    return this.options.showAll() ? all : all.filter((medium) => medium.removable && !medium.system);
  }

  /** The open medium. Throws RequestError. */
  opened(id: string): OpenedMedium {
    const { opened } = this.entry(id);
    if (opened === null) throw refused(texts().failures.mediumClosed);
    return opened;
  }

  medium(id: string): Medium {
    return this.entry(id).medium;
  }

  /** null: no process reads it. */
  async health(id: string): Promise<HealthReport | null> {
    const { opened } = this.entry(id);
    return opened === null ? null : opened.kernel.call('health');
  }

  log(id: string): LogLine[] {
    return [...this.entry(id).log()];
  }

  async open(id: string): Promise<Medium> {
    const entry = this.entry(id);
    if (entry.medium.system) throw refused(texts().failures.systemDisk);
    if (entry.medium.state === 'gone') throw refused(texts().failures.mediumPulled);
    if (!entry.medium.hasMedium) throw refused(texts().service.emptySlot);
    if (entry.ejecting !== null) throw refused(texts().failures.mediumClosed);
    if (entry.opened === null) {
      entry.opening ??= this.start(entry).finally(() => {
        entry.opening = null;
      });
      await entry.opening;
    }
    return this.entry(id).medium;
  }

  /** As open, with a new worker. */
  async restart(id: string): Promise<Medium> {
    const entry = this.entry(id);
    if (entry.opening === null) this.shut(entry);
    return this.open(id);
  }

  /** Unmounts what the host has mounted of it, and opens it anew, for Airlock alone where the host can do that. Throws RequestError. */
  async takeOver(id: string): Promise<Medium> {
    const entry = this.entry(id);
    const { drive } = entry;
    if (drive === null) throw refused(texts().service.notADevice);
    if (entry.medium.system) throw refused(texts().failures.systemDisk);
    if (entry.opening !== null) await entry.opening.catch(() => {});
    this.shut(entry);
    const { safe, sentence, detail } = await this.options.takeOver(drive);
    this.takeDrives(await this.options.drives.refresh());
    this.options.onChange();
    if (!safe) throw refused(sentence, detail);
    return this.open(id);
  }

  async openImage(path: string): Promise<Medium> {
    const location = resolve(path);
    const known = [...this.entries.values()].find((entry) => entry.medium.location === location);
    if (known !== undefined) return this.open(known.medium.id);
    const stats = statSync(location, { throwIfNoEntry: false });
    if (stats === undefined) throw refused(texts().failures.noFile, location);
    if (stats.isBlockDevice()) return this.openDevice(location);
    if (!stats.isFile()) throw refused(texts().failures.noImage, location);
    return this.add('image', basename(location), location, stats.size);
  }

  async openSample(): Promise<Medium> {
    const path = await this.options.sampleImage();
    const known = [...this.entries.values()].find((entry) => entry.medium.kind === 'sample');
    return known === undefined
      ? this.add('sample', texts().failures.sampleName, path, statSync(path).size)
      : this.open(known.medium.id);
  }

  /** Closes the worker, and ejects a device; an image leaves the list (null). */
  eject(id: string): Promise<Medium | null> {
    const entry = this.entry(id);
    entry.ejecting ??= this.letGo(id, entry).finally(() => {
      entry.ejecting = null;
    });
    return entry.ejecting;
  }

  private async letGo(id: string, entry: Entry): Promise<Medium | null> {
    if (entry.opening !== null) await entry.opening.catch(() => {});
    this.shut(entry);
    if (entry.drive === null) {
      this.entries.delete(id);
      this.options.onChange();
      return null;
    }
    if (entry.drive.system) throw refused(texts().failures.systemDiskStays);
    this.change(entry, { state: 'ejecting', problem: null });
    try {
      const { safe, sentence, detail } = await this.options.eject(entry.drive);
      const problem = { sentence, detail, canRestart: false };
      this.change(entry, { state: safe ? 'ejected' : 'present', problem });
    } catch (error) {
      this.change(entry, { state: 'present', problem: problemOf(error) });
    }
    return entry.medium;
  }

  /** Also what is still being opened, when it is open. */
  closeAll(): void {
    this.isClosed = true;
    for (const entry of this.entries.values()) this.shut(entry);
  }

  private entry(id: string): Entry {
    const entry = this.entries.get(id);
    if (entry === undefined) throw refused(texts().failures.mediumGone);
    return entry;
  }

  /** A device given by its path, as an argument: it is among the drives, or is added as what it is. */
  private async openDevice(path: string): Promise<Medium> {
    this.takeDrives(await this.options.drives.refresh());
    const entries = [...this.entries.values()];
    const known =
      entries.find(({ drive }) => drive?.devicePath === path) ??
      entries.find(({ medium }) => medium.location === path && medium.state !== 'gone' && medium.state !== 'ejected');
    if (known !== undefined) return this.open(known.medium.id);
    return this.add('device', basename(path), path, null);
  }

  private async add(kind: Medium['kind'], name: string, location: string, sizeBytes: number | null): Promise<Medium> {
    const id = `${kind}:${randomUUID()}`;
    const medium: Medium = { ...emptyMedium(id, kind, name, location), sizeBytes, removable: true };
    const source: MediumSource =
      kind === 'device'
        ? { kind: 'device', path: location, sizeBytes: null, sectorSize: null }
        : { kind: 'image', path: location };
    this.entries.set(id, { medium, source, drive: null, opened: null, opening: null, ejecting: null, log: () => [] });
    return this.open(id);
  }

  private async start(entry: Entry): Promise<void> {
    this.change(entry, { state: 'opening', problem: null, table: null, volumes: [], lockdown: null });
    try {
      const opened = await this.openSource(entry);
      // Pulled out meanwhile.
      if (this.isClosed || entry.medium.state !== 'opening') {
        closeMedium(opened);
        return;
      }
      entry.opened = opened;
      entry.log = () => opened.kernel.log();
      const { table, lockdown, sizeBytes } = opened.report;
      const known = { table, lockdown, sizeBytes, volumes: opened.volumes, unsandboxed: lockdown === null };
      const problem = nothingMounted(opened);
      this.change(entry, { ...known, state: problem === null ? 'open' : 'failed', problem });
      opened.kernel.onEnd((end) => this.ended(entry, opened, end));
    } catch (error) {
      if (entry.medium.state !== 'opening') return;
      const isRefused = error instanceof KernelBootError && error.stage === 'open' && entry.source.kind === 'device';
      const problem = isRefused ? await openProblem(error.failure, entry.medium.location) : problemOf(error);
      // Pulled out while the reason was looked for.
      if (entry.medium.state !== 'opening') return;
      this.change(entry, { state: 'failed', problem: { ...problem, canRestart: true } });
    }
  }

  /** What the host has not mounted is opened so that it cannot mount it meanwhile; unless somebody else holds it already. */
  private async openSource({ source, medium }: Entry): Promise<OpenedMedium> {
    const { launch, sandbox } = this.options;
    const fat = this.options.fatReading();
    if (source.kind !== 'device' || medium.hostMounts.length > 0) return openMedium(source, launch, sandbox, fat);
    try {
      return await openMedium({ ...source, exclusive: true }, launch, sandbox, fat);
    } catch (error) {
      const isHeld = error instanceof KernelBootError && error.stage === 'open' && error.failure.errno === 'EBUSY';
      if (!isHeld) throw error;
      return openMedium(source, launch, sandbox, fat);
    }
  }

  /** The worker ended by itself or was ended by the watchdog. */
  private ended(entry: Entry, opened: OpenedMedium, end: KernelEnd): void {
    if (entry.opened !== opened || end.kind === 'closed') return;
    this.shut(entry);
    const problem = { sentence: end.sentence, detail: end.detail, canRestart: true };
    this.change(entry, { state: 'failed', problem });
  }

  private shut(entry: Entry, why: 'closed' | 'removed' = 'closed'): void {
    const { opened } = entry;
    entry.opened = null;
    if (opened !== null) closeMedium(opened, why);
    if (entry.medium.state === 'open' || entry.medium.state === 'failed')
      this.change(entry, { state: 'present', problem: null, table: null, volumes: [], lockdown: null });
  }

  private change(entry: Entry, change: Partial<Medium>): void {
    entry.medium = { ...entry.medium, ...change };
    this.options.onChange();
  }

  private takeDrives(drives: readonly Drive[]): void {
    const ids = new Set(drives.map((drive) => drive.id));
    for (const drive of drives) {
      const entry = this.entries.get(drive.id);
      if (entry === undefined) this.entries.set(drive.id, entryOf(drive));
      else {
        const wasGone = entry.drive === null;
        entry.drive = drive;
        // What the open medium says of itself is more exact.
        const sizeBytes = entry.opened?.report.sizeBytes ?? drive.sizeBytes;
        entry.medium = { ...entry.medium, ...factsOf(drive), sizeBytes };
        if (wasGone) {
          entry.source = sourceOf(drive);
          entry.medium = { ...entry.medium, location: drive.devicePath, state: 'present', problem: null };
        }
      }
    }
    for (const [id, entry] of this.entries) if (entry.drive !== null && !ids.has(id)) this.vanished(id, entry);
  }

  /** A drive is no longer there. One that was in use, or that was ejected, stays to be looked at for a while. */
  private vanished(id: string, entry: Entry): void {
    entry.drive = null;
    const { state } = entry.medium;
    if (state === 'present') {
      this.entries.delete(id);
      return;
    }
    if (state !== 'ejecting' && state !== 'ejected') {
      // Word of the removal is often here before a read has failed of it.
      this.shut(entry, 'removed');
      const problem = { sentence: texts().failures.pulledOut, detail: null, canRestart: false };
      entry.medium = { ...entry.medium, state: 'gone', problem, hostMounts: [] };
    }
    const forget = setTimeout(() => {
      if (this.entries.get(id) !== entry || entry.drive !== null) return;
      this.entries.delete(id);
      this.options.onChange();
    }, GONE_SHOWN_MS);
    forget.unref();
  }
}

function entryOf(drive: Drive): Entry {
  const medium = { ...emptyMedium(drive.id, 'device', drive.name, drive.devicePath), ...factsOf(drive) };
  return { medium, source: sourceOf(drive), drive, opened: null, opening: null, ejecting: null, log: () => [] };
}

/** What the host says of a drive, which may change while it is there. */
function factsOf(drive: Drive): Partial<Medium> {
  const { name, vendor, model, serial, sizeBytes, bus, speedMbitPerSecond, removable, system } = drive;
  const { hostMounts, hostDrivers, hasMedium, siblings } = drive;
  const identity = { name, vendor, model, serial, sizeBytes, bus, speedMbitPerSecond };
  return { ...identity, removable, system, hostMounts, hostDrivers, hasMedium, siblings };
}

function sourceOf({ devicePath, sizeBytes, sectorSize }: Drive): MediumSource {
  return { kind: 'device', path: devicePath, sizeBytes, sectorSize };
}

function emptyMedium(id: string, kind: Medium['kind'], name: string, location: string): Medium {
  return {
    id,
    kind,
    name,
    location,
    sizeBytes: null,
    bus: null,
    vendor: null,
    model: null,
    serial: null,
    speedMbitPerSecond: null,
    hasMedium: true,
    siblings: [],
    system: false,
    removable: false,
    hostMounts: [],
    hostDrivers: [],
    state: 'present',
    table: null,
    volumes: [],
    lockdown: null,
    unsandboxed: false,
    problem: null,
  };
}
