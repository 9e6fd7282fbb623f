/**
 * A file of the host that a copy asks about: opened as itself and not through a link, its bytes moved as opaque data. It may be an earlier copy from a stick, so
 * what it is by its bytes is judged where a stick's bytes are: in a locked-down worker, one of its own that has nothing but this file, and ends at once.
 */

import { constants } from 'node:fs';
import { type FileHandle, lstat, open } from 'node:fs/promises';
import type { ContentType, FileIdentity } from '../../kernel-worker/contract.ts';
import type { Conflict } from '../contract.ts';
import { errorCode } from '../host-error.ts';
import { startKernel, type WorkerLauncher } from '../kernels/kernel-process.ts';
import { refused } from '../service/problems.ts';
import { texts } from '../texts.ts';
import type { LookedAtBytes } from './looked-at-bytes.ts';

const MAX_READ_BYTES = 256 * 1024;
/** Some places of one file are looked at. */
const WORKER = { cacheBytes: 1024 * 1024 };
/** The dialog is open meanwhile; on a slow computer a process takes seconds to start. */
const LIMITS = { bootTimeoutMs: 10_000, callTimeoutMs: 5_000, memoryCapBytes: 256 * 1024 * 1024 };

export interface HostFile {
  identity: FileIdentity;
  bytes: LookedAtBytes;
}

/** The file of a conflict, as it was when the user was asked. Throws RequestError where it is none, or another by now. */
export async function openHostFile({
  targetPath,
  existing,
}: Pick<Conflict, 'targetPath' | 'existing'>): Promise<HostFile> {
  const { refused: words } = texts().look;
  let handle: FileHandle;
  try {
    // Where the flags below do not exist, this is what keeps links and devices from being opened.
    if (!(await lstat(targetPath)).isFile()) throw refused(words.onlyFiles);
    const { O_RDONLY, O_NOFOLLOW, O_NONBLOCK } = constants;
    handle = await open(targetPath, O_RDONLY | (O_NOFOLLOW ?? 0) | (O_NONBLOCK ?? 0));
  } catch (error) {
    if (error instanceof Error && errorCode(error) !== null) throw refused(words.hostFile, error.message);
    throw error;
  }
  const close = () => void handle.close().catch(() => {});
  const stats = await handle.stat().catch(() => null);
  if (!stats?.isFile() || stats.size !== existing.sizeBytes || stats.mtimeMs !== existing.mtimeMs) {
    close();
    throw refused(words.changed);
  }
  const read = async (offset: number, lengthBytes: number) => {
    const into = new Uint8Array(Math.min(lengthBytes, MAX_READ_BYTES));
    const { bytesRead } = await handle.read(into, 0, into.length, offset);
    return into.subarray(0, bytesRead);
  };
  return { identity: { dev: stats.dev, ino: stats.ino }, bytes: { sizeBytes: stats.size, read, close } };
}

/** Throws KernelBootError, KernelCallError, KernelEndedError. */
export async function identifyHostFile(
  path: string,
  only: FileIdentity,
  launch: WorkerLauncher,
  sandbox: boolean,
): Promise<ContentType> {
  const kernel = await startKernel({ source: { kind: 'image', path, only }, ...WORKER, sandbox }, launch, LIMITS);
  try {
    return await kernel.call('identifyMedium');
  } finally {
    kernel.close();
  }
}
