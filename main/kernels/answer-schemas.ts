/**
 * What a worker's messages must look like (kernel-worker/contract.ts). A worker interprets hostile bytes; should one of them ever take it over, what it
 * sends is all that it has left to do harm with. So nothing of it is used before it was checked here, and a worker that answers otherwise is ended.
 */

import * as v from 'valibot';
import type {
  EntryPage,
  EntryReport,
  FailureReport,
  FromWorker,
  HealthReport,
  LogLine,
  LookoutSlice,
  MediumReport,
  MountInfo,
  SpaceNode,
  SystemCallName,
  SystemCalls,
  Vattr,
} from '../../kernel-worker/contract.ts';
import { FAILURE_KINDS, FINDING_KINDS, PARTITION_SCHEMES } from './answer-words.ts';

/** Longer than any path that a mount gives (MAXPATHLEN), in UTF-16 units, and than any sentence. */
const MAX_TEXT = 100_000;
/** More than any list that is sent whole: partitions of a table, notices, facts of a file. */
const MAX_LIST = 20_000;
const MAX_EXTENTS = 256;

const text = v.pipe(v.string(), v.maxLength(MAX_TEXT));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const whole = v.pipe(v.number(), v.safeInteger());
const finite = v.pipe(v.number(), v.finite());
const bytes = v.instance(Uint8Array);

function list<Item extends v.GenericSchema>(item: Item) {
  return v.pipe(v.array(item), v.maxLength(MAX_LIST));
}

const failure: v.GenericSchema<unknown, FailureReport> = v.object({
  // The names are told as they are; no answer hangs on one that is not known.
  errno: v.custom<FailureReport['errno']>((value) => typeof value === 'string' && /^E[A-Z0-9]{1,20}$/.test(value)),
  kind: v.picklist(FAILURE_KINDS),
  message: text,
  byteOffset: v.optional(finite),
  expected: v.optional(v.union([text, finite])),
  found: v.optional(v.union([text, finite])),
});

const timespec = v.nullable(
  v.object({
    sec: whole,
    nsec: v.pipe(count, v.maxValue(999_999_999)),
    local: v.optional(v.literal(true)),
  }),
);

const vattr: v.GenericSchema<unknown, Vattr> = v.object({
  type: v.picklist(['file', 'dir', 'symlink', 'fifo', 'chr', 'blk', 'sock']),
  fileid: finite,
  size: count,
  allocatedBytes: v.nullable(count),
  mode: v.nullable(count),
  nlink: v.nullable(count),
  uid: v.nullable(count),
  gid: v.nullable(count),
  mtime: timespec,
  atime: timespec,
  ctime: timespec,
  birthtime: timespec,
  rdev: v.optional(v.object({ major: count, minor: count })),
  dosAttributes: v.optional(count),
});

const entry: v.GenericSchema<unknown, EntryReport> = v.object({
  name: text,
  attr: v.nullable(vattr),
  failure: v.optional(failure),
  target: v.optional(text),
});

const entryPage: v.GenericSchema<unknown, EntryPage> = v.object({
  entries: list(entry),
  failures: list(failure),
  end: v.boolean(),
});

const properties = v.record(text, v.union([text, finite, v.boolean()]));

const mountInfo: v.GenericSchema<unknown, MountInfo> = v.object({
  fs: text,
  title: text,
  label: v.nullable(text),
  uuid: v.nullable(text),
  state: v.object({ dirty: v.boolean(), errors: v.boolean(), notices: list(text) }),
  nameEncoding: v.picklist(['bytes', 'utf16']),
  facts: properties,
});

const extents = v.pipe(
  v.array(v.object({ mediumOffset: v.nullable(count), lengthBytes: count })),
  v.maxLength(MAX_EXTENTS),
);

const health: v.GenericSchema<unknown, HealthReport> = v.object({
  badPlaces: list(v.object({ byteOffset: finite, tries: count })),
  badPlaceCount: count,
  moreBadPlaces: v.boolean(),
  retriedReads: count,
  damage: list(failure),
  damageCount: count,
  moreDamage: v.boolean(),
});

const findingKind = v.picklist(FINDING_KINDS);
const lookoutSlice: v.GenericSchema<unknown, LookoutSlice> = v.object({
  findings: list(
    v.object({
      kind: findingKind,
      severity: v.picklist(['danger', 'note', 'harmless']),
      path: text,
      hidden: v.boolean(),
      quote: v.optional(text),
      sort: v.optional(
        v.picklist([
          ...(['windows', 'linux', 'mac', 'java', 'android'] as const),
          ...(['installer', 'script', 'shortcut', 'help', 'other'] as const),
        ]),
      ),
      bytes: v.optional(finite),
    }),
  ),
  failures: list(v.object({ path: text, failure })),
  files: count,
  folders: count,
  failureCount: count,
  counts: v.record(findingKind, count),
  at: text,
  end: v.boolean(),
});

