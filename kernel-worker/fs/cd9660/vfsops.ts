/** ISO 9660 as a file system: which session and which tree is mounted (vfsops of NetBSD's cd9660, whose options these are, with Linux' further ones). */

import { asKernelError, damaged, requestError } from '../../rump/errno.ts';
import { hasText } from '../../rump/vfs/bytes.ts';
import type {
  FsDevice,
  FsDriver,
  MountArgs,
  Mounted,
  MountInfo,
  MountOptions,
  Properties,
} from '../../rump/vfs/vnode.ts';
import { applyRockRidge, directoryFileid, ownRecord, readDirectory, systemUseStart } from './directory.ts';
import { bootImages } from './eltorito.ts';
import { FLAG, SECTOR_BYTES, type Section, SYSTEM_AREA_SECTORS, shortTime, type VolumeDescriptor } from './format.ts';
import type { IsoNode } from './node.ts';
import { parseSystemUse, type RockRidge } from './rrip.ts';
import { detectSectors, type SectorFormat, userDataDevice } from './sectors.ts';
import { findSessions, type Session } from './session.ts';
import { vnops } from './vnops.ts';
import type { NameRules, NameSpace, Volume } from './volume.ts';
import { type DescriptorSet, readDescriptorSet, volumeLabel } from './volumedescriptors.ts';

/** CD-ROM/XA attributes before the system use entries, where a writer did not count them in (System Description CD-ROM XA, II 2.7). */
const XA_BYTES = 14;

const OPTIONS = {
  norrip: { about: 'do not use Rock Ridge', values: [''] },
  nojoliet: { about: 'do not use Joliet', values: [''] },
  noenhanced: { about: 'do not use the enhanced descriptor of ISO 9660:1999', values: [''] },
  rrip: { about: 'use Rock Ridge or fail', values: [''] },
  joliet: { about: 'use Joliet or fail', values: [''] },
  gens: { about: 'show version numbers, and every version of a file', values: [''] },
  map: {
    about:
      "names without Rock Ridge: 'strip' takes version and empty extension off, 'normal' also makes them lower-case, 'off' leaves them as recorded",
    values: ['strip', 'normal', 'off'],
  },
  showassoc: { about: 'show associated files', values: [''] },
  session: { about: 'number of the session to mount, the first being 1; the last one if left out' },
  sbsector: { about: 'first sector of the session to mount' },
} as const;

export const driver: FsDriver<IsoNode> = { name: 'cd9660', options: OPTIONS, mount };

/** What mounting found out step by step. */
interface Found {
  notices: string[];
  facts: Properties;
}

function mount({ device, options, log }: MountArgs): Mounted<IsoNode> {
  const sectors = detectSectors(device);
  if (sectors === null)
    throw damaged('there is no volume descriptor', { byteOffset: SYSTEM_AREA_SECTORS * SECTOR_BYTES });
  const disc = sectors === 'plain' ? device : userDataDevice(device, sectors);
  const found: Found = { notices: [], facts: {} };
  const set = readDescriptorSet(disc, chosenSession(disc, options, found) + SYSTEM_AREA_SECTORS);
  if (set.primary === null && set.unreadable !== null && options.joliet === undefined) throw set.unreadable;
  const { volume, descriptor } = openTree(disc, sectors === 'plain', set, options, found, log);
  noteDescriptor(set, descriptor, disc, found);
  const info = describe(volume, descriptor, set, sectors, found);
  return {
    info,
    device,
    vfsops: {
      root: () => volume.root,
      statvfs: () => ({
        blockSize: volume.blockSize,
        totalBytes: descriptor.volumeBlocks * volume.blockSize,
        freeBytes: 0,
        files: null,
        freeFiles: null,
        nameMax: NAME_MAX[volume.nameSpace],
      }),
    },
    vnops: vnops(volume),
  };
}

