/**
 * The small tree in the other file systems, as far as one can be filled without mounting it: ext4, ISO 9660 and UDF by their own tools, exFAT by the
 * tests' builder. Not NTFS: ntfscp opens the volume anew for each file, which takes minutes for 20,000.
 */

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ExfatBuilder } from '../images/exfat-builder.ts';
import { type Inputs, once } from './inputs.ts';

export interface FamilyImage {
  title: string;
  path: string;
  /** Whether 7-Zip reads it too: p7zip knows no exFAT. */
  readBy7z: boolean;
}

/** Room for 20,000 files of at most 6 KiB and their inodes. */
const MEBIBYTES = 400;
const CLUSTER_BYTES = 4096;

/** Those whose tools are installed. */
export function familyImages(inputs: Inputs): FamilyImage[] {
  const images: FamilyImage[] = [];
  const tree = inputs.smallTree;
  const add = (title: string, name: string, readBy7z: boolean, make: (path: string) => void) => {
    const path = join(inputs.folder, `${name}.img`);
    images.push({ title, path: once(path, () => make(path)), readBy7z });
  };
  add('exFAT', 'exfat', false, (path) => writeFileSync(path, exfatVolume(tree)));
  if (existsSync('/usr/sbin/mke2fs'))
    add('ext4', 'ext4', true, (path) => {
      execFileSync('truncate', ['-s', `${MEBIBYTES}M`, path]);
      execFileSync('/usr/sbin/mke2fs', ['-q', '-t', 'ext4', '-d', tree, path]);
    });
  if (existsSync('/usr/bin/xorriso'))
    add('ISO 9660 with Rock Ridge and Joliet', 'iso', true, (path) => {
      execFileSync('xorriso', ['-as', 'mkisofs', '-quiet', '-R', '-J', '-joliet-long', '-o', path, tree], {
        stdio: 'ignore',
      });
    });
  if (existsSync('/usr/bin/genisoimage'))
    add('UDF', 'udf', true, (path) => {
      execFileSync('genisoimage', ['-quiet', '-udf', '-allow-limited-size', '-o', path, tree], { stdio: 'ignore' });
    });
  return images;
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
