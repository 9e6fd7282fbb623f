/** Operations on the files of an NTFS volume. */

import { damaged, KernelError, requestError } from '../../rump/errno.ts';
import { bytesFromName } from '../../rump/vfs/names.ts';
import type { Dirent, Extattr, Properties, Vattr, VnodeType, Vnops } from '../../rump/vfs/vnode.ts';
import { bmapContent, isContentPlain, openContent, readFile } from './content.ts';
import { indexEntries } from './directory.ts';
import {
  ATTRIB_DIRECTORY,
  ATTRIB_NORMAL,
  ATTRIBUTE_COMPRESSED_LZNT1,
  ATTRIBUTE_ENCRYPTED,
  ATTRIBUTE_SPARSE,
  DATA,
  FILE_NAME,
  FILE_NAME_LENGTH,
  FILE_NAME_NAMESPACE,
  FILE_NAME_TEXT,
  FILE_ROOT,
  FIRST_USER_RECORD,
  fileNameText,
  NAMESPACE_DOS_BIT,
  recordNumberAt,
} from './format.ts';
import { findName } from './indexlookup.ts';
import type { IndexEntry } from './indexnode.ts';
import { findAttribute, findAttributes, type Inode, load, newInode, openStream } from './inode.ts';
import { type InterixFile, interixFile } from './interix.ts';
import { linkTarget } from './linktarget.ts';
import { reparsePoint, TAG_WOF, TYPE_OF_TAG, tagName } from './reparse.ts';
import { standardInformation } from './standard.ts';
import { allocatedBytes, checkSizes, readStream } from './stream.ts';
import type { Volume } from './volume.ts';
import { WOF_STREAM, wofAlgorithm } from './wof.ts';
import { wslMetadata } from './wslmetadata.ts';

/** Name space of extended attributes under which streams are listed, as ntfs-3g does. */
const STREAM_PREFIX = 'user.';

export function ntfsVnops(volume: Volume): Vnops<Inode> {
  return {
    getattr: (inode) => getattr(volume, inode),
    readdir: (dir) => readdir(volume, dir),
    lookup: (dir, name) => lookup(volume, dir, name),
    isMapped: (file) => isContentPlain(openContent(volume, file)),
    bmap: (file, fileOffset) => bmapContent(volume, openContent(volume, file), fileOffset),
    read: (file, fileOffset, into) => readFile(volume, openContent(volume, file), fileOffset, into),
    readlink: (link) => readlink(volume, link),
    listextattr: (inode) => listextattr(volume, inode),
    readextattr: (inode, name, offset, into) => readextattr(volume, inode, name, offset, into),
    properties: (inode) => properties(volume, inode),
  };
}

/** What kind of file it is. */
function typeOf(volume: Volume, inode: Inode, interix: InterixFile | null): VnodeType {
  if (inode.streamName !== '') return 'file';
  const reparse = reparsePoint(volume, inode);
  const tagged = reparse === null ? undefined : TYPE_OF_TAG.get(reparse.tag);
  if (tagged !== undefined) return tagged;
  return load(volume, inode).record.isDirectory ? 'dir' : (interix?.type ?? 'file');
}

function getattr(volume: Volume, inode: Inode): Vattr {
  const { record } = load(volume, inode);
  const standard = standardInformation(volume, inode);
  const attributes = attributeWord(standard?.attributes ?? 0, record.isDirectory);
  const isPlainFile = !record.isDirectory && inode.streamName === '' && reparsePoint(volume, inode) === null;
  const interix = isPlainFile ? interixFile(volume, inode, attributes) : null;
  const type = typeOf(volume, inode, interix);
  const data = findAttribute(volume, inode, DATA, inode.streamName);
  if (data !== null) checkSizes(volume, data);
  const wsl = wslMetadata(volume, inode);
  const attr: Vattr = {
    type,
    fileid: inode.number,
    size: type === 'file' ? (data?.dataSize ?? 0) : 0,
    allocatedBytes: data === null ? 0 : allocatedBytes(data),
    mode: wsl.mode,
    nlink: record.linkCount,
    uid: wsl.uid,
    gid: wsl.gid,
    mtime: standard?.mtime ?? null,
    atime: standard?.atime ?? null,
    ctime: standard?.ctime ?? null,
    birthtime: standard?.birthtime ?? null,
    dosAttributes: attributes,
  };
  const rdev = interix?.rdev ?? wsl.rdev;
  if ((type === 'chr' || type === 'blk') && rdev != null) attr.rdev = rdev;
  if (type === 'symlink') attr.size = bytesFromName(readlink(volume, inode), 'utf16').length;
  return attr;
}

/** The attribute word as Windows shows it: what kind of record it is decides about directories, and no bit at all is shown as 'normal'. */
function attributeWord(recorded: number, isDirectory: boolean): number {
  const word = isDirectory ? recorded | ATTRIB_DIRECTORY : recorded & ~ATTRIB_DIRECTORY;
  return word === 0 ? ATTRIB_NORMAL : word >>> 0;
}