/** The longest names: NAME_MAX for Rock Ridge, what writers let Joliet have (64 by its specification), ISO 9660:1999, and ECMA-119 with its version. */
const NAME_MAX: Record<NameSpace, number> = { rockridge: 255, joliet: 103, enhanced: 207, plain: 37 };

/** First sector of the session that the options ask for. EINVAL if there is no such session. */
function chosenSession(disc: FsDevice, options: MountOptions, found: Found): number {
  if (options.sbsector !== undefined) return numberOption('sbsector', options.sbsector, 0);
  const sessions = findSessions(disc);
  const count = sessions.found.length;
  if (count > 1) found.facts.Sessions = count;
  if (sessions.unreadable !== null) {
    found.notices.push(
      'A sector at which a later session may begin could not be read; what is shown may not be the newest.',
    );
  }
  if (options.session === undefined) {
    const newest = sessions.newestFirst ? 0 : sessions.found[count - 1].start;
    if (count > 1) found.facts.Session = `${count}, from sector ${sessions.found[count - 1].start}`;
    return newest;
  }
  const number = numberOption('session', options.session, 1);
  const session: Session | undefined = sessions.found[number - 1];
  if (session === undefined)
    throw requestError('EINVAL', `there is no session ${number} on this medium; it has ${count}`);
  if (count > 1) found.facts.Session = `${number}, from sector ${session.start}`;
  return session.start;
}

function numberOption(name: string, text: string, least: number): number {
  const value = /^\d{1,10}$/.test(text) ? Number(text) : -1;
  if (value < least) throw requestError('EINVAL', `option ${name} of cd9660 takes a number from ${least} on`);
  return value;
}

/**
 * Chooses the tree as NetBSD and Linux do: Rock Ridge before Joliet before the enhanced descriptor before plain names; Joliet also where the primary
 * tree has nothing in it or cannot be found.
 */
function openTree(
  disc: FsDevice,
  mapped: boolean,
  set: DescriptorSet,
  options: MountOptions,
  found: Found,
  log: (message: string) => void,
): { volume: Volume; descriptor: VolumeDescriptor } {
  const { primary, joliet, enhanced } = set;
  const open = (descriptor: VolumeDescriptor, nameSpace: NameSpace) =>
    openVolume(disc, mapped, descriptor, nameSpace, options, log);
  const mayJoliet = joliet !== null && options.nojoliet === undefined && options.rrip === undefined;
  if (options.joliet !== undefined) {
    if (joliet === null) throw requestError('EINVAL', 'there is no Joliet tree on this medium');
    return { volume: open(joliet, 'joliet'), descriptor: joliet };
  }
  let failure: unknown = null;
  if (primary !== null && options.norrip === undefined) {
    try {
      const volume = open(primary, 'rockridge');
      if (enterRockRidge(volume, found)) {
        const isBare = mayJoliet && isEmpty(volume) && !isEmpty(open(joliet, 'joliet'));
        if (!isBare) return { volume, descriptor: primary };
        found.notices.push('The primary tree is empty; the Joliet tree is shown instead.');
      }
    } catch (error) {
      failure = error;
      if (!mayJoliet || asKernelError(error).kind !== 'damage') throw error;
      found.notices.push('The primary tree is damaged at its root; the Joliet tree is shown instead.');
    }
  }
  if (options.rrip !== undefined) throw requestError('EINVAL', 'there is no Rock Ridge tree on this medium');
  if (mayJoliet) return { volume: open(joliet, 'joliet'), descriptor: joliet };
  if (enhanced !== null && options.noenhanced === undefined)
    return { volume: open(enhanced, 'enhanced'), descriptor: enhanced };
  if (primary !== null) return { volume: open(primary, 'plain'), descriptor: primary };
  throw (
    failure ??
    set.unreadable ??
    damaged('there is no primary volume descriptor', { byteOffset: SYSTEM_AREA_SECTORS * SECTOR_BYTES })
  );
}

