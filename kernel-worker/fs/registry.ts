/**
 * The file systems that this kernel knows. Only the small `probe.ts` of each is loaded with the kernel; the driver itself is loaded when its probe
 * says that it fits. Probes are asked all; the highest certainty wins, and among equals the first in this list, which is the order in which
 * hosts resolve ambiguous media (blkid: what a foreign formatter would have overwritten comes last).
 */

import type { FsDevice, FsDriver, ProbeResult } from '../rump/vfs/vnode.ts';
import { probe as probeCd9660 } from './cd9660/probe.ts';
import { probe as probeEfs } from './efs/probe.ts';
import { probe as probeExfat } from './exfat/probe.ts';
import { probe as probeExt2fs } from './ext2fs/probe.ts';
import { probe as probeFfs } from './ffs/probe.ts';
import { probe as probeHfs } from './hfs/probe.ts';
import { probe as probeLfs } from './lfs/probe.ts';
import { probe as probeMsdosfs } from './msdosfs/probe.ts';
import { probe as probeNtfs } from './ntfs/probe.ts';
import { probe as probeSysvbfs } from './sysvbfs/probe.ts';
import { probe as probeUdf } from './udf/probe.ts';
import { probe as probeV7fs } from './v7fs/probe.ts';

export interface RegisteredDriver {
  name: string;
  /** Further names under which `-t` accepts it (mount_NAME of NetBSD, and what Linux calls it). */
  aliases: readonly string[];
  /** Looks at signatures and plausibility only, reading some KiB; null if it does not fit. Throws only when the medium is gone. */
  probe(device: FsDevice): ProbeResult | null;
  load(): Promise<FsDriver>;
}

export const REGISTERED_DRIVERS: readonly RegisteredDriver[] = [
  {
    name: 'msdosfs',
    aliases: ['msdos', 'vfat', 'fat', 'fat12', 'fat16', 'fat32'],
    probe: probeMsdosfs,
    load: () => import('./msdosfs/vfsops.ts').then((module) => module.driver),
  },
  {
    name: 'udf',
    aliases: [],
    probe: probeUdf,
    load: () => import('./udf/vfsops.ts').then((module) => module.driver),
  },
  {
    name: 'ext2fs',
    aliases: ['ext2', 'ext3', 'ext4'],
    probe: probeExt2fs,
    load: () => import('./ext2fs/vfsops.ts').then((module) => module.driver),
  },
  {
    name: 'exfat',
    aliases: ['texfat'],
    probe: probeExfat,
    load: () => import('./exfat/vfsops.ts').then((module) => module.driver),
  },
  {
    name: 'efs',
    aliases: [],
    probe: probeEfs,
    load: () => import('./efs/vfsops.ts').then((module) => module.driver),
  },
  {
    name: 'ffs',
    aliases: ['ufs', 'ufs1', 'ufs2', 'ffsv1', 'ffsv2'],
    probe: probeFfs,
    load: () => import('./ffs/vfsops.ts').then((module) => module.driver),
  },
  {
    name: 'lfs',
    aliases: [],
    probe: probeLfs,
    load: () => import('./lfs/vfsops.ts').then((module) => module.driver),
  },
  {
    name: 'sysvbfs',
    aliases: ['bfs'],
    probe: probeSysvbfs,
    load: () => import('./sysvbfs/vfsops.ts').then((module) => module.driver),
  },
  {
    name: 'ntfs',
    aliases: ['ntfs3', 'ntfs-3g'],
    probe: probeNtfs,
    load: () => import('./ntfs/vfsops.ts').then((module) => module.driver),
  },
  {
    name: 'hfs',
    aliases: ['hfsplus', 'hfsx', 'hfs+'],
    probe: probeHfs,
    load: () => import('./hfs/vfsops.ts').then((module) => module.driver),
  },
  {
    // Its signature at 32 KiB outlives most other file systems' formatting: those go first.
    name: 'cd9660',
    aliases: ['iso9660', 'iso', 'isofs'],
    probe: probeCd9660,
    load: () => import('./cd9660/vfsops.ts').then((module) => module.driver),
  },
  {
    // Without a magic: whatever else fits goes first.
    name: 'v7fs',
    aliases: ['v7', 's5fs', 'sysv'],
    probe: probeV7fs,
    load: () => import('./v7fs/vfsops.ts').then((module) => module.driver),
  },
  {
    // Holds nothing that a probe could find: it is asked for by name.
    name: 'tmpfs',
    aliases: [],
    probe: () => null,
    load: () => import('./tmpfs/vfsops.ts').then((module) => module.driver),
  },
];
