/**
 * Tells a medium that is being pulled out from one with a bad sector: see kernel-worker/rumpuser/removable.ts, which does it for the worker. Both first answer
 * EIO; a removed disk gives no bytes at any offset, but only when the system has torn it down.
 */

import { setTimeout as later } from 'node:timers/promises';
import { errorCode } from '../host-error.ts';

/** What systems answer when the medium itself is gone. */
const REMOVED_CODES = ['ENXIO', 'ENODEV', 'ENOMEDIUM', 'ESHUTDOWN', 'ESTALE'];

/** Whether this failure of a read, wherever it was, says that the medium is gone. */
export function meansRemoved(error: unknown): boolean {
  return REMOVED_CODES.includes(errorCode(error) ?? '');
}

/** Whether this failure of a read at the very beginning says so: only EIO can be a bad sector there. */
export function meansNothingThere(error: unknown): boolean {
  return errorCode(error) !== 'EIO';
}

/** Measured: some 0.3 s after the first EIO; more on a busy computer. */
const TEARDOWN_MS = 2000;
const LOOK_EVERY_MS = 50;
/** A medium that has just been found there is believed to have more bad sectors. */
const BELIEVED_MS = 10_000;

export class RemovalWatch {
  private foundThereMs = Number.NEGATIVE_INFINITY;
  private readonly sleeper = new Int32Array(new SharedArrayBuffer(4));

  /** `readsNothing`: whether a read of the medium's beginning gives no bytes (not: whether it fails). Waits in this thread. */
  isGoneSync(readsNothing: () => boolean): boolean {
    const sinceMs = Date.now();
    if (sinceMs - this.foundThereMs < BELIEVED_MS) return false;
    while (Date.now() - sinceMs < TEARDOWN_MS) {
      if (readsNothing()) return true;
      Atomics.wait(this.sleeper, 0, 0, LOOK_EVERY_MS);
    }
    this.foundThereMs = Date.now();
    return false;
  }

  /** The same without holding the thread up. */
  async isGone(readsNothing: () => Promise<boolean>): Promise<boolean> {
    const sinceMs = Date.now();
    if (sinceMs - this.foundThereMs < BELIEVED_MS) return false;
    while (Date.now() - sinceMs < TEARDOWN_MS) {
      if (await readsNothing()) return true;
      await later(LOOK_EVERY_MS);
    }
    this.foundThereMs = Date.now();
    return false;
  }
}
