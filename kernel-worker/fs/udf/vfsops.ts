/** Mounting UDF: anchor, volume descriptors, partitions, file set. ECMA-167 3/8 and 4/8, OSTA UDF 2.60, 2.2. */

import { asKernelError, damaged, type KernelError, removedError, requestError, unsupported } from '../../rump/errno.ts';
import type { FsDriver, MountArgs, Mounted, MountOptions, Properties, Statvfs } from '../../rump/vfs/vnode.ts';
import { type Anchor, anchorAt, anchorsOf, blockSizesFor } from './anchor.ts';
import type { Store } from './content.ts';
import { extentLists } from './extents.ts';
import { readFileSet } from './fileset.ts';
import { ACCESS_TYPES, type FileSet, type Integrity, type LogicalVolume, OSTA_DOMAIN, revisionText } from './format.ts';
import { freeBlocks, freeMetadataBlocks, type SpacePartition } from './freespace.ts';
import { readIntegrity } from './integrity.ts';
import { metadataPartition } from './metadata.ts';
import { physicalPartition, unreadablePartition } from './partition.ts';
import { titleOf } from './probe.ts';
import { sparablePartition } from './sparing.ts';
import { systemStreamNames } from './streams.ts';
import { findVat, type Vat, virtualPartition } from './vat.ts';
import { isUsable, sequencesOf, type VolumeDescriptors, volumeUuid } from './vds.ts';
import { type UdfNode, udfVnops } from './vnops.ts';
import type { Volume } from './volume.ts';

/** UDF 2.60 asks readers of 2.50 (6.1 of the revisions before it): nothing newer exists. */
const NEWEST_REVISION = 0x0260;
/** Names are at most 255 bytes of compressed Unicode: 254 units (UDF 2.60, 2.3.4). */
const NAME_MAX = 254;

/** Access type of partitions whose length is what the medium could hold, however little is recorded. */
const WRITE_ONCE = 2;

/** What mounting found, before it is told. */
interface Opened {
  anchor: Anchor;
  descriptors: VolumeDescriptors;
  logical: LogicalVolume;
  store: Store;
  vat: Vat | null;
  space: SpacePartition[];
  fileSet: FileSet;
  notices: string[];
}

export const driver: FsDriver<UdfNode> = {
  name: 'udf',
  options: {
    bs: { about: 'block size of the volume, instead of trying all', values: ['512', '1024', '2048', '4096'] },
    anchor: { about: 'block of the anchor volume descriptor pointer, instead of the usual places' },
    unhide: { about: 'list the hidden file of blocks that cannot be used' },
    lastblock: { about: 'last recorded block of a write-once medium, where its allocation table stands' },
  },
  mount(args) {
    const opened = openAnywhere(args);
    const integrity = readIntegrity(args.device, opened.anchor.blockSize, opened.logical.integrity);
    return mountedOf(opened, integrity, args.options.unhide !== undefined);
  },
};

function blockOption(options: MountOptions, name: string): number | null {
  const value = options[name];
  if (value === undefined) return null;
  if (!/^[0-9]{1,10}$/.test(value)) throw requestError('EINVAL', `option ${name} of udf takes a block number`);
  return Number(value);
}

/** The first anchor and sequence from which a root directory is reached. The failure of the first that had usable descriptors, if none is. */
function openAnywhere(args: MountArgs): Opened {
  const { device, options } = args;
  const blockSizes = options.bs === undefined ? blockSizesFor(device) : [Number(options.bs)];
  const place = blockOption(options, 'anchor');
  const anchors = place === null ? anchorsOf(device, blockSizes, true) : anchorsAt(args, blockSizes, place);
  let failure: KernelError | null = null;
  let faults: string[] = [];
  for (const anchor of anchors) {
    for (const { name, found } of sequencesOf(device, anchor)) {
      if (!isUsable(found, anchor.blockSize)) {
        faults = faults.concat(found.faults.slice(0, 4));
        continue;
      }
      try {
        return openWith(args, anchor, name, found);
      } catch (error) {
        const reason = asKernelError(error);
        if (reason.kind === 'removed') throw removedError();
        args.log(`anchor at block ${anchor.block}, ${name} descriptors: ${reason.message}`);
        failure ??= reason;
      }
    }
  }
  for (const fault of faults.slice(0, 4)) args.log(fault);
  throw failure ?? damaged(`no volume was found: ${faults[0] ?? 'there is no anchor volume descriptor pointer'}`);
}

function* anchorsAt(args: MountArgs, blockSizes: number[], block: number): Generator<Anchor> {
  for (const blockSize of blockSizes) {
    const anchor = anchorAt(args.device, blockSize, block);
    if (anchor !== null) yield anchor;
  }
}

