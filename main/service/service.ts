/** The one implementation of the contract's requests and events. Both shells only carry messages to it. */

import { dirname, join } from 'node:path';
import type { AppInfo, EventName, Events, RequestName, Requests } from '../contract.ts';
import { checkedArguments, isRequestName } from '../contract-validators.ts';
import type { Drive, DriveList, EjectOutcome } from '../drives/drive.ts';
import type { OpenedSource } from '../imaging/device-source.ts';
import { IMAGE_KEY_FILE } from '../imaging/image-key.ts';
import type { WorkerLauncher } from '../kernels/kernel-process.ts';
import { identifyHostFile } from '../previews/host-file.ts';
import { Previews } from '../previews/previews.ts';
import { texts } from '../texts.ts';
import type { Trash } from '../transfers/copy-undo.ts';
import type { TargetSide } from '../transfers/orders.ts';
import { Copies } from './copies.ts';
import type { GuardSwitch } from './guard-switch.ts';
import type { HandlersOf } from './handlers.ts';
import { createHostFolder, listHostFolder } from './host-folders.ts';
import { ImageJobs } from './image-jobs.ts';
import { environmentLanguages, speakLanguage } from './language.ts';
import { Listings } from './listings.ts';
import { Lookouts } from './lookouts.ts';
import { Media } from './media.ts';
import { mountOf } from './opened-medium.ts';
import { refused } from './problems.ts';
import { Searches } from './searches.ts';
import { SeenBefore } from './seen-before.ts';
import { SettingsFile } from './settings.ts';

/** What a shell can do beyond carrying messages; null where it cannot. */
export interface ShellAbilities {
  shell: AppInfo['shell'];
  dropImages: boolean;
  chooseImage: (() => Promise<string | null>) | null;
  chooseFolder: (() => Promise<string | null>) | null;
  reveal: ((path: string) => Promise<void>) | null;
  /** Hands copied files to the desktop's own drag, while one goes on. */
  dragOut?: (paths: readonly string[]) => void;
  /** Puts copied files on the clipboard for the desktop's file manager. */
  copyFiles?: (paths: readonly string[]) => Promise<void>;
  /** Puts files into the system's trash. */
  trash?: Trash;
  chooseSavePath?: (suggestedName: string) => Promise<string | null>;
  /** There is a place for an icon beside the clock. */
  tray?: boolean;
  notifications?: boolean;
}

export interface ServiceOptions {
  version: string;
  abilities: ShellAbilities;
  drives: DriveList;
  eject(drive: Drive): Promise<EjectOutcome>;
  takeOver(drive: Drive): Promise<EjectOutcome>;
  guard: GuardSwitch;
  /** Opens a device for saving an image of it. Throws ImageError. */
  openImageSource(devicePath: string, sizeBytes: number | null): Promise<OpenedSource>;
  launchWorker: WorkerLauncher;
  /** false: --no-sandbox, for development. */
  sandbox: boolean;
  settingsPath: string;
  /** What the system asks for, the most wanted first; without it the environment says so. */
  systemLanguages?: readonly string[];
  newTargetSide(): TargetSide;
  sampleImage(): Promise<string>;
}

type Listener = (name: EventName, payload: Events[EventName]) => void;

/** Beside the settings: which media were seen before. */
const SEEN_FILE = 'seen-media.json';
/** Beside them: which folders were made for dragging. */
const DRAG_FILE = 'drag-folders.json';
/** Events are sent at most so often: a copy reports more. */
const EVENT_INTERVAL_MS = 50;

export class Service {
  readonly media: Media;
  readonly previews: Previews;
  private readonly options: ServiceOptions;
  private readonly settings: SettingsFile;
  private readonly copies: Copies;
  private readonly imaging: ImageJobs;
  private readonly listings: Listings;
  private readonly lookouts: Lookouts;
  private readonly searches: Searches;
  private readonly seen: SeenBefore;
  private readonly listeners = new Set<Listener>();
  private readonly waiting = new Set<EventName>();
  /** Paths that the user has just named in the system's own dialog, each for one file. */
  private readonly namedPaths = new Set<string>();
  private timer: NodeJS.Timeout | null = null;
  private closed = false;

