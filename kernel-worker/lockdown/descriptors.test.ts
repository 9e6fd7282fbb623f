import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type OpenDescriptor, planDescriptors, surveyDescriptors } from './descriptors.ts';

function open(fd: number, kind: OpenDescriptor['kind'], more: Partial<OpenDescriptor> = {}): OpenDescriptor {
  return { fd, kind, target: `${kind}:[${fd}]`, accessMode: 'both', rdev: 0, ...more };
}

const STATM = 30;
const PROCESS: readonly OpenDescriptor[] = [
  open(0, 'null device'),
  open(1, 'pipe', { accessMode: 'write' }),
  open(2, 'file', { accessMode: 'write' }),
  open(3, 'socket'),
  open(4, 'epoll'),
  open(5, 'pipe', { target: 'pipe:[77]' }),
  open(6, 'pipe', { target: 'pipe:[77]' }),
  open(7, 'eventfd'),
  open(8, 'io_uring'),
  open(20, 'block device', { accessMode: 'read' }),
  open(21, 'file'),
  open(22, 'socket'),
  open(23, 'directory', { accessMode: 'read' }),
  open(24, 'memory file'),
  open(STATM, 'file', { accessMode: 'read' }),
];

describe('planDescriptors', () => {
  it("keeps what was asked for and the event loop's own, and closes the rest", () => {
    const plan = planDescriptors({ readFds: [20], writeFds: [1, 2], channelFds: [3] }, PROCESS, STATM, 'node');
    expect(plan.replace).toEqual([8, 21, 22, 23, 24]);
    expect(plan.rights).toEqual({
      positioned: [20, STATM],
      readable: [20, 3, 0, 5, 6, 7, 8, 21, 22, 23, 24],
      writable: [1, 2, 3, 0, 5, 6, 7, 8, 21, 22, 23, 24],
      channel: [3],
      epoll: [4],
    });
  });

  it('closes stdout, stderr and the channel too when nobody asked for them', () => {
    expect(planDescriptors({ readFds: [20] }, PROCESS, STATM, 'node').replace).toEqual([1, 2, 3, 8, 21, 22, 23, 24]);
  });

  it('leaves Electron its sockets and shared memory, and no ring, folder or writable file', () => {
    const plan = planDescriptors({ readFds: [20] }, PROCESS, STATM, 'electron');
    expect(plan.replace).toEqual([2, 8, 21, 23]);
  });

  it('treats a terminal that libuv has opened again like the one that was asked for', () => {
    const terminals = [
      open(1, 'character device', { rdev: 0x8801 }),
      open(9, 'character device', { rdev: 0x8801 }),
      open(10, 'character device', { rdev: 0x8802 }),
      open(STATM, 'file', { accessMode: 'read' }),
    ];
    const plan = planDescriptors({ readFds: [], writeFds: [1] }, terminals, STATM, 'node');
    expect(plan.replace).toEqual([10]);
    expect(plan.rights.writable).toEqual([1, 9, 10]);
  });

  it('refuses a medium that could be written', () => {
    expect(() => planDescriptors({ readFds: [21] }, PROCESS, STATM, 'node')).toThrow(/21 is to be read only/);
    expect(planDescriptors({ readFds: [21], writeFds: [21] }, PROCESS, STATM, 'node').rights.writable).toContain(21);
  });

  it('refuses a descriptor that is not open, and a channel that is none', () => {
    expect(() => planDescriptors({ readFds: [99] }, PROCESS, STATM, 'node')).toThrow(/99 is not open/);
    expect(() => planDescriptors({ readFds: [], channelFds: [20] }, PROCESS, STATM, 'node')).toThrow(
      /20 is a block device, which is no channel/,
    );
  });
});

describe.skipIf(process.platform !== 'linux')('surveyDescriptors', () => {
  it('finds files, directories and the null device, with how they were opened', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'airlock-survey-'));
    const file = path.join(folder, 'file');
    const written = fs.openSync(file, 'w');
    const read = fs.openSync(file, 'r');
    const directory = fs.openSync(folder, 'r');
    const nothing = fs.openSync('/dev/null', 'r+');
    try {
      const found = new Map(surveyDescriptors().map((d) => [d.fd, d]));
      expect(found.get(written)).toEqual({ fd: written, kind: 'file', target: file, accessMode: 'write', rdev: 0 });
      expect(found.get(read)).toMatchObject({ kind: 'file', accessMode: 'read' });
      expect(found.get(directory)).toMatchObject({ kind: 'directory', accessMode: 'read' });
      expect(found.get(nothing)).toMatchObject({ kind: 'null device', accessMode: 'both' });
      expect([...found.values()].some((d) => d.kind === 'epoll')).toBe(true);
    } finally {
      for (const fd of [written, read, directory, nothing]) fs.closeSync(fd);
      fs.rmSync(folder, { recursive: true });
    }
  });
});
