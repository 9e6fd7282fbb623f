/** What the window knows and does: the lists that main sends, which medium, volume and folder are shown, and the actions behind the buttons. */

import { getContext, setContext } from 'svelte';
import type {
  AppInfo,
  Bridge,
  CopyRequest,
  CopySelection,
  Job,
  Medium,
  Settings,
  Volume,
} from '../../main/contract.ts';
import { Find } from '../find/find.svelte.ts';
import { Look } from '../look/look.svelte.ts';
import { LookoutStore } from '../lookout/lookout-store.svelte.ts';
import { messages } from '../messages/messages.ts';
import { Space } from '../space/space.svelte.ts';
import { displayText } from '../text/display-text.ts';
import { DismissibleList } from './dismissible.svelte.ts';
import { Hardware } from './hardware.svelte.ts';
import { filesText, isOver } from './job-view.ts';
import { Listing } from './listing.svelte.ts';
import { Notices } from './notices.svelte.ts';
import type { Order } from './order.ts';
import { baseName, childPath, parentPath } from './place.ts';
import { problemFrom } from './problem.ts';
import { type Row, type RowSource, withoutNested } from './row.ts';
import { Selection } from './selection.svelte.ts';

/** Which dialog is open; one at a time. */
export type OpenDialog =
  | { kind: 'settings' }
  | { kind: 'keyboard' }
  | { kind: 'choose-image' }
  | { kind: 'choose-folder'; start: string; then: (folder: string) => void }
  | { kind: 'eject-running'; medium: Medium }
  | { kind: 'eject-siblings'; medium: Medium; others: readonly Medium[] }
  | { kind: 'report'; job: Job }
  | { kind: 'log'; medium: Medium };

/** What is shown of a medium: its files, what deserves suspicion on it, or the medium itself. */
export type MediumView = 'files' | 'space' | 'lookout' | 'medium';

/** Whether somebody has asked for it already: an image given on the command line, or a medium opened before a reload. */
function isBegun(medium: Medium): boolean {
  return medium.state === 'open' || medium.state === 'opening' || medium.state === 'failed';
}

export class Session {
  readonly bridge: Bridge;
  readonly notices = new Notices();
  readonly selection = new Selection();
  readonly lookouts: LookoutStore;
  readonly look = new Look(this);
  readonly find = new Find(this);
  space = $state.raw<Space | null>(null);
  readonly hardware: Hardware;
  readonly info: AppInfo;
  settings: Settings = $state.raw({} as Settings);
  media = $state.raw<readonly Medium[]>([]);
  private readonly copies = new DismissibleList<Job>(this.notices, (id) => {
    void this.attempt(this.bridge.request('copy.dismiss', id));
  });
  /** What is shown; null: the welcome page. */
  mediumId = $state<string | null>(null);
  volumeId = $state<number | null>(null);
  path = $state('/');
  page = $state<MediumView>('files');
  order = $state.raw<Order>({ column: 'name', descending: false });
  listing = $state.raw<Listing | null>(null);
  dialog = $state.raw<OpenDialog | null>(null);
  detailsShown = $state(false);
  sidebarShown = $state(false);
  lost = $state(false);

  get jobs(): readonly Job[] {
    return this.copies.shown;
  }

  readonly medium = $derived(this.media.find((medium) => medium.id === this.mediumId) ?? null);
  readonly volume = $derived(this.medium?.volumes.find((volume) => volume.id === this.volumeId) ?? null);
  /** Whether files of a volume can be shown. */
  readonly browsing = $derived(this.medium?.state === 'open' && this.volume?.info != null);
  /** The list in front: what is selected is selected in it. */
  readonly shown = $derived<RowSource | null>(this.find.front ? this.find.results : this.listing);
  readonly selectedRows = $derived(this.shown?.rows.filter((row) => this.selection.selected.has(row.key)) ?? []);

  constructor(bridge: Bridge, info: AppInfo, media: Medium[], jobs: Job[]) {
    this.bridge = bridge;
    this.lookouts = new LookoutStore(bridge);
    this.hardware = new Hardware(bridge, this.notices, (work) => this.attempt(work));
    this.selection.onLost = (lost) => this.offerSelection(lost);
    this.info = info;
    this.settings = info.settings;
    this.media = media;
    this.copies.take(jobs);
    bridge.on('media', (list) => this.mediaChanged(list));
    bridge.on('jobs', (list) => this.copies.take(list));
    bridge.on('settings', (settings) => {
      this.settings = settings;
    });
    const begun = media.find((medium) => medium.state === 'open') ?? media.find(isBegun);
    if (begun !== undefined) this.showMedium(begun.id);
  }

