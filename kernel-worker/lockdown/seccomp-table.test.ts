import fs from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assembleFilter, SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO } from './bpf.ts';
import { evaluate } from './bpf-interpreter.ts';
import {
  filterRules,
  filterTarget,
  type LinuxArch,
  type SeccompContext,
  type SyscallName,
  seccompTable,
  syscallNames,
  syscallNumber,
} from './seccomp-table.ts';

const PID = 4711;
const DEVICE = 20;
const CHANNEL = 3;

function context(arch: LinuxArch, runtime: 'node' | 'electron' = 'node'): SeccompContext {
  const fds = {
    positioned: [DEVICE],
    readable: [DEVICE, CHANNEL],
    writable: [1, 2, CHANNEL],
    channel: [CHANNEL],
    epoll: [8],
  };
  return { pid: PID, arch, runtime, fds };
}

function decider(arch: LinuxArch, runtime: 'node' | 'electron' = 'node') {
  const target = filterTarget(arch);
  const program = assembleFilter(filterRules(seccompTable(context(arch, runtime)), arch), target);
  return (name: SyscallName, ...args: (number | bigint)[]): number => {
    const nr = syscallNumber(name, arch);
    if (nr === null) throw new Error(`${arch} has no ${name}`);
    const verdict = evaluate(program, { nr, arch: target.auditArch, args });
    return verdict === SECCOMP_RET_ALLOW ? 0 : verdict - SECCOMP_RET_ERRNO;
  };
}

function numbersOfHeader(file: string): Map<string, number> {
  const text = fs.readFileSync(file, 'utf8');
  const defines = text.matchAll(/^#define\s+__NR(?:3264)?_(\w+)\s+(\d+)$/gm);
  return new Map([...defines].map(([, name, nr]) => [name, Number(nr)]));
}

describe('system call numbers', () => {
  // The generic header gives some calls of 64-bit systems their 32-bit names.
  const headers: [LinuxArch, string][] = [
    ['x64', '/usr/include/x86_64-linux-gnu/asm/unistd_64.h'],
    ['arm64', '/usr/include/asm-generic/unistd.h'],
  ];
  it.each(headers.filter(([, file]) => fs.existsSync(file)))(
    "are those of the kernel's header for %s",
    (arch, file) => {
      const numbers = numbersOfHeader(file);
      expect(numbers.size).toBeGreaterThan(250);
      const alias: Record<string, string> = { newfstatat: 'fstatat' };
      for (const name of syscallNames()) {
        const known = numbers.get(name) ?? numbers.get(alias[name] ?? '') ?? null;
        expect([name, syscallNumber(name, arch)]).toEqual([name, known]);
      }
    },
  );

  it('are each named once', () => {
    for (const arch of ['x64', 'arm64'] as const) {
      const numbers = syscallNames().flatMap((name) => syscallNumber(name, arch) ?? []);
      expect(new Set(numbers).size).toBe(numbers.length);
    }
  });
});

describe.each(['x64', 'arm64'] as const)('the table of Node on %s', (arch) => {
  const decide = decider(arch);

  it('reads at a position only from the medium', () => {
    expect(decide('pread64', DEVICE)).toBe(0);
    expect(decide('lseek', DEVICE)).toBe(0);
    expect(decide('pread64', CHANNEL)).toBe(1);
    expect(decide('pread64', 1)).toBe(1);
  });

  it('writes to output and channel, never to the medium', () => {
    for (const fd of [1, 2, CHANNEL]) expect(decide('write', fd)).toBe(0);
    expect(decide('write', DEVICE)).toBe(1);
    expect(decide('writev', DEVICE)).toBe(1);
    expect(decide('fsync', DEVICE)).toBe(1);
  });

  it('maps anonymous memory only', () => {
    expect(decide('mmap', 0, 4096, 7, 0x22, -1, 0)).toBe(0);
    expect(decide('mmap', 0, 4096, 1, 0x02, DEVICE, 0)).toBe(1);
  });

  it('signals nobody but itself', () => {
    expect(decide('tgkill', PID, 1, 6)).toBe(0);
    expect(decide('kill', PID, 0)).toBe(0);
    for (const pid of [0, 1, -1, PID + 1]) expect(decide('kill', pid, 9)).toBe(1);
  });

  it('reads limits and sets none', () => {
    expect(decide('prlimit64', 0, 3, 0, 0x7fff0000n)).toBe(0);
    expect(decide('prlimit64', 0, 3, 0x7fff00000000n, 0)).toBe(1);
    expect(decide('prlimit64', 1, 3, 0, 0)).toBe(1);
  });

  it('lets only O_NONBLOCK be changed on a descriptor', () => {
    expect(decide('fcntl', 1, 3)).toBe(0);
    expect(decide('fcntl', 1, 4, 0o4001)).toBe(0);
    expect(decide('fcntl', 1, 4, 0o20000)).toBe(1);
    for (const command of [0, 6, 8, 10, 1024, 1026, 1030, 1033]) expect(decide('fcntl', 1, command, 0)).toBe(1);
  });

  it('asks a terminal for its size, and types nothing into it', () => {
    expect(decide('ioctl', 1, 0x5413)).toBe(0);
    expect(decide('ioctl', 1, 0x5412)).toBe(1);
    expect(decide('ioctl', DEVICE, 0x5413)).toBe(1);
  });

  it('starts neither threads nor processes, and makes no descriptors', () => {
    expect(decide('clone', 0x3d0f00)).toBe(1);
    expect(decide('clone', 17)).toBe(1);
    expect(decide('clone3')).toBe(38);
    for (const call of ['dup', 'eventfd2', 'epoll_create1', 'pipe2', 'sendmsg'] as const) expect(decide(call)).toBe(1);
  });
});

describe.each(['x64', 'arm64'] as const)("the table of Electron's utility process on %s", (arch) => {
  const decide = decider(arch, 'electron');

  it('adds threads, message pipes and shared memory, and no process', () => {
    expect(decide('clone', 0x3d0f00)).toBe(0);
    expect(decide('clone', 17)).toBe(1);
    expect(decide('clone3')).toBe(38);
    for (const call of ['sendmsg', 'recvmsg', 'mmap', 'dup', 'eventfd2'] as const) expect(decide(call, 99)).toBe(0);
  });

  it('joins the two rules on fcntl', () => {
    expect(decide('fcntl', 30, 1030)).toBe(0);
    expect(decide('fcntl', 30, 3)).toBe(0);
    expect(decide('fcntl', 30, 4, 0o4000)).toBe(0);
    expect(decide('fcntl', 30, 8)).toBe(1);
  });
});

describe('both tables', () => {
  it('decide each call in one rule, and give every rule a reason', () => {
    for (const runtime of ['node', 'electron'] as const) {
      const table = seccompTable(context('x64', runtime));
      const calls = table.flatMap((rule) => rule.calls);
      expect(new Set(calls).size).toBe(calls.length);
      for (const { why } of table) expect(why.length).toBeGreaterThan(5);
    }
  });
});
