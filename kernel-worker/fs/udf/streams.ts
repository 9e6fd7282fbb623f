/**
 * What is kept beside a file's content and can be read as an extended attribute: named streams (UDF 2.60, 3.3.5) and the Macintosh's and OS/2's
 * implementation use attributes (3.3.4.5).
 */

import { asKernelError, KernelError, removedError, requestError } from '../../rump/errno.ts';
import { u16le } from '../../rump/vfs/bytes.ts';
import { nameFromBytes } from '../../rump/vfs/names.ts';
import type { Extattr } from '../../rump/vfs/vnode.ts';
import { attributesOf } from './attributes.ts';
import { readFile, type Store } from './content.ts';
import { identifiersOf } from './directory.ts';
import type { Content } from './extents.ts';
import type { FileEntry } from './fileentry.ts';
import { readFileEntry } from './icb.ts';

/** Streams of one file that are looked at: each costs a block read. */
const MAX_STREAMS = 1024;
/** UDF defines four streams of a volume. */
const MAX_SYSTEM_STREAMS = 16;
const RESOURCE_FORK = 'com.apple.ResourceFork';
const FINDER_INFO = 'com.apple.FinderInfo';

/** UDF 2.60, 3.3.4.5.4.2: two bytes of padding, the parent's id of four bytes, then the Finder's two records of 16 bytes each. */
const FINDER_INFO_AT = 6;
const FINDER_INFO_BYTES = 32;

/** Streams whose names mean the same as an attribute that other systems have. */
const KNOWN_STREAMS: Readonly<Record<string, string>> = { '*UDF Macintosh Resource Fork': RESOURCE_FORK };

/** One attribute: a stream's file, or bytes. */
type Value = { stream: Content } | { bytes: Uint8Array };

/** Streams before implementation use attributes. EUCLEAN, EIO of the stream directory itself; a damaged stream is left out. */
function* valuesOf(store: Store, entry: FileEntry): Generator<[string, Value]> {
  if (entry.streams !== null) {
    const directory: Content = { entry: readFileEntry(store.volume, entry.streams), extents: null };
    let count = 0;
    for (const item of identifiersOf(store, directory)) {
      if (item instanceof KernelError) continue;
      count += 1;
      if (count > MAX_STREAMS) break;
      const stream = entryOrNull(store, item.address);
      if (stream !== null)
        yield [KNOWN_STREAMS[item.name] ?? `user.${item.name}`, { stream: { entry: stream, extents: null } }];
    }
  }
  const uses = attributesOf(store, entry).implementationUse;
  const useNamed = (name: string) => uses.find((use) => use.name === name)?.bytes;
  const finderInfo = useNamed('*UDF Mac FinderInfo');
  if (finderInfo !== undefined && finderInfo.length >= FINDER_INFO_AT + FINDER_INFO_BYTES)
    yield [FINDER_INFO, { bytes: finderInfo.subarray(FINDER_INFO_AT, FINDER_INFO_AT + FINDER_INFO_BYTES) }];
  const os2 = useNamed('*UDF OS/2 EA');
  if (os2 !== undefined) yield* os2Attributes(os2);
}

function entryOrNull(store: Store, address: FileEntry['address']): FileEntry | null {
  try {
    return readFileEntry(store.volume, address);
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind === 'removed') throw removedError();
    return null;
  }
}

/** OS/2's full extended attributes: flags, length of the name, length of the value, name, value (UDF 2.60, 3.3.4.5.3.1). */
function* os2Attributes(bytes: Uint8Array): Generator<[string, Value]> {
  let at = 0;
  while (at + 4 < bytes.length) {
    const nameLength = bytes[at + 1];
    const valueAt = at + 4 + nameLength;
    const end = valueAt + u16le(bytes, at + 2);
    if (nameLength === 0 || end > bytes.length) return;
    yield [`user.${nameFromBytes(bytes.subarray(at + 4, valueAt))}`, { bytes: bytes.subarray(valueAt, end) }];
    at = end;
  }
}

function hasAny(entry: FileEntry): boolean {
  return entry.streams !== null || entry.attributeFile !== null || entry.attributesLength > 0;
}

function sizeOf(value: Value): number {
  return 'stream' in value ? value.stream.entry.size : value.bytes.length;
}

/** Names of the volume's own streams. Whatever is wrong with them is left out: they are told and nothing more. */
export function systemStreamNames(store: Store, address: FileEntry['address']): string[] {
  const entry = entryOrNull(store, address);
  const names: string[] = [];
  if (entry === null) return names;
  for (const item of identifiersOf(store, { entry, extents: null })) {
    if (names.length === MAX_SYSTEM_STREAMS) break;
    if (!(item instanceof KernelError)) names.push(item.name);
  }
  return names;
}

export function listStreams(store: Store, entry: FileEntry): Extattr[] {
  if (!hasAny(entry)) return [];
  const listed = new Map<string, Extattr>();
  for (const [name, value] of valuesOf(store, entry))
    if (!listed.has(name)) listed.set(name, { name, size: sizeOf(value) });
  return [...listed.values()];
}

/** ENODATA if there is none of that name. */
export function readStream(store: Store, entry: FileEntry, name: string, offset: number, into: Uint8Array): number {
  for (const [found, value] of hasAny(entry) ? valuesOf(store, entry) : []) {
    if (found !== name) continue;
    const part = into.subarray(0, Math.max(0, Math.min(into.length, sizeOf(value) - offset)));
    if ('stream' in value) readFile(store, value.stream, offset, part);
    else part.set(value.bytes.subarray(offset, offset + part.length));
    return part.length;
  }
  throw requestError('ENODATA', `no attribute ${JSON.stringify(name)}`);
}
