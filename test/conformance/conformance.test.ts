/** Every reference image of a known file system, read by our kernel and compared entry by entry and hash by hash with its reference readers. */

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { REGISTERED_DRIVERS } from '../../kernel-worker/fs/registry.ts';
import { type ManifestEntry, type ManifestFailure, manifestOf } from '../../kernel-worker/fsutils/manifest.ts';
import { KernelError } from '../../kernel-worker/rump/errno.ts';
import { Kernel } from '../../kernel-worker/rump/kernel.ts';
import { fts } from '../../kernel-worker/rump/vfs/fts.ts';
import { faultyBlocks } from '../../kernel-worker/rumpuser/faulty.ts';
import { memoryBlocks } from '../../kernel-worker/rumpuser/memory.ts';
import type { BlockHypercalls } from '../../kernel-worker/rumpuser/rumpuser.ts';
import { type ImageMeta, testImages } from '../images/library.ts';
import { corrected, differences } from './compare.ts';
import { viewOf } from './views.ts';

/** Families whose drivers exist; FAMILY in the environment narrows them. */
const FAMILIES = new RegExp(process.env.FAMILY ?? '^(fat|exfat|ntfs|ext|iso|udf|ufs|hfs|disk|netbsd)');

async function readAll(blocks: BlockHypercalls, image: string, view: string, meta: ImageMeta, cacheBytes?: number) {
  const kernel = new Kernel(blocks, { drivers: REGISTERED_DRIVERS, cacheBytes });
  const parts = meta.partitions?.filter((partition) => partition.fs !== 'raw') ?? [null];
  const entries: ManifestEntry[] = [];
  const failures: ManifestFailure[] = [];
  const infos = [];
  for (const partition of parts) {
    const part = partition?.part ?? null;
    const mount = await kernel.mount({ partition: part, ...viewOf(image, view) });
    const manifest = manifestOf(mount, { hash: true, part, mediumOffset: kernel.offsetOf(part) });
    entries.push(...manifest.entries);
    failures.push(...manifest.failures);
    infos.push(mount.info);
  }
  return { entries, failures, infos };
}

describe.each(testImages(FAMILIES))('$name', (image) => {
  const { name, meta } = image;

  test.each(image.views)(
    `${name} view '%s' is what its reference readers read`,
    async (view) => {
      const bytes = image.bytes();
      const { entries, failures, infos } = await readAll(memoryBlocks(bytes, sectorSize(meta)), name, view, meta);
      const used = new Set<string>();
      const reference = corrected(name, view, image.manifest(view), used);
      expect(differences(entries, reference).slice(0, 20)).toEqual([]);
      expect(failures.slice(0, 5)).toEqual([]);
      if (view === '' && !meta.partitions && meta.label !== undefined)
        expect(infos[0].label ?? '').toBe(meta.label ?? '');
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(meta.sha256_raw);
    },
    60_000,
  );

  test(`${name} reads the same with a 64 KiB cache as with 64 MiB`, async () => {
    const blocks = memoryBlocks(image.bytes(), sectorSize(meta));
    const small = await readAll(blocks, name, '', meta, 64 * 1024);
    const large = await readAll(blocks, name, '', meta, 64 * 1024 * 1024);
    expect(small.entries).toEqual(large.entries);
  }, 60_000);

  test(`${name} reads at random offsets what a whole-file read gives`, async () => {
    const kernel = new Kernel(memoryBlocks(image.bytes(), sectorSize(meta)), { drivers: REGISTERED_DRIVERS });
    const random = seededRandom(name);
    for (const partition of meta.partitions?.filter((entry) => entry.fs !== 'raw') ?? [null]) {
      const mount = await kernel.mount({ partition: partition?.part ?? null, ...viewOf(name, '') });
      for (const { path, vnode } of fts(mount, mount.root)) {
        if (vnode?.attr.type !== 'file' || vnode.attr.size === 0) continue;
        const whole = new Uint8Array(Math.min(vnode.attr.size, 1 << 20));
        expect(mount.read(vnode, 0, whole)).toBe(whole.length);
        for (let i = 0; i < 4; i++) {
          const offset = Math.floor(random() * whole.length);
          const part = new Uint8Array(Math.min(1 + Math.floor(random() * 5000), whole.length - offset));
          const count = mount.read(vnode, offset, part);
          const same = count === part.length && Buffer.compare(part, whole.subarray(offset, offset + count)) === 0;
          if (!same) expect.fail(`${path} at ${offset}: ${count} of ${part.length} bytes, or other bytes`);
        }
      }
    }
  }, 60_000);

  test(`${name} meets each failing read with an error of that entry or of the mount`, async () => {
    const under = memoryBlocks(image.bytes(), sectorSize(meta));
    const whole = await walkNames(under, name, meta);
    for (let failing = 1; failing <= 500; failing++) {
      const blocks = faultyBlocks(under, failing);
      const outcome = await walkNames(blocks, name, meta);
      if (blocks.reads < failing) break;
      for (const path of outcome.paths) {
        if (!whole.paths.has(path) && !whole.shortPaths.has(path)) expect.fail(`read ${failing}: ${path} is invented`);
      }
      if (outcome.paths.size < whole.paths.size && outcome.failures === 0)
        expect.fail(`read ${failing}: entries are missing without a word`);
    }
  }, 120_000);
});

