/** The operations on files of an ISO 9660 volume (vnops of NetBSD's cd9660). */

import { damaged } from '../../rump/errno.ts';
import type { Properties, Vattr, Vnops } from '../../rump/vfs/vnode.ts';
import { readRecorded, runAt } from './content.ts';
import { loadOwnRecord, readDirectory } from './directory.ts';
import { extendedAttributes } from './extendedattributes.ts';
import { FLAG } from './format.ts';
import { nameOf } from './identifier.ts';
import type { IsoNode } from './node.ts';
import type { Volume } from './volume.ts';
import { readInflated } from './zisofs.ts';

export function vnops(volume: Volume): Vnops<IsoNode> {
  return {
    getattr: (node) => attributes(volume, node),
    readdir: (dir) => readDirectory(volume, dir),
    isMapped: (node) => volume.mapped && node.compression === null && node.unreadable === null,
    bmap: (node, fileOffset) => runAt(volume, node, fileOffset),
    read(node, fileOffset, into) {
      if (node.unreadable !== null) throw node.unreadable;
      if (node.compression !== null) readInflated(volume, node, node.compression, fileOffset, into);
      else readRecorded(volume, node, fileOffset, into);
      return into.length;
    },
    readlink(node) {
      if (node.target === null) throw damaged('a symbolic link has no target', { byteOffset: node.recordOffset });
      return node.target;
    },
    properties: (node) => properties(volume, node),
  };
}

function attributes(volume: Volume, node: IsoNode): Vattr {
  if (node.type === 'dir' && !node.ownRecordLoaded) loadOwnRecord(volume, node);
  const attr: Vattr = {
    type: node.type,
    fileid: node.fileid,
    size: sizeOf(node),
    allocatedBytes: allocatedBytes(volume, node),
    mode: node.mode,
    nlink: node.nlink,
    uid: node.uid,
    gid: node.gid,
    mtime: node.mtime,
    atime: node.atime,
    ctime: node.ctime,
    birthtime: node.birthtime,
  };
  if (node.rdev !== null) attr.rdev = node.rdev;
  return attr;
}

function sizeOf(node: IsoNode): number {
  if (node.type === 'file') return node.compression?.size ?? node.recordedBytes;
  if (node.type === 'symlink') return node.targetBytes;
  return node.type === 'dir' ? node.recordedBytes : 0;
}

function allocatedBytes(volume: Volume, node: IsoNode): number {
  let blocks = 0;
  for (const section of node.sections) {
    blocks += section.attributeBlocks + Math.ceil(section.lengthBytes / volume.blockSize);
  }
  return blocks * volume.blockSize;
}

/** What only this format knows of a file. `path_raw` is the path of recorded identifiers, where it is not the path that is shown. */
function properties(volume: Volume, node: IsoNode): Properties {
  const found: Properties = {};
  if (volume.nameSpace === 'plain' || volume.nameSpace === 'enhanced') addRawPath(volume, node, found);
  else if (node.identifier !== '') found['ISO identifier'] = node.identifier;
  if ((node.flags & FLAG.hidden) !== 0) found.Hidden = true;
  if ((node.flags & FLAG.associated) !== 0) found['Associated file'] = true;
  if (node.sections.length > 1) found['File sections'] = node.sections.length;
  const { unitBlocks, gapBlocks } = node.sections[0];
  if (unitBlocks > 0) found.Interleaving = `${unitBlocks} of ${unitBlocks + gapBlocks} blocks`;
  if (node.compression !== null) {
    found.Compression = `zisofs version ${node.compression.version}`;
    found['Compressed size'] = node.recordedBytes;
  }
  if (node.disagreeing) found['Byte orders disagree'] = true;
  return { ...found, ...extendedAttributes(volume, node) };
}

/** A directory is never deeper than namei's paths; the bound is for what a damaged tree could claim. */
const MAX_RAW_DEPTH = 1024;

function addRawPath(volume: Volume, node: IsoNode, found: Properties): void {
  const parts: string[] = [];
  let isShown = true;
  for (
    let at: IsoNode | null = node;
    at !== null && at !== volume.root && parts.length < MAX_RAW_DEPTH;
    at = at.parent
  ) {
    isShown &&= nameOf(volume, at.identifier, at.type === 'dir') === at.identifier;
    parts.push(at.identifier);
  }
  if (!isShown) found.path_raw = `/${parts.reverse().join('/')}`;
}