const spaceNode: v.GenericSchema<unknown, SpaceNode> = v.object({
  name: text,
  kind: v.picklist(['folder', 'file']),
  bytes: finite,
  files: count,
  children: list(v.lazy(() => spaceNode)),
});
const spacePlaces = list(v.object({ path: text, bytes: finite, files: count }));

const logLine: v.GenericSchema<unknown, LogLine> = v.object({ atMs: finite, text });
const fd = v.object({ fd: count });

const contentType = v.object({
  mime: text,
  class: v.picklist(['document', 'picture', 'sound', 'video', 'text', 'archive', 'program', 'other']),
  charset: v.optional(v.picklist(['utf-8', 'utf-16le', 'utf-16be', 'latin1'])),
  failure: v.optional(failure),
});

const answers: { [Name in SystemCallName]: v.GenericSchema<unknown, ReturnType<SystemCalls[Name]>> } = {
  mount: v.object({ mount: count, info: mountInfo }),
  unmount: v.null(),
  statvfs: v.object({
    blockSize: count,
    totalBytes: finite,
    freeBytes: v.nullable(finite),
    files: v.nullable(finite),
    freeFiles: v.nullable(finite),
    nameMax: count,
  }),
  lstat: vattr,
  stat: vattr,
  readlink: text,
  describe: v.object({ properties, extattrs: list(v.object({ name: text, size: count })) }),
  readextattr: bytes,
  open: v.object({ fd: count, attr: vattr }),
  pread: bytes,
  extents: v.nullable(extents),
  locate: list(v.object({ extents: v.nullable(extents), failure: v.optional(failure) })),
  identify: list(contentType),
  identifyMedium: contentType,
  opendir: fd,
  ftsOpen: fd,
  readdir: entryPage,
  lookoutOpen: fd,
  lookoutNext: lookoutSlice,
  findOpen: fd,
  findRead: v.object({ entries: list(entry), looked: count, failures: count, end: v.boolean() }),
  sumOpen: fd,
  sumRead: v.object({
    files: count,
    folders: count,
    bytes: finite,
    failures: count,
    limited: v.boolean(),
    end: v.boolean(),
  }),
  sumView: v.object({ node: spaceNode, largestFiles: spacePlaces, largestFolders: spacePlaces }),
  close: v.null(),
  sync: v.null(),
  health,
  dmesg: list(logLine),
};

const partition = v.object({
  number: count,
  offsetBytes: count,
  sizeBytes: count,
  type: text,
  typeName: text,
  label: v.nullable(text),
  uuid: v.nullable(text),
  bootable: v.boolean(),
  container: v.boolean(),
  attributes: list(text),
});

const mediumReport: v.GenericSchema<unknown, MediumReport> = v.object({
  sizeBytes: count,
  sectorSize: v.pipe(count, v.minValue(1)),
  table: v.object({
    scheme: v.picklist(PARTITION_SCHEMES),
    sectorSize: v.pipe(count, v.minValue(1)),
    uuid: v.nullable(text),
    partitions: list(partition),
    wholeMedium: v.boolean(),
    notices: list(text),
  }),
  probes: v.record(
    v.string(),
    list(
      v.object({
        fs: text,
        title: text,
        label: v.nullable(text),
        uuid: v.nullable(text),
        dirty: v.nullable(v.boolean()),
        certainty: v.picklist([1, 2, 3]),
      }),
    ),
  ),
  lockdown: v.nullable(text),
});

const message: v.GenericSchema<unknown, FromWorker> = v.variant('type', [
  v.object({ type: v.literal('booted'), report: mediumReport }),
  v.object({ type: v.literal('boot-failed'), stage: v.picklist(['open', 'lockdown', 'read']), failure }),
  // The value is checked when it is known what was asked.
  v.object({ type: v.literal('answer'), id: count, value: v.unknown() }),
  v.object({ type: v.literal('failed'), id: count, failure }),
  v.object({ type: v.literal('log'), line: logLine }),
]);

/** Whether something that a worker sent is a message. */
export function isMessage(sent: unknown): sent is FromWorker {
  return isLike(message, sent);
}

/** Whether a value answers a call as the contract says, and not with more than was asked for. */
export function isAnswer<Name extends SystemCallName>(
  name: Name,
  args: Parameters<SystemCalls[Name]>,
  value: unknown,
): value is ReturnType<SystemCalls[Name]> {
  return isLike(answers[name], value) && isWithinAsked(name, args, value);
}

function isWithinAsked(name: SystemCallName, args: readonly unknown[], value: unknown): boolean {
  switch (name) {
    case 'pread':
    case 'readextattr':
      return value instanceof Uint8Array && value.length <= Number(args[args.length - 1]);
    case 'readdir':
      return (value as EntryPage).entries.length <= Number(args[1]);
    case 'locate':
    case 'identify':
      return Array.isArray(value) && Array.isArray(args[1]) && value.length === args[1].length;
    default:
      return true;
  }
}

/** What is nested deeper than the stack is high is like nothing. */
function isLike<Value>(schema: v.GenericSchema<unknown, Value>, value: unknown): value is Value {
  try {
    return v.is(schema, value);
  } catch {
    return false;
  }
}