  constructor(options: ServiceOptions) {
    this.options = options;
    this.settings = new SettingsFile(options.settingsPath);
    this.seen = new SeenBefore(join(dirname(options.settingsPath), SEEN_FILE));
    this.media = new Media({
      drives: options.drives,
      eject: options.eject,
      takeOver: options.takeOver,
      launch: options.launchWorker,
      sandbox: options.sandbox,
      sampleImage: options.sampleImage,
      fatReading: () => this.settings.current,
      showAll: () => this.settings.current.showAllMedia,
      onChange: () => this.mediaChanged(),
    });
    this.copies = new Copies({
      media: this.media,
      settings: this.settings,
      newTargetSide: options.newTargetSide,
      dragListPath: join(dirname(options.settingsPath), DRAG_FILE),
      trash: options.abilities.trash ?? null,
      onChange: () => {
        this.previews.closeAnswered();
        this.changed('jobs');
      },
    });
    this.imaging = new ImageJobs({
      media: this.media,
      openSource: options.openImageSource,
      keyPath: join(dirname(options.settingsPath), IMAGE_KEY_FILE),
      onChange: () => this.changed('imaging'),
    });
    this.listings = new Listings(this.media);
    this.lookouts = new Lookouts({ media: this.media, onChange: () => this.changed('lookouts') });
    this.searches = new Searches(this.media);
    this.previews = new Previews(this.media, {
      pending: (jobId) => this.copies.conflictOf(jobId),
      identify: (path, only) => identifyHostFile(path, only, options.launchWorker, options.sandbox),
    });
  }

  /** Performs a request as it came from the renderer. Throws what `toldFailure` puts into words. */
  async request(name: unknown, args: unknown): Promise<unknown> {
    if (!isRequestName(name)) throw refused(texts().failures.unknownRequest);
    if (this.closed) throw notHere();
    return this.perform(name, args);
  }

