/** A mount of HFS, "Mac OS Standard": its trees opened, its state put into words (Inside Macintosh: Files, chapter 2). */

import { asKernelError } from '../../rump/errno.ts';
import { formatTimespec } from '../../rump/vfs/time.ts';
import type { MountArgs, Mounted, MountInfo, Statvfs } from '../../rump/vfs/vnode.ts';
import { BTree } from './btree.ts';
import { CLASSIC_NAME_MAX, ClassicCatalog } from './classiccatalog.ts';
import { decoderOf } from './encoding.ts';
import { overflowLookup } from './extentsoverflow.ts';
import { MAX_FILES, macSeconds, VOLUME_ATTRIBUTE } from './format.ts';
import { bareRoot, type HfsNode, rootOrBare } from './hfsnode.ts';
import { type ClassicLocation, titleOf } from './location.ts';
import type { MasterDirectoryBlock } from './mdb.ts';
import { swapSeparators } from './unicode.ts';
import { volumeUuid } from './uuid.ts';
import { vnopsOf } from './vnops.ts';
import type { Volume } from './volume.ts';

export function mountClassic({ device, options }: MountArgs, location: ClassicLocation): Mounted<HfsNode> {
  const { mdb } = location;
  const notices: string[] = [];
  if (location.isAlternate)
    notices.push('The master directory block is damaged; its alternate at the end of the volume was used.');
  const missing = mdb.firstBlockOffset + mdb.totalBlocks * mdb.blockSize - device.sizeBytes;
  if (missing > 0)
    notices.push(`The file system is ${missing} bytes longer than its device; what lies there is missing.`);
  const volume: Volume = {
    device,
    base: mdb.firstBlockOffset,
    blockSize: mdb.blockSize,
    totalBlocks: mdb.totalBlocks,
    overflow: null,
  };
  openOverflow(volume, mdb, notices);
  const decode = decoderOf(options.encoding);
  const catalog = new ClassicCatalog(new BTree(volume, mdb.catalog, 'catalog', false), decode);
  const root = rootOrBare(
    () => ({ node: catalog.root() }),
    { node: bareRoot() },
    (dir) => catalog.readdir(dir),
    (text) => notices.push(text),
  ).node;
  if ((mdb.attributes & VOLUME_ATTRIBUTE.inconsistent) !== 0)
    notices.push('The volume is marked as inconsistent: it should be checked before it is written to.');
  if ((mdb.attributes & VOLUME_ATTRIBUTE.sparedBlocks) !== 0) notices.push('The volume has bad blocks.');
  const label = swapSeparators(decode(mdb.volumeName));
  const info: MountInfo = {
    fs: 'hfs',
    title: titleOf(location),
    label: label === '' ? null : label,
    uuid: volumeUuid(mdb.identifier),
    state: {
      dirty: (mdb.attributes & VOLUME_ATTRIBUTE.unmounted) === 0,
      errors: (mdb.attributes & VOLUME_ATTRIBUTE.inconsistent) !== 0,
      notices,
    },
    nameEncoding: 'utf16',
    facts: factsOf(mdb),
  };
  return {
    info,
    device,
    vfsops: { root: () => root, statvfs: () => statvfs(mdb) },
    vnops: vnopsOf(volume, catalog, null),
  };
}

/** Without the tree, files with more than three extents cannot be read to their end: the others can. */
function openOverflow(volume: Volume, mdb: MasterDirectoryBlock, notices: string[]): void {
  try {
    const tree = new BTree(volume, mdb.extents, 'extents-overflow tree', false);
    volume.overflow = overflowLookup(tree, true);
  } catch (error) {
    if (asKernelError(error).kind === 'removed') throw error;
    notices.push('The extents-overflow tree cannot be read: fragmented files are cut off.');
  }
}

function factsOf(mdb: MasterDirectoryBlock): MountInfo['facts'] {
  const facts: MountInfo['facts'] = {
    'Block size': mdb.blockSize,
    Blocks: mdb.totalBlocks,
    Files: mdb.fileCount,
    Folders: mdb.folderCount,
  };
  const modified = macSeconds(mdb.modified);
  if (modified !== null) facts.Modified = formatTimespec({ sec: modified, nsec: 0, local: true }) ?? '';
  if ((mdb.attributes & (VOLUME_ATTRIBUTE.softwareLock | VOLUME_ATTRIBUTE.hardwareLock)) !== 0) facts.Locked = true;
  return facts;
}

function statvfs(mdb: MasterDirectoryBlock): Statvfs {
  return {
    blockSize: mdb.blockSize,
    totalBytes: mdb.totalBlocks * mdb.blockSize,
    freeBytes: Math.min(mdb.freeBlocks, mdb.totalBlocks) * mdb.blockSize,
    files: MAX_FILES,
    freeFiles: Math.max(0, MAX_FILES - mdb.fileCount - mdb.folderCount),
    nameMax: CLASSIC_NAME_MAX,
  };
}
