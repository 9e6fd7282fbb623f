import { describe, expect, it } from 'vitest';
import type { HealthReport, Medium, Volume } from '../../main/contract.ts';
import { stateLines } from './state-lines.ts';

const WELL: HealthReport = {
  badPlaces: [],
  badPlaceCount: 0,
  moreBadPlaces: false,
  retriedReads: 0,
  damage: [],
  damageCount: 0,
  moreDamage: false,
};

function volume(state: { dirty?: boolean; errors?: boolean; notices?: string[] }): Volume {
  return {
    id: 1,
    partition: null,
    info: {
      fs: 'ext2fs',
      title: 'ext4',
      label: 'DATA',
      uuid: null,
      state: { dirty: false, errors: false, notices: [], ...state },
      nameEncoding: 'bytes',
      facts: {},
    },
    statvfs: null,
    probes: [],
    problem: null,
  };
}

function lines(change: Partial<Medium>, health: HealthReport | null = null): string[] {
  const medium = {
    state: 'open',
    hostMounts: [],
    table: null,
    volumes: [],
    problem: null,
    ...change,
  } as unknown as Medium;
  return stateLines(medium, health).map(({ tone, sentence }) => `${tone}: ${sentence}`);
}

describe('the state of a medium in sentences', () => {
  it('says what is well', () => {
    expect(lines({ volumes: [volume({})] }, WELL)).toEqual([
      'plain: It is open for reading only. Nothing on it is changed.',
      'good: DATA: closed properly the last time.',
      'good: Everything that was asked of it so far could be read.',
    ]);
  });

  it('says how it was left, and what was done about it, with control characters made visible', () => {
    const notices = ['Its journal was replayed in memory (3 transactions).\u202e'];
    expect(lines({ volumes: [volume({ dirty: true, errors: true, notices })] }).slice(1)).toEqual([
      'bad: DATA: its file system has recorded errors. A check on the computer that it belongs to is due.',
      'warn: DATA: not ejected properly the last time. What was written last may be missing or half done.',
      'warn: DATA: Its journal was replayed in memory (3 transactions).U+202E',
    ]);
  });

  it('counts what could not be read, and what could at the second try', () => {
    expect(lines({}, { ...WELL, badPlaceCount: 1, retriedReads: 4, damageCount: 2 }).slice(1)).toEqual([
      'bad: 1 place could not be read, though each was tried again. The medium may be worn out: copy what you need soon.',
      'bad: 2 damaged entries were met in its file system so far.',
    ]);
    expect(lines({}, { ...WELL, retriedReads: 4 }).slice(1)).toEqual([
      'warn: 4 reads failed at first and worked when tried again in parts.',
    ]);
  });

  it('says where there are more than were counted', () => {
    const health = { ...WELL, badPlaceCount: 10_000, moreBadPlaces: true, damageCount: 10_000, moreDamage: true };
    expect(lines({}, health).slice(1)).toEqual([
      'bad: 10,000+ places could not be read, though each was tried again. The medium may be worn out: copy what you need soon.',
      'bad: 10,000+ damaged entries were met in its file system so far.',
    ]);
  });

  it('says why it is not open, once', () => {
    const problem = { sentence: 'There is no file system here.', detail: null, canRestart: false };
    const failed = { ...volume({}), info: null, problem };
    expect(lines({ state: 'failed', problem, volumes: [failed] })).toEqual(['bad: There is no file system here.']);
    expect(lines({ state: 'open', volumes: [volume({}), failed] }).at(-1)).toMatch(
      /^warn: .*: There is no file system here\.$/,
    );
    expect(lines({ state: 'present' })).toEqual(['plain: It is not open, so nothing on it was read.']);
  });

  it('says where the host has it mounted', () => {
    expect(lines({ state: 'present', hostMounts: ['/media/a'] })[1]).toBe(
      'warn: This computer’s own kernel has it mounted at /media/a.',
    );
  });
});