function openWith(args: MountArgs, anchor: Anchor, name: 'main' | 'reserve', descriptors: VolumeDescriptors): Opened {
  const { logical } = descriptors;
  if (logical === null) throw damaged('there is no logical volume descriptor');
  const notices: string[] = [];
  if (name === 'reserve') notices.push('The main volume descriptors are damaged; the reserve ones were used.');
  if (logical.domain !== OSTA_DOMAIN)
    notices.push(`The volume names ${JSON.stringify(logical.domain)} as its domain, not OSTA's UDF.`);
  const volume: Volume = { device: args.device, blockSize: logical.blockSize, partitions: [] };
  const store: Store = { volume, lists: extentLists(volume) };
  const space = addPlainPartitions(volume, descriptors, logical, notices);
  const lastBlock = blockOption(args.options, 'lastblock') ?? Math.floor(args.device.sizeBytes / logical.blockSize) - 1;
  const vat = addMappedPartitions(store, logical, space, lastBlock, notices);
  if (vat !== null) args.log(`virtual allocation table at block ${vat.foundAtBlock}`);
  const fileSet = readFileSet(volume, logical);
  const opened = { anchor, descriptors, logical, store, vat, space, fileSet, notices };
  checkRoot(opened);
  return opened;
}

/** The root has to be reached for the descriptors to be taken for good. EUCLEAN, EIO. */
function checkRoot(opened: Opened): void {
  const { root } = opened.fileSet;
  if (root === null) throw damaged('the file set names no root directory');
  const vnops = udfVnops(opened.store);
  if (vnops.getattr(vnops.nodeAt(root)).type !== 'dir') throw damaged('the root of the file system is no directory');
}

/** Physical and sparable partitions; the others keep their places. Returns those that have blocks of their own. */
function addPlainPartitions(
  volume: Volume,
  descriptors: VolumeDescriptors,
  logical: LogicalVolume,
  notices: string[],
): SpacePartition[] {
  const space: SpacePartition[] = [];
  for (const [number, map] of logical.maps.entries()) {
    const descriptor = descriptors.partitions.get(map.number);
    if (map.kind === 'unknown') {
      volume.partitions.push(unreadablePartition(unsupported(`a partition map of ${map.name}`)));
    } else if (map.volume > 1 && map.volume !== descriptors.primary?.volumeNumber) {
      volume.partitions.push(unreadablePartition(unsupported('volumes that go on in another medium')));
    } else if (descriptor === undefined) {
      volume.partitions.push(unreadablePartition(damaged(`there is no descriptor of partition ${map.number}`)));
    } else if (map.kind === 'physical' || map.kind === 'sparable') {
      const { device, blockSize } = volume;
      const notice = (text: string) => void notices.push(text);
      volume.partitions.push(
        map.kind === 'physical'
          ? physicalPartition(descriptor, blockSize)
          : sparablePartition(device, blockSize, descriptor, map, notice),
      );
      space.push({ number, descriptor });
      const end = (descriptor.start + descriptor.lengthBlocks) * blockSize;
      if (end > device.sizeBytes && descriptor.accessType !== WRITE_ONCE)
        notices.push('The medium ends before the end of the volume.');
    } else {
      volume.partitions.push(
        unreadablePartition(damaged('the partition below this one is missing, or needs another one below it')),
      );
    }
  }
  return space;
}

/** Virtual and metadata partitions, which need files of the plain ones. Returns the virtual allocation table, if there is a virtual partition. */
function addMappedPartitions(
  store: Store,
  logical: LogicalVolume,
  space: SpacePartition[],
  lastBlock: number,
  notices: string[],
): Vat | null {
  const { volume, lists } = store;
  let vat: Vat | null = null;
  const notice = (text: string) => void notices.push(text);
  for (const [number, map] of logical.maps.entries()) {
    if (map.kind !== 'virtual' && map.kind !== 'metadata') continue;
    const below = space.find((candidate) => candidate.descriptor.number === map.number);
    if (below === undefined) continue;
    try {
      if (map.kind === 'metadata') {
        volume.partitions[number] = metadataPartition(volume, lists, map, below.number, notice);
      } else {
        vat = findVat(store, below.descriptor, below.number, lastBlock);
        if (vat.unreadableBehind)
          notice('Blocks behind the allocation table cannot be read: what was written last may be missing.');
        if (vat.writtenBehind)
          notice('Blocks were written behind the allocation table: what was written last is missing.');
        volume.partitions[number] = virtualPartition(volume.partitions[below.number], vat);
      }
    } catch (error) {
      const failure = asKernelError(error);
      if (failure.kind === 'removed') throw failure;
      volume.partitions[number] = unreadablePartition(failure);
    }
  }
  return vat;
}

