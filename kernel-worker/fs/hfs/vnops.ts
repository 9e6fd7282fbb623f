/** vnodeops(9) of hfs: HFS Plus, HFSX and HFS. */

import { damaged, type KernelError } from '../../rump/errno.ts';
import { nameFromBytes } from '../../rump/vfs/names.ts';
import { formatTimespec } from '../../rump/vfs/time.ts';
import type { Dirent, Extattr, Properties, Run, Vnops } from '../../rump/vfs/vnode.ts';
import { type AttributeTree, noAttribute, shownAttributeName, storedAttributeName } from './attributetree.ts';
import { compressionName, compressionOf, DECMPFS, Decompressor } from './decmpfs.ts';
import { CATALOG_FLAG, type Fork } from './format.ts';
import { attributesOf, type HfsNode } from './hfsnode.ts';
import { textOfMacRoman } from './macroman.ts';
import { checkForkSize, forkRun, readFork, type Volume } from './volume.ts';

/** Mac OS X allows a target 1023 bytes, Linux 4095. */
const MAX_TARGET = 4096;

const RESOURCE_FORK = 'com.apple.ResourceFork';
const FINDER_INFO = 'osx.com.apple.FinderInfo';

/** What the two catalogs have in common. */
export interface HfsCatalog {
  readdir(dir: HfsNode): Iterable<Dirent<HfsNode> | KernelError>;
  lookup?(dir: HfsNode, name: string): Dirent<HfsNode> | null;
  foldName?(name: string): string;
}

export function vnopsOf(volume: Volume, catalog: HfsCatalog, attributes: AttributeTree | null): Vnops<HfsNode> {
  const decompressor = new Decompressor(volume, attributes);
  const sizeOf = (node: HfsNode) => compressionOf(node, attributes)?.size ?? node.data.size;
  const vnops: Vnops<HfsNode> = {
    getattr: (node) => attributesOf(node, sizeOf(node), volume.blockSize),
    readdir: (dir) => catalog.readdir(dir),
    isMapped: (file) => compressionOf(file, attributes) === null,
    bmap: (file, fileOffset) => bmap(volume, file.data, fileOffset),
    read: (file, fileOffset, into) => decompressor.read(file, fileOffset, into),
    readlink: (link) => readlink(volume, link),
    listextattr: (node) => listAttributes(attributes, node),
    readextattr: (node, name, offset, into) => readAttribute(volume, attributes, node, name, offset, into),
    properties: (node) => propertiesOf(node, attributes),
  };
  if (catalog.lookup) vnops.lookup = (dir, name) => catalog.lookup?.(dir, name) ?? null;
  if (catalog.foldName) vnops.foldName = (name) => catalog.foldName?.(name) ?? name;
  return vnops;
}

function bmap(volume: Volume, fork: Fork, fileOffset: number): Run {
  checkForkSize(volume, fork);
  return forkRun(volume, fork, fileOffset);
}

function readlink(volume: Volume, link: HfsNode): string {
  const { size } = link.data;
  if (size === 0 || size > MAX_TARGET)
    throw damaged('a symbolic link has an impossible length', { expected: `1 to ${MAX_TARGET}`, found: size });
  const content = new Uint8Array(size);
  readFork(volume, link.data, 0, content);
  const end = content.indexOf(0);
  return nameFromBytes(end < 0 ? content : content.subarray(0, end));
}

/** Of links and device nodes the Finder's bytes are what marks them as such. */
function hasFinderInfo(node: HfsNode): boolean {
  return node.finderInfo !== null && (node.type === 'file' || node.type === 'dir');
}

/** Of a compressed file the resource fork holds its content. */
function hasResourceFork(node: HfsNode, attributes: AttributeTree | null): boolean {
  return node.resource.size > 0 && compressionOf(node, attributes) === null;
}

function listAttributes(attributes: AttributeTree | null, node: HfsNode): Extattr[] {
  const list: Extattr[] = [];
  if (hasFinderInfo(node)) list.push({ name: FINDER_INFO, size: 32 });
  if (hasResourceFork(node, attributes)) list.push({ name: RESOURCE_FORK, size: node.resource.size });
  if (attributes === null || (node.catalogFlags & CATALOG_FLAG.hasAttributes) === 0) return list;
  const isCompressed = compressionOf(node, attributes) !== null;
  for (const { name, size } of attributes.list(node.cnid))
    if (!isCompressed || name !== DECMPFS) list.push({ name: shownAttributeName(name), size });
  return list;
}

function readAttribute(
  volume: Volume,
  attributes: AttributeTree | null,
  node: HfsNode,
  name: string,
  offset: number,
  into: Uint8Array,
): number {
  if (name === FINDER_INFO && hasFinderInfo(node) && node.finderInfo !== null) {
    const part = node.finderInfo.subarray(offset, offset + into.length);
    into.set(part);
    return part.length;
  }
  if (name === RESOURCE_FORK && hasResourceFork(node, attributes)) {
    checkForkSize(volume, node.resource);
    const part = into.subarray(0, Math.max(0, Math.min(into.length, node.resource.size - offset)));
    if (part.length > 0) readFork(volume, node.resource, offset, part);
    return part.length;
  }
  const found = attributes?.find(node.cnid, storedAttributeName(name)) ?? null;
  if (attributes === null || found === null) throw noAttribute(name);
  return attributes.read(found, offset, into);
}

/** Flags of chflags(2), by the bits of HfsNode.bsdFlags. */
const FLAG_WORDS: ReadonlyArray<[flag: number, word: string]> = [
  [0x01, 'nodump'],
  [0x02, 'uchg'],
  [0x04, 'uappnd'],
  [0x08, 'opaque'],
  [0x20, 'compressed'],
  [0x10000, 'archived'],
  [0x20000, 'schg'],
  [0x40000, 'sappnd'],
];

function propertiesOf(node: HfsNode, attributes: AttributeTree | null): Properties {
  const properties: Properties = { 'Catalog node id': node.cnid };
  if (node.linkCnid !== null) properties['Hard link'] = `by way of catalog node ${node.linkCnid}`;
  if (node.type === 'file' && node.finderInfo !== null) {
    properties['File type'] = textOfMacRoman(node.finderInfo.subarray(0, 4)).replaceAll('\0', ' ');
    properties.Creator = textOfMacRoman(node.finderInfo.subarray(4, 8)).replaceAll('\0', ' ');
  }
  const words = FLAG_WORDS.filter(([flag]) => (node.bsdFlags & flag) !== 0).map(([, word]) => word);
  if ((node.catalogFlags & CATALOG_FLAG.locked) !== 0) words.push('locked');
  if (words.length > 0) properties.Flags = words.join(', ');
  const compression = compressionOf(node, attributes);
  if (compression !== null) properties.Compression = compressionName(compression.type);
  if (node.backedUp !== null) properties['Backed up'] = formatTimespec(node.backedUp) ?? '';
  return properties;
}
