/** What the list of a 7z archive says of its packed streams and of the folders of methods that unpack them (7zFormat.txt of the LZMA SDK, "Streams Info"). */

import { MAX_ENTRIES } from './archive-entry.ts';
import { ArchiveError } from './archive-error.ts';
import { type Has, PART, type SevenZipBytes } from './seven-zip-bytes.ts';

/** As many as 7-Zip allows, which itself writes four at most. */
const MAX_CODERS = 32;
const MAX_CODER_STREAMS = 32;
/** A list below its limit of bytes, with names and checksums, does not reach it. */
const MAX_FOLDERS = 1_000_000;
const AES = '06f10701';

export interface Coder {
  /** The method's id in hexadecimal digits. */
  id: string;
  properties: Uint8Array;
}

/** One content that comes out of a folder. */
export interface Stream {
  sizeBytes: number;
  encrypted: boolean;
}

export interface Streams {
  folderCount: number;
  /** The first of them: an encoded header has no other. */
  first: { packedAt: number; packedBytes: number; unpackedBytes: number; crc: number | null; coders: Coder[] } | null;
  /** Contents in the order of the files that have one, not more of them than are shown. */
  contents: Stream[];
  /** Of all folders; at most 2^53. */
  unpackedBytes: number;
  /** Any of the folders, also of what is not shown. */
  encrypted: boolean;
}

interface Packed {
  at: number;
  firstBytes: number;
}

/** All folders, in arrays: there may be one for each file. */
interface Folders {
  count: number;
  firstCoders: Coder[];
  encrypted: Uint8Array;
  unpackedBytes: Float64Array;
  hasCrc: Has;
  firstCrc: number | null;
}

const NO_FOLDERS: Folders = {
  count: 0,
  firstCoders: [],
  encrypted: new Uint8Array(0),
  unpackedBytes: new Float64Array(0),
  hasCrc: () => false,
  firstCrc: null,
};

/** From behind the id of the part. ArchiveError `damaged`, `codec`, `too-large`. */
export function readStreams(bytes: SevenZipBytes): Streams {
  let packed: Packed = { at: 0, firstBytes: 0 };
  let folders = NO_FOLDERS;
  let contents: Stream[] | null = null;
  let last = 0;
  for (let part = bytes.number(); part !== PART.end; part = bytes.number()) {
    // Each once: what is counted over all folders must not be counted for each byte.
    if (part <= last) throw new ArchiveError('damaged');
    last = part;
    if (part === PART.packInfo) packed = readPackInfo(bytes);
    else if (part === PART.unpackInfo) folders = readFolders(bytes);
    else if (part === PART.subStreams) contents = readContents(bytes, folders);
    else throw new ArchiveError('damaged');
  }
  return {
    folderCount: folders.count,
    first:
      folders.count === 0
        ? null
        : {
            packedAt: packed.at,
            packedBytes: packed.firstBytes,
            unpackedBytes: folders.unpackedBytes[0],
            crc: folders.firstCrc,
            coders: folders.firstCoders,
          },
    contents: contents ?? contentsOf(folders),
    unpackedBytes: folders.unpackedBytes.reduce((sum, size) => Math.min(sum + size, Number.MAX_SAFE_INTEGER), 0),
    encrypted: folders.encrypted.includes(1),
  };
}

export function isEncrypted(coders: readonly Coder[]): boolean {
  return coders.some(({ id }) => id === AES);
}

function readPackInfo(bytes: SevenZipBytes): Packed {
  const at = bytes.number();
  const count = bytes.number();
  let firstBytes = 0;
  for (let part = bytes.number(); part !== PART.end; part = bytes.number()) {
    if (part === PART.size) firstBytes = readSizes(bytes, count);
    else if (part === PART.crc) bytes.digests(count);
    else bytes.skip();
  }
  return { at, firstBytes };
}

/** Gives the first. */
function readSizes(bytes: SevenZipBytes, count: number): number {
  let first = 0;
  for (let i = 0; i < count; i++) {
    const size = bytes.number();
    if (i === 0) first = size;
  }
  return first;
}