  /** Asks main; a failure is told in a notice and gives null. */
  async attempt<T>(work: Promise<T>): Promise<T | null> {
    try {
      return await work;
    } catch (reason) {
      this.notices.problem(problemFrom(reason));
      return null;
    }
  }

  private mediaChanged(list: Medium[]): void {
    const before = this.medium;
    const known = new Set(this.media.map((medium) => medium.id));
    this.media = list;
    const now = this.medium;
    if (before !== null && now === null) {
      this.showMedium(null);
    } else if (now !== null && now.state === 'open' && (before?.state !== 'open' || this.volume === null)) {
      this.showOpened(now.id);
    } else if (now !== null && now.state !== 'open') {
      this.leaveFolder();
    } else if (now === null && this.mediumId === null) {
      // An image given on the command line opens while the welcome page is shown.
      const opened = list.find((medium) => isBegun(medium) && !known.has(medium.id));
      if (opened !== undefined) this.showMedium(opened.id);
    }
  }

  /** A medium answered by a request can arrive before the event that lists it. */
  private learn(medium: Medium): void {
    const known = this.media.some((other) => other.id === medium.id);
    this.media = known ? this.media.map((other) => (other.id === medium.id ? medium : other)) : [...this.media, medium];
  }

  private leaveFolder(): void {
    this.find.close();
    this.closeSpace();
    this.listing?.close();
    this.listing = null;
    this.volumeId = null;
    this.path = '/';
    if (this.page === 'lookout') this.page = 'files';
    this.selection.reset();
  }

  showMedium(mediumId: string | null): void {
    this.leaveFolder();
    this.page = 'files';
    this.mediumId = mediumId;
    this.sidebarShown = false;
    const medium = this.medium;
    if (medium?.state !== 'open') return;
    const first = medium.volumes.find((volume) => volume.info !== null) ?? medium.volumes[0];
    if (first !== undefined) this.showVolume(first);
  }

  /** Who reads about the medium while it is opened goes on reading about it. */
  private showOpened(mediumId: string): void {
    const isRead = this.mediumId === mediumId && this.page === 'medium';
    this.showMedium(mediumId);
    if (isRead) this.page = 'medium';
  }

  showVolume(volume: Volume): void {
    this.leaveFolder();
    this.page = 'files';
    this.volumeId = volume.id;
    this.sidebarShown = false;
    if (volume.info !== null) this.openFolder('/');
  }

  /** `select`: the entry that gets the cursor; where it is hidden, with `reveal` hidden ones are shown from then on. */
  openFolder(path: string, select: string | null = null, reveal = false): void {
    if (this.mediumId === null || this.volumeId === null) return;
    this.find.leaveFolder();
    this.listing?.close();
    this.selection.reset();
    this.path = path;
    const listing = new Listing(this.bridge, () => ({ order: this.order, showHidden: this.settings.showHidden }));
    this.listing = listing;
    void listing.load(this.mediumId, this.volumeId, path).then(async () => {
      if (select === null) return;
      if (reveal && this.listing === listing && listing.hides(select)) await this.changeSettings({ showHidden: true });
      if (this.listing === listing && this.selection.active === null && listing.keys.includes(select))
        this.selection.only(select);
    });
  }

  /** The same folder once more, with the cursor where it was. */
  reopenFolder(): void {
    if (this.listing !== null) this.openFolder(this.path, this.selection.active);
  }

  /** The look-out begins where there was none yet on this volume. */
  showPage(page: MediumView): void {
    this.page = page;
    this.sidebarShown = false;
    if (page === 'lookout' && this.mediumId !== null && this.volumeId !== null)
      void this.attempt(this.lookouts.open(this.mediumId, this.volumeId));
  }

  /** Adds up where the space of this volume goes, unless that was done. */
  showSpace(): void {
    if (this.mediumId === null || this.volumeId === null) return;
    if (this.space === null || this.space.volume !== this.volumeId) {
      this.space?.close();
      this.space = new Space(this.bridge, this.mediumId, this.volumeId);
      void this.space.load();
    }
    this.showPage('space');
  }