function* readdir(volume: Volume, dir: Inode): Generator<Dirent<Inode> | KernelError, void> {
  for (const entry of indexEntries(volume, dir)) {
    if (entry instanceof KernelError) yield entry;
    else if (isShown(volume, dir, entry)) yield direntOf(dir, entry);
    else if (isStray(dir, entry)) {
      yield damaged("a directory names one of the file system's own files", { found: entry.number });
    }
  }
}

/** The file system's own files are in the root, and shown there if asked for; the root's entry for itself is '.' and never shown. */
function isShown(volume: Volume, dir: Inode, entry: IndexEntry): boolean {
  const { number } = entry;
  if (number >= FIRST_USER_RECORD) return true;
  return volume.showSystemFiles && number !== FILE_ROOT && !isStray(dir, entry);
}

/** Whether a directory names a file that can only be in the root. */
function isStray(dir: Inode, { name, number }: IndexEntry): boolean {
  if (number >= FIRST_USER_RECORD) return false;
  return dir.number !== FILE_ROOT || (number === FILE_ROOT && name !== '.');
}

function direntOf(dir: Inode, entry: IndexEntry): Dirent<Inode> {
  const { name, number, sequence } = entry;
  return { name, fileid: number, type: null, node: newInode(number, sequence, dir.number) };
}

/** A name, or, where there is none such, 'name:stream'. */
function lookup(volume: Volume, dir: Inode, name: string): Dirent<Inode> | null {
  const entry = findName(volume, dir, name);
  if (entry !== null) return isShown(volume, dir, entry) ? direntOf(dir, entry) : null;
  const colon = name.indexOf(':');
  if (colon <= 0 || colon === name.length - 1) return null;
  const owner = findName(volume, dir, name.slice(0, colon));
  if (owner === null || !isShown(volume, dir, owner)) return null;
  const streamName = name.slice(colon + 1);
  const inode = newInode(owner.number, owner.sequence, dir.number, streamName);
  if (findAttribute(volume, inode, DATA, streamName) === null) return null;
  return { name, fileid: owner.number, type: 'file', node: inode };
}

function readlink(volume: Volume, link: Inode): string {
  const reparse = reparsePoint(volume, link);
  if (reparse !== null) return linkTarget(volume, link, reparse);
  const attributes = standardInformation(volume, link)?.attributes ?? 0;
  return interixFile(volume, link, attributes)?.target ?? '';
}

/** The named streams; that in which system compression keeps the content is not one of the user's. */
function listextattr(volume: Volume, inode: Inode): Extattr[] {
  if (inode.streamName !== '') return [];
  const isPacked = reparsePoint(volume, inode)?.tag === TAG_WOF;
  return findAttributes(volume, inode, DATA)
    .filter(({ name }) => name !== '' && !(isPacked && name === WOF_STREAM))
    .map((attribute) => {
      checkSizes(volume, attribute);
      return { name: STREAM_PREFIX + attribute.name, size: attribute.dataSize };
    });
}

function readextattr(volume: Volume, inode: Inode, name: string, offset: number, into: Uint8Array): number {
  const streamName = name.startsWith(STREAM_PREFIX) ? name.slice(STREAM_PREFIX.length) : '';
  const stream = streamName === '' ? null : openStream(volume, inode, DATA, streamName);
  if (stream === null) throw requestError('ENODATA', `no stream ${JSON.stringify(name)}`);
  return readStream(volume, stream, offset, into);
}

function properties(volume: Volume, inode: Inode): Properties {
  const facts: Properties = {};
  const reparse = reparsePoint(volume, inode);
  const dosName = shortName(volume, inode);
  if (dosName !== null) facts.dos_name = dosName;
  if (reparse !== null) {
    facts.reparse_tag = `0x${reparse.tag.toString(16).padStart(8, '0')}`;
    facts['Reparse point'] = tagName(reparse.tag);
  }
  const data = findAttribute(volume, inode, DATA, inode.streamName);
  const flags = data?.flags ?? 0;
  const packed = reparse?.tag === TAG_WOF ? wofAlgorithm(reparse) : null;
  if (packed !== null) facts.Compression = packed;
  else if ((flags & ATTRIBUTE_COMPRESSED_LZNT1) !== 0) facts.Compression = 'LZNT1';
  if ((flags & ATTRIBUTE_SPARSE) !== 0 && packed === null) facts.Sparse = true;
  if ((flags & ATTRIBUTE_ENCRYPTED) !== 0) facts.Encrypted = 'EFS';
  return facts;
}

/** The name for DOS that the file has in the directory where it was found. */
function shortName(volume: Volume, inode: Inode): string | null {
  for (const { bytes, dataAt, dataEnd, isResident } of findAttributes(volume, inode, FILE_NAME)) {
    const isWhole = isResident && dataAt + FILE_NAME_TEXT + 2 * bytes[dataAt + FILE_NAME_LENGTH] <= dataEnd;
    if (!isWhole || (bytes[dataAt + FILE_NAME_NAMESPACE] & NAMESPACE_DOS_BIT) === 0) continue;
    if (recordNumberAt(bytes, dataAt) === inode.parent) return fileNameText(bytes, dataAt);
  }
  return null;
}
