/**
 * Which media were opened here before: a bounded file beside the settings, with identifiers only as salted hashes, deletable one by one and as a whole.
 * A medium is the same if its device says the same of itself and its volumes have the same identifiers.
 */

import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import * as v from 'valibot';
import type { Medium, RememberedMedium, Sighting } from '../contract.ts';
import { writeWhole } from '../whole-file.ts';

/** The oldest are forgotten. */
const MAX_MEDIA = 500;
const MAX_TIMES = 50;
/** Plugged in or opened again so soon, it is the same visit: started again, or closed by mistake. */
const SAME_VISIT_MS = 10 * 60_000;
const MAX_LABELS = 16;
const MAX_TEXT = 200;

const text = v.pipe(v.string(), v.maxLength(MAX_TEXT));
const rememberedSchema = v.object({
  key: text,
  name: text,
  seenAtMs: v.pipe(v.array(v.number()), v.minLength(1), v.maxLength(MAX_TIMES)),
  labels: v.pipe(v.array(text), v.maxLength(MAX_LABELS)),
  usedBytes: v.nullable(v.number()),
});
const ALL = '';
const fileSchema = v.object({
  salt: v.pipe(v.string(), v.regex(/^[0-9a-f]{32}$/)),
  media: v.array(v.unknown()),
});

/** How long what was forgotten can be had back: a little longer than the window offers it. In memory only; the file has forgotten it at once. */
const RESTORABLE_MS = 15_000;

/** What was known before something was forgotten. */
interface Forgotten {
  salt: string;
  media: Map<string, RememberedMedium>;
  sightings: Map<string, Sighting | null>;
}

export class SeenBefore {
  private readonly path: string;
  private readonly now: () => number;
  private salt: string;
  private media: Map<string, RememberedMedium>;
  /** By medium, while it is open: what was known of it before this visit; null: nothing. */
  private readonly sightings = new Map<string, Sighting | null>();
  /** The same by medium while it is there, open or not, and as which it is known: opened again it is still the same visit. */
  private readonly visits = new Map<string, { key: string; sighting: Sighting | null }>();

  /** By key, '' for all at once. */
  private readonly forgotten = new Map<string, Forgotten>();

  constructor(path: string, now: () => number = Date.now) {
    this.path = path;
    this.now = now;
    const kept = readKept(path);
    this.salt = kept.salt;
    this.media = new Map(kept.media.map((medium) => [medium.key, medium]));
  }

  /** Looks at the list of media after a change: one that has been opened is noticed once. `remember`: the user wants it. */
  look(media: readonly Medium[], remember: boolean): void {
    const open = new Set<string>();
    const there = new Set<string>();
    for (const medium of media) {
      if (medium.state !== 'gone' && medium.state !== 'ejected') there.add(medium.id);
      if (medium.table === null || (medium.state !== 'open' && medium.state !== 'failed')) continue;
      open.add(medium.id);
      if (remember && !this.sightings.has(medium.id)) this.notice(medium);
    }
    for (const id of this.sightings.keys()) if (!open.has(id)) this.sightings.delete(id);
    for (const id of this.visits.keys()) if (!there.has(id)) this.visits.delete(id);
  }

  of(mediumId: string): Sighting | null {
    return this.sightings.get(mediumId) ?? null;
  }

  /** The latest first. */
  list(): RememberedMedium[] {
    return [...this.media.values()].sort((a, b) => (b.seenAtMs.at(-1) ?? 0) - (a.seenAtMs.at(-1) ?? 0));
  }

  forget(key: string): void {
    this.keepForgotten(key);
    this.media.delete(key);
    for (const [id, sighting] of this.sightings) if (sighting?.key === key) this.sightings.set(id, null);
    for (const [id, visit] of this.visits) if (visit.key === key) this.visits.delete(id);
    this.write();
  }

  /** With the salt: nothing of what was kept can be recognised any more. */
  forgetAll(): void {
    // Of what was forgotten before nothing could be recognised any more.
    this.forgotten.clear();
    this.keepForgotten(ALL);
    this.media.clear();
    for (const id of this.sightings.keys()) this.sightings.set(id, null);
    this.visits.clear();
    this.salt = newSalt();
    rmSync(this.path, { force: true });
  }