  closeSpace(): void {
    this.space?.close();
    this.space = null;
    if (this.page === 'space') this.page = 'files';
  }

  /** What is known of a medium, whichever is shown now. */
  showAbout(medium: Medium): void {
    if (this.mediumId !== medium.id) this.showMedium(medium.id);
    this.showPage('medium');
  }

  /** A path in its folder, with the cursor on it: a hidden one is made to be shown. */
  showPath(path: string): void {
    this.page = 'files';
    this.openFolder(parentPath(path) ?? '/', baseName(path), true);
  }

  openChild(name: string): void {
    this.openFolder(childPath(this.path, name));
  }

  /** Folders, and links that may lead to one, are entered; of others the details are shown. */
  openRow(row: Row): void {
    if (row.kind !== 'folder' && row.kind !== 'link') this.detailsShown = true;
    else if (row.place === null) this.openChild(row.name);
    else this.openFolderOf(row.place.volume, this.pathOf(row), null);
  }

  /** The folder in which a row lies, with the cursor on it. */
  showInFolder(row: Row): void {
    if (row.place !== null) this.openFolderOf(row.place.volume, row.place.folder, row.name);
  }

  private openFolderOf(volume: number, path: string, select: string | null): void {
    this.volumeId = volume;
    this.openFolder(path, select, true);
  }

  pathOf(row: Row): string {
    return childPath(row.place?.folder ?? this.path, row.name);
  }

  /** To the folder above, with the cursor on the one that was left. */
  goUp(): void {
    const above = parentPath(this.path);
    if (above !== null) this.openFolder(above, this.path.slice(this.path.lastIndexOf('/') + 1));
  }

  async openMedium(medium: Medium): Promise<void> {
    this.showMedium(medium.id);
    await this.showAnswer(this.bridge.request('media.open', medium.id));
  }

  async openSample(): Promise<void> {
    await this.showAnswer(this.bridge.request('media.openSample'));
  }

  async restart(medium: Medium): Promise<void> {
    await this.showAnswer(this.bridge.request('media.restart', medium.id));
  }

  /** Has the host let go of a medium, and shows what is on it. */
  async takeOver(medium: Medium): Promise<void> {
    const after = await this.hardware.takeOver(medium);
    if (after === null) return;
    this.learn(after);
    this.showMedium(after.id);
  }

  /** Asks for a folder and saves a raw image of the whole medium there. */
  async saveImage(medium: Medium): Promise<void> {
    await this.chooseFolder((folder) => void this.hardware.saveImage(medium, folder));
  }

  async openImage(path: string): Promise<void> {
    await this.showAnswer(this.bridge.request('media.openImage', path));
  }

  private async showAnswer(asked: Promise<Medium>): Promise<void> {
    const medium = await this.attempt(asked);
    if (medium === null) return;
    this.learn(medium);
    if (this.mediumId !== medium.id || this.listing === null) this.showOpened(medium.id);
  }

  /** By the system's own dialog where there is one, else by Airlock's. */
  async chooseImage(): Promise<void> {
    if (!this.info.can.nativeDialogs) {
      this.dialog = { kind: 'choose-image' };
      return;
    }
    const path = await this.attempt(this.bridge.request('host.chooseImage'));
    if (path !== null) await this.openImage(path);
  }

  async chooseFolder(then: (folder: string) => void): Promise<void> {
    if (!this.info.can.nativeDialogs) {
      this.dialog = { kind: 'choose-folder', start: this.settings.targetFolder, then };
      return;
    }
    const folder = await this.attempt(this.bridge.request('host.chooseFolder'));
    if (folder !== null) then(folder);
  }

  async changeSettings(change: Partial<Settings>): Promise<void> {
    this.settings = { ...this.settings, ...change };
    const settings = await this.attempt(this.bridge.request('settings.change', change));
    if (settings !== null) this.settings = settings;
    this.selection.keepOnly(this.listing?.keys ?? []);
  }

  sortBy(column: Order['column']): void {
    const descending =
      this.order.column === column ? !this.order.descending : column === 'size' || column === 'modified';
    this.order = { column, descending };
  }

  /** Paths of what is selected. */
  get selectedPaths(): string[] {
    return this.selectedRows.map((row) => this.pathOf(row));
  }

