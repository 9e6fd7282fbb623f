/** The manifest of a mounted file system: one entry for each file, as `airlock manifest` prints it, sorted by the bytes of the path. */

import { asKernelError, type FailureReport, KernelError } from '../rump/errno.ts';
import { fts } from '../rump/vfs/fts.ts';
import { MAX_READ_BYTES } from '../rump/vfs/genfs.ts';
import type { Mount, Vnode } from '../rump/vfs/mount.ts';
import { bytesFromName, displayName } from '../rump/vfs/names.ts';
import { formatTimespec } from '../rump/vfs/time.ts';
import { DOS_ATTRIBUTE, type Vattr } from '../rump/vfs/vnode.ts';

export interface ManifestEntry {
  part?: number;
  path: string;
  /** The exact bytes of the path in base64, where they are not UTF-8. */
  path_b64?: string;
  type: Vattr['type'];
  size: number;
  mtime: string | null;
  mode: string | null;
  nlink: number | null;
  sha256?: string;
  target?: string;
  uid?: number;
  gid?: number;
  rdev?: string;
  ino?: number;
  xattrs?: Record<string, { size: number; sha256: string; hex?: string }>;
  attrs?: string;
  ntfs_attrib?: string;
  [property: string]: unknown;
}

/** An entry, or a part of one, that could not be read. */
export interface ManifestFailure extends FailureReport {
  path: string;
}

export interface Manifest {
  entries: ManifestEntry[];
  failures: ManifestFailure[];
}

export interface ManifestOptions {
  /** Read all content and give its SHA-256. */
  hash: boolean;
  /** Partition number to be written into each entry, or null. */
  part: number | null;
  /** Where the file system starts on the medium: failures' offsets are of the whole medium. */
  mediumOffset: number;
}

/** Values of extended attributes up to this size are printed in full. */
const MAX_HEX_BYTES = 256;
/** Attributes larger than this are listed by size only: no format allows more than a file's size, and hashing one is one system call's work. */
const MAX_EXTATTR_BYTES = 64 * 1024 * 1024;
/** Properties that go into the manifest under their own name. */
const PRINTED_PROPERTIES = ['reparse_tag', 'dos_name', 'path_raw', 'rsrc'] as const;

/** Walks the whole file system. Throws ENXIO only. */
export function manifestOf(mount: Mount, options: ManifestOptions): Manifest {
  const entries: ManifestEntry[] = [];
  const failures = eachManifestLine(mount, options, (line) => entries.push(JSON.parse(line)));
  return { entries, failures };
}

/**
 * Gives each entry to `line` as a line of JSON. The walk itself is sorted, directory by directory: 20,000 entries kept until all were sorted took
 * 35 MiB more, and longer.
 */
export function eachManifestLine(
  mount: Mount,
  options: ManifestOptions,
  line: (line: string) => void,
): ManifestFailure[] {
  const failures: ManifestFailure[] = [];
  const budget = contentBudget(mount);
  const fail = (path: string, failure: KernelError) => {
    const report: ManifestFailure = { path: displayName(path), ...failure.report() };
    if (report.byteOffset !== undefined) report.byteOffset += options.mediumOffset;
    failures.push(report);
  };
  for (const { path, vnode, failure } of fts(mount, mount.root, { sorted: true })) {
    const absolute = `/${path}`;
    if (failure !== null) fail(absolute, failure);
    if (vnode === null) continue;
    const entry = entryOf(mount, absolute, vnode, options);
    guarded(() => describe(mount, vnode, entry), absolute, fail);
    if (options.hash && vnode.attr.type === 'file')
      guarded(() => hashInto(mount, vnode, entry, budget), absolute, fail);
    line(JSON.stringify(entry));
  }
  return failures;
}

function guarded(work: () => void, path: string, fail: (path: string, failure: KernelError) => void): void {
  try {
    work();
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind === 'removed') throw failure;
    fail(path, failure);
  }
}