  /** Takes back that a medium, or everything (null), was forgotten a moment ago; later nothing happens. */
  restore(key: string | null): void {
    const before = this.forgotten.get(key ?? ALL);
    if (before === undefined) return;
    this.forgotten.delete(key ?? ALL);
    if (key === null) {
      // What was opened since then was noticed under another salt, and is noticed anew.
      this.salt = before.salt;
      this.media = new Map(before.media);
      this.sightings.clear();
      for (const [id, sighting] of before.sightings) this.sightings.set(id, sighting);
    } else {
      const medium = before.media.get(key);
      if (medium !== undefined && !this.media.has(key)) this.media.set(key, medium);
      for (const [id, sighting] of before.sightings)
        if (sighting?.key === key && this.sightings.has(id)) this.sightings.set(id, sighting);
    }
    this.write();
  }

  private keepForgotten(key: string): void {
    const kept = { salt: this.salt, media: new Map(this.media), sightings: new Map(this.sightings) };
    this.forgotten.set(key, kept);
    const drop = () => {
      if (this.forgotten.get(key) === kept) this.forgotten.delete(key);
    };
    setTimeout(drop, RESTORABLE_MS).unref();
  }

  private notice(medium: Medium): void {
    const key = this.keyOf(medium);
    if (key === null) return;
    const visit = this.visits.get(medium.id);
    if (visit?.key === key) {
      this.sightings.set(medium.id, visit.sighting);
      return;
    }
    const before = this.media.get(key);
    const now = this.now();
    const labels = labelsOf(medium);
    const usedBytes = usedOf(medium);
    const times = before?.seenAtMs ?? [];
    const isSameVisit = now - (times.at(-1) ?? Number.NEGATIVE_INFINITY) < SAME_VISIT_MS;
    const earlier = isSameVisit ? times.slice(0, -1) : times;
    const sighting =
      before === undefined || earlier.length === 0
        ? null
        : sightingOf({ ...before, seenAtMs: earlier }, labels, usedBytes);
    this.sightings.set(medium.id, sighting);
    this.visits.set(medium.id, { key, sighting });
    const seenAtMs = (isSameVisit ? times : [...times, now]).slice(-MAX_TIMES);
    this.media.set(key, { key, name: medium.name.slice(0, MAX_TEXT), seenAtMs, labels, usedBytes });
    for (const { key: oldest } of this.list().slice(MAX_MEDIA)) this.media.delete(oldest);
    this.write();
  }

  /** null: nothing on it or about it tells it from others. */
  private keyOf(medium: Medium): string | null {
    const ids = [
      medium.table?.uuid ?? '',
      ...medium.volumes.map(({ info, partition }) => info?.uuid ?? partition?.uuid ?? ''),
    ];
    const device = [medium.vendor ?? '', medium.model ?? '', medium.serial ?? ''];
    if ([...ids, medium.serial ?? ''].every((part) => part === '')) return null;
    const identity = JSON.stringify([device, medium.sizeBytes, ids]);
    return createHash('sha256').update(this.salt).update(identity).digest('hex');
  }

  /** What is not kept now is kept the next time: the medium is shown all the same. */
  private write(): void {
    try {
      writeWhole(this.path, JSON.stringify({ salt: this.salt, media: [...this.media.values()] }, null, 2));
    } catch {
      // A folder that cannot be written to is told of where settings are changed.
    }
  }
}

function sightingOf(before: RememberedMedium, labels: string[], usedBytes: number | null): Sighting {
  const { key, seenAtMs } = before;
  const sameLabels = before.labels.length === labels.length && before.labels.every((label, i) => label === labels[i]);
  return {
    key,
    seenAtMs,
    firstSeenAtMs: seenAtMs[0],
    labelsBefore: sameLabels ? null : before.labels,
    usedBytesBefore: before.usedBytes === usedBytes ? null : before.usedBytes,
  };
}

function labelsOf(medium: Medium): string[] {
  return medium.volumes.slice(0, MAX_LABELS).map(({ info }) => (info?.label ?? '').toWellFormed().slice(0, MAX_TEXT));
}

function usedOf(medium: Medium): number | null {
  let used: number | null = null;
  for (const { statvfs } of medium.volumes)
    if (statvfs !== null && statvfs.freeBytes !== null) used = (used ?? 0) + statvfs.totalBytes - statvfs.freeBytes;
  return used;
}

function newSalt(): string {
  return randomBytes(16).toString('hex');
}

function readKept(path: string): { salt: string; media: RememberedMedium[] } {
  try {
    const file = v.parse(fileSchema, JSON.parse(readFileSync(path, 'utf8')));
    const media = file.media.slice(0, MAX_MEDIA).flatMap((entry) => {
      const result = v.safeParse(rememberedSchema, entry);
      return result.success ? [result.output] : [];
    });
    return { salt: file.salt, media };
  } catch {
    return { salt: newSalt(), media: [] };
  }
}
