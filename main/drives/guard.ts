/**
 * Keeps the desktop from mounting sticks by itself, and restores what was before: GNOME's, Cinnamon's and MATE's setting (gsettings(1), schemas
 * *.media-handling), and the udev rule of the packages (assets/99-airlock-guard.rules), which UDisks tells every desktop of.
 */

import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import * as v from 'valibot';

const SCHEMAS = ['org.gnome.desktop.media-handling', 'org.cinnamon.desktop.media-handling', 'org.mate.media-handling'];
const KEYS = ['automount', 'automount-open'];
const RULES = ['/usr/lib/udev/rules.d/99-airlock-guard.rules', '/etc/udev/rules.d/99-airlock-guard.rules'];
const RULE = 'udev rule';
/** The rule looks for this file. */
const FLAG = '/etc/airlock/guard';

export interface GuardPart {
  /** The desktop's schema, or the rule. */
  name: string;
  /** Whether it keeps sticks from being mounted; null: it is not on this computer. */
  guards: boolean | null;
}

export interface GuardState {
  /** Nothing that is known here mounts sticks by itself. */
  on: boolean;
  /** For people: what is so, and what is not known. */
  sentence: string;
  parts: GuardPart[];
}

export interface GuardOptions {
  /** Where the former settings are kept while the guard is on. */
  path: string;
  /** Standard output of a program; null if it failed or is not there. */
  run(command: string, args: string[]): Promise<string | null>;
  exists(path: string): boolean;
}

export function guardHere(path: string): GuardOptions {
  return { path, run: outputOf, exists: existsSync };
}

const keptSchema = v.record(v.string(), v.picklist(['true', 'false']));

/** What is set now, asked each time: others change it too. */
export async function guardState(options: GuardOptions): Promise<GuardState> {
  const parts: GuardPart[] = [];
  for (const schema of SCHEMAS) {
    const automount = await options.run('gsettings', ['get', schema, KEYS[0]]);
    parts.push({ name: schema, guards: automount === null ? null : automount === 'false' });
  }
  const hasRule = RULES.some((rule) => options.exists(rule));
  parts.push({ name: RULE, guards: hasRule ? options.exists(FLAG) : null });
  const known = parts.filter(({ guards }) => guards !== null);
  const rule = parts[parts.length - 1].guards === true;
  const desktops = known.filter(({ name }) => name !== RULE);
  const on = rule || (desktops.length > 0 && desktops.every(({ guards }) => guards));
  return { on, sentence: sentenceOf(on, rule, known.length), parts };
}

function sentenceOf(on: boolean, rule: boolean, known: number): string {
  if (known === 0) return 'Nothing that mounts sticks by itself was found that Airlock can set.';
  if (!on) return 'This computer may mount sticks by itself as soon as they are plugged in.';
  const who = rule ? 'UDisks tells every desktop' : 'Your desktop is set';
  return `${who} not to mount sticks by itself. Other programs, and you by hand, still can.`;
}

/** On: remembers what was set, and sets it off. Where the packaged rule is, its flag is set too, for which a password may be asked. */
export async function turnGuardOn(options: GuardOptions): Promise<GuardState> {
  const kept = keptSettings(options.path);
  for (const schema of SCHEMAS) {
    for (const key of KEYS) {
      const now = await options.run('gsettings', ['get', schema, key]);
      if (now !== 'true' && now !== 'false') continue;
      // What was before the first time counts.
      kept[`${schema} ${key}`] ??= now;
      keep(options.path, kept);
      await options.run('gsettings', ['set', schema, key, 'false']);
    }
  }
  if (RULES.some((rule) => options.exists(rule)) && !options.exists(FLAG))
    await options.run('pkexec', ['/usr/bin/install', '-D', '-m', '644', '/dev/null', FLAG]);
  return guardState(options);
}

/** Off: as it was before. What the guard did not set stays. */
export async function turnGuardOff(options: GuardOptions): Promise<GuardState> {
  for (const [name, value] of Object.entries(keptSettings(options.path))) {
    const [schema, key] = name.split(' ');
    if (SCHEMAS.includes(schema) && KEYS.includes(key)) await options.run('gsettings', ['set', schema, key, value]);
  }
  rmSync(options.path, { force: true });
  if (options.exists(FLAG)) await options.run('pkexec', ['/usr/bin/rm', '-f', FLAG]);
  return guardState(options);
}

function keptSettings(path: string): Record<string, 'true' | 'false'> {
  try {
    return v.parse(keptSchema, JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return {};
  }
}

function keep(path: string, kept: Record<string, string>): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(kept, null, 2)}\n`);
}

function outputOf(command: string, args: string[]): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'ignore'] });
    let output = '';
    child.stdout.on('data', (text: Buffer) => {
      output += text.toString();
    });
    child.on('error', () => resolve(null));
    child.on('close', (code) => resolve(code === 0 ? output.trim() : null));
  });
}
