/** The look-out's walk over a volume: every entry past every detector, in slices of bounded work, with bounded findings. */

import { asKernelError, type FailureReport, type KernelError } from '../rump/errno.ts';
import { type FtsEntry, fts } from '../rump/vfs/fts.ts';
import type { Mount, Vnode } from '../rump/vfs/mount.ts';
import { otherArchive, zipArchive } from './archives.ts';
import { actingFolder, attributes, outsideLink } from './attributes.ts';
import { autorun } from './autorun.ts';
import { compoundDocument, officePackage, pdf, richText } from './documents.ts';
import { type ExaminedFile, examinedFile, isHidden } from './examined.ts';
import { extensionOf } from './extensions.ts';
import {
  type Finding,
  type FindingKind,
  KINDS,
  type LookoutFailure,
  type LookoutHost,
  type LookoutSlice,
  type Tell,
  type Telling,
} from './finding.ts';
import { illegalName } from './host-names.ts';
import { mixedScript } from './look-alikes.ts';
import { misleadingName } from './misleading-names.ts';
import { programs } from './programs.ts';
import { shortcuts } from './shortcuts.ts';
import { MAX_SIBLINGS, type Sibling, siblings } from './siblings.ts';
import { streams } from './streams.ts';
import { zipDirectory } from './zip-directory.ts';

/** Findings of one kind that are kept: more are counted. */
export const MAX_OF_A_KIND = 2000;
const MAX_FAILURES = 1000;
/** What is quoted from the medium at most, in UTF-16 units. */
const MAX_QUOTE = 1000;
/** A slice ends at the entry during which this has passed, so that other calls come in between. */
const SLICE_MS = 80;
/** Where files begin is remembered of so many, to find content that two files share. */
const MAX_STARTS = 200_000;
/** File systems in which no two files may share a cluster. */
const UNSHARED = new Set(['msdosfs', 'exfat']);
const WITH_STREAMS = new Set(['ntfs', 'tmpfs']);

interface OpenFolder {
  /** '' or '/a/b'. */
  path: string;
  entries: Sibling[];
}

/** Of a file that is remembered: the folder's path is one string for all files in it. */
interface FilePlace {
  folder: string;
  name: string;
}

export class Lookout {
  private readonly mount: Mount;
  private readonly host: LookoutHost;
  private readonly report: (failure: KernelError) => FailureReport;
  private readonly walk: Generator<FtsEntry, void>;
  /** From the root to where the walk is. */
  private readonly folders: OpenFolder[] = [{ path: '', entries: [] }];
  private readonly counts: Partial<Record<FindingKind, number>> = {};
  private readonly starts = new Map<number, FilePlace>();
  private findings: Finding[] = [];
  private failures: LookoutFailure[] = [];
  private failureCount = 0;
  private files = 0;
  private folderCount = 0;
  private end = false;

  /** `report` gives a failure as it is told, with its place on the medium. */
  constructor(mount: Mount, host: LookoutHost, report: (failure: KernelError) => FailureReport) {
    this.mount = mount;
    this.host = host;
    this.report = report;
    this.walk = fts(mount, mount.root);
    this.examineStreams(mount.root, '/');
  }

  /** Goes on for a while: over at most `count` entries. Throws only ENXIO, when the medium is gone. */
  next(count: number): LookoutSlice {
    const until = performance.now() + SLICE_MS;
    let at = '';
    for (let i = 0; i < count && !this.end && (i === 0 || performance.now() < until); i++) {
      const item = this.walk.next();
      if (item.done) {
        this.leaveDownTo(0);
        this.end = true;
        break;
      }
      at = `/${item.value.path}`;
      this.entry(item.value);
    }
    const { findings, failures } = this;
    this.findings = [];
    this.failures = [];
    return {
      findings,
      failures,
      files: this.files,
      folders: this.folderCount,
      failureCount: this.failureCount,
      counts: { ...this.counts },
      at,
      end: this.end,
    };
  }

