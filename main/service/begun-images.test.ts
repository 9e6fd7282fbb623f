/** Which image in a folder is gone on with when one of a medium is saved there: only what this user's Airlock began. */

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ImageJob, Medium } from '../contract.ts';
import { ImageMap, mapText } from '../imaging/image-map.ts';
import { type ImageSource, identityOf } from '../imaging/save-image.ts';
import { localDay } from '../local-day.ts';
import { ImageJobs } from './image-jobs.ts';

const MIB = 1024 * 1024;
const BYTES = Buffer.alloc(2 * MIB, 0x5a);
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-begun-'));
  mkdirSync(join(folder, 'images'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const STICK: Medium = {
  ...{ id: 'one', kind: 'device', name: 'STICK', location: '/dev/x', sizeBytes: BYTES.length, state: 'present' },
  ...{ bus: 'USB', vendor: null, model: null, serial: null, speedMbitPerSecond: null, hasMedium: true, siblings: [] },
  ...{ system: false, removable: true, hostMounts: [], hostDrivers: [], table: null, volumes: [], lockdown: null },
  ...{ unsandboxed: false, problem: null },
};

function sourceOf(endsAt: number): ImageSource {
  const read = async (into: Uint8Array, at: number) => (at < endsAt ? BYTES.copy(into, 0, at, at + into.length) : 0);
  return { sizeBytes: BYTES.length, pieceBytes: 4096, read };
}

/** As the app has it, begun anew. */
function jobs(source: ImageSource): ImageJobs {
  return new ImageJobs({
    media: { medium: () => STICK, all: () => [STICK] },
    openSource: async () => ({ source, close: () => {} }),
    keyPath: join(folder, 'images.key'),
    onChange: () => {},
  });
}

async function saved(source: ImageSource): Promise<ImageJob> {
  const running = jobs(source);
  const { id } = await running.start(STICK.id, join(folder, 'images'));
  const job = () => running.list().find((each) => each.id === id);
  await expect.poll(() => job()?.finishedAtMs, { timeout: 60_000 }).not.toBeNull();
  const ended = job();
  if (ended === undefined) throw new Error('the job is gone');
  return ended;
}

const NAME = `STICK ${localDay(Date.now())}`;

test('an image that was begun here is gone on with', async () => {
  const images = join(folder, 'images');
  const path = join(images, `${NAME}.img`);
  expect(await saved(sourceOf(MIB))).toMatchObject({ state: 'interrupted', path });
  expect(await saved(sourceOf(BYTES.length))).toMatchObject({ state: 'done', path, resumedBytes: MIB });
  expect(readdirSync(images).sort()).toEqual(['', '.map', '.sha256'].map((ending) => `${NAME}.img${ending}`));
});

test('a partial image that somebody put there, with a map of this medium, stays as it is, and another name is taken', async () => {
  const forged = join(folder, 'images', 'forged.img');
  const map = new ImageMap(await identityOf(sourceOf(BYTES.length)));
  map.set(0, BYTES.length, '+');
  writeFileSync(`${forged}.partial`, Buffer.alloc(BYTES.length, 0x66));
  writeFileSync(`${forged}.map`, mapText(map));
  const job = await saved(sourceOf(BYTES.length));
  expect(job).toMatchObject({ state: 'done', resumedBytes: 0, path: join(folder, 'images', `${NAME}.img`) });
  expect(readFileSync(job.path).equals(BYTES)).toBe(true);
  expect(readFileSync(`${forged}.partial`)[0]).toBe(0x66);
});

test.each(['.sha256', '.map', '.partial', ''])(
  'a name of which something has %s already is not taken',
  async (ending) => {
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'images', `${NAME}.img${ending}`));
    expect(await saved(sourceOf(BYTES.length))).toMatchObject({ path: join(folder, 'images', `${NAME} (2).img`) });
  },
);
