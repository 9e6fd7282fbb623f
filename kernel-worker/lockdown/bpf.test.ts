import { describe, expect, it } from 'vitest';
import {
  assembleFilter,
  encodeFilter,
  type FilterRule,
  type Instruction,
  SECCOMP_RET_ALLOW,
  SECCOMP_RET_ERRNO,
  SECCOMP_RET_KILL_PROCESS,
} from './bpf.ts';
import { evaluate } from './bpf-interpreter.ts';

const X64 = 0xc000003e;
const EPERM = SECCOMP_RET_ERRNO | 1;

function filter(rules: readonly FilterRule[]): Instruction[] {
  return assembleFilter(rules, { auditArch: X64, firstForeignNr: 0x40000000, defaultErrno: 1 });
}

describe('assembleFilter', () => {
  it('lets a call without conditions through and refuses the one beside it', () => {
    const program = filter([{ nr: 5 }, { nr: 7 }]);
    expect(evaluate(program, { nr: 5 })).toBe(SECCOMP_RET_ALLOW);
    expect(evaluate(program, { nr: 6 })).toBe(EPERM);
    expect(evaluate(program, { nr: 7 })).toBe(SECCOMP_RET_ALLOW);
  });

  it('ends a process that calls under another architecture, and refuses x32', () => {
    const program = filter([{ nr: 5 }]);
    expect(evaluate(program, { nr: 5, arch: 0x40000003 })).toBe(SECCOMP_RET_KILL_PROCESS);
    expect(evaluate(program, { nr: 0x40000005 })).toBe(EPERM);
    expect(evaluate(program, { nr: -1 })).toBe(EPERM);
  });

  it('answers a special refusal with its errno', () => {
    expect(evaluate(filter([{ nr: 435, refuseWith: 38 }]), { nr: 435 })).toBe(SECCOMP_RET_ERRNO | 38);
  });

  it('admits each value of a set, none beside it, and looks at 32 bits as the kernel does', () => {
    const program = filter([{ nr: 0, when: [[{ arg: 0, oneOf: [3, 9, 20] }]] }]);
    for (const fd of [3, 9, 20, 3n + (1n << 32n)]) {
      expect(evaluate(program, { nr: 0, args: [fd] })).toBe(SECCOMP_RET_ALLOW);
    }
    for (const fd of [0, 4, 21, -1]) expect(evaluate(program, { nr: 0, args: [fd] })).toBe(EPERM);
  });

  it('admits nothing by an empty set', () => {
    const program = filter([{ nr: 0, when: [[{ arg: 0, oneOf: [] }]] }, { nr: 1 }]);
    expect(evaluate(program, { nr: 0, args: [0] })).toBe(EPERM);
    expect(evaluate(program, { nr: 1 })).toBe(SECCOMP_RET_ALLOW);
  });

  it('takes any alternative, but all conditions of it', () => {
    const when = [
      [
        { arg: 0, oneOf: [1, 2] },
        { arg: 1, oneOf: [7] },
      ],
      [
        { arg: 1, oneOf: [4] },
        { arg: 2, mask: ~0o4000, equals: 0 },
      ],
    ];
    const program = filter([{ nr: 72, when }]);
    expect(evaluate(program, { nr: 72, args: [2, 7] })).toBe(SECCOMP_RET_ALLOW);
    expect(evaluate(program, { nr: 72, args: [3, 7] })).toBe(EPERM);
    expect(evaluate(program, { nr: 72, args: [9, 4, 0o4000] })).toBe(SECCOMP_RET_ALLOW);
    expect(evaluate(program, { nr: 72, args: [9, 4, 0o20000] })).toBe(EPERM);
  });

  it('compares pointers in both halves', () => {
    const program = filter([{ nr: 302, when: [[{ arg: 2, equals64: 0n }]] }]);
    expect(evaluate(program, { nr: 302, args: [0, 0, 0] })).toBe(SECCOMP_RET_ALLOW);
    expect(evaluate(program, { nr: 302, args: [0, 0, 1n << 32n] })).toBe(EPERM);
    expect(evaluate(program, { nr: 302, args: [0, 0, 1] })).toBe(EPERM);
  });

  it('refuses to build a jump that a byte cannot hold', () => {
    const many = [...Array(300).keys()];
    expect(() => filter([{ nr: 0, when: [[{ arg: 0, oneOf: many }]] }])).toThrow(/more than 255/);
  });

  it('steps over bodies longer than a byte can count', () => {
    const when = [...Array(200).keys()].map((fd) => [{ arg: 0, oneOf: [fd] }]);
    const program = filter([{ nr: 0, when }, { nr: 1 }]);
    expect(evaluate(program, { nr: 0, args: [199] })).toBe(SECCOMP_RET_ALLOW);
    expect(evaluate(program, { nr: 1 })).toBe(SECCOMP_RET_ALLOW);
  });
});

describe('encodeFilter', () => {
  it('lays instructions out as struct sock_filter', () => {
    expect([...encodeFilter([{ code: 0x15, jumpTrue: 1, jumpFalse: 2, k: 0xc000003e }])]).toEqual([
      0x15, 0, 1, 2, 0x3e, 0, 0, 0xc0,
    ]);
  });
});
