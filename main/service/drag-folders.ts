/**
 * Private folders below the target folder, for files that are copied only to be dragged out of the window or pasted elsewhere: removed when Airlock ends. Those of sessions that
 * crashed are known from a list beside the settings. What lies in the target folder may come from a stick: nothing is removed there by its name or its date.
 */

import { lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import * as v from 'valibot';
import { writeWhole } from '../whole-file.ts';

/** Below the target folder; no stick's files go into a folder of this name. */
export const DRAG_FOLDER = '.airlock-drag';
const PREFIX = 'files-';
/** As mkdtemp(3) makes them. */
const MADE_NAME = /^files-[A-Za-z0-9]{6}$/;
/** What a session that crashed left behind is removed by a later one; a younger folder may be another session's. */
const KEPT_MS = 24 * 3600 * 1000;
/** The oldest are forgotten, and stay. */
const MAX_RECORDED = 1000;

const recordSchema = v.array(v.object({ path: v.string(), madeAtMs: v.number() }));
type DragRecord = v.InferOutput<typeof recordSchema>;

export class DragFolders {
  private readonly listPath: string;
  private readonly made = new Set<string>();

  /** `listPath`: the file that lists the folders of all sessions. */
  constructor(listPath: string) {
    this.listPath = listPath;
  }

  /** An empty folder that only the user may enter. Throws the host's error. */
  make(targetFolder: string): string {
    const base = join(resolve(targetFolder), DRAG_FOLDER);
    mkdirSync(base, { recursive: true, mode: 0o700 });
    // It may have come from a stick, and lead anywhere.
    if (!isRealFolder(base)) throw new Error(`${base} is not a folder of its own`);
    const folder = mkdtempSync(join(base, PREFIX));
    this.made.add(folder);
    const madeAtMs = Date.now();
    this.rewrite((record) => [...removeOld(record, madeAtMs, this.made), { path: folder, madeAtMs }]);
    return folder;
  }

  removeAll(): void {
    if (this.made.size === 0) return;
    const removed = [...this.made].filter(remove);
    this.made.clear();
    this.rewrite((record) => record.filter(({ path }) => !removed.includes(path)));
  }

  private rewrite(change: (record: DragRecord) => DragRecord): void {
    try {
      writeWhole(this.listPath, JSON.stringify(change(readRecord(this.listPath)).slice(-MAX_RECORDED), null, 2));
    } catch {
      // What is not listed is removed when this session ends, or stays.
    }
  }
}

/** What is left of the list. This session's own stay, however long it runs: the clipboard may name them. */
function removeOld(record: DragRecord, nowMs: number, own: ReadonlySet<string>): DragRecord {
  return record.filter(({ path, madeAtMs }) => nowMs - madeAtMs <= KEPT_MS || own.has(path) || !remove(path));
}

/** Whether it is not there any more. */
function remove(path: string): boolean {
  const base = dirname(path);
  const mayBeOurs = isAbsolute(path) && basename(base) === DRAG_FOLDER && MADE_NAME.test(basename(path));
  if (!mayBeOurs || !isRealFolder(base) || !isRealFolder(path)) return true;
  try {
    rmSync(path, { recursive: true, force: true });
    return true;
  } catch {
    // Somebody still has it in use: a later session removes it.
    return false;
  }
}

/** A folder, and no link to one. */
function isRealFolder(path: string): boolean {
  try {
    return lstatSync(path).isDirectory();
  } catch {
    return false;
  }
}

function readRecord(path: string): DragRecord {
  try {
    return v.parse(recordSchema, JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return [];
  }
}
