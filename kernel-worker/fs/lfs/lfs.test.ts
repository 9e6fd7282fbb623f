import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { buildLfs64, type Lfs64Options } from '../../../test/builders/lfs64.ts';
import { testImages } from '../../../test/images/library.ts';
import { manifestOf } from '../../fsutils/manifest.ts';
import { Kernel } from '../../rump/kernel.ts';
import type { MountOptions } from '../../rump/vfs/vnode.ts';
import { memoryBlocks } from '../../rumpuser/memory.ts';
import { REGISTERED_DRIVERS } from '../registry.ts';

const FIRST = 8192;

async function read(bytes: Uint8Array, options: MountOptions = {}) {
  const mount = await new Kernel(memoryBlocks(bytes), { drivers: REGISTERED_DRIVERS }).mount({
    partition: null,
    fstype: 'lfs',
    options,
  });
  const manifest = manifestOf(mount, { hash: true, part: null, mediumOffset: 0 });
  return { info: mount.info, ...manifest };
}

function image(name: string) {
  const [found] = testImages(new RegExp(`^${name}$`));
  const bytes = found.bytes();
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), unit: unitOf(bytes) };
}

/** Addresses count sectors in version 1 and fragments in version 2. */
function unitOf(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return view.getUint32(FIRST + 4, true) === 1 ? 512 : view.getUint32(FIRST + 24, true);
}

function seal(view: DataView, at: number): void {
  let sum = 0;
  for (let i = 0; i < 508; i += 2) sum ^= view.getUint16(at + i, true);
  view.setUint32(at + 508, sum, true);
}

/** The image as if no checkpoint had been written since it was formatted: newfs_lfs' own super block, marked as in use. */
function uncheckpointed(name: string) {
  const { bytes, view, unit } = image(name);
  const fresh = view.getUint32(FIRST + 188 + 4 * 2, true) * unit;
  const second = view.getUint32(FIRST + 188 + 4, true) * unit;
  for (const at of [FIRST, second]) {
    bytes.copyWithin(at, fresh, fresh + 512);
    view.setUint16(at + 322, 0, true);
    seal(view, at);
  }
  return { bytes, view, second };
}

test.each(['netbsd-lfsv2', 'netbsd-lfsv2-small', 'netbsd-lfsv1'])(
  'rolls all of %s forward from the empty file system',
  async (name) => {
    const { bytes } = uncheckpointed(name);
    const checkpointed = await read(image(name).bytes);
    const rolled = await read(bytes);
    expect(rolled.failures).toEqual([]);
    expect(rolled.entries).toEqual(checkpointed.entries);
    expect(rolled.info.state.dirty).toBe(true);
    expect(rolled.info.state.notices).toEqual([
      expect.stringMatching(
        /^The file system was not cleanly unmounted; what was written after its newest checkpoint \(partial segments: \d+\)/,
      ),
    ]);
    const plain = await read(bytes, { norollforward: '' });
    expect(plain.entries).toEqual([]);
  },
);

test('a damaged super block gives way to its copy, and a lost one to what the medium still has', async () => {
  const whole = await read(image('netbsd-lfsv2').bytes);
  const second = image('netbsd-lfsv2');
  second.bytes[uncheckpointed('netbsd-lfsv2').second + 100] ^= 1;
  const withFirst = await read(second.bytes);
  expect(withFirst.entries).toEqual(whole.entries);
  expect(withFirst.info.state.notices).toEqual([
    'The second super block is damaged: a super block has a wrong checksum.',
  ]);
  const first = image('netbsd-lfsv2');
  first.bytes[FIRST + 100] ^= 1;
  const withSecond = await read(first.bytes);
  expect(withSecond.entries).toEqual(whole.entries);
  expect(withSecond.info.state.notices[0]).toMatch(/^The super block is damaged; its copy at byte 786432 was used/);
});

test('the newer of two checkpoints is taken, and the older one where its ifile is damaged', async () => {
  const { bytes, view } = image('netbsd-lfsv2');
  const whole = await read(bytes.slice());
  view.setUint32(FIRST + 52, 5000, true);
  const serial = view.getUint32(FIRST + 336, true);
  view.setUint32(FIRST + 336, serial - 1, true);
  seal(view, FIRST);
  const newest = await read(bytes);
  expect(newest.entries).toEqual(whole.entries);
  expect(newest.info.facts['Checkpoint serial']).toBe(serial);
  view.setUint32(FIRST + 336, serial + 1, true);
  seal(view, FIRST);
  const older = await read(bytes);
  expect(older.entries).toEqual(whole.entries);
  expect(older.info.state.notices).toContain('The newest checkpoint is damaged; the one before it was used.');
});

describe.each([false, true])('LFS64, big-endian: %s', (bigEndian) => {
  const built = (options: Lfs64Options = {}) => buildLfs64({ bigEndian, ...options });
  const paths = (entries: Array<{ path: string }>) => entries.map(({ path }) => path);

  test('gives the newest checkpoint and what was written after it', async () => {
    const { info, entries, failures } = await read(built());
    expect(failures).toEqual([]);
    expect(info.title).toBe('LFS64');
    expect(info.facts['Checkpoint serial']).toBe(10);
    expect(paths(entries)).toEqual(['/added', '/file', '/link']);
    expect(entries[1]).toMatchObject({ size: 9, uid: 500, gid: 600, mtime: '2242-03-16T12:56:33.000000005Z' });
    expect(entries[1].sha256).toBe(createHash('sha256').update('once more').digest('hex'));
    expect(entries[2]).toMatchObject({ type: 'symlink', target: 'file/to' });
    expect(info.state.notices[0]).toMatch(/\(partial segments: 1\)/);
  });

  test.each(['wrong serial', 'wrong data', 'unfinished change'] as const)(
    'does not follow the log into a segment with %s',
    async (segment) => {
      const { info, entries } = await read(built({ segment }));
      expect(paths(entries)).toEqual(['/file', '/link']);
      expect(info.state.notices).toEqual([
        'The file system was not cleanly unmounted; nothing followed its newest checkpoint.',
      ]);
    },
  );

  test('does not look behind the checkpoint of a log that was closed, nor where it may not', async () => {
    expect(paths((await read(built({ clean: true }))).entries)).toEqual(['/file', '/link']);
    const asked = await read(built(), { norollforward: '' });
    expect(paths(asked.entries)).toEqual(['/file', '/link']);
    expect(asked.info.state.notices).toEqual([
      'The file system was not cleanly unmounted; its newest checkpoint is shown.',
    ]);
  });
});