  /** Each event goes to every listener. Returns what ends it. */
  on(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Makes main speak the language of the settings. */
  async speak(): Promise<void> {
    const system = this.options.systemLanguages ?? environmentLanguages(process.env);
    await speakLanguage(this.settings.current.language, system);
  }

  isCopying(): boolean {
    return this.copies.list().some((job) => job.finishedAtMs === null) || this.imaging.isBusy(null);
  }

  private isBusy(mediumId: string): boolean {
    return this.copies.isBusy(mediumId) || this.imaging.isBusy(mediumId);
  }

  /** Cancels copies, ends workers. Nothing is begun any more. */
  async close(): Promise<void> {
    this.closed = true;
    await Promise.all([this.copies.cancelAll(null), this.imaging.cancelAll(null)]);
    this.previews.closeAll();
    this.media.closeAll();
    this.options.drives.close();
    if (this.timer !== null) clearTimeout(this.timer);
    this.listeners.clear();
  }

  private async perform<Name extends RequestName>(name: Name, args: unknown): Promise<ReturnType<Requests[Name]>> {
    const checked = checkedArguments(name, args);
    if (checked === null) throw refused(texts().failures.badRequest, name);
    return this.handlers[name](...checked);
  }

  private readonly handlers: HandlersOf<Requests> = {
    'app.info': () => this.info(),
    'settings.change': async (change) => {
      const settings = this.settings.change(change);
      if (change.language !== undefined) await this.speak();
      this.changed('settings');
      if (change.showAllMedia !== undefined) this.changed('media');
      return settings;
    },
    'media.list': () => this.media.list(),
    'media.open': (mediumId) => this.media.open(mediumId),
    'media.openImage': (path) => this.media.openImage(path),
    'media.openSample': () => this.media.openSample(),
    'media.restart': (mediumId) => this.media.restart(mediumId),
    'media.eject': async (mediumId, force) => {
      if (this.isBusy(mediumId) && !force) throw refused(texts().failures.beingCopied);
      // Also what is begun while the rest ends.
      do await Promise.all([this.copies.cancelAll(mediumId), this.imaging.cancelAll(mediumId)]);
      while (this.isBusy(mediumId));
      return this.media.eject(mediumId);
    },
    'media.takeOver': (mediumId) => {
      if (this.isBusy(mediumId)) throw refused(texts().service.busyCopying);
      return this.media.takeOver(mediumId);
    },
    'guard.state': () => this.options.guard.state(),
    'guard.switch': (on) => this.options.guard.switch(on),
    'imaging.start': (mediumId, folder) => this.imaging.start(mediumId, folder),
    'imaging.cancel': (jobId) => {
      this.imaging.cancel(jobId);
      return null;
    },
    'imaging.resume': (jobId) => this.imaging.resume(jobId),
    'imaging.dismiss': (jobId) => {
      this.imaging.dismiss(jobId);
      return null;
    },
    'imaging.list': () => this.imaging.list(),
    'lookout.start': (mediumId, volume) => this.lookouts.start(mediumId, volume),
    'lookout.stop': (mediumId, volume) => {
      this.lookouts.stop(mediumId, volume);
      return null;
    },
    'lookout.list': () => this.lookouts.list(),
    'lookout.findings': (mediumId, volume, from) => this.lookouts.findings(mediumId, volume, from),
    'lookout.failures': (mediumId, volume) => this.lookouts.failures(mediumId, volume),
    'media.health': (mediumId) => this.media.health(mediumId),
    'seen.of': (mediumId) => this.seen.of(mediumId),
    'seen.list': () => this.seen.list(),
    'seen.forget': (key) => {
      this.seen.forget(key);
      return this.seen.list();
    },
    'seen.forgetAll': () => {
      this.seen.forgetAll();
      return this.seen.list();
    },
    'seen.restore': (key) => {
      this.seen.restore(key);
      this.seen.look(this.media.list(), this.settings.current.rememberMedia);
      return this.seen.list();
    },
    'media.log': (mediumId) => this.media.log(mediumId),
    'folder.open': async (mediumId, volume, path) => ({
      listing: await this.listings.openFolder(mediumId, volume, path),
    }),
    'folder.read': (listing, count) => this.listings.read(listing, count),
    'folder.close': async (listing) => {
      await this.listings.close(listing);
      return null;
    },
    'file.describe': (mediumId, volume, path) => {
      const opened = this.media.opened(mediumId);
      return opened.kernel.call('describe', mountOf(opened, volume), path);
    },
    'search.open': (mediumId, volume, path, query) => ({
      search: this.searches.open(mediumId, volume, path, query),
    }),
    'search.read': (search) => this.searches.read(search),
    'search.close': async (search) => {
      await this.searches.close(search);
      return null;
    },
    'space.open': async (mediumId, volume) => ({ space: await this.searches.openSums(mediumId, volume) }),
    'space.read': (space) => this.searches.readSums(space),
    'space.view': (space, path) => this.searches.viewSums(space, path),
    'space.close': async (space) => {
      await this.searches.closeSums(space);
      return null;
    },
    'preview.open': (mediumId, volume, path, stream) => this.previews.open(mediumId, volume, path, stream),
    'preview.openConflict': (jobId, path) => this.previews.openConflict(jobId, path),
    'preview.close': (session) => {
      this.previews.close(session);
      return null;
    },
    'copy.start': (request) => this.copies.start(request),
    'copy.answer': (jobId, decision, applyToAll) => {
      this.copies.answer(jobId, decision, applyToAll);
      return null;
    },
    'copy.cancel': (jobId) => {
      this.copies.cancel(jobId);
      return null;
    },
    'copy.pause': (jobId) => {
      this.copies.pause(jobId);
      return null;
    },
    'copy.resume': (jobId) => {
      this.copies.resume(jobId);
      return null;
    },
    'copy.retry': (jobId) => {
      this.copies.retry(jobId);
      return null;
    },
    'copy.undo': (jobId) => this.copies.undo(jobId),
    'copy.dismiss': (jobId) => {
      this.copies.dismiss(jobId);
      return null;
    },
    'copy.list': () => this.copies.list(),
    'copy.items': (jobId, from) => this.copies.items(jobId, from),
    'copy.files': (jobId, from, count) => this.copies.files(jobId, from, count),
    'copy.saveReport': (jobId, kind, path) => {
      if (path !== null && !this.namedPaths.delete(path)) throw refused(texts().failures.badRequest, path);
      return this.copies.saveReport(jobId, kind, path);
    },
    'copy.prepareDrag': (mediumId, volume, paths) => this.copies.prepareDrag(mediumId, volume, paths),
    'host.chooseImage': () => able(this.options.abilities.chooseImage)(),
    'host.chooseFolder': () => able(this.options.abilities.chooseFolder)(),
    'host.listFolder': (path) => {
      if (this.options.abilities.chooseFolder !== null) throw notHere();
      return listHostFolder(path);
    },
    'host.createFolder': (path) => {
      if (this.options.abilities.chooseFolder !== null) throw notHere();
      return createHostFolder(path);
    },
    'host.dragOut': (paths) => {
      const dragOut = able(this.options.abilities.dragOut ?? null);
      if (!this.copies.hasWritten(paths)) throw refused(texts().service.notCopied);
      dragOut(paths);
      return null;
    },
    'host.copyFiles': async (paths) => {
      const copyFiles = able(this.options.abilities.copyFiles ?? null);
      if (!this.copies.hasWritten(paths)) throw refused(texts().service.notCopied);
      await copyFiles(paths);
      return null;
    },
    'host.saveFile': async (suggestedName) => {
      const path = await able(this.options.abilities.chooseSavePath ?? null)(suggestedName);
      if (path !== null) this.namedPaths.add(path);
      return path;
    },
    'host.reveal': async (path) => {
      await able(this.options.abilities.reveal)(path);
      return null;
    },
  };

  private info(): AppInfo {
    const { version, abilities, sandbox } = this.options;
    return {
      version,
      platform: process.platform,
      shell: abilities.shell,
      can: {
        nativeDialogs: abilities.chooseImage !== null,
        revealInFolder: abilities.reveal !== null,
        dropImages: abilities.dropImages,
        dragOut: abilities.dragOut !== undefined,
        copyFiles: abilities.copyFiles !== undefined,
        trash: abilities.trash !== undefined,
        saveFile: abilities.chooseSavePath !== undefined,
        tray: abilities.tray === true,
        notifications: abilities.notifications === true,
      },
      unsandboxed: !sandbox,
      settings: this.settings.current,
    };
  }

  private mediaChanged(): void {
    const media = this.media.list();
    this.lookouts.keepOnly((mediumId) => media.some(({ id, state }) => id === mediumId && state !== 'present'));
    this.seen.look(media, this.settings.current.rememberMedia);
    this.copies.mediaChanged();
    this.changed('media');
  }

  private changed(name: EventName): void {
    this.waiting.add(name);
    this.timer ??= setTimeout(() => this.sendEvents(), EVENT_INTERVAL_MS);
  }

  private sendEvents(): void {
    this.timer = null;
    const names = [...this.waiting];
    this.waiting.clear();
    for (const name of names) for (const listener of this.listeners) listener(name, this.payload(name));
  }

  private payload(name: EventName): Events[EventName] {
    if (name === 'media') return this.media.list();
    if (name === 'jobs') return this.copies.list();
    if (name === 'lookouts') return this.lookouts.list();
    if (name === 'imaging') return this.imaging.list();
    return this.settings.current;
  }
}

function able<Ability>(ability: Ability | null): Ability {
  if (ability === null) throw notHere();
  return ability;
}

function notHere() {
  return refused(texts().failures.notInThisWindow);
}
