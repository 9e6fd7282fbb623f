/**
 * Sessions of a multi-session disc in an image without a table of contents. Each session has its own volume descriptors, 16 sectors behind its
 * start, and its descriptors count the blocks from that start, while extents count from the start of the disc (xorriso and genisoimage -C -M agree).
 *
 * Two habits are met. As on a CD-R (genisoimage), every session keeps its descriptors and the newest is the last: found by looking behind the end
 * of the one before. On overwritable media (xorriso) the newest descriptors are copied to sector 16, and the first session begins at sector 32.
 */

import { asKernelError, type KernelError } from '../../rump/errno.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';
import {
  DESCRIPTOR,
  descriptorStandard,
  descriptorType,
  parseVolumeDescriptor,
  SECTOR_BYTES,
  SYSTEM_AREA_SECTORS,
} from './format.ts';

/** xorriso starts the sessions of overwritable media at multiples of this (libburn's 64 KiB alignment). */
const OVERWRITABLE_START = 32;
/** Sessions of one medium: a CD has 99 tracks at most; xorriso's images can have more, of which these are found. */
const MAX_SESSIONS = 200;
/**
 * Where behind the end of a session the next one is looked for, in sectors from that end: directly, with room for padding (mkisofs appends 150
 * sectors) and for a start at a multiple of 32; and behind the lead-out and lead-in that a CD has between sessions (11,400 sectors after the first
 * session, 6,900 after later ones; both with two run-out sectors and padding).
 */
const NEAR_WINDOW = [0, 512] as const;
const CD_WINDOWS = [
  [6_752, 7_424],
  [11_250, 11_922],
] as const;
/** Sectors looked at on one medium, so that 200 sessions far apart are not a gigabyte to read: 16 MiB. */
const MAX_LOOKED_AT = 8192;
/** Each try at a bad sector can take a drive seconds: after this many the rest is given up, and said not to be known. */
const MAX_BAD_SECTORS = 8;
/** Media up to this size can be CDs: 99 minutes of 75 sectors a second. */
const MAX_CD_SECTORS = 99 * 60 * 75;

export interface Session {
  /** First sector. */
  start: number;
  /** One past the last sector, as its primary descriptor says. */
  end: number;
}

export interface Sessions {
  /** In the order of writing; never empty. */
  found: Session[];
  /** true: the descriptors at sector 16 are a copy of the newest session's. */
  newestFirst: boolean;
  /** A sector that could not be read while looking: later sessions may have been missed. */
  unreadable: KernelError | null;
}

/** Finds the sessions of a disc on which a primary descriptor stands at sector 16. Only ENXIO is thrown. */
export function findSessions(disc: FsDevice): Sessions {
  const search: Search = {
    disc,
    sectors: Math.floor(disc.sizeBytes / SECTOR_BYTES),
    lookedAt: 0,
    bad: 0,
    unreadable: null,
  };
  const first = sessionAt(search, 0, true) ?? { start: 0, end: 0 };
  const chain = sessionAt(search, OVERWRITABLE_START, false);
  if (chain !== null && chain.start < first.end) {
    return { found: followed(search, chain, true), newestFirst: true, unreadable: search.unreadable };
  }
  return { found: followed(search, first, false), newestFirst: false, unreadable: search.unreadable };
}

interface Search {
  disc: FsDevice;
  sectors: number;
  lookedAt: number;
  bad: number;
  unreadable: KernelError | null;
}

/** `session` and those behind it. */
function followed(search: Search, session: Session, aligned: boolean): Session[] {
  const found = [session];
  let next: Session | null = session;
  while (found.length < MAX_SESSIONS) {
    next = nextSession(search, next.end, aligned);
    if (next === null) break;
    found.push(next);
  }
  return found;
}

function nextSession(search: Search, end: number, aligned: boolean): Session | null {
  const windows = search.sectors <= MAX_CD_SECTORS ? [NEAR_WINDOW, ...CD_WINDOWS] : [NEAR_WINDOW];
  for (const [from, to] of aligned ? [NEAR_WINDOW] : windows) {
    const step = aligned ? OVERWRITABLE_START : 1;
    const start = Math.ceil((end + from) / step) * step;
    for (let sector = start; sector < end + to; sector += step) {
      if (sector + SYSTEM_AREA_SECTORS >= search.sectors) return null;
      const session = sessionAt(search, sector, false);
      if (session !== null) return session;
      search.lookedAt += 1;
      if (search.bad > MAX_BAD_SECTORS || search.lookedAt > MAX_LOOKED_AT) return null;
    }
  }
  return null;
}

/**
 * The session that starts at `start`, or null. Old data can look like one: its root directory has to lie inside of it, which that of an ISO image
 * stored as a file does not. `trusted`: the descriptors are those by which the disc was found.
 */
function sessionAt(search: Search, start: number, trusted: boolean): Session | null {
  const byteOffset = (start + SYSTEM_AREA_SECTORS) * SECTOR_BYTES;
  if (byteOffset + SECTOR_BYTES > search.disc.sizeBytes) return null;
  let sector: Uint8Array;
  try {
    sector = search.disc.bread(byteOffset, SECTOR_BYTES);
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind === 'removed') throw failure;
    search.bad += 1;
    search.unreadable ??= failure;
    return null;
  }
  const standard = descriptorStandard(sector, 0);
  if (standard === null || descriptorType(sector, standard) !== DESCRIPTOR.primary) return null;
  const descriptor = parseVolumeDescriptor(sector, byteOffset, search.disc.sizeBytes, SECTOR_BYTES);
  if (descriptor === null) return null;
  const { blockSize, volumeBlocks, roots } = descriptor;
  const end = start + Math.max(SYSTEM_AREA_SECTORS + 1, Math.ceil((volumeBlocks * blockSize) / SECTOR_BYTES));
  if (trusted) return { start, end };
  const isRootInside = roots.some(
    ({ block }) => block * blockSize >= byteOffset && block * blockSize < end * SECTOR_BYTES,
  );
  return isRootInside ? { start, end } : null;
}