function sectorSize(meta: ImageMeta): number {
  return meta.sector_size ?? 512;
}

/** Walks and reads the first bytes of each file; a clean mount error counts as a failure. */
async function walkNames(blocks: BlockHypercalls, name: string, meta: ImageMeta) {
  const paths = new Set<string>();
  // FAT: where the slots of a long name are unreadable, its file is listed under its short name, so that it can still be copied.
  const shortPaths = new Set<string>();
  let failures = 0;
  const first = new Uint8Array(512);
  try {
    const kernel = new Kernel(blocks, { drivers: REGISTERED_DRIVERS, cacheBytes: 1024 * 1024 });
    failures += kernel.table.notices.length;
    for (const partition of meta.partitions?.filter((entry) => entry.fs !== 'raw') ?? [null]) {
      const part = partition?.part ?? null;
      try {
        const mount = await kernel.mount({ partition: part, ...viewOf(name, '') });
        failures += mount.info.state.notices.length;
        for (const { path, vnode, failure } of fts(mount, mount.root)) {
          if (failure !== null) failures += 1;
          if (vnode === null) continue;
          paths.add(`${part}:${path}`);
          const shortName = readShortName(() => mount.properties(vnode)['Short name']);
          if (shortName !== null) shortPaths.add(`${part}:${path.slice(0, path.lastIndexOf('/') + 1)}${shortName}`);
          if (vnode.attr.type === 'file') failures += readFails(() => mount.read(vnode, 0, first));
        }
      } catch (error) {
        failures += countedFailure(error);
      }
    }
  } catch (error) {
    failures += countedFailure(error);
  }
  return { paths, shortPaths, failures };
}

function readShortName(read: () => unknown): string | null {
  try {
    const name = read();
    return typeof name === 'string' ? name : null;
  } catch (error) {
    countedFailure(error);
    return null;
  }
}

function readFails(read: () => void): number {
  try {
    read();
    return 0;
  } catch (error) {
    return countedFailure(error);
  }
}

/** Only the kernel's own errors count; a driver that breaks is a defect (asKernelError marks those EFTYPE). */
function countedFailure(error: unknown): number {
  if (error instanceof KernelError && error.errno !== 'EFTYPE') return 1;
  throw error;
}

/** A small deterministic generator (mulberry32), so that a failure can be repeated. */
function seededRandom(seed: string): () => number {
  let state = [...seed].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) | 0, 7);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
