/** The guard over GNOME's real setting (in a folder of its own), and over stand-ins for the desktops' own tools on a path of their own, with a home of their own. */

import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type GuardOptions, guardHere, guardState, turnGuardOff, turnGuardOn } from './guard.ts';

const GNOME = 'org.gnome.desktop.media-handling';
const RULE = '/usr/lib/udev/rules.d/99-airlock-guard.rules';
const FLAG = '/etc/airlock/guard';
const before = { ...process.env };
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-guard-'));
});
afterEach(() => {
  process.env = { ...before };
  rmSync(folder, { recursive: true });
});

/** Keeps each value in a file of its own; a file KEY.locked is what an administrator fixed. */
const GSETTINGS = `#!/bin/sh
store="$HOME/gsettings"
case "$1" in
  get) cat "$store/$2 $3" 2>/dev/null || exit 1 ;;
  set) [ -e "$store/$2 $3.locked" ] && exit 1; printf %s "$4" > "$store/$2 $3" ;;
  writable) if [ -e "$store/$2 $3.locked" ]; then echo false; else echo true; fi ;;
esac
`;
/** The same arguments as KDE's tools take, over the person's file and the system's. */
const KDE_TOOL = `#!${process.execPath}
const { readFileSync, writeFileSync } = require('node:fs');
const args = process.argv.slice(2);
const options = (name) => args.flatMap((arg, at) => (args[at - 1] === name ? [arg] : []));
const path = process.env.XDG_CONFIG_HOME + '/' + options('--file')[0];
const group = options('--group').map((name) => '[' + name + ']').join('');
const key = options('--key')[0];
const read = (file) => { try { return readFileSync(file, 'utf8').split('\\n').filter(Boolean); } catch { return []; } };
const find = (lines) => { const from = lines.indexOf(group); if (from < 0) return -1; for (let at = from + 1; at < lines.length && !lines[at].startsWith('['); at += 1) if (lines[at].startsWith(key + '=')) return at; return -1; };
const lines = read(path);
const at = find(lines);
if (process.argv[1].includes('kreadconfig')) {
  const system = read(process.env.HOME + '/system-rc');
  console.log(at >= 0 ? lines[at].slice(key.length + 1) : find(system) >= 0 ? system[find(system)].slice(key.length + 1) : '');
} else if (args.includes('--delete')) {
  if (at >= 0) lines.splice(at, 1);
} else {
  const line = key + '=' + args[args.length - 1];
  if (at >= 0) lines[at] = line;
  else { if (!lines.includes(group)) lines.push(group); lines.splice(lines.indexOf(group) + 1, 0, line); }
}
if (process.argv[1].includes('kwriteconfig')) writeFileSync(path, lines.join('\\n') + '\\n');
`;

/** A computer of its own: tools on its path, settings in its home; `files` stand in for those of the system. */
function computer(tools: Record<string, string>, files: string[] = []) {
  const bin = join(folder, 'bin');
  const configHome = join(folder, 'config');
  for (const each of [bin, configHome, join(folder, 'gsettings')]) mkdirSync(each);
  for (const [name, script] of Object.entries(tools)) {
    writeFileSync(join(bin, name), script);
    chmodSync(join(bin, name), 0o755);
  }
  Object.assign(process.env, { PATH: `${bin}:/usr/bin:/bin`, HOME: folder, XDG_CONFIG_HOME: configHome });
  const real = guardHere(join(folder, 'guard.json'));
  const asked: string[] = [];
  const options: GuardOptions = {
    ...real,
    platform: 'linux',
    exists: (path) => files.includes(path),
    async run(command, args) {
      // Only what this computer was given; and no administrator is asked.
      if (command === 'pkexec') {
        asked.push(args.join(' '));
        if (tools.pkexec === undefined) return null;
        if (args[0].endsWith('install')) files.push(FLAG);
        else files.splice(files.indexOf(FLAG), 1);
        return '';
      }
      return command in tools ? real.run(join(bin, command), args) : null;
    },
  };
  const rc = join(configHome, 'kded_device_automounterrc');
  const gsettings = (name: string) => join(folder, 'gsettings', name);
  const part = async (name: string) => (await guardState(options)).parts.find((each) => each.name === name);
  return { options, asked, rc, gsettings, part };
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
  Object.assign(process.env, { GSETTINGS_BACKEND: 'keyfile', XDG_CONFIG_HOME: folder });
  const get = (key: string) => execFileSync('gsettings', ['get', GNOME, key], { encoding: 'utf8' }).trim();
  execFileSync('gsettings', ['set', GNOME, 'automount-open', 'false']);
  const options: GuardOptions = { ...guardHere(join(folder, 'guard.json')), platform: 'linux', exists: () => false };
  expect((await guardState(options)).on).toBe(false);
  expect(await turnGuardOn(options)).toMatchObject({ on: true, state: 'on' });
  expect([get('automount'), get('automount-open')]).toEqual(['false', 'false']);
  expect(await turnGuardOff(options)).toMatchObject({ on: false, state: 'off' });
  expect([get('automount'), get('automount-open')]).toEqual(['true', 'false']);
  expect(existsSync(options.path)).toBe(false);
});

