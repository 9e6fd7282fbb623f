/** The options of `airlock cp` that choose what is copied and what it carries: by content, over what is there already, with marks. */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { placeLookStick } from '../end-to-end/look-stick.ts';
import { readAttribute } from '../support/xattr.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const AIRLOCK = resolve(process.env.AIRLOCK_DIST ?? 'dist', 'bin', 'airlock.js');
let folder = '';
let target = '';
let image = '';
const bytes = (text: string) => new TextEncoder().encode(text);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-cp-'));
  target = join(folder, 'out');
  const program = Buffer.alloc(200);
  program.write('MZ\x90\0');
  image = placeLookStick(folder, 'stick.img', [
    { name: 'notes.txt', content: bytes('Grüße, and the list') },
    { name: 'old notes', content: Buffer.from('Gr\xfc\xdfe', 'latin1') },
    { name: 'wide notes', content: Buffer.from('\ufeffwide text', 'utf16le') },
    { name: 'picture.jpg', content: program },
    { name: 'run.bat', content: bytes('del *.*') },
  ]);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function cp(...options: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [AIRLOCK, 'cp', ...options, image, '/', target], {
    encoding: 'utf8',
  });
  return { status, out: stdout, err: stderr };
}

test('--only documents-and-media judges by content, in the locked-down worker, in every charset', () => {
  expect(cp('--only', 'documents-and-media')).toMatchObject({ status: 0 });
  expect(readdirSync(target).sort()).toEqual(['notes.txt', 'old notes', 'wide notes']);
  expect(cp('--only', 'pictures').status).toBe(2);
});

test('--resume copies what is not there yet, or not as on the stick', () => {
  expect(cp().out).toContain('5 files');
  rmSync(join(target, 'run.bat'));
  writeFileSync(join(target, 'notes.txt'), 'mine');
  utimesSync(join(target, 'notes.txt'), 1000, 1000);
  const { status, out } = cp('--resume', '--conflict', 'overwrite');
  expect([status, out.split('\n').at(-2)]).toEqual([0, '2 files, 28 B on the disk and verified, 3 skipped']);
  expect(readFileSync(join(target, 'notes.txt'), 'utf8')).toBe('Grüße, and the list');
});

test('marks are set, or not with --no-marks', () => {
  cp('--no-marks');
  const mark = () => readAttribute(join(target, 'notes.txt'), 'user.xdg.origin.url');
  expect(mark()).toBeNull();
  const report = JSON.parse(cp('--json', '--conflict', 'overwrite').out.trim().split('\n').at(-1) ?? '');
  expect(report.marks === 'impossible' ? null : 'airlock://stick.img/LOOKING/notes.txt').toBe(mark());
});
