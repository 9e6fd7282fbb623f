/** What `npm start` makes of its arguments and of a machine with or without Electron's binary. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findElectron } from './electron-binary.ts';
import { launchOptions } from './launch-options.ts';

test('arguments', () => {
  expect(launchOptions([])).toEqual({ source: null, browser: false, noOpen: false, sandbox: true });
  expect(launchOptions(['--browser', 'a.img', '--no-open', '--no-sandbox'])).toEqual({
    source: 'a.img',
    browser: true,
    noOpen: true,
    sandbox: false,
  });
  expect(launchOptions(['--brwoser'])).toBeNull();
  expect(launchOptions(['a.img', 'b.img'])).toBeNull();
});

describe('Electron’s binary', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'airlock-electron-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const unpack = (dist = join(folder, 'dist')) => {
    mkdirSync(dist, { recursive: true });
    writeFileSync(join(dist, 'electron'), '');
    writeFileSync(join(folder, 'path.txt'), 'electron');
  };
  const never = () => Promise.reject(new Error('was not to be fetched'));

  test('is taken where it is', async () => {
    unpack();
    expect(await findElectron({ folder, env: {}, fetch: never })).toEqual({ path: join(folder, 'dist', 'electron') });
    const elsewhere = join(folder, 'elsewhere');
    unpack(elsewhere);
    const env = { ELECTRON_OVERRIDE_DIST_PATH: elsewhere };
    expect(await findElectron({ folder, env, fetch: never })).toEqual({ path: join(elsewhere, 'electron') });
  });

  test('is fetched once where it is not', async () => {
    const fetch = async () => {
      unpack();
      return true;
    };
    expect(await findElectron({ folder, env: {}, fetch })).toEqual({ path: join(folder, 'dist', 'electron') });
  });

  test('is said to be missing where it cannot be had', async () => {
    const reason = "Electron's binary could not be fetched here.";
    expect(await findElectron({ folder, env: {}, fetch: async () => false })).toEqual({ reason });
    expect(await findElectron({ folder, env: {}, fetch: async () => true })).toEqual({ reason });
    expect(await findElectron({ folder: null, env: {}, fetch: never })).toEqual({
      reason: 'Electron is not installed.',
    });
  });
});