test('turned on twice, it restores what was before the first time', async () => {
  const { options, gsettings } = computer({ gsettings: GSETTINGS });
  writeFileSync(gsettings(`${GNOME} automount`), 'true');
  writeFileSync(gsettings(`${GNOME} automount-open`), 'false');
  await turnGuardOn(options);
  expect(readFileSync(gsettings(`${GNOME} automount`), 'utf8')).toBe('false');
  await turnGuardOn(options);
  await turnGuardOff(options);
  expect(readFileSync(gsettings(`${GNOME} automount`), 'utf8')).toBe('true');
  expect(readFileSync(gsettings(`${GNOME} automount-open`), 'utf8')).toBe('false');
  expect(existsSync(options.path)).toBe(false);
});

test('a setting that an administrator has fixed is told, and the guard is not called on', async () => {
  const { options, gsettings } = computer({ gsettings: GSETTINGS });
  writeFileSync(gsettings(`${GNOME} automount`), 'true');
  writeFileSync(gsettings(`${GNOME} automount.locked`), '');
  writeFileSync(gsettings('org.mate.media-handling automount'), 'true');
  const state = await turnGuardOn(options);
  expect(state).toMatchObject({
    on: false,
    state: 'partly',
    sentence: 'This computer may still mount sticks by itself: GNOME is not set against it.',
  });
  expect(state.parts.slice(0, 3)).toEqual([
    { name: 'GNOME', guards: false, note: 'An administrator has fixed this setting.' },
    { name: 'Cinnamon', guards: null, note: null },
    { name: 'MATE', guards: true, note: null },
  ]);
});

const KDE_TOOLS = { kreadconfig6: KDE_TOOL, kwriteconfig6: KDE_TOOL };

test('KDE: what was not set is unset again, although the system’s file has a value for it', async () => {
  const { options, rc, part } = computer(KDE_TOOLS);
  writeFileSync(join(folder, 'system-rc'), '[General]\nAutomountEnabled=true\nAutomountOnPlugin=true\n');
  expect(await part('KDE Plasma')).toEqual({ name: 'KDE Plasma', guards: false, note: null });
  expect(await turnGuardOn(options)).toMatchObject({ on: true, state: 'on' });
  expect(readFileSync(rc, 'utf8')).toBe('[General]\nAutomountEnabled=false\n');
  expect(await turnGuardOff(options)).toMatchObject({ on: false, state: 'off' });
  expect(readFileSync(rc, 'utf8')).toBe('[General]\n');
});

test('KDE: devices that are mounted in any case are set against it too, and back', async () => {
  const { options, rc, part } = computer(KDE_TOOLS);
  const device = '/org/freedesktop/UDisks2/block_devices/sdb1';
  const text = `[Devices][${device}]\nEverMounted=true\nForceAttachAutomount=true\n[General]\nAutomountEnabled=true\nAutomountOnLogin=false\n`;
  writeFileSync(rc, text);
  expect(await part('KDE Plasma')).toMatchObject({
    guards: false,
    note: 'Some devices are set to be mounted in any case.',
  });
  expect(await turnGuardOn(options)).toMatchObject({ on: true });
  expect(readFileSync(rc, 'utf8')).toContain('ForceAttachAutomount=false');
  await turnGuardOff(options);
  expect(readFileSync(rc, 'utf8')).toBe(text);
});

