/**
 * The small tree in the other file systems: ext4, ISO 9660 and UDF by their own tools, exFAT by the tests' builder, NTFS through ntfs-3g where FUSE is
 * there (ntfscp opens the volume anew for each file, which takes minutes for 20,000). Not UFS: of 20,000 files makefs 20190105 leaves one without an inode.
 */

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExfatBuilder } from '../images/exfat-builder.ts';
import { type Inputs, once } from './inputs.ts';

export interface FamilyImage {
  title: string;
  path: string;
  /** Where the file system is one of several on the medium. */
  partition?: number;
  /** Whether 7-Zip reads it too. */
  readBy7z: boolean;
  /** The FUSE driver that mounts it for comparison, with its options; null: none, or it is not installed. */
  fuse: string[] | null;
}

/** Room for 20,000 files of at most 6 KiB and their inodes. */
const MEBIBYTES = 400;
const CLUSTER_BYTES = 4096;

/** Those whose tools are installed. */
export function familyImages(inputs: Inputs): FamilyImage[] {
  const images: FamilyImage[] = [];
  const tree = inputs.smallTree;
  const add = (title: string, name: string, fuse: string[] | null, make: (path: string) => void) => {
    const path = once(join(inputs.folder, `${name}.img`), () => make(join(inputs.folder, `${name}.img`)));
    const readBy7z = spawnSync('7z', ['l', path], { stdio: 'ignore' }).status === 0;
    images.push({ title, path, readBy7z, fuse: fuse !== null && mounts(fuse, path, inputs) ? fuse : null });
  };
  add('exFAT', 'exfat', ['/usr/sbin/mount.exfat-fuse', '-o', 'ro'], (path) => writeFileSync(path, exfatVolume(tree)));
  if (existsSync('/usr/sbin/mke2fs'))
    add('ext4', 'ext4', null, (path) => {
      execFileSync('truncate', ['-s', `${MEBIBYTES}M`, path]);
      execFileSync('/usr/sbin/mke2fs', ['-q', '-t', 'ext4', '-d', tree, path]);
    });
  if (existsSync('/usr/bin/xorriso'))
    add('ISO 9660 with Rock Ridge and Joliet', 'iso', ['/usr/bin/fuseiso'], (path) => {
      execFileSync('xorriso', ['-as', 'mkisofs', '-quiet', '-R', '-J', '-joliet-long', '-o', path, tree], {
        stdio: 'ignore',
      });
    });
  if (existsSync('/usr/bin/xorriso')) {
    const path = once(join(inputs.folder, 'hfsplus.img'), () => {
      const args = ['-as', 'mkisofs', '-quiet', '-R', '-hfsplus', '-o', join(inputs.folder, 'hfsplus.img'), tree];
      execFileSync('xorriso', args, { stdio: 'ignore' });
    });
    // Partition 3 of the Apple partition map; 7-Zip would take the ISO 9660 side.
    images.push({ title: 'HFS+', path, partition: 3, readBy7z: false, fuse: null });
  }
  if (existsSync('/usr/bin/genisoimage'))
    add('UDF', 'udf', null, (path) => {
      execFileSync('genisoimage', ['-quiet', '-udf', '-allow-limited-size', '-o', path, tree], { stdio: 'ignore' });
    });
  if (existsSync('/usr/sbin/mkntfs') && existsSync(NTFS_3G) && HAS_FUSE)
    add('NTFS', 'ntfs', [NTFS_3G, '-o', 'ro'], (path) => ntfsVolume(inputs, path));
  return images;
}

const HAS_FUSE = existsSync('/dev/fuse');
const NTFS_3G = '/usr/bin/ntfs-3g';

/** Some FUSE drivers want a block device, which an image is not. */
function mounts([program, ...options]: string[], path: string, inputs: Inputs): boolean {
  const mountpoint = join(inputs.folder, 'mnt');
  mkdirSync(mountpoint, { recursive: true });
  if (!HAS_FUSE || spawnSync(program, [...options, path, mountpoint], { stdio: 'ignore' }).status !== 0) return false;
  return spawnSync('umount', [mountpoint], { stdio: 'ignore' }).status === 0;
}

function ntfsVolume(inputs: Inputs, path: string): void {
  const mountpoint = join(inputs.folder, 'mnt');
  mkdirSync(mountpoint, { recursive: true });
  execFileSync('truncate', ['-s', `${MEBIBYTES}M`, path]);
  execFileSync('/usr/sbin/mkntfs', ['-q', '-F', '-Q', '-L', 'BENCH', path], { stdio: 'ignore' });
  execFileSync(NTFS_3G, [path, mountpoint]);
  try {
    execFileSync('cp', ['-r', `${inputs.smallTree}/.`, mountpoint]);
  } finally {
    execFileSync('umount', [mountpoint]);
  }
}

function exfatVolume(tree: string): Uint8Array {
  const clusters = (MEBIBYTES * 1024 * 1024) / CLUSTER_BYTES;
  const volume = new ExfatBuilder({ clusterBytes: CLUSTER_BYTES, clusters, label: 'BENCH' });
  for (const folder of readdirSync(tree)) {
    const names = readdirSync(join(tree, folder));
    // An entry set takes a file, a stream and up to three name entries for the names here.
    const dir = volume.directory(volume.root, folder, names.length * 5 * 32);
    for (const name of names) volume.file(dir, name, { content: readFileSync(join(tree, folder, name)) });
  }
  return volume.finish();
}
