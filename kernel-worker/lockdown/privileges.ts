/**
 * Gives up what root has before the filter goes on (credentials(7), capabilities(7), getrlimit(2), Linux). The filter
 * alone must hold; this is the fence behind it.
 */
import fs from 'node:fs';
import type { NativeLibrary } from './native.ts';

/** The overflow id of linux/highuid.h, "nobody": it owns no file. */
const NOBODY = 65534;

// asm-generic/resource.h
const RLIMIT_FSIZE = 1;
const RLIMIT_DATA = 2;
const RLIMIT_CORE = 4;
const RLIMIT_NPROC = 6;
const RLIMIT_NOFILE = 7;
const RLIMIT_MSGQUEUE = 12;

export interface ResourceLimit {
  readonly name: string;
  readonly resource: number;
  readonly value: number;
  readonly why: string;
}

/** The limits for this process; those of Node must be set when its threads run, for no more can start afterwards. */
export function resourceLimits(
  runtime: 'node' | 'electron',
  writesFiles: boolean,
  memoryLimitBytes: number | undefined,
): ResourceLimit[] {
  const limits: ResourceLimit[] = [
    {
      name: 'core',
      resource: RLIMIT_CORE,
      value: 0,
      why: 'a crash must not leave the contents of a stick on the disk',
    },
    { name: 'msgqueue', resource: RLIMIT_MSGQUEUE, value: 0, why: 'no message queues' },
  ];
  if (!writesFiles) limits.push({ name: 'fsize', resource: RLIMIT_FSIZE, value: 0, why: 'no file can grow' });
  if (memoryLimitBytes !== undefined) {
    limits.push({ name: 'data', resource: RLIMIT_DATA, value: memoryLimitBytes, why: 'the memory that was granted' });
  }
  if (runtime === 'node') {
    limits.push(
      { name: 'nproc', resource: RLIMIT_NPROC, value: 0, why: 'no more threads or processes' },
      // poll(2) compares its count of descriptors with this limit, and libuv polls one at a time; 0 to 2 are always open.
      {
        name: 'nofile',
        resource: RLIMIT_NOFILE,
        value: 1,
        why: 'no new descriptor can be had, not even through the channel',
      },
    );
  }
  return limits;
}

/** Sets soft and hard limit; returns false where the system refuses, with errno set. */
export function setResourceLimit(library: NativeLibrary, limit: ResourceLimit): boolean {
  const setrlimit = library.func('int setrlimit(int resource, const void *limit)');
  const value = new BigUint64Array([BigInt(limit.value), BigInt(limit.value)]);
  return setrlimit(limit.resource, value) === 0;
}

/**
 * Turns root into nobody, in every thread: the C library repeats the change in each of them, and leaving user 0 clears
 * the capabilities (which capset could do for the calling thread alone). Returns why it could not be done, or null.
 */
export function leaveRoot(): string | null {
  if (process.geteuid?.() !== 0 && process.getuid?.() !== 0) return null;
  try {
    process.setgroups?.([]);
    process.setgid?.(NOBODY);
    process.setuid?.(NOBODY);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** The threads of this process that still have a capability in any set that could be used, as `thread: set`. */
export function remainingCapabilities(): string[] {
  const remaining: string[] = [];
  for (const thread of fs.readdirSync('/proc/self/task')) {
    const status = fs.readFileSync(`/proc/self/task/${thread}/status`, 'latin1');
    for (const [, set, bits] of status.matchAll(/^(CapInh|CapPrm|CapEff|CapAmb):\s*([0-9a-f]+)$/gm)) {
      if (/[^0]/.test(bits)) remaining.push(`thread ${thread}: ${set} ${bits}`);
    }
  }
  return remaining;
}
