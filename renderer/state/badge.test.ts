/** The one badge that says how a medium is. */

import { describe, expect, it } from 'vitest';
import type { Medium, Volume } from '../../main/contract.ts';
import { badgeOf } from './badge.ts';

const medium: Medium = {
  id: '1',
  kind: 'device',
  name: 'Stick',
  location: '/dev/sdb',
  sizeBytes: 1,
  bus: 'USB',
  vendor: 'SanDisk',
  model: 'Ultra',
  serial: null,
  speedMbitPerSecond: 480,
  hasMedium: true,
  siblings: [],
  system: false,
  removable: true,
  hostMounts: [],
  hostDrivers: [],
  state: 'open',
  table: null,
  volumes: [],
  lockdown: 'seccomp',
  unsandboxed: false,
  problem: null,
};
const probe = { fs: 'msdosfs', title: 'FAT32', label: null, uuid: null, dirty: null, certainty: 2 } as const;
const unread: Volume = { id: 0, partition: null, info: null, statvfs: null, probes: [], problem: null };
const label = (change: Partial<Medium>) => badgeOf({ ...medium, ...change }).label;

describe('badgeOf', () => {
  it('says safe only of what is open under lockdown and was not mounted by the host', () => {
    expect(label({})).toBe('Safe');
    expect(label({ unsandboxed: true })).toBe('Not locked down');
    expect(label({ hostMounts: ['/media/x'] })).toBe('Mounted by the host');
    expect(badgeOf({ ...medium, hostMounts: ['/media/x'] }).hint).toContain('/media/x');
    expect(label({ state: 'present' })).toBe('Not opened');
  });

  it('warns of a host mount before it is opened too', () => {
    expect(label({ state: 'present', hostMounts: ['/media/x'] })).toBe('Mounted by the host');
  });

  it('tells damage from a process that ended and from what nobody knows', () => {
    const problem = { sentence: '', detail: null, canRestart: false };
    expect(label({ volumes: [{ ...unread, probes: [probe] }] })).toBe('Damaged');
    expect(label({ state: 'failed', problem: { ...problem, canRestart: true } })).toBe('Stopped');
    expect(label({ state: 'failed', problem, volumes: [{ ...unread, probes: [probe] }] })).toBe('Damaged');
    expect(label({ state: 'failed', problem, volumes: [unread] })).toBe('Not readable');
  });

  it('says removed, ejected and system as they are', () => {
    expect(label({ state: 'gone' })).toBe('Removed');
    expect(label({ state: 'ejected' })).toBe('Ejected');
    expect(label({ state: 'present', system: true })).toBe('System disk');
  });
});
