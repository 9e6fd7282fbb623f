/** The one implementation of the contract's requests and events. Both shells only carry messages to it. */

import type { AppInfo, EventName, Events, RequestName, Requests } from '../contract.ts';
import { checkedArguments, isRequestName } from '../contract-validators.ts';
import type { Drive, DriveList, EjectOutcome } from '../drives/drive.ts';
import type { WorkerLauncher } from '../kernels/kernel-process.ts';
import type { TargetSide } from '../transfers/orders.ts';
import { Copies } from './copies.ts';
import type { HandlersOf } from './handlers.ts';
import { createHostFolder, listHostFolder } from './host-folders.ts';
import { Listings } from './listings.ts';
import { Media } from './media.ts';
import { mountOf } from './opened-medium.ts';
import { refused } from './problems.ts';
import { SettingsFile } from './settings.ts';

/** What a shell can do beyond carrying messages; null where it cannot. */
export interface ShellAbilities {
  shell: AppInfo['shell'];
  dropImages: boolean;
  chooseImage: (() => Promise<string | null>) | null;
  chooseFolder: (() => Promise<string | null>) | null;
  reveal: ((path: string) => Promise<void>) | null;
}

export interface ServiceOptions {
  version: string;
  abilities: ShellAbilities;
  drives: DriveList;
  eject(drive: Drive): Promise<EjectOutcome>;
  launchWorker: WorkerLauncher;
  /** false: --no-sandbox, for development. */
  sandbox: boolean;
  settingsPath: string;
  newTargetSide(): TargetSide;
  sampleImage(): Promise<string>;
}

type Listener = (name: EventName, payload: Events[EventName]) => void;

/** Events are sent at most so often: a copy reports more. */
const EVENT_INTERVAL_MS = 50;

export class Service {
  readonly media: Media;
  private readonly options: ServiceOptions;
  private readonly settings: SettingsFile;
  private readonly copies: Copies;
  private readonly listings: Listings;
  private readonly listeners = new Set<Listener>();
  private readonly waiting = new Set<EventName>();
  private timer: NodeJS.Timeout | null = null;

  constructor(options: ServiceOptions) {
    this.options = options;
    this.settings = new SettingsFile(options.settingsPath);
    this.media = new Media({
      drives: options.drives,
      eject: options.eject,
      launch: options.launchWorker,
      sandbox: options.sandbox,
      sampleImage: options.sampleImage,
      showAll: () => this.settings.current.showAllMedia,
      onChange: () => this.changed('media'),
    });
    this.copies = new Copies({
      media: this.media,
      settings: this.settings,
      newTargetSide: options.newTargetSide,
      onChange: () => this.changed('jobs'),
    });
    this.listings = new Listings(this.media);
  }

  /** Performs a request as it came from the renderer. Throws what `toldFailure` puts into words. */
  async request(name: unknown, args: unknown): Promise<unknown> {
    if (!isRequestName(name)) throw refused('This is not a request that Airlock knows.');
    return this.perform(name, args);
  }

  /** Each event goes to every listener. Returns what ends it. */
  on(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  isCopying(): boolean {
    return this.copies.list().some((job) => job.finishedAtMs === null);
  }

  /** Cancels copies, ends workers. */
  async close(): Promise<void> {
    await this.copies.cancelAll(null);
    this.media.closeAll();
    this.options.drives.close();
    if (this.timer !== null) clearTimeout(this.timer);
    this.listeners.clear();
  }

  private async perform<Name extends RequestName>(name: Name, args: unknown): Promise<ReturnType<Requests[Name]>> {
    const checked = checkedArguments(name, args);
    if (checked === null) throw refused('This request is not as it should be.', name);
    return this.handlers[name](...checked);
  }

  private readonly handlers: HandlersOf<Requests> = {
    'app.info': () => this.info(),
    'settings.change': (change) => {
      const settings = this.settings.change(change);
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
      if (this.copies.isBusy(mediumId) && !force) throw refused('Something is still being copied from this medium.');
      await this.copies.cancelAll(mediumId);
      return this.media.eject(mediumId);
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
    'copy.start': (request) => this.copies.start(request),
    'copy.answer': (jobId, decision, applyToAll) => {
      this.copies.answer(jobId, decision, applyToAll);
      return null;
    },
    'copy.cancel': (jobId) => {
      this.copies.cancel(jobId);
      return null;
    },
    'copy.dismiss': (jobId) => {
      this.copies.dismiss(jobId);
      return null;
    },
    'copy.list': () => this.copies.list(),
    'copy.items': (jobId, from) => this.copies.items(jobId, from),
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
      },
      unsandboxed: !sandbox,
      settings: this.settings.current,
    };
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
    return this.settings.current;
  }
}

function able<Ability>(ability: Ability | null): Ability {
  if (ability === null) throw notHere();
  return ability;
}

function notHere() {
  return refused('This is not possible in this window.');
}