function mountedOf(opened: Opened, integrity: Integrity | null, unhide: boolean): Mounted<UdfNode> {
  const { store, logical, descriptors, vat, fileSet, notices } = opened;
  const { device } = store.volume;
  const vnops = udfVnops(store, unhide);
  const readRevision = Math.max(vat?.minReadRevision ?? 0, integrity?.minReadRevision ?? 0);
  if (readRevision > NEWEST_REVISION)
    throw unsupported(`UDF ${revisionText(readRevision)}`, { expected: 'up to 2.60', found: readRevision });
  const { root } = fileSet;
  if (root === null) throw damaged('the file set names no root directory');
  return {
    device,
    info: {
      fs: 'udf',
      title: titleOf(logical.revision),
      label: vat?.label || logical.label || descriptors.primary?.volumeIdentifier || null,
      uuid: volumeUuid(descriptors.primary?.volumeSetIdentifier ?? ''),
      // On write-once media the table that was found last is the closed state; the integrity descriptor was written long before it.
      state: { dirty: vat?.writtenBehind ?? integrity?.closed === false, errors: false, notices },
      nameEncoding: 'utf16',
      facts: factsOf(opened, integrity),
    },
    vfsops: {
      root: () => vnops.nodeAt(root),
      vget: (fileid) => vnops.nodeOf(fileid),
      statvfs: () => statvfsOf(opened, integrity),
    },
    vnops,
  };
}

function statvfsOf(opened: Opened, integrity: Integrity | null): Statvfs {
  const { store, space, vat } = opened;
  const { volume } = store;
  const free = vat === null ? freeBlocks(volume, space, integrity) : null;
  const files = vat?.files ?? integrity?.files ?? null;
  const directories = vat?.directories ?? integrity?.directories ?? null;
  return {
    blockSize: volume.blockSize,
    totalBytes: space.reduce((sum, { descriptor }) => sum + descriptor.lengthBlocks * volume.blockSize, 0),
    freeBytes: free === null ? null : free * volume.blockSize,
    files: files === null || directories === null ? null : files + directories,
    freeFiles: null,
    nameMax: NAME_MAX,
  };
}

function factsOf(opened: Opened, integrity: Integrity | null): Properties {
  const { logical, descriptors, anchor, space, vat, fileSet } = opened;
  const { primary } = descriptors;
  const facts: Properties = {};
  const add = (name: string, value: string | number | null | undefined) => {
    if (value !== null && value !== undefined && value !== '') facts[name] = value;
  };
  add('Revision', logical.revision === 0 ? null : revisionText(logical.revision));
  add('Readable from revision', integrity?.minReadRevision ? revisionText(integrity.minReadRevision) : null);
  add('Writable from revision', integrity?.minWriteRevision ? revisionText(integrity.minWriteRevision) : null);
  add('Block size', logical.blockSize);
  add('Partitions', logical.maps.map((map) => map.kind).join(', '));
  add('Access', accessOf(space));
  add('Integrity', integrity === null ? 'not recorded' : integrity.closed ? 'closed' : 'open');
  if (logical.writeProtected) facts['Write-protected'] = true;
  add('Files', vat?.files ?? integrity?.files);
  add('Directories', vat?.directories ?? integrity?.directories);
  add('Volume identifier', primary?.volumeIdentifier);
  add('Volume set identifier', primary?.volumeSetIdentifier);
  add('File set identifier', fileSet.identifier);
  add('Application', primary?.application);
  add('Implementation', integrity?.implementation || logical.implementation || primary?.implementation);
  add('Anchor block', anchor.block);
  add('Allocation table block', vat?.foundAtBlock);
  add('Free metadata blocks', freeMetadata(opened));
  if (fileSet.systemStreams !== null)
    add('System streams', systemStreamNames(opened.store, fileSet.systemStreams).join(', '));
  return facts;
}

function freeMetadata({ store, logical, space }: Opened): number | null {
  const map = logical.maps.find((candidate) => candidate.kind === 'metadata');
  const below = space.find((candidate) => candidate.descriptor.number === map?.number);
  if (map?.kind !== 'metadata' || map.bitmapBlock === null || below === undefined) return null;
  return freeMetadataBlocks(store, { block: map.bitmapBlock, partition: below.number });
}

function accessOf(space: SpacePartition[]): string {
  return [...new Set(space.map(({ descriptor }) => ACCESS_TYPES[descriptor.accessType] ?? 'unknown'))].join(', ');
}