test('KDE mounts nothing by itself where only its switch is on and no occasion is', async () => {
  const { rc, part } = computer({ kreadconfig5: KDE_TOOL });
  writeFileSync(rc, '[General]\nAutomountEnabled=true\n');
  expect(await part('KDE Plasma')).toMatchObject({ guards: true });
});

test('a tool that fails leaves its note and what is to be restored', async () => {
  const { options, rc } = computer({ kreadconfig6: KDE_TOOL, kwriteconfig6: '#!/bin/sh\nexit 1\n' });
  writeFileSync(rc, '[General]\nAutomountEnabled=true\nAutomountOnPlugin=true\n');
  const state = await turnGuardOn(options);
  expect(state).toMatchObject({ on: false, state: 'off' });
  expect(state.parts.find(({ name }) => name === 'KDE Plasma')?.note).toBe('The setting did not take.');
});

test('with the packaged rule it makes the rule’s file by pkexec, and is on even where no desktop can be set', async () => {
  const { options, asked } = computer({ pkexec: '' }, [RULE]);
  expect(await guardState(options)).toMatchObject({ on: false, state: 'off' });
  const on = await turnGuardOn(options);
  expect(on).toMatchObject({ on: true, state: 'on' });
  expect(on.parts.at(-1)).toEqual({
    name: 'udev rule',
    guards: true,
    note: 'Sticks that are plugged in already keep what was before until they are plugged in again.',
  });
  expect(await turnGuardOff(options)).toMatchObject({ on: false });
  expect(asked).toEqual([
    '/usr/bin/install -D -m 644 /dev/null /etc/airlock/guard',
    '/usr/bin/rm -f /etc/airlock/guard',
  ]);
});

test('the rule’s file that an administrator made stays, and a password that is not given is told', async () => {
  const made = computer({ pkexec: '' }, [RULE, FLAG]);
  await turnGuardOn(made.options);
  expect(await turnGuardOff(made.options)).toMatchObject({ on: true });
  expect(made.asked).toEqual([]);
  rmSync(join(folder, 'bin'), { recursive: true });
  for (const each of ['config', 'gsettings']) rmSync(join(folder, each), { recursive: true });
  const refused = computer({}, [RULE]);
  const state = await turnGuardOn(refused.options);
  expect(state).toMatchObject({ on: false, state: 'off' });
  expect(state.parts.at(-1)?.note).toBe('This needs an administrator’s password, which was not given.');
});

test('the rule keeps GNOME from mounting and does not bind KDE', async () => {
  const { options, rc, gsettings } = computer({ gsettings: GSETTINGS, kreadconfig6: KDE_TOOL }, [RULE, FLAG]);
  writeFileSync(gsettings(`${GNOME} automount`), 'true');
  writeFileSync(rc, '[General]\nAutomountEnabled=true\nAutomountOnPlugin=true\n');
  const state = await guardState(options);
  expect(state).toMatchObject({ on: false, state: 'partly' });
  expect(state.sentence).toBe('This computer may still mount sticks by itself: KDE Plasma is not set against it.');
  expect(state.parts.find(({ name }) => name === 'KDE Plasma')?.note).toBe(
    'Whether KDE follows the udev rule is not known.',
  );
  rmSync(rc);
  expect(await guardState(options)).toMatchObject({ on: true, state: 'on' });
});

test('claims nothing where there is nothing to set, and says on macOS and Windows what can be done', async () => {
  const { options } = computer({});
  expect(await guardState(options)).toMatchObject({
    on: false,
    state: 'unknown',
    sentence: 'Nothing that mounts sticks by itself was found that Airlock can set.',
  });
  expect(await turnGuardOn({ ...options, platform: 'win32' })).toMatchObject({ state: 'unknown', parts: [] });
  expect((await guardState({ ...options, platform: 'win32' })).sentence).toContain('mountvol /N');
  expect((await guardState({ ...options, platform: 'darwin' })).sentence).toContain('macOS mounts sticks by itself');
});
