import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Medium, Volume } from '../contract.ts';
import { SeenBefore } from './seen-before.ts';

let folder: string;
let path: string;
let nowMs: number;
const DAY = 86_400_000;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-seen-'));
  path = join(folder, 'seen-media.json');
  nowMs = Date.UTC(2026, 2, 3);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const newSeen = () => new SeenBefore(path, () => nowMs);

function volume(label: string, freeBytes: number, uuid: string | null = 'A1B2-C3D4'): Volume {
  return {
    id: 0,
    partition: null,
    info: {
      fs: 'msdosfs',
      title: 'FAT32',
      label,
      uuid,
      state: { dirty: false, errors: false, notices: [] },
      nameEncoding: 'utf16',
      facts: {},
    },
    statvfs: { blockSize: 4096, totalBytes: 1000, freeBytes, files: null, freeFiles: null, nameMax: 255 },
    probes: [],
    problem: null,
  };
}

function stick(change: Partial<Medium> = {}, volumes = [volume('CAMERA', 400)]): Medium {
  return {
    id: 'stick',
    kind: 'device',
    name: 'SanDisk Ultra',
    location: '/dev/sdb',
    sizeBytes: 32_000_000_000,
    bus: 'USB',
    vendor: 'SanDisk',
    model: 'Ultra',
    serial: '4C530001230',
    speedMbitPerSecond: 480,
    hasMedium: true,
    siblings: [],
    system: false,
    removable: true,
    hostMounts: [],
    hostDrivers: [],
    state: 'open',
    table: { scheme: 'none', sectorSize: 512, uuid: null, partitions: [], wholeMedium: true, notices: [] },
    volumes,
    lockdown: 'seccomp',
    unsandboxed: false,
    problem: null,
    ...change,
  };
}

/** Plugged in, opened, pulled out. */
function visit(seen: SeenBefore, medium = stick()) {
  seen.look([medium], true);
  const sighting = seen.of(medium.id);
  seen.look([], true);
  return sighting;
}

describe('media seen before', () => {
  it('are known again, with the days on which they were opened', () => {
    const seen = newSeen();
    expect(visit(seen)).toBe(null);
    nowMs += 2 * DAY;
    expect(visit(seen)?.seenAtMs).toEqual([Date.UTC(2026, 2, 3)]);
    nowMs += DAY;
    // From the file, as after a start of the app.
    expect(visit(newSeen())).toMatchObject({
      seenAtMs: [Date.UTC(2026, 2, 3), Date.UTC(2026, 2, 5)],
      firstSeenAtMs: Date.UTC(2026, 2, 3),
      labelsBefore: null,
      usedBytesBefore: null,
    });
  });

  it('count one visit once, however often the list of media changes and the medium is opened again', () => {
    const seen = newSeen();
    for (let i = 0; i < 5; i++) seen.look([stick()], true);
    expect(seen.list()[0].seenAtMs).toEqual([nowMs]);
    seen.look([], true);
    nowMs += 60_000;
    visit(seen);
    expect(seen.list()[0].seenAtMs).toEqual([Date.UTC(2026, 2, 3)]);
  });

  it('are not told as seen before when they are opened again in the visit in which they were seen first', () => {
    const seen = newSeen();
    expect(visit(seen)).toBe(null);
    nowMs += 60_000;
    expect(visit(seen)).toBe(null);
    expect(visit(newSeen())).toBe(null);
    // Closed and opened, hours later, without having been pulled out.
    const other = stick({ id: 'other', serial: 'B' });
    seen.look([other], true);
    nowMs += DAY / 2;
    seen.look([{ ...other, state: 'present', table: null, volumes: [] }], true);
    expect(seen.of('other')).toBe(null);
    seen.look([other], true);
    expect(seen.of('other')).toBe(null);
    expect(seen.list()[0].seenAtMs).toHaveLength(1);
  });

  it('are told the same of when they are opened again, without this visit', () => {
    const seen = newSeen();
    visit(seen);
    nowMs += DAY;
    const changed = stick({}, [volume('EVIL', 100)]);
    seen.look([changed], true);
    const first = seen.of('stick');
    expect(first).toMatchObject({ seenAtMs: [Date.UTC(2026, 2, 3)], labelsBefore: ['CAMERA'] });
    seen.look([{ ...changed, state: 'present', table: null, volumes: [] }], true);
    seen.look([changed], true);
    expect(seen.of('stick')).toEqual(first);
    seen.look([], true);
    nowMs += 60_000;
    expect(visit(seen, changed)?.seenAtMs).toEqual([Date.UTC(2026, 2, 3)]);
  });

  it('are told what has changed since', () => {
    const seen = newSeen();
    visit(seen);
    nowMs += DAY;
    expect(visit(seen, stick({}, [volume('EVIL', 100)]))).toMatchObject({
      labelsBefore: ['CAMERA'],
      usedBytesBefore: 600,
    });
  });

  it('are others with another serial number, size or volume', () => {
    const seen = newSeen();
    visit(seen);
    nowMs += DAY;
    expect(visit(seen, stick({ serial: '4C530009999' }))).toBe(null);
    expect(visit(seen, stick({ sizeBytes: 31_000_000_000 }))).toBe(null);
    expect(visit(seen, stick({}, [volume('CAMERA', 400, 'FFFF-0000')]))).toBe(null);
    expect(seen.list()).toHaveLength(4);
  });

  it('are not kept where nothing tells them from others, nor before they were opened', () => {
    const seen = newSeen();
    visit(seen, stick({ serial: null }, [volume('CAMERA', 400, null)]));
    visit(seen, stick({ state: 'present', table: null, volumes: [] }));
    expect(seen.list()).toEqual([]);
    expect(existsSync(path)).toBe(false);
  });

  it('are noticed where nothing could be mounted too', () => {
    const seen = newSeen();
    visit(seen, stick({ state: 'failed' }, [{ ...volume('', 0), info: null, statvfs: null }]));
    nowMs += DAY;
    expect(
      visit(seen, stick({ state: 'failed' }, [{ ...volume('', 0), info: null, statvfs: null }]))?.seenAtMs,
    ).toHaveLength(1);
  });
});

