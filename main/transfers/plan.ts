/** What is to be copied, found by walking the medium once: folders, files and links, with the names under which they are written. */

import type {
  EntryReport,
  FailureReport,
  SystemCallName,
  SystemCalls,
  Timespec,
  Vattr,
} from '../../kernel-worker/contract.ts';
import type { KernelEnd } from '../kernels/kernel-process.ts';
import { texts } from '../texts.ts';
import type { FolderTimes } from './orders.ts';
import { FolderNames, type NameRules } from './safe-names.ts';

/** What a copy needs of a KernelProcess. */
export interface KernelCalls {
  call<Name extends SystemCallName>(
    name: Name,
    ...args: Parameters<SystemCalls[Name]>
  ): Promise<ReturnType<SystemCalls[Name]>>;
  /** Tells of the worker's end; returns what ends the telling. Left out: calls that fail tell of it. */
  onEnd?(listener: (end: KernelEnd) => void): () => void;
}

/** Entries asked for in one call. */
const PAGE_ENTRIES = 1000;
/** A plan takes some 300 bytes of memory for each entry. A stick with more is copied folder by folder. */
export const MAX_PLANNED_ENTRIES = 2_000_000;
/** How often the walk tells how far it is, in entries. */
const COUNT_INTERVAL = 1000;

export interface PlannedFolder {
  parent: PlannedFolder | null;
  /** On the medium; absolute. */
  path: string;
  /** As written; '' for the target itself. */
  name: string;
  /** Names given out to its entries. */
  names: FolderNames;
  times: Omit<FolderTimes, 'folder'>;
  /** Why it has another name. */
  note: string | null;
}

export interface PlannedFile {
  /** Its place in the plan. */
  index: number;
  folder: PlannedFolder;
  path: string;
  name: string;
  /** Why it has another name than on the medium. */
  note: string | null;
  sizeBytes: number;
  /** What it takes at least at the target: holes take nothing. */
  storedBytes: number;
  mtimeMs: number | null;
  atimeMs: number | null;
  /** Of a symbolic link. */
  linkTarget: string | null;
}

/** An entry that is not copied, known without trying. */
export interface PlannedOmission {
  path: string;
  sizeBytes: number;
  outcome: 'skipped' | 'failed';
  note: string;
  failure: FailureReport | null;
}

export interface Plan {
  root: PlannedFolder;
  /** Each behind its parent. The root is not among them. */
  folders: PlannedFolder[];
  files: PlannedFile[];
  omissions: PlannedOmission[];
  totalBytes: number;
  storedBytes: number;
}

export interface PlanRequest {
  kernel: KernelCalls;
  mount: number;
  /** Absolute paths; '/' for everything. */
  paths: readonly string[];
  rules: NameRules;
  copySymlinks: boolean;
  isStopped(): boolean;
  /** Resolves while the copy is not paused. */
  whenRunning(): Promise<void>;
  onCount(files: number, bytes: number): void;
}

/** The medium has more entries than one copy takes. */
export class TooManyEntriesError extends Error {
  constructor() {
    super(texts().copyEnd.tooMany(String(MAX_PLANNED_ENTRIES)));
    this.name = 'TooManyEntriesError';
  }
}

/** Walks. Throws KernelCallError where a path is not there or the medium is gone, KernelEndedError, TooManyEntriesError. */
export async function makePlan(request: PlanRequest): Promise<Plan> {
  const planner = new Planner(request);
  for (const path of withoutNested(request.paths)) {
    if (!request.isStopped()) await planner.add(path);
  }
  return planner.plan;
}

/** The paths, each once, without those inside others. */
function withoutNested(paths: readonly string[]): string[] {
  const clean = [...new Set(paths.map((path) => `/${path.split('/').filter(Boolean).join('/')}`))];
  if (clean.includes('/')) return ['/'];
  const wanted = new Set(clean);
  return clean.filter((path) => {
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      if (wanted.has(path.slice(0, slash))) return false;
    }
    return true;
  });
}

class Planner {
  readonly plan: Plan;
  private readonly request: PlanRequest;
  private entries = 0;

  constructor(request: PlanRequest) {
    this.request = request;
    const times = { mtimeMs: null, atimeMs: null };
    const names = new FolderNames(request.rules);
    const root = { parent: null, path: '/', name: '', names, times, note: null };
    this.plan = { root, folders: [], files: [], omissions: [], totalBytes: 0, storedBytes: 0 };
  }

  async add(path: string): Promise<void> {
    const { kernel, mount } = this.request;
    if (path === '/') return this.walk('/', this.plan.root);
    const attr = await kernel.call('lstat', mount, path);
    const entry: EntryReport = { name: path.slice(path.lastIndexOf('/') + 1), attr };
    if (attr.type === 'symlink') entry.target = await kernel.call('readlink', mount, path);
    const folder = this.addEntry(this.plan.root, entry.name, path, entry);
    if (folder !== null) await this.walk(path, folder);
  }

  private async walk(path: string, start: PlannedFolder): Promise<void> {
    const { kernel, mount, isStopped } = this.request;
    const { fd } = await kernel.call('ftsOpen', mount, path);
    const folders = new Map<string, PlannedFolder>([['', start]]);
    const prefix = path === '/' ? '/' : `${path}/`;
    try {
      // Two pages are asked for at a time: one is on its way while the other is worked on.
      // Where the first fails, or cannot be worked on, the failure of the second is nobody's concern.
      const page = () => {
        const asked = kernel.call('readdir', fd, PAGE_ENTRIES);
        asked.catch(() => {});
        return asked;
      };
      let next = page();
      for (let end = false; !end && !isStopped(); ) {
        const { entries, failures, end: isLast } = await next;
        await this.request.whenRunning();
        end = isLast;
        if (!end) next = page();
        for (const failure of failures) this.omit(path, 0, 'failed', failure.message, failure);
        for (const entry of entries) this.addWalked(folders, prefix, entry);
      }
      await next.catch(() => {});
    } finally {
      await kernel.call('close', fd).catch(() => {});
    }
  }