function entryOf(mount: Mount, path: string, vnode: Vnode, options: ManifestOptions): ManifestEntry {
  const { attr } = vnode;
  const entry: ManifestEntry = {
    part: options.part ?? undefined,
    path: displayName(path),
    type: attr.type,
    size: attr.size,
    mtime: attr.mtime === null ? null : formatTimespec(attr.mtime),
    mode: attr.mode === null ? null : attr.mode.toString(8).padStart(4, '0'),
    nlink: attr.nlink,
  };
  if (!path.isWellFormed())
    entry.path_b64 = Buffer.from(bytesFromName(path, mount.info.nameEncoding)).toString('base64');
  if (attr.uid !== null) entry.uid = attr.uid;
  if (attr.gid !== null) entry.gid = attr.gid;
  if (attr.rdev !== undefined) entry.rdev = `${attr.rdev.major}:${attr.rdev.minor}`;
  if (attr.nlink !== null && attr.nlink > 1 && attr.type !== 'dir') entry.ino = attr.fileid;
  if (attr.dosAttributes !== undefined) {
    if (mount.info.fs === 'ntfs') entry.ntfs_attrib = `0x${attr.dosAttributes.toString(16).padStart(8, '0')}`;
    else entry.attrs = dosAttributeLetters(attr.dosAttributes);
  }
  return entry;
}

function dosAttributeLetters(bits: number): string {
  const { readOnly, hidden, system, archive } = DOS_ATTRIBUTE;
  return `${bits & readOnly ? 'R' : ''}${bits & hidden ? 'H' : ''}${bits & system ? 'S' : ''}${bits & archive ? 'A' : ''}`;
}

/** Link target, extended attributes, properties. */
function describe(mount: Mount, vnode: Vnode, entry: ManifestEntry): void {
  if (vnode.attr.type === 'symlink') entry.target = displayName(mount.readlink(vnode));
  const properties = mount.printedProperties(vnode);
  if (properties !== null)
    for (const key of PRINTED_PROPERTIES) if (properties[key] !== undefined) entry[key] = properties[key];
  const attributes = mount.listextattr(vnode);
  if (attributes.length === 0) return;
  entry.xattrs = {};
  for (const { name, size } of attributes) entry.xattrs[displayName(name)] = extattrEntry(mount, vnode, name, size);
}

/** node:crypto is loaded by the first hash: 1.2 ms that a manifest without any need not spend. It lies in Node's own binary, so lockdown does not matter. */
const newSha256 = () => process.getBuiltinModule('node:crypto').createHash('sha256');

function extattrEntry(mount: Mount, vnode: Vnode, name: string, size: number) {
  const hash = newSha256();
  const chunk = new Uint8Array(Math.min(size, MAX_READ_BYTES));
  let done = 0;
  while (done < Math.min(size, MAX_EXTATTR_BYTES)) {
    const count = mount.readextattr(vnode, name, done, chunk.subarray(0, Math.min(chunk.length, size - done)));
    if (count === 0) break;
    hash.update(chunk.subarray(0, count));
    done += count;
  }
  const sha256 = hash.digest('hex');
  return size <= MAX_HEX_BYTES
    ? { size, sha256, hex: Buffer.from(chunk.subarray(0, done)).toString('hex') }
    : { size, sha256 };
}

/**
 * How many bytes of content are read in all: sparse and compressed files may claim more than the medium holds, but a medium that claims more than this
 * was made to keep its reader busy.
 */
function contentBudget(mount: Mount): { left: number } {
  const GENEROUS = 1024 ** 3;
  const EXPANSION = 64;
  return { left: GENEROUS + EXPANSION * mount.sizeBytes };
}

let sharedChunk: Uint8Array | null = null;

function hashInto(mount: Mount, vnode: Vnode, entry: ManifestEntry, budget: { left: number }): void {
  if (vnode.attr.size > budget.left) {
    throw new KernelError(
      'EFBIG',
      'damage',
      'the files claim far more content than the medium can hold; this one was not read',
      {
        expected: `at most ${budget.left} bytes`,
        found: vnode.attr.size,
      },
    );
  }
  budget.left -= vnode.attr.size;
  const hash = newSha256();
  sharedChunk ??= new Uint8Array(MAX_READ_BYTES);
  let offset = 0;
  while (offset < vnode.attr.size) {
    const count = mount.read(
      vnode,
      offset,
      sharedChunk.subarray(0, Math.min(sharedChunk.length, vnode.attr.size - offset)),
    );
    if (count === 0) break;
    hash.update(sharedChunk.subarray(0, count));
    offset += count;
  }
  if (offset !== vnode.attr.size) {
    throw new KernelError('EUCLEAN', 'damage', 'the content ends before its recorded size', {
      expected: vnode.attr.size,
      found: offset,
    });
  }
  entry.sha256 = hash.digest('hex');
}