describe('what is kept', () => {
  it('holds neither serial number nor identifier', () => {
    visit(newSeen());
    const text = readFileSync(path, 'utf8');
    expect(text).not.toContain('4C53');
    expect(text).not.toContain('A1B2');
    expect(JSON.parse(text).media[0]).toEqual({
      key: expect.stringMatching(/^[0-9a-f]{64}$/),
      name: 'SanDisk Ultra',
      seenAtMs: [nowMs],
      labels: ['CAMERA'],
      usedBytes: 600,
    });
  });

  it('is forgotten one by one and as a whole', () => {
    const seen = newSeen();
    visit(seen);
    visit(seen, stick({ id: 'other', serial: 'B' }));
    seen.look([stick()], true);
    seen.forget(seen.list().find(({ key }) => key !== undefined)?.key ?? '');
    expect(newSeen().list()).toHaveLength(1);
    seen.forgetAll();
    expect(existsSync(path)).toBe(false);
    expect(seen.list()).toEqual([]);
    expect(seen.of('stick')).toBe(null);
  });

  it('comes back where somebody thinks better of it at once: one, or all with what they are recognised by', () => {
    const seen = newSeen();
    visit(seen);
    visit(seen, stick({ id: 'other', serial: 'B' }));
    nowMs += DAY;
    seen.look([], true);
    seen.look([stick()], true);
    const all = seen.list();
    const sighting = seen.of('stick');
    const key = sighting?.key ?? '';
    seen.forget(key);
    expect([seen.list().length, newSeen().list().length, seen.of('stick')]).toEqual([1, 1, null]);
    seen.restore(key);
    expect([seen.list(), seen.of('stick')]).toEqual([all, sighting]);
    expect(newSeen().list()).toEqual(all);

    seen.forgetAll();
    // Opened meanwhile, and noticed under another salt.
    seen.look([stick(), stick({ id: 'third', serial: 'C' })], true);
    seen.restore(null);
    seen.look([stick(), stick({ id: 'third', serial: 'C' })], true);
    expect(seen.list()).toHaveLength(3);
    expect(seen.of('stick')).toEqual(sighting);
    seen.look([], true);
    nowMs += DAY;
    expect(visit(seen, stick({ id: 'third', serial: 'C' }))?.seenAtMs).toHaveLength(1);
    // Once only.
    seen.forget(key);
    seen.forgetAll();
    seen.restore(key);
    expect(seen.list()).toEqual([]);
  });

  it('is nothing where the user does not want it', () => {
    const seen = newSeen();
    seen.look([stick()], false);
    expect(existsSync(path)).toBe(false);
    expect(seen.of('stick')).toBe(null);
  });

  it('is bounded in media and dates', () => {
    visit(newSeen());
    const { salt, media } = JSON.parse(readFileSync(path, 'utf8'));
    const dates = Array.from({ length: 50 }, (_, i) => nowMs - (50 - i) * DAY);
    const others = Array.from({ length: 499 }, (_, i) => ({ ...media[0], key: `${i}`, seenAtMs: [i] }));
    writeFileSync(path, JSON.stringify({ salt, media: [{ ...media[0], seenAtMs: dates }, ...others] }));
    const seen = newSeen();
    visit(seen);
    expect(seen.list()[0].seenAtMs).toEqual([...dates.slice(1), nowMs]);
    expect(seen.list()).toHaveLength(500);
    visit(seen, stick({ serial: 'another' }));
    expect(seen.list()).toHaveLength(500);
    expect(seen.list().some(({ key }) => key === '0')).toBe(false);
  });

  it.each([
    '',
    '{',
    '[]',
    '{"salt":"x","media":[]}',
    '{"salt":"00112233445566778899aabbccddeeff","media":[1,{"key":5},null]}',
  ])('is taken for nothing where the file is %j', (content) => {
    writeFileSync(path, content);
    const seen = newSeen();
    expect(seen.list()).toEqual([]);
    expect(visit(seen)).toBe(null);
  });
});
