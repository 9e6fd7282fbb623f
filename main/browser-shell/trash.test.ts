/** The desktop's trash, with GLib's own tool where it is installed. */

import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { gioTrash } from './trash.ts';

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'airlock-trash-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

test('is not there where the tool is not; a tool is looked for in whole paths only', () => {
  expect(gioTrash({ PATH: home })).toBeNull();
  expect(gioTrash({})).toBeNull();
  mkdirSync(join(home, 'bin'));
  writeFileSync(join(home, 'bin', 'gio'), '');
  expect(gioTrash({ PATH: `${home}/bin` })).toBeNull();
  writeFileSync(join(home, 'bin', 'gio2'), '', { mode: 0o755 });
  expect(gioTrash({ PATH: 'bin:.:' })).toBeNull();
});

test('has the files afterwards, whatever they are called', async (context) => {
  vi.stubEnv('HOME', home);
  vi.stubEnv('XDG_DATA_HOME', join(home, 'data'));
  const trash = gioTrash();
  const skip = (why: string) => {
    console.warn(`${context.task.name}: not tried: ${why}`);
    context.skip(why);
  };
  if (trash === null) return skip('gio is not installed (libglib2.0-bin)');
  const names = ['plain.txt', '-rf', 'with space', '%41', 'trash:a'];
  for (const name of names) writeFileSync(join(home, name), 'x');
  try {
    await trash(names.map((name) => join(home, name)));
  } catch (error) {
    if (error instanceof Error && /not supported/.test(error.message)) return skip(error.message);
    throw error;
  }
  for (const name of names)
    expect([name, existsSync(join(home, name)), existsSync(join(home, 'data/Trash/files', name))]).toEqual([
      name,
      false,
      true,
    ]);
  await expect(trash([join(home, 'not there')])).rejects.toThrow('not there');
});