function readFolders(bytes: SevenZipBytes): Folders {
  bytes.expect(PART.folder);
  // Of each: how many coders, one coder, and the size that it unpacks to.
  const count = bytes.count(3);
  if (count > MAX_FOLDERS) throw new ArchiveError('too-large');
  bytes.expectHere();
  const encrypted = new Uint8Array(count);
  const outputs = new Uint16Array(count);
  const last = new Uint16Array(count);
  let firstCoders: Coder[] = [];
  for (let i = 0; i < count; i++) {
    const folder = readFolder(bytes);
    if (i === 0) firstCoders = folder.coders;
    encrypted[i] = isEncrypted(folder.coders) ? 1 : 0;
    outputs[i] = folder.outputs;
    last[i] = folder.lastOutput;
  }
  bytes.expect(PART.codersUnpackSize);
  const unpackedBytes = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    for (let output = 0; output < outputs[i]; output++) {
      const size = bytes.number();
      if (output === last[i]) unpackedBytes[i] = size;
    }
  }
  const folders = { ...NO_FOLDERS, count, firstCoders, encrypted, unpackedBytes };
  for (let part = bytes.number(); part !== PART.end; part = bytes.number()) {
    if (part !== PART.crc) {
      bytes.skip();
      continue;
    }
    const { has, first } = bytes.digests(count);
    folders.hasCrc = has;
    folders.firstCrc = first;
  }
  return folders;
}

/** The methods of a folder, and which of their outputs is what the whole folder gives: the one that no other method takes in. */
function readFolder(bytes: SevenZipBytes): { coders: Coder[]; outputs: number; lastOutput: number } {
  const coderCount = bytes.number();
  if (coderCount < 1 || coderCount > MAX_CODERS) throw new ArchiveError('damaged');
  const coders: Coder[] = [];
  let inputs = 0;
  let outputs = 0;
  for (let i = 0; i < coderCount; i++) {
    const coder = readCoder(bytes);
    coders.push(coder);
    inputs += coder.inputs;
    outputs += coder.outputs;
  }
  const bonds = outputs - 1;
  if (bonds > inputs) throw new ArchiveError('damaged');
  const taken = new Set<number>();
  for (let i = 0; i < bonds; i++) {
    bytes.number();
    taken.add(bytes.number());
  }
  const packedStreams = inputs - bonds;
  for (let i = 0; packedStreams > 1 && i < packedStreams; i++) bytes.number();
  const lastOutput = Array.from({ length: outputs }, (_, i) => i).find((i) => !taken.has(i));
  if (lastOutput === undefined) throw new ArchiveError('damaged');
  return { coders, outputs, lastOutput };
}

function readCoder(bytes: SevenZipBytes): Coder & { inputs: number; outputs: number } {
  const flags = bytes.byte();
  const id = Array.from(bytes.take(flags & 0x0f), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const [inputs, outputs] = flags & 0x10 ? [bytes.number(), bytes.number()] : [1, 1];
  const properties = flags & 0x20 ? bytes.take(bytes.number()) : new Uint8Array(0);
  if (inputs > MAX_CODER_STREAMS || outputs < 1 || outputs > MAX_CODER_STREAMS) throw new ArchiveError('damaged');
  return { id, properties, inputs, outputs };
}

/** Where nothing else is said, each folder holds one content. */
function contentsOf({ count, unpackedBytes, encrypted }: Folders): Stream[] {
  return Array.from({ length: Math.min(count, MAX_ENTRIES) }, (_, i) => ({
    sizeBytes: unpackedBytes[i],
    encrypted: encrypted[i] !== 0,
  }));
}

function readContents(bytes: SevenZipBytes, folders: Folders): Stream[] {
  let part = bytes.number();
  const counts = new Float64Array(folders.count).fill(1);
  if (part === PART.unpackStreamCounts) {
    for (let i = 0; i < folders.count; i++) counts[i] = bytes.number();
    part = bytes.number();
  }
  const contents: Stream[] = [];
  const add = (folder: number, sizeBytes: number) => {
    if (contents.length < MAX_ENTRIES) contents.push({ sizeBytes, encrypted: folders.encrypted[folder] !== 0 });
  };
  const hasSizes = part === PART.size;
  let withoutCrc = 0;
  for (let i = 0; i < folders.count; i++) {
    if (counts[i] !== 1 || !folders.hasCrc(i)) withoutCrc += counts[i];
    if (counts[i] === 0) continue;
    if (!hasSizes && counts[i] > 1) throw new ArchiveError('damaged');
    // The last takes what is left of the folder.
    let left = folders.unpackedBytes[i];
    for (let content = 1; content < counts[i]; content++) {
      const size = bytes.number();
      left -= size;
      add(i, size);
    }
    if (left < 0) throw new ArchiveError('damaged');
    add(i, left);
  }
  if (hasSizes) part = bytes.number();
  for (; part !== PART.end; part = bytes.number()) {
    if (part === PART.crc) bytes.digests(withoutCrc);
    else bytes.skip();
  }
  return contents;
}
