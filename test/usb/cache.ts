/** Where the rig keeps what it made, and the small things with which it makes it. */

import { execFileSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';

export const CACHE = process.env.AIRLOCK_USB_RIG ?? join(homedir(), '.cache', 'airlock-usb-rig');

export const inCache = (...names: string[]) => join(CACHE, ...names);

/** What a guest is booted with. */
export const KERNEL = inCache('vmlinux');
export const INITRAMFS = inCache('initramfs');
/** Laid over this computer's own root in the guest: the guest's packages, kernel modules and /etc. */
export const LAYER = inCache('layer');
/** Written last: which recipe and kernel the cache was made with. */
export const STAMP = inCache('stamp');

/** What one run makes, so that several can run at a time; removed at its end. */
export const inRun = (...names: string[]) => inCache(`run-${process.pid}`, ...names);

const ENVIRONMENT = { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };

/** A mirror that gives nothing any more is not waited for. */
const COMMAND_TIMEOUT_MS = 5 * 60_000;

/** A command's output. Throws if it fails, with what it complained of. */
export function output(command: string, args: string[], cwd?: string): string {
  return execFileSync(command, args, {
    cwd,
    env: ENVIRONMENT,
    encoding: 'utf8',
    timeout: COMMAND_TIMEOUT_MS,
    killSignal: 'SIGKILL',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** The same through a shell, for pipes. */
export function shell(script: string, cwd?: string): string {
  return output('bash', ['-o', 'pipefail', '-ec', script], cwd);
}
