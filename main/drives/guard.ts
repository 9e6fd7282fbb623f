/**
 * Keeps the desktop from mounting sticks by itself, and restores what was before: the desktops' settings (guard-settings.ts), and the udev rule of the packages
 * (assets/99-airlock-guard.rules), which UDisks tells every desktop of that asks it. macOS and Windows are only described.
 */

import { existsSync, readFileSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { texts } from '../texts.ts';
import { writeWhole } from '../whole-file.ts';
import { type Desktop, desktops, isLocked, type RunTool, type Setting, set, settingSchema } from './guard-settings.ts';
import { outputOf } from './run-command.ts';

const RULES = ['/usr/lib/udev/rules.d/99-airlock-guard.rules', '/etc/udev/rules.d/99-airlock-guard.rules'];
/** The rule looks for this file. */
const FLAG = '/etc/airlock/guard';

export interface GuardPart {
  /** The desktop, or the rule. */
  name: string;
  /** Whether it keeps sticks from being mounted; null: it is not on this computer. */
  guards: boolean | null;
  /** Why it is not as was asked, or what is to be known of it; null if nothing is. */
  note: string | null;
}

export interface GuardState {
  /** Nothing that is known here mounts sticks by itself. */
  on: boolean;
  /** `unknown`: nothing was found that could be asked. */
  state: 'on' | 'off' | 'partly' | 'unknown';
  /** For people: what is so, and what is not known. */
  sentence: string;
  parts: GuardPart[];
}

export interface GuardOptions {
  platform: NodeJS.Platform;
  /** Where the former settings are kept while the guard is on. */
  path: string;
  /** Where desktops keep their settings: $XDG_CONFIG_HOME. */
  configHome: string;
  run: RunTool;
  exists(path: string): boolean;
}

export function guardHere(path: string): GuardOptions {
  const configHome = process.env.XDG_CONFIG_HOME || join(homedir(), '.config');
  // A password may have to be typed.
  const run: RunTool = (command, args) => outputOf(command, args, command === 'pkexec' ? 0 : undefined);
  return { platform: process.platform, path, configHome, run, exists: existsSync };
}

const keptSchema = v.object({
  settings: v.array(settingSchema),
  /** The rule's file was made by the switch, and not by an administrator. */
  madeFlag: v.boolean(),
});
type Kept = v.InferOutput<typeof keptSchema>;

/** What is set now, asked each time: others change it too. */
export function guardState(options: GuardOptions): Promise<GuardState> {
  return stateWith(options, new Map());
}

/** On: remembers what was set, and sets it off. Where the packaged rule is, its file is made too, for which a password may be asked. */
export async function turnGuardOn(options: GuardOptions): Promise<GuardState> {
  if (options.platform !== 'linux') return guardState(options);
  const words = texts().drives.guard;
  const kept = keptSettings(options.path);
  const notes = new Map<string, string>();
  for (const desktop of await desktops(options.run, options.configHome)) {
    for (const setting of desktop.settings) {
      // What was before the first time counts; and it is on the disk before it is changed.
      if (!kept.settings.some((each) => isSamePlace(each, setting))) kept.settings.push(setting);
      keep(options.path, kept);
      if (setting.value === 'false' || (await set(options.run, options.configHome, { ...setting, value: 'false' })))
        continue;
      notes.set(desktop.name, (await isLocked(options.run, setting)) ? words.locked : words.notTaken);
    }
  }
  if (hasRule(options) && !options.exists(FLAG)) {
    await options.run('pkexec', ['/usr/bin/install', '-D', '-m', '644', '/dev/null', FLAG]);
    if (options.exists(FLAG)) keep(options.path, { ...kept, madeFlag: true });
    notes.set(words.rule, options.exists(FLAG) ? words.nextPlug : words.notAuthorized);
  }
  return stateWith(options, notes);
}

/** Off: as it was before. What the guard did not set stays; what cannot be put back stays remembered. */
export async function turnGuardOff(options: GuardOptions): Promise<GuardState> {
  const words = texts().drives.guard;
  const kept = keptSettings(options.path);
  const notes = new Map<string, string>();
  const left: Kept = { settings: [], madeFlag: false };
  const now = await desktops(options.run, options.configHome);
  for (const setting of kept.settings) {
    if (await set(options.run, options.configHome, setting)) continue;
    left.settings.push(setting);
    const desktop = now.find(({ settings }) => settings.some((each) => isSamePlace(each, setting)));
    notes.set(desktop?.name ?? '', words.notRestored);
  }
  if (kept.madeFlag && options.exists(FLAG)) {
    await options.run('pkexec', ['/usr/bin/rm', '-f', FLAG]);
    left.madeFlag = options.exists(FLAG);
    notes.set(words.rule, left.madeFlag ? words.notAuthorized : words.nextPlug);
  }
  if (left.settings.length > 0 || left.madeFlag) keep(options.path, left);
  else rmSync(options.path, { force: true });
  return stateWith(options, notes);
}

async function stateWith(options: GuardOptions, notes: ReadonlyMap<string, string>): Promise<GuardState> {
  const words = texts().drives.guard;
  if (options.platform !== 'linux') {
    const sentence = options.platform === 'darwin' ? words.darwin : words.win32;
    return { on: false, state: 'unknown', sentence, parts: [] };
  }
  const found = await desktops(options.run, options.configHome);
  const rule = hasRule(options) ? options.exists(FLAG) : null;
  const here = found.filter(({ guards }) => guards !== null);
  const uncovered = here.filter((desktop) => !desktop.guards && !(rule === true && desktop.followsRule));
  const parts: GuardPart[] = found.map((desktop) => ({
    name: desktop.name,
    guards: desktop.guards,
    note: notes.get(desktop.name) ?? noteOf(desktop, rule === true),
  }));
  parts.push({ name: words.rule, guards: rule, note: notes.get(words.rule) ?? null });
  const state = stateOf(here.length, uncovered.length, rule);
  return { on: state === 'on', state, sentence: sentenceOf(state, rule === true, uncovered), parts };
}

function stateOf(here: number, uncovered: number, rule: boolean | null): GuardState['state'] {
  if (here === 0) return rule === null ? 'unknown' : rule ? 'on' : 'off';
  if (uncovered === 0) return 'on';
  return uncovered < here || rule === true ? 'partly' : 'off';
}

function sentenceOf(state: GuardState['state'], rule: boolean, uncovered: readonly Desktop[]): string {
  const words = texts().drives.guard;
  if (state === 'unknown') return words.nothing;
  if (state === 'off') return words.off;
  if (state === 'partly') return words.partly(uncovered.map(({ name }) => name).join(', '));
  return rule ? words.onByRule : words.on;
}

function noteOf(desktop: Desktop, rule: boolean): string | null {
  const words = texts().drives.guard;
  if (desktop.guards !== false) return null;
  if (desktop.isForced) return words.forced;
  return rule && !desktop.followsRule ? words.ruleNotFollowed : null;
}

function hasRule(options: GuardOptions): boolean {
  return RULES.some((rule) => options.exists(rule));
}

function isSamePlace(one: Setting, other: Setting): boolean {
  return JSON.stringify({ ...one, value: '' }) === JSON.stringify({ ...other, value: '' });
}

function keptSettings(path: string): Kept {
  try {
    return v.parse(keptSchema, JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return { settings: [], madeFlag: false };
  }
}

function keep(path: string, kept: Kept): void {
  writeWhole(path, JSON.stringify(kept, null, 2));
}
