/** The user's settings, kept in a JSON file in their configuration folder. */

import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import * as v from 'valibot';
import { settingsSchema } from '../contract/settings-validators.ts';
import type { Settings } from '../contract.ts';
import { texts } from '../texts.ts';
import { collisionKey, EVERY_HOST_RULES, safeName, shortened } from '../transfers/safe-names.ts';
import { writeWhole } from '../whole-file.ts';
import { DRAG_FOLDER } from './drag-folders.ts';
import { refused } from './problems.ts';

/** Sticks whose folders are remembered; the oldest are forgotten. */
const MAX_REMEMBERED_STICKS = 1000;
const MAX_NUMBER = 10_000;

/** What the file holds: the settings, and which stick's files go into which folder. */
const fileSchema = v.object({
  settings: v.unknown(),
  stickFolders: v.fallback(v.record(v.string(), v.string()), {}),
});

export function defaultSettings(home: string = homedir()): Settings {
  return {
    targetFolder: join(home, 'Airlock'),
    conflictPolicy: 'ask',
    showHidden: false,
    showAllMedia: false,
    theme: 'system',
    view: 'list',
    columns: [
      { column: 'size', width: 80 },
      { column: 'modified', width: 168 },
      { column: 'type', width: 128 },
    ],
    language: 'system',
    tray: true,
    keepRunning: false,
    notifyPlugged: true,
    rememberMedia: true,
    contrast: 'system',
    welcomed: false,
    fatCodePage: '',
    fatTimeZone: '',
    verification: 'automatic',
    provenance: true,
  };
}

/** The folder for the user's settings, by each host's custom. */
export function configFolder(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
): string {
  if (platform === 'win32') return join(env.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Airlock');
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Airlock');
  return join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'airlock');
}

export class SettingsFile {
  private readonly path: string;
  private settings: Settings;
  private stickFolders: Map<string, string>;

  /** Reads the file; what is missing in it or wrong is as by default. */
  constructor(path: string) {
    this.path = path;
    const kept = readKept(path);
    this.settings = { ...defaultSettings(), ...validFields(kept.settings) };
    this.stickFolders = new Map(Object.entries(kept.stickFolders));
  }

  get current(): Settings {
    return this.settings;
  }

  change(change: Partial<Settings>): Settings {
    if (change.targetFolder !== undefined && !isAbsolute(change.targetFolder))
      throw refused(texts().failures.targetNotWhole);
    this.settings = { ...this.settings, ...change };
    this.write();
    return this.settings;
  }

  /**
   * The folder below the target folder for one stick: named after it, the same each time, no other stick's, and not the one in which folders for dragging
   * are made. `exists` says which names are taken on the disk by something else.
   */
  folderForStick(key: string, wanted: string, exists: (name: string) => boolean): string {
    const remembered = this.stickFolders.get(key);
    const isSafe = remembered !== undefined && safeName(remembered, EVERY_HOST_RULES).name === remembered;
    if (isSafe && folderKey(remembered) !== folderKey(DRAG_FOLDER)) return remembered;
    const base = safeName(wanted.trim() || 'Stick', EVERY_HOST_RULES).name;
    const others = new Set([DRAG_FOLDER, ...this.stickFolders.values()].map(folderKey));
    let name = base;
    for (let number = 2; number < MAX_NUMBER; number++) {
      if (!others.has(folderKey(name)) && !exists(name)) break;
      name = shortened(base, EVERY_HOST_RULES, ` (${number})`);
    }
    this.stickFolders.set(key, name);
    for (const oldest of this.stickFolders.keys()) {
      if (this.stickFolders.size <= MAX_REMEMBERED_STICKS) break;
      this.stickFolders.delete(oldest);
    }
    this.write();
    return name;
  }

  /** Throws RequestError. */
  private write(): void {
    const text = JSON.stringify(
      { settings: this.settings, stickFolders: Object.fromEntries(this.stickFolders) },
      null,
      2,
    );
    try {
      writeWhole(this.path, text);
    } catch (error) {
      throw refused(texts().failures.settingsNotSaved, error instanceof Error ? error.message : null);
    }
  }
}

function folderKey(name: string): string {
  return collisionKey(name, EVERY_HOST_RULES);
}

function readKept(path: string): v.InferOutput<typeof fileSchema> {
  try {
    return v.parse(fileSchema, JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return { settings: {}, stickFolders: {} };
  }
}

/** The fields that are what they should be. */
function validFields(kept: unknown): Partial<Settings> {
  const fields = typeof kept === 'object' && kept !== null ? kept : {};
  const valid: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    const whole = v.safeParse(settingsSchema, { ...defaultSettings(), [name]: value });
    if (whole.success && Object.hasOwn(whole.output, name)) valid[name] = value;
  }
  return valid;
}