/** A volume over the first root of the descriptor at which a directory stands, or that a path table names. EUCLEAN if there is none, EIO. */
function openVolume(
  disc: FsDevice,
  mapped: boolean,
  descriptor: VolumeDescriptor,
  nameSpace: NameSpace,
  options: MountOptions,
  log: (message: string) => void,
): Volume {
  const { section, record } = findRoot(disc, descriptor);
  const { blockSize, highSierra } = descriptor;
  return {
    device: disc,
    mapped,
    blockSize,
    highSierra,
    nameSpace,
    rules: nameRules(options),
    showAssociated: options.showassoc !== undefined,
    systemUseSkip: 0,
    rootSystemUse: 0,
    root: rootNode(descriptor, section, record),
    log,
    lastInflated: null,
    disagreements: 0,
  };
}

function nameRules(options: MountOptions): NameRules {
  return { raw: options.map === 'off', lowerCase: options.map === 'normal', versions: options.gens !== undefined };
}

function findRoot(disc: FsDevice, descriptor: VolumeDescriptor): { section: Section; record: Uint8Array } {
  for (const section of descriptor.roots) {
    const record = ownRecord(disc, descriptor.blockSize, section);
    if (record !== null) return { section, record };
  }
  for (const table of descriptor.pathTables) {
    const section = rootOfPathTable(disc, descriptor, table.block, table.bigEndian);
    const record = section === null ? null : ownRecord(disc, descriptor.blockSize, section);
    if (section !== null && record !== null) return { section, record };
  }
  throw damaged('there is no root directory where the volume descriptor says', {
    byteOffset: (descriptor.roots[0]?.block ?? 0) * descriptor.blockSize,
  });
}

/** The first record of a path table is the root's (ECMA-119 6.9.1 and 9.4); how long it is, its own record says. */
function rootOfPathTable(
  disc: FsDevice,
  descriptor: VolumeDescriptor,
  block: number,
  bigEndian: boolean,
): Section | null {
  const byteOffset = block * descriptor.blockSize;
  if (block === 0 || byteOffset + 10 > disc.sizeBytes) return null;
  const table = disc.bread(byteOffset, 10);
  const view = new DataView(table.buffer, table.byteOffset, 10);
  // High Sierra has the block first, then the lengths.
  const at = descriptor.highSierra ? 0 : 2;
  const section: Section = {
    block: view.getUint32(at, !bigEndian),
    lengthBytes: SECTOR_BYTES,
    attributeBlocks: table[descriptor.highSierra ? 4 : 1],
    unitBlocks: 0,
    gapBlocks: 0,
  };
  const record = ownRecord(disc, descriptor.blockSize, section);
  if (record === null) return null;
  return { ...section, lengthBytes: new DataView(record.buffer, record.byteOffset).getUint32(10, true) };
}

function rootNode(descriptor: VolumeDescriptor, section: Section, record: Uint8Array): IsoNode {
  return {
    type: 'dir',
    fileid: directoryFileid(section, descriptor.byteOffset),
    parent: null,
    identifier: '',
    recordOffset: descriptor.byteOffset,
    flags: FLAG.directory,
    sections: [section],
    recordedBytes: section.lengthBytes,
    mode: null,
    nlink: null,
    uid: null,
    gid: null,
    mtime: shortTime(record, 18, !descriptor.highSierra),
    atime: null,
    ctime: null,
    birthtime: null,
    rdev: null,
    target: null,
    targetBytes: 0,
    compression: null,
    unreadable: null,
    disagreeing: false,
    ownRecordLoaded: true,
  };
}

