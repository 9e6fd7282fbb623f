/** The guard over GNOME's real setting (in a folder of its own), and over recorded answers of other desktops. */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type GuardOptions, guardHere, guardState, turnGuardOff, turnGuardOn } from './guard.ts';

const GNOME = 'org.gnome.desktop.media-handling';
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-guard-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A desktop of settings and files; what was run is recorded. */
function desktop(settings: Record<string, string>, files: string[] = []) {
  const changed: string[] = [];
  const options: GuardOptions = {
    path: join(folder, 'guard.json'),
    exists: (path) => files.includes(path),
    async run(command, [verb, schema, key, value]) {
      if (command === 'gsettings' && verb === 'get') return settings[`${schema} ${key}`] ?? null;
      changed.push([command, verb, schema, key, value].join(' ').trim());
      if (command === 'gsettings') settings[`${schema} ${key}`] = value;
      else if (verb.endsWith('install')) files.push('/etc/airlock/guard');
      else files.splice(files.indexOf('/etc/airlock/guard'), 1);
      return '';
    },
  };
  return { options, changed, settings };
}

function hasGnome(): boolean {
  try {
    execFileSync('gsettings', ['get', GNOME, 'automount'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test.runIf(hasGnome())('sets GNOME’s real setting off, and as it was before', async () => {
  const before = { ...process.env };
  Object.assign(process.env, { GSETTINGS_BACKEND: 'keyfile', XDG_CONFIG_HOME: folder });
  try {
    const get = (key: string) => execFileSync('gsettings', ['get', GNOME, key], { encoding: 'utf8' }).trim();
    execFileSync('gsettings', ['set', GNOME, 'automount-open', 'false']);
    const options = guardHere(join(folder, 'guard.json'));
    expect((await guardState(options)).on).toBe(false);
    expect(await turnGuardOn(options)).toMatchObject({ on: true });
    expect([get('automount'), get('automount-open')]).toEqual(['false', 'false']);
    expect(await turnGuardOff(options)).toMatchObject({ on: false });
    expect([get('automount'), get('automount-open')]).toEqual(['true', 'false']);
    expect(existsSync(options.path)).toBe(false);
  } finally {
    process.env = before;
  }
});

test('turned on twice, it restores what was before the first time', async () => {
  const { options, settings } = desktop({ [`${GNOME} automount`]: 'true', [`${GNOME} automount-open`]: 'true' });
  await turnGuardOn(options);
  await turnGuardOn(options);
  await turnGuardOff(options);
  expect(settings[`${GNOME} automount`]).toBe('true');
});

test('with the packaged rule it sets the rule’s flag by pkexec, and is on even where the desktop cannot be set', async () => {
  const { options, changed } = desktop({}, ['/usr/lib/udev/rules.d/99-airlock-guard.rules']);
  expect(await guardState(options)).toMatchObject({ on: false });
  expect(await turnGuardOn(options)).toMatchObject({ on: true });
  expect(await turnGuardOff(options)).toMatchObject({ on: false });
  expect(changed).toEqual(['pkexec /usr/bin/install -D -m 644', 'pkexec /usr/bin/rm -f /etc/airlock/guard']);
});

test('claims nothing where there is nothing to set', async () => {
  const { options } = desktop({});
  expect(await guardState(options)).toMatchObject({
    on: false,
    sentence: 'Nothing that mounts sticks by itself was found that Airlock can set.',
  });
});
