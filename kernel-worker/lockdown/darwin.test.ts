import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { lockdownDarwin, PROFILE } from './darwin.ts';
import { lockdown } from './lockdown.ts';
import { recordingHost } from './recording-koffi.ts';
import { LockdownError } from './report.ts';

const nothing = (): void => {};

describe('the lockdown on macOS', () => {
  it('sets the limits, then hands sandbox_init a profile that denies by default', () => {
    const { host, calls } = recordingHost('darwin', 0);
    const report = lockdownDarwin({ readFds: [] }, host, nothing);
    expect(calls.map(({ name }) => name)).toEqual(['setrlimit', 'setrlimit', 'sandbox_init']);
    expect(calls.map(({ args }) => args[0]).slice(0, 2)).toEqual([4, 7]);
    expect(calls[0].args[1]).toEqual(new BigUint64Array([0n, 0n]));
    const [profile, flags] = calls[2].args;
    expect(String(profile).split('\n').slice(0, 2)).toEqual(['(version 1)', '(deny default)']);
    expect(flags).toBe(0);
    expect(report.platform).toBe('darwin');
    expect(report.gaps).toContain('this lockdown has not been tried on a Mac');
  });

  it('allows nothing that opens, writes, executes, forks or connects', () => {
    for (const { rule, why } of PROFILE) {
      expect(rule).not.toMatch(/allow (default|file|network|process-(exec|fork)|mach|ipc|iokit|system-socket)/);
      expect([...rule].filter((c) => c === '(').length).toBe([...rule].filter((c) => c === ')').length);
      expect(why.length).toBeGreaterThan(5);
    }
  });

  it('fails when the profile or a limit is refused', () => {
    const refused = recordingHost('darwin', 0, { sandbox_init: -1 });
    expect(() => lockdownDarwin({ readFds: [] }, refused.host, nothing)).toThrow(
      /sandbox_init: the profile was refused/,
    );
    const unlimited = recordingHost('darwin', 0, { setrlimit: -1 });
    expect(() => lockdownDarwin({ readFds: [] }, unlimited.host, nothing)).toThrow(/limit core: errno 42/);
  });

  it('fails when the medium is open for writing', () => {
    const fd = fs.openSync(import.meta.filename, 'r');
    const { host } = recordingHost('darwin', 0, { fcntl: 2 });
    try {
      expect(() => lockdownDarwin({ readFds: [fd] }, host, nothing)).toThrow(
        /is to be read only, but is open for writing/,
      );
    } finally {
      fs.closeSync(fd);
    }
  });

  it('does not believe a sandbox_init that only says that it worked', () => {
    expect(() => lockdown({ readFds: [] }, recordingHost('darwin', 0).host)).toThrow(LockdownError);
    expect(() => lockdown({ readFds: [] }, recordingHost('darwin', 0).host)).toThrow(/a file could still be opened/);
  });
});