/** Whether the volume's root announces Rock Ridge ('SP' and 'ER', or the entries themselves); then sets the volume up for it. */
function enterRockRidge(volume: Volume, found: Found): boolean {
  const section = volume.root.sections[0];
  const byteOffset = (section.block + section.attributeBlocks) * volume.blockSize;
  const sector = volume.device.bread(byteOffset, Math.min(SECTOR_BYTES, volume.device.sizeBytes - byteOffset));
  const start = systemUseStart(volume, sector, 0);
  const at = [start, start + XA_BYTES].find((place) => isSharingProtocol(sector, place, sector[0]));
  if (at === undefined) return false;
  let systemUse: RockRidge | null = null;
  try {
    systemUse = parseSystemUse(volume, sector, at, sector[0]);
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind === 'removed') throw failure;
    found.notices.push('Part of what the root directory says of Rock Ridge could not be read.');
  }
  if (systemUse !== null && !systemUse.announced && systemUse.mode === null) return false;
  volume.systemUseSkip = sector[at + 6];
  volume.rootSystemUse = at;
  if (systemUse !== null) applyRockRidge(volume.root, systemUse, true);
  return true;
}

/** SUSP 5.3: 'SP', length 7, version 1, two check bytes. */
function isSharingProtocol(sector: Uint8Array, at: number, end: number): boolean {
  return (
    at + 7 <= end &&
    hasText(sector, at, 'SP') &&
    sector[at + 2] >= 7 &&
    sector[at + 4] === 0xbe &&
    sector[at + 5] === 0xef
  );
}

/** Whether the root has no entry at all. Failures count as entries. */
function isEmpty(volume: Volume): boolean {
  return readDirectory(volume, volume.root).next().done === true;
}

/** What is wrong with the descriptors, as notices. */
function noteDescriptor(set: DescriptorSet, descriptor: VolumeDescriptor, disc: FsDevice, found: Found): void {
  const { notices } = found;
  if (set.unreadable !== null) notices.push('A volume descriptor could not be read.');
  if (set.primary === null) notices.push('The primary volume descriptor is damaged; another tree is shown.');
  if (descriptor.disagreeing.length > 0) {
    notices.push(`The two byte orders of the volume descriptor disagree on: ${descriptor.disagreeing.join(', ')}.`);
  }
  const missing = descriptor.volumeBlocks * descriptor.blockSize - disc.sizeBytes;
  if (missing > 0)
    notices.push(`The medium is ${missing} bytes shorter than its volume: files at the end cannot be read.`);
  if (!set.terminated && set.unreadable === null) notices.push('The volume descriptors have no terminator.');
}

function describe(
  volume: Volume,
  descriptor: VolumeDescriptor,
  set: DescriptorSet,
  sectors: SectorFormat | 'plain',
  found: Found,
): MountInfo {
  const facts: Properties = { 'Name space': NAME_SPACES[volume.nameSpace] };
  if (set.joliet !== null) facts.Joliet = `level ${set.joliet.jolietLevel}`;
  if (sectors !== 'plain') facts['Sector format'] = sectors.title;
  Object.assign(facts, found.facts, descriptor.facts);
  if (set.bootCatalog !== null) addBootImages(volume.device, set.bootCatalog, facts);
  const title = descriptor.highSierra ? 'High Sierra' : `ISO 9660${TITLES[volume.nameSpace]}`;
  return {
    fs: 'cd9660',
    title,
    label: volumeLabel(set) || null,
    uuid: (set.primary ?? descriptor).uuid,
    state: { dirty: false, errors: false, notices: found.notices },
    nameEncoding: volume.nameSpace === 'joliet' ? 'utf16' : 'bytes',
    facts,
  };
}

const NAME_SPACES: Record<NameSpace, string> = {
  rockridge: 'Rock Ridge',
  joliet: 'Joliet',
  enhanced: 'ISO 9660:1999',
  plain: 'ISO 9660',
};
const TITLES: Record<NameSpace, string> = {
  rockridge: ' with Rock Ridge',
  joliet: ' with Joliet',
  enhanced: ':1999',
  plain: '',
};

/** The boot catalog is information: one that cannot be read costs nothing else. */
function addBootImages(disc: FsDevice, sector: number, facts: Properties): void {
  try {
    bootImages(disc, sector).forEach((text, i) => {
      facts[`Boot image ${i + 1}`] = text;
    });
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind === 'removed') throw failure;
    facts['Boot catalog'] = failure.message;
  }
}