  private addWalked(folders: Map<string, PlannedFolder>, prefix: string, entry: EntryReport): void {
    const slash = entry.name.lastIndexOf('/');
    const parent = folders.get(slash < 0 ? '' : entry.name.slice(0, slash));
    const path = prefix + entry.name;
    if (parent === undefined) {
      this.omit(path, 0, 'failed', texts().copyNotes.folderNotRead, null);
      return;
    }
    const folder = this.addEntry(parent, entry.name.slice(slash + 1), path, entry);
    if (folder !== null) folders.set(entry.name, folder);
  }

  /** The planned folder, if the entry is one that was not refused. */
  private addEntry(parent: PlannedFolder, rawName: string, path: string, entry: EntryReport): PlannedFolder | null {
    this.count();
    const { attr, failure } = entry;
    const size = attr === null ? 0 : sizeOf(attr);
    if (failure !== undefined) this.omit(path, size, 'failed', failure.message, failure);
    if (attr === null) {
      if (failure === undefined) this.omit(path, 0, 'failed', texts().copyNotes.noAttributes, null);
      return null;
    }
    // A directory that is met a second time, or whose link target is unreadable, has attributes and a failure: it is not copied.
    if (failure !== undefined) return null;
    const unwanted = this.whyNot(attr, parent, entry.target);
    if (unwanted !== null) {
      this.omit(path, size, 'skipped', unwanted, null);
      return null;
    }
    const claimed = parent.names.claim(rawName);
    if (claimed === null) {
      this.omit(path, size, 'failed', texts().copyNotes.sameName, null);
      return null;
    }
    const note = claimed.reason === null ? null : texts().copyNotes.renamed(claimed.reason);
    const times = { mtimeMs: hostMs(attr.mtime), atimeMs: hostMs(attr.atime) };
    if (attr.type === 'dir') {
      const names = new FolderNames(this.request.rules);
      const folder: PlannedFolder = { parent, path, name: claimed.name, names, times, note };
      this.plan.folders.push(folder);
      return folder;
    }
    const sizeBytes = attr.type === 'symlink' ? 0 : size;
    const storedBytes = Math.min(sizeBytes, attr.allocatedBytes ?? sizeBytes);
    const linkTarget = attr.type === 'symlink' ? (entry.target ?? '') : null;
    this.plan.files.push({
      index: this.plan.files.length,
      folder: parent,
      path,
      name: claimed.name,
      note,
      sizeBytes,
      storedBytes,
      ...times,
      linkTarget,
    });
    this.plan.totalBytes += sizeBytes;
    this.plan.storedBytes += storedBytes;
    return null;
  }

  /** Why an entry is not copied, in words; null if it is. */
  private whyNot(attr: Vattr, parent: PlannedFolder, target: string | undefined): string | null {
    if (attr.type === 'dir' || attr.type === 'file') return null;
    if (attr.type !== 'symlink') return texts().copyNotes.special[SPECIAL_NAMES[attr.type]];
    if (!this.request.copySymlinks) return texts().copyNotes.noLinks;
    return target !== undefined && staysInside(target, depthOf(parent)) ? null : texts().copyNotes.linkLeadsOut;
  }

  private omit(
    path: string,
    sizeBytes: number,
    outcome: PlannedOmission['outcome'],
    note: string,
    failure: FailureReport | null,
  ): void {
    this.plan.omissions.push({ path, sizeBytes, outcome, note, failure });
  }

  private count(): void {
    this.entries += 1;
    if (this.entries > MAX_PLANNED_ENTRIES) throw new TooManyEntriesError();
    if (this.entries % COUNT_INTERVAL === 0) this.request.onCount(this.plan.files.length, this.plan.totalBytes);
  }
}

const SPECIAL_NAMES = { fifo: 'pipe', chr: 'device', blk: 'device', sock: 'socket' } as const;

/** What comes from the worker is a number that may be anything. */
function sizeOf(attr: Vattr): number {
  return Number.isSafeInteger(attr.size) && attr.size >= 0 ? attr.size : 0;
}

function depthOf(folder: PlannedFolder): number {
  let depth = 0;
  for (let at = folder.parent; at !== null; at = at.parent) depth += 1;
  return depth;
}

/**
 * Whether a link in a folder `depth` levels below the target leads to somewhere in it. '..' counts at the front only, where it goes up real folders of this
 * copy; behind a name that may itself be a link nobody knows where it leads.
 */
export function staysInside(target: string, depth: number): boolean {
  if (target === '' || target.startsWith('/') || target.includes('\0') || !target.isWellFormed()) return false;
  if (process.platform === 'win32' && /[\\:]/.test(target)) return false;
  const components = target.split('/').filter((component) => component !== '' && component !== '.');
  const ups = components.findIndex((component) => component !== '..');
  const leading = ups < 0 ? components.length : ups;
  return leading <= depth && !components.slice(leading).includes('..');
}

/** Milliseconds of the host's clock; a local wall time is taken in the host's zone. null where it is not recorded or cannot be. */
export function hostMs(time: Timespec | null): number | null {
  if (time === null) return null;
  const ms = time.sec * 1000 + Math.floor(time.nsec / 1e6);
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return null;
  if (!time.local) return ms;
  const local = new Date(0);
  local.setFullYear(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
  local.setHours(date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds(), date.getUTCMilliseconds());
  return local.getTime();
}
