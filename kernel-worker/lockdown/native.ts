/**
 * The few functions of koffi (https://koffi.dev) that the lockdown calls the operating system with, and the loader that
 * brings koffi in only when a lockdown is really asked for.
 */
import { createRequire } from 'node:module';

export type NativeFunction = (...args: unknown[]) => unknown;

export interface NativeLibrary {
  func(definition: string): NativeFunction;
}

/** What the lockdown uses of koffi; the tests of the platforms that cannot be run pass a recording one instead. */
export interface Koffi {
  load(path: string | null): NativeLibrary;
  errno(): number;
  /** The address of a buffer's first byte; the buffer must stay referenced as long as the address is in use. */
  address(buffer: Uint8Array): bigint;
}

/** Where the lockdown runs. Production code leaves it out and gets this process; tests name another platform. */
export interface LockdownHost {
  readonly platform: string;
  readonly arch: string;
  loadKoffi(): Koffi;
}

/**
 * Loads koffi's native module, which takes some 6 ms: done inside a function, so that importing the lockdown costs
 * nothing. Must happen before the lockdown, since afterwards nothing can be opened.
 */
export function loadKoffi(): Koffi {
  return createRequire(import.meta.url)('koffi');
}

export function thisHost(): LockdownHost {
  return { platform: process.platform, arch: process.arch, loadKoffi };
}
