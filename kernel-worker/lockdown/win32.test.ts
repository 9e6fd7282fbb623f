import { describe, expect, it } from 'vitest';
import { lockdown } from './lockdown.ts';
import { recordingHost } from './recording-koffi.ts';
import { MITIGATIONS } from './win32.ts';

const THIS_PROCESS = -1n;

describe('the lockdown on Windows', () => {
  it('enters a job of one process, forbids children, and drops privileges and integrity, in this order', () => {
    const { host, calls } = recordingHost('win32', 1, { CreateJobObjectW: 7 });
    const report = lockdown({ readFds: [3] }, host);
    expect(calls.map(({ name }) => name)).toEqual([
      'CreateJobObjectW',
      'SetInformationJobObject',
      'SetInformationJobObject',
      'AssignProcessToJobObject',
      ...MITIGATIONS.map(() => 'SetProcessMitigationPolicy'),
      'OpenProcessToken',
      'AdjustTokenPrivileges',
      'SetTokenInformation',
      'CloseHandle',
    ]);
    expect(report.platform).toBe('win32');
    expect(report.gaps).toHaveLength(3);
  });

  it('fills the structures as winnt.h lays them out', () => {
    const { host, calls, buffers } = recordingHost('win32', 1, { CreateJobObjectW: 7 });
    lockdown({ readFds: [] }, host);
    const [, limits, ui, assign] = calls;
    const view = new DataView((limits.args[2] as Uint8Array).buffer);
    expect(limits.args.slice(0, 2)).toEqual([7, 9]);
    expect(view.byteLength).toBe(144);
    expect(view.getUint32(16, true)).toBe(0x408);
    expect(view.getUint32(40, true)).toBe(1);
    expect(ui.args).toEqual([7, 4, Uint32Array.of(0xff), 4]);
    expect(assign.args).toEqual([7, THIS_PROCESS]);

    const policies = calls.filter(({ name }) => name === 'SetProcessMitigationPolicy').map(({ args }) => args);
    expect(policies[0]).toEqual([13, Uint32Array.of(1), 4]);
    expect(policies.map(([policy]) => policy)).toEqual([13, 3, 6, 9, 10, 8]);

    const label = calls.find(({ name }) => name === 'SetTokenInformation')?.args[2] as Uint8Array;
    const labelView = new DataView(label.buffer);
    const sid = buffers[Number(labelView.getBigUint64(0, true)) - 1];
    expect([...sid]).toEqual([1, 1, 0, 0, 0, 0, 0, 16, 0, 0, 0, 0]);
    expect(labelView.getUint32(8, true)).toBe(0x20);
    expect(label.length).toBe(16);
  });

  it.each([
    'CreateJobObjectW',
    'SetInformationJobObject',
    'AssignProcessToJobObject',
    'SetProcessMitigationPolicy',
    'OpenProcessToken',
    'AdjustTokenPrivileges',
    'SetTokenInformation',
  ])('fails when %s fails, with the error of Windows', (name) => {
    const { host } = recordingHost('win32', 1, { [name]: 0, GetLastError: 5 });
    expect(() => lockdown({ readFds: [] }, host)).toThrow(/lockdown failed: .*: Windows error 5/);
  });
});
