/** A mount of HFS Plus or HFSX: its trees opened, its state put into words. */

import { asKernelError } from '../../rump/errno.ts';
import { displayName } from '../../rump/vfs/names.ts';
import { formatTimespec } from '../../rump/vfs/time.ts';
import type { FsDevice, MountArgs, Mounted, MountInfo, Statvfs } from '../../rump/vfs/vnode.ts';
import { AttributeTree } from './attributetree.ts';
import { BTree } from './btree.ts';
import { Catalog } from './catalog.ts';
import { deviceForm, NAME_MAX } from './catalogrecord.ts';
import { overflowLookup } from './extentsoverflow.ts';
import {
  HEADER_BYTES,
  HEADER_OFFSET,
  MAX_FILES,
  macSeconds,
  parseVolumeHeader,
  VOLUME_ATTRIBUTE,
  type VolumeHeader,
} from './format.ts';
import { bareRoot, type HfsNode, rootOrBare } from './hfsnode.ts';
import { recoverJournal } from './journal.ts';
import { type PlusLocation, titleOf } from './location.ts';
import { volumeUuid } from './uuid.ts';
import { vnopsOf } from './vnops.ts';
import type { Volume } from './volume.ts';

/** keyCompareType of an HFSX catalog whose names are compared by their units' numbers. */
const BINARY_COMPARE = 0xbc;

export function mountPlus({ device, options, log }: MountArgs, location: PlusLocation): Mounted<HfsNode> {
  const notices = locationNotices(device, location);
  const recovered = recoverJournal(device, location, options.noload !== undefined, notices, log);
  const header = recovered.replayed ? newerHeader(recovered.device, location) : location.header;
  const volume: Volume = {
    device: recovered.device,
    base: location.base,
    blockSize: header.blockSize,
    totalBlocks: header.totalBlocks,
    overflow: null,
  };
  openOverflow(volume, header, notices);
  const tree = new BTree(volume, header.catalog, 'catalog', true);
  const catalog = new Catalog(tree, {
    binary: header.isHfsx && tree.keyCompareType === BINARY_COMPARE,
    nodecompose: options.nodecompose !== undefined,
    devices: deviceForm(header.lastMountedVersion),
  });
  const root = rootOrBare(
    () => catalog.root(),
    { node: bareRoot(), name: '' },
    (dir) => catalog.readdir(dir),
    (text) => notices.push(text),
  );
  const attributes = openAttributes(volume, header, notices);
  // An alternate keeps the flags of the time when the volume was mounted.
  const isInconsistent = !location.isAlternate && (header.attributes & VOLUME_ATTRIBUTE.inconsistent) !== 0;
  notices.push(...stateNotices(header, isInconsistent));
  const info: MountInfo = {
    fs: 'hfs',
    title: titleOf(location),
    label: root.name === '' ? null : displayName(root.name),
    uuid: volumeUuid(header.identifier),
    state: {
      dirty: (location.header.attributes & VOLUME_ATTRIBUTE.unmounted) === 0,
      errors: isInconsistent,
      notices,
    },
    nameEncoding: 'utf16',
    facts: factsOf(header, location),
  };
  return {
    info,
    device: volume.device,
    vfsops: { root: () => root.node, statvfs: () => statvfs(header) },
    vnops: vnopsOf(volume, catalog, attributes),
  };
}

function locationNotices(device: FsDevice, { header, base, isAlternate }: PlusLocation): string[] {
  const notices: string[] = [];
  if (isAlternate) notices.push('The volume header is damaged; its alternate at the end of the volume was used.');
  const missing = base + header.totalBlocks * header.blockSize - device.sizeBytes;
  if (missing > 0)
    notices.push(`The file system is ${missing} bytes longer than its device; what lies there is missing.`);
  return notices;
}

/** The header as the journal has it; an alternate is not in the journal. */
function newerHeader(device: FsDevice, { header, base, isAlternate }: PlusLocation): VolumeHeader {
  if (isAlternate) return header;
  const offset = base + HEADER_OFFSET;
  return parseVolumeHeader(device.bread(offset, HEADER_BYTES), offset);
}

/** Without the tree, files with more than 8 extents cannot be read to their end: the others can. */
function openOverflow(volume: Volume, header: VolumeHeader, notices: string[]): void {
  try {
    const tree = new BTree(volume, header.extents, 'extents-overflow tree', true);
    volume.overflow = overflowLookup(tree, false);
  } catch (error) {
    notices.push(lossNotice(error, 'The extents-overflow tree cannot be read: fragmented files are cut off.'));
  }
}

/** Many volumes have none. */
function openAttributes(volume: Volume, header: VolumeHeader, notices: string[]): AttributeTree | null {
  if (header.attributeFile.size === 0 && header.attributeFile.totalBlocks === 0) return null;
  try {
    return new AttributeTree(volume, new BTree(volume, header.attributeFile, 'attributes tree', true));
  } catch (error) {
    notices.push(
      lossNotice(error, 'The attributes tree cannot be read: extended attributes and compressed files are missing.'),
    );
    return null;
  }
}

function lossNotice(error: unknown, notice: string): string {
  const failure = asKernelError(error);
  if (failure.kind === 'removed') throw failure;
  return notice;
}

function stateNotices(header: VolumeHeader, isInconsistent: boolean): string[] {
  const notices: string[] = [];
  if (isInconsistent)
    notices.push('The volume is marked as inconsistent: it should be checked before it is written to.');
  if ((header.attributes & VOLUME_ATTRIBUTE.sparedBlocks) !== 0) notices.push('The volume has bad blocks.');
  return notices;
}

function factsOf(header: VolumeHeader, { base }: PlusLocation): MountInfo['facts'] {
  const { attributes } = header;
  const facts: MountInfo['facts'] = {
    Version: header.version,
    'Block size': header.blockSize,
    Blocks: header.totalBlocks,
    Files: header.fileCount,
    Folders: header.folderCount,
    'Last mounted by': header.lastMountedVersion.replaceAll(/[^\x20-\x7e]/g, '?'),
    Journal: (attributes & VOLUME_ATTRIBUTE.journaled) !== 0,
  };
  const modified = macSeconds(header.modified);
  if (modified !== null) facts.Modified = formatTimespec({ sec: modified, nsec: 0 }) ?? '';
  if ((attributes & (VOLUME_ATTRIBUTE.softwareLock | VOLUME_ATTRIBUTE.hardwareLock)) !== 0) facts.Locked = true;
  if (base > 0) facts['HFS wrapper'] = `the volume begins at byte ${base}`;
  return facts;
}

function statvfs(header: VolumeHeader): Statvfs {
  return {
    blockSize: header.blockSize,
    totalBytes: header.totalBlocks * header.blockSize,
    freeBytes: Math.min(header.freeBlocks, header.totalBlocks) * header.blockSize,
    files: MAX_FILES,
    freeFiles: Math.max(0, MAX_FILES - header.fileCount - header.folderCount),
    nameMax: NAME_MAX,
  };
}
