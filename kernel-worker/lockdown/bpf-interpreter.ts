/** Runs a classic BPF program as the kernel would, for the filter's tests: linux/filter.h, linux/seccomp.h. */
import type { Instruction } from './bpf.ts';

const AUDIT_ARCH_X86_64 = 0xc000003e;

export interface Call {
  readonly nr: number;
  readonly arch?: number;
  readonly args?: readonly (number | bigint)[];
}

/** Runs a program over a call as the kernel's interpreter would, with what the six instructions in use mean. */
export function evaluate(program: readonly Instruction[], call: Call): number {
  const data = new DataView(new ArrayBuffer(64));
  data.setInt32(0, call.nr, true);
  data.setUint32(4, call.arch ?? AUDIT_ARCH_X86_64, true);
  (call.args ?? []).forEach((arg, i) => {
    data.setBigUint64(16 + 8 * i, BigInt.asUintN(64, BigInt(arg)), true);
  });
  let accumulator = 0;
  for (let at = 0; at < program.length; at++) {
    const { code, jumpTrue, jumpFalse, k } = program[at];
    if (code === 0x20) accumulator = data.getUint32(k, true);
    else if (code === 0x54) accumulator = (accumulator & k) >>> 0;
    else if (code === 0x05) at += k;
    else if (code === 0x15) at += accumulator === k ? jumpTrue : jumpFalse;
    else if (code === 0x35) at += accumulator >= k ? jumpTrue : jumpFalse;
    else if (code === 0x06) return k;
    else throw new Error(`instruction ${code}`);
  }
  throw new Error('the program ran off its end');
}
