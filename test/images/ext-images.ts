/**
 * Small ext2, ext3 and ext4 images for unit tests, in `test/images/ext`, each with the manifest of an independent reader (see library.ts for its keys).
 * Made with mke2fs and debugfs 1.47.0; filled and read back by Linux 6.1 (User-Mode Linux; encrypt-casefold: in qemu). The `mke2fs` of each:
 *
 * inline              -t ext4 -b 1024 -O inline_data -N 300 -J size=1
 * ea-inode            -t ext4 -b 1024 -O ea_inode,large_dir,^has_journal -N 300
 * meta-bg             -t ext4 -b 1024 -g 512 -O meta_bg,^resize_inode,^has_journal -N 400
 * bigalloc            -t ext4 -b 1024 -O bigalloc,^has_journal -C 4096 -N 300
 * backups             -t ext2 -b 1024 -N 300 -O sparse_super2 -E num_backup_sb=2
 * uninit-bg           -t ext4 -b 1024 -O ^metadata_csum,uninit_bg,64bit,^has_journal -N 200
 * block-64k           -t ext4 -b 65536 -O ^has_journal -N 512 -d FOLDER, then e2fsck -D (the manifest is the folder's)
 * encrypt-casefold    -t ext4 -b 4096 -O encrypt,casefold,verity,^has_journal -N 352 (read back without the key)
 * orphan-file         -t ext4 -b 1024 -O orphan_file -J size=1 -N 512; copied while 20 deleted files were open
 * orphan-list         the same without orphan_file
 * journal-wrap        -t ext4 -b 1024 -J size=1 -N 300; copied while mounted, after fsync, when the log had gone round
 * journal-v0          -t ext3 -b 1024 -N 64 -J size=1; transactions, revocations, an escaped block by debugfs' journal_write
 * journal-v1          -t ext4 -O ^metadata_csum,^64bit -b 1024 -N 64 -J size=1; likewise with journal_open -c
 * journal-v2, -v3     -t ext4 -O 64bit -b 1024 or 2048 -N 64; likewise with journal_open -c -v 2 or 3
 * fast-commit         -t ext4 -O fast_commit -b 1024 -J size=2 -N 300; copied while mounted, after fsync; the manifest is of the mounted state
 */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { REGISTERED_DRIVERS } from '../../kernel-worker/fs/registry.ts';
import { Kernel } from '../../kernel-worker/rump/kernel.ts';
import type { Mount } from '../../kernel-worker/rump/vfs/mount.ts';
import type { MountOptions } from '../../kernel-worker/rump/vfs/vnode.ts';
import { memoryBlocks } from '../../kernel-worker/rumpuser/memory.ts';
import type { BlockHypercalls } from '../../kernel-worker/rumpuser/rumpuser.ts';
import type { ReferenceEntry } from './library.ts';
import { imageBytes } from './media.ts';

export const EXT_IMAGES = [
  'inline',
  'ea-inode',
  'meta-bg',
  'bigalloc',
  'backups',
  'uninit-bg',
  'block-64k',
  'encrypt-casefold',
  'orphan-file',
  'orphan-list',
  'journal-wrap',
  'journal-v0',
  'journal-v1',
  'journal-v2',
  'journal-v3',
  'fast-commit',
] as const;

export type ExtImage = (typeof EXT_IMAGES)[number];

/** Fresh bytes at each call. */
export function extImage(name: ExtImage): Uint8Array {
  return imageBytes(`ext/${name}.img`);
}

export function extManifest(name: ExtImage): ReferenceEntry[] {
  const path = fileURLToPath(new URL(`ext/${name}.jsonl.br`, import.meta.url));
  const text = brotliDecompressSync(readFileSync(path)).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

export function mountExt(image: Uint8Array | BlockHypercalls, options: MountOptions = {}): Promise<Mount> {
  const blocks = image instanceof Uint8Array ? memoryBlocks(image) : image;
  return new Kernel(blocks, { drivers: REGISTERED_DRIVERS }).mount({ partition: null, fstype: 'ext2fs', options });
}
