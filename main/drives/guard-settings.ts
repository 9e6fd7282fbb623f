/**
 * The settings by which desktops mount sticks by themselves: GNOME's, Cinnamon's and MATE's (gsettings(1), schemas *.media-handling), and KDE Plasma's device
 * automounter (file kded_device_automounterrc, group General; per device in groups Devices and its identifier, which count whatever General says).
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

/** Standard output of a program; null if it failed or is not there. */
export type RunTool = (command: string, args: string[]) => Promise<string | null>;

const DESKTOPS: Record<string, string> = {
  'org.gnome.desktop.media-handling': 'GNOME',
  'org.cinnamon.desktop.media-handling': 'Cinnamon',
  'org.mate.media-handling': 'MATE',
};
const AUTOMOUNT = 'automount';
const GSETTINGS_KEYS = [AUTOMOUNT, 'automount-open'];

const KDE = 'KDE Plasma';
const KDE_FILE = 'kded_device_automounterrc';
/** Versions 6, 5 and 4 of the same tools. */
const KDE_VERSIONS = ['6', '5', ''];
const ENABLED = 'AutomountEnabled';
const KDE_FORCED = ['ForceAttachAutomount', 'ForceLoginAutomount'];
/** What KDE can be asked for by name; and nobody has more sticks than that. */
const PLAIN_DEVICE = /^[A-Za-z0-9/_.:-]{1,200}$/;
const MAX_OWN = 1000;
const RC_TRUE = ['true', 'on', 'yes', '1'];
const RC_FALSE = ['false', 'off', 'no', '0'];

const kdeSchema = v.object({
  tool: v.literal('kde'),
  /** ['General'], or ['Devices', identifier]. */
  groups: v.pipe(v.array(v.pipe(v.string(), v.regex(PLAIN_DEVICE))), v.minLength(1), v.maxLength(2)),
  key: v.picklist([ENABLED, ...KDE_FORCED]),
  /** In the person's own file; '' where it is not set there. */
  value: v.picklist(['', ...RC_TRUE, ...RC_FALSE]),
});

/** One value, with where it stands. */
export const settingSchema = v.variant('tool', [
  v.object({
    tool: v.literal('gsettings'),
    schema: v.picklist(Object.keys(DESKTOPS)),
    key: v.picklist(GSETTINGS_KEYS),
    value: v.picklist(['true', 'false']),
  }),
  kdeSchema,
]);
export type Setting = v.InferOutput<typeof settingSchema>;
type KdeSetting = v.InferOutput<typeof kdeSchema>;

export interface Desktop {
  name: string;
  /** Whether it keeps sticks from being mounted; null: it is not on this computer. */
  guards: boolean | null;
  /** It looks at what UDisks says of a drive, which the udev rule sets. */
  followsRule: boolean;
  /** Some devices are mounted whatever the general setting says. */
  isForced: boolean;
  /** As they are now; each is to be 'false'. */
  settings: Setting[];
}

/** What is set now, asked each time: others change it too. */
export async function desktops(run: RunTool, configHome: string): Promise<Desktop[]> {
  const schemas = Object.keys(DESKTOPS).map((schema) => gsettingsDesktop(run, schema));
  return Promise.all([...schemas, kdeDesktop(run, configHome)]);
}

async function gsettingsDesktop(run: RunTool, schema: string): Promise<Desktop> {
  const settings: Setting[] = [];
  for (const key of GSETTINGS_KEYS) {
    const value = await run('gsettings', ['get', schema, key]);
    if (value === 'true' || value === 'false') settings.push({ tool: 'gsettings', schema, key, value });
  }
  const automount = settings.find(({ key }) => key === AUTOMOUNT);
  const guards = automount === undefined ? null : automount.value === 'false';
  return { name: DESKTOPS[schema], guards, followsRule: true, isForced: false, settings };
}

async function kdeDesktop(run: RunTool, configHome: string): Promise<Desktop> {
  const absent = { name: KDE, guards: null, followsRule: false, isForced: false, settings: [] };
  const general = (key: string) => kdeRead(run, ['General'], key);
  const enabled = await general(ENABLED);
  if (enabled === null || !isRcValue(enabled)) return absent;
  const own = ownSettings(configHome);
  const forced = own.filter(({ key, value }) => KDE_FORCED.includes(key) && RC_TRUE.includes(value));
  // Where nothing is set, KDE mounts nothing when it is plugged in and at login.
  const isMounting = [await general('AutomountOnPlugin'), await general('AutomountOnLogin')].some(isTrue);
  const guards = forced.length === 0 && (RC_FALSE.includes(enabled.toLowerCase()) || !isMounting);
  const unset: Setting = { tool: 'kde', groups: ['General'], key: ENABLED, value: '' };
  const first = own.find(({ key }) => key === ENABLED) ?? unset;
  return { ...absent, guards, isForced: forced.length > 0, settings: [first, ...forced] };
}

const isTrue = (value: string | null) => value !== null && RC_TRUE.includes(value.toLowerCase());
const isRcValue = (value: string) => ['', ...RC_TRUE, ...RC_FALSE].includes(value.toLowerCase());

/** What stands in the person's own file: KDE's tools list no groups, and add what the system's files say. */
function ownSettings(configHome: string): KdeSetting[] {
  const found: KdeSetting[] = [];
  let groups: string[] = [];
  for (const line of textOf(join(configHome, KDE_FILE)).split('\n')) {
    if (line.startsWith('[')) groups = [...line.matchAll(/\[([^\]]*)\]/g)].map(([, group]) => group);
    const [key, value = ''] = line.split('=').map((part) => part.trim());
    const setting = { tool: 'kde', groups, key, value: value.toLowerCase() };
    if (found.length < MAX_OWN && v.is(kdeSchema, setting)) found.push(setting);
  }
  return found;
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

/** Whether the value stands there afterwards: a setting can be locked, and a tool can fail without a word. */
export async function set(run: RunTool, configHome: string, setting: Setting): Promise<boolean> {
  const { key, value } = setting;
  if (setting.tool === 'gsettings') {
    await run('gsettings', ['set', setting.schema, key, value]);
    return (await run('gsettings', ['get', setting.schema, key])) === value;
  }
  const place = kdePlace(setting.groups, key);
  await kdeRun(run, 'kwriteconfig', value === '' ? [...place, '--delete'] : [...place, '--type', 'bool', value]);
  const isSame = (each: KdeSetting) => each.key === key && each.groups.join('/') === setting.groups.join('/');
  return (ownSettings(configHome).find(isSame)?.value ?? '') === value;
}

/** An administrator has fixed it (dconf(7), "Locking"). KDE does not say so beforehand. */
export async function isLocked(run: RunTool, setting: Setting): Promise<boolean> {
  if (setting.tool !== 'gsettings') return false;
  return (await run('gsettings', ['writable', setting.schema, setting.key])) === 'false';
}

function kdeRead(run: RunTool, groups: readonly string[], key: string): Promise<string | null> {
  return kdeRun(run, 'kreadconfig', kdePlace(groups, key));
}

function kdePlace(groups: readonly string[], key: string): string[] {
  return ['--file', KDE_FILE, ...groups.flatMap((group) => ['--group', group]), '--key', key];
}

async function kdeRun(run: RunTool, tool: string, args: string[]): Promise<string | null> {
  for (const version of KDE_VERSIONS) {
    const output = await run(`${tool}${version}`, args);
    if (output !== null) return output;
  }
  return null;
}