  /** What a copy means now: what is selected, else all that a search found, else everything. */
  async copyChosen(target: string | null): Promise<void> {
    if (this.selectedRows.length > 0) await this.copyRows(this.selectedRows, target);
    else if (this.find.front) await this.copyRows(this.find.results?.rows ?? [], target);
    else await this.copy(['/'], target);
  }

  /** Copies rows of the list in front; results may be of several volumes, and each is a copy of its own. */
  async copyRows(rows: readonly Row[], target: string | null, only?: CopySelection): Promise<void> {
    const byVolume = new Map<number | null, string[]>();
    for (const row of withoutNested(rows, (row) => this.pathOf(row))) {
      const volume = row.place?.volume ?? this.volumeId;
      const paths = byVolume.get(volume) ?? [];
      paths.push(this.pathOf(row));
      byVolume.set(volume, paths);
    }
    for (const [volume, paths] of byVolume) await this.copy(paths, target, volume, only);
  }

  async copy(
    paths: string[],
    target: string | null,
    volume: number | null = this.volumeId,
    only: CopySelection = 'all',
  ): Promise<void> {
    if (this.mediumId === null || volume === null) return;
    const request: CopyRequest = {
      mediumId: this.mediumId,
      volume,
      paths,
      target,
      policy: this.settings.conflictPolicy,
      only,
    };
    const job = await this.attempt(this.bridge.request('copy.start', request));
    if (job !== null) this.copies.learn(job);
  }

  async cancelJob(job: Job): Promise<void> {
    await this.attempt(this.bridge.request('copy.cancel', job.id));
  }

  dismissJobs(jobs: readonly Job[]): void {
    this.copies.dismiss(jobs, messages.notice.jobDismissed);
  }

  /** What the copy wrote goes to the trash, as far as it is still as it was written. */
  async undoCopy(job: Job): Promise<void> {
    const undone = await this.attempt(this.bridge.request('copy.undo', job.id));
    if (undone === null) return;
    const { trashed, left, problem } = undone;
    const text = messages.job.undone;
    const sentence = left === 0 ? text.all(filesText(trashed)) : text.some(filesText(trashed), filesText(left));
    if (problem === null) this.notices.good(sentence);
    else this.notices.problem({ sentence, detail: problem, canRestart: false });
  }

  /** What was chosen one by one and is no longer selected can be had back while the same list is shown. */
  private offerSelection(lost: ReadonlySet<string>): void {
    const list = this.shown;
    this.notices.undoable(
      messages.notice.selectionLost,
      () => {
        if (this.shown === list) this.selection.restore(lost, list?.keys ?? []);
      },
      () => {},
    );
  }

  async answerConflict(
    job: Job,
    decision: 'skip' | 'rename' | 'overwrite' | 'cancel',
    applyToAll: boolean,
  ): Promise<void> {
    await this.attempt(this.bridge.request('copy.answer', job.id, decision, applyToAll));
  }

  isCopying(medium: Medium): boolean {
    return this.jobs.some((job) => job.mediumId === medium.id && !isOver(job));
  }

  /** `force`: stops what is being copied; `siblingsToo`: the user knows of other media in the same reader. */
  async eject(medium: Medium, { force = false, siblingsToo = false } = {}): Promise<void> {
    const others = this.media.filter((other) => other.hasMedium && medium.siblings.includes(other.id));
    if (!siblingsToo && others.length > 0) {
      this.dialog = { kind: 'eject-siblings', medium, others };
      return;
    }
    if (!force && (this.isCopying(medium) || this.hardware.isSaving(medium))) {
      this.dialog = { kind: 'eject-running', medium };
      return;
    }
    const name = displayText(medium.name);
    try {
      const after = await this.bridge.request('media.eject', medium.id, force);
      if (after === null) {
        this.media = this.media.filter((other) => other.id !== medium.id);
        if (this.mediumId === medium.id) this.showMedium(null);
        this.notices.good(messages.eject.imageClosed(name));
      } else {
        this.learn(after);
        this.notices.good(after.problem?.sentence ?? messages.eject.ejected(name));
      }
    } catch (reason) {
      this.notices.problem(problemFrom(reason));
    }
  }
}

const KEY = Symbol('session');

export function provideSession(session: Session): Session {
  return setContext(KEY, session);
}

export function useSession(): Session {
  return getContext<Session>(KEY);
}