  private entry(entry: FtsEntry): void {
    const path = `/${entry.path}`;
    if (entry.failure !== null) this.failed(path, entry.failure);
    const { vnode, name } = entry;
    if (vnode === null) return;
    this.leaveDownTo(entry.depth);
    const { attr } = vnode;
    const isFolder = attr.type === 'dir';
    if (isFolder) this.folderCount += 1;
    else this.files += 1;
    const marks = isHidden(name, attr);
    const extension = extensionOf(name);
    const folder = this.folders[this.folders.length - 1];
    if (folder.entries.length < MAX_SIBLINGS) folder.entries.push({ name, isFolder, extension, ...marks });
    const tell = this.tellOf(path, marks.hidden);
    misleadingName(name, isFolder, extension, tell);
    mixedScript(name, tell);
    illegalName(name, this.host, tell);
    attributes(attr, this.mount.sizeBytes, this.host, tell);
    this.guarded(path, () => {
      if (isFolder) actingFolder(name, extension, attr, tell);
      else if (attr.type === 'symlink') outsideLink(this.mount.readlink(vnode), entry.depth, tell);
      else if (attr.type === 'file')
        this.file(examinedFile(this.mount, vnode, name, entry.depth === 1), vnode, folder.path, tell);
    });
    if (isFolder || attr.type === 'file') this.examineStreams(vnode, path);
    if (isFolder && entry.failure === null) this.folders.push({ path, entries: [] });
  }

  private file(file: ExaminedFile, vnode: Vnode, folder: string, tell: Tell): void {
    this.sharedContent(vnode, { folder, name: file.name }, tell);
    autorun(file, tell);
    shortcuts(file, tell);
    if (file.sizeBytes === 0) return;
    programs(file, tell);
    const { mime } = file.type();
    const members = zipDirectory(file);
    if (members !== null) {
      zipArchive(file, members, tell);
      officePackage(file, members, tell);
    } else if (mime === 'application/pdf') pdf(file, tell);
    else if (mime === 'application/rtf' || file.extension === 'rtf') richText(file, tell);
    else if (file.type().class === 'archive') otherArchive(file, mime, tell);
    else compoundDocument(file, tell);
  }

  /** On a sound file system each file has its own clusters. */
  private sharedContent(vnode: Vnode, place: FilePlace, tell: Tell): void {
    if (!UNSHARED.has(this.mount.info.fs) || vnode.attr.size === 0 || this.starts.size >= MAX_STARTS) return;
    const start = this.mount.mediumRun(vnode, 0)?.deviceOffset ?? null;
    if (start === null) return;
    const other = this.starts.get(start);
    if (other !== undefined) tell('shared-content', { quote: `${other.folder}/${other.name}` });
    else this.starts.set(start, place);
  }

  private examineStreams(vnode: Vnode, path: string): void {
    if (!WITH_STREAMS.has(this.mount.info.fs)) return;
    this.guarded(path, () => {
      const read = (name: string, lengthBytes: number) => {
        const into = new Uint8Array(lengthBytes);
        return into.subarray(0, this.mount.readextattr(vnode, name, 0, into));
      };
      streams(this.mount.listextattr(vnode), read, this.tellOf(path, isHidden('', vnode.attr).hidden));
    });
  }

  /** Leaves folders until `depth` of them are open, the root being the first: what their entries are beside each other is told now. */
  private leaveDownTo(depth: number): void {
    while (this.folders.length > depth) {
      const left = this.folders.pop();
      if (left === undefined) return;
      siblings(left.entries, this.host, (sibling, kind, telling) =>
        this.tellOf(`${left.path}/${sibling.name}`, sibling.hidden)(kind, telling),
      );
    }
  }

  /** For one file or folder. That it is a program is not told once more where that is the danger. */
  private tellOf(path: string, hidden: boolean): Tell {
    let isDangerous = false;
    return (kind: FindingKind, telling: Telling = {}) => {
      if (isDangerous && (kind === 'program' || kind === 'script')) return;
      isDangerous ||= (telling.severity ?? KINDS[kind]) === 'danger';
      const count = (this.counts[kind] ?? 0) + 1;
      this.counts[kind] = count;
      if (count > MAX_OF_A_KIND) return;
      const finding: Finding = { kind, severity: KINDS[kind], path, hidden, ...telling };
      if (telling.quote !== undefined) finding.quote = telling.quote.slice(0, MAX_QUOTE);
      if (finding.quote === '') delete finding.quote;
      this.findings.push(finding);
    };
  }

  /** A file that cannot be read is told as that, and the scan goes on. */
  private guarded(path: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      const failure = asKernelError(error);
      if (failure.kind === 'removed') throw failure;
      this.failed(path, failure);
    }
  }

  private failed(path: string, failure: KernelError): void {
    this.failureCount += 1;
    if (this.failureCount > MAX_FAILURES) return;
    this.failures.push({ path, failure: this.report(failure) });
  }
}
