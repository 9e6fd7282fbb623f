/**
 * Assembles a table of system calls into a classic BPF program as seccomp(2) takes it: struct sock_filter of
 * linux/filter.h over struct seccomp_data of linux/seccomp.h.
 */

/** One struct sock_filter. */
export interface Instruction {
  readonly code: number;
  readonly jumpTrue: number;
  readonly jumpFalse: number;
  readonly k: number;
}

/** A condition on one argument. Arguments that the kernel takes as int are compared in their low 32 bits, as it does. */
export type ArgumentTest =
  | { readonly arg: number; readonly oneOf: readonly number[] }
  | { readonly arg: number; readonly mask: number; readonly equals: number }
  | { readonly arg: number; readonly equals64: bigint };

export interface FilterRule {
  readonly nr: number;
  /** Any of these alternatives lets the call through, each being conditions that must all hold. Left out: always. */
  readonly when?: readonly (readonly ArgumentTest[])[];
  /** The call is answered with this errno instead of being allowed. */
  readonly refuseWith?: number;
}

export interface FilterTarget {
  /** AUDIT_ARCH_* of linux/audit.h: a call made under any other ABI has other numbers, so it ends the process. */
  readonly auditArch: number;
  /** Calls from this number on belong to the x32 ABI, which shares x86_64's AUDIT_ARCH; they are refused. */
  readonly firstForeignNr?: number;
  readonly defaultErrno: number;
}

// linux/bpf_common.h
const LD_W_ABS = 0x20;
const ALU_AND_K = 0x54;
const JMP_JA = 0x05;
const JMP_JEQ_K = 0x15;
const JMP_JGE_K = 0x35;
const RET_K = 0x06;

// linux/seccomp.h
export const SECCOMP_RET_ALLOW = 0x7fff0000;
export const SECCOMP_RET_ERRNO = 0x00050000;
export const SECCOMP_RET_KILL_PROCESS = 0x80000000;

// struct seccomp_data: int nr; u32 arch; u64 instruction_pointer; u64 args[6]. Both targets are little-endian.
const DATA_NR = 0;
const DATA_ARCH = 4;
const DATA_ARGS = 16;

/** A conditional jump's distance is one byte. */
const MAX_JUMP = 255;
/** BPF_MAXINSNS of linux/bpf_common.h: the kernel takes no longer program. */
const MAX_INSTRUCTIONS = 4096;

function statement(code: number, k: number): Instruction {
  return { code, jumpTrue: 0, jumpFalse: 0, k: k >>> 0 };
}

function jump(code: number, k: number, jumpTrue: number, jumpFalse: number): Instruction {
  if (jumpTrue > MAX_JUMP || jumpFalse > MAX_JUMP) {
    throw new RangeError(
      `a filter condition spans ${Math.max(jumpTrue, jumpFalse)} instructions, more than ${MAX_JUMP}`,
    );
  }
  return { code, jumpTrue, jumpFalse, k: k >>> 0 };
}

function loadArgument(arg: number, half: 'low' | 'high'): Instruction {
  return statement(LD_W_ABS, DATA_ARGS + 8 * arg + (half === 'high' ? 4 : 0));
}

/** Code that falls through when the condition holds and otherwise jumps over the `rest` instructions that follow it. */
function compileTest(test: ArgumentTest, rest: number): Instruction[] {
  if ('equals64' in test) {
    const low = Number(test.equals64 & 0xffffffffn);
    const high = Number(test.equals64 >> 32n);
    return [
      loadArgument(test.arg, 'low'),
      jump(JMP_JEQ_K, low, 0, rest + 2),
      loadArgument(test.arg, 'high'),
      jump(JMP_JEQ_K, high, 0, rest),
    ];
  }
  if ('mask' in test) {
    return [
      loadArgument(test.arg, 'low'),
      statement(ALU_AND_K, test.mask),
      jump(JMP_JEQ_K, test.equals & test.mask, 0, rest),
    ];
  }
  const values = test.oneOf;
  // An empty set can hold for no value: a comparison-free jump over the rest.
  if (values.length === 0) return [statement(JMP_JA, rest)];
  const compares = values.map((value, i) => {
    const remaining = values.length - 1 - i;
    return jump(JMP_JEQ_K, value, remaining, remaining === 0 ? rest : 0);
  });
  return [loadArgument(test.arg, 'low'), ...compares];
}

function compileAlternative(tests: readonly ArgumentTest[]): Instruction[] {
  let code = [statement(RET_K, SECCOMP_RET_ALLOW)];
  for (const test of [...tests].reverse()) code = [...compileTest(test, code.length), ...code];
  return code;
}

function compileRule(rule: FilterRule, refusal: Instruction): Instruction[] {
  let body: Instruction[];
  if (rule.refuseWith !== undefined) body = [statement(RET_K, SECCOMP_RET_ERRNO | rule.refuseWith)];
  else if (rule.when === undefined) body = [statement(RET_K, SECCOMP_RET_ALLOW)];
  else body = [...rule.when.flatMap(compileAlternative), refusal];
  // The accumulator still holds the number when a body is stepped over, since only bodies load arguments.
  return [jump(JMP_JEQ_K, rule.nr, 1, 0), statement(JMP_JA, body.length), ...body];
}

/**
 * The whole program: wrong ABI ends the process, a rule's call is decided by that rule, and every call without a rule
 * gets the default errno. Rules are tried in order, so the frequent ones come first.
 */
export function assembleFilter(rules: readonly FilterRule[], target: FilterTarget): Instruction[] {
  const refusal = statement(RET_K, SECCOMP_RET_ERRNO | target.defaultErrno);
  const program = [
    statement(LD_W_ABS, DATA_ARCH),
    jump(JMP_JEQ_K, target.auditArch, 1, 0),
    statement(RET_K, SECCOMP_RET_KILL_PROCESS),
    statement(LD_W_ABS, DATA_NR),
  ];
  if (target.firstForeignNr !== undefined) program.push(jump(JMP_JGE_K, target.firstForeignNr, 0, 1), refusal);
  for (const rule of rules) program.push(...compileRule(rule, refusal));
  program.push(refusal);
  if (program.length > MAX_INSTRUCTIONS) throw new RangeError(`the filter has ${program.length} instructions`);
  return program;
}

/** The program's bytes as the kernel reads them: struct sock_filter { u16 code; u8 jt; u8 jf; u32 k; }. */
export function encodeFilter(program: readonly Instruction[]): Uint8Array {
  const bytes = new Uint8Array(program.length * 8);
  const view = new DataView(bytes.buffer);
  program.forEach((instruction, i) => {
    view.setUint16(8 * i, instruction.code, true);
    view.setUint8(8 * i + 2, instruction.jumpTrue);
    view.setUint8(8 * i + 3, instruction.jumpFalse);
    view.setUint32(8 * i + 4, instruction.k, true);
  });
  return bytes;
}
