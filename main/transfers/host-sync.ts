/** Getting written data onto the host's disk: syncfs(2) for many files at once where the host has it, fsync(2) of each elsewhere. */

import { fsync } from 'node:fs';
import { createRequire } from 'node:module';
import { promisify } from 'node:util';

const fsyncAsync = promisify(fsync);

/** As many as the thread pool has threads. */
const PARALLEL_FSYNCS = 4;
/** Fewer files than this are synced one by one: syncfs also writes what others have written to this file system. */
const FEW_FILES = 8;

type SyncFileSystem = (fd: number) => Promise<void>;

let syncFileSystem: SyncFileSystem | null | undefined;

/**
 * Returns when the content of all `fds` is on the disk. `folderFd`: a folder of the same file system, opened before they were written, so that its
 * write errors are told to it (Linux 5.8 and later); null where there is none.
 */
export async function syncFiles(fds: readonly number[], folderFd: number | null): Promise<void> {
  if (fds.length > FEW_FILES && folderFd !== null && (await syncAll(folderFd))) return;
  let next = 0;
  const worker = async () => {
    while (next < fds.length) await fsyncAsync(fds[next++]);
  };
  await Promise.all(Array.from({ length: Math.min(PARALLEL_FSYNCS, fds.length) }, worker));
}

/** Returns when the names in `count` folders are on the disk; `descriptor` opens the i-th. */
export async function syncFolders(
  count: number,
  descriptor: (i: number) => number | null,
  folderFd: number | null,
): Promise<void> {
  if (count > FEW_FILES && folderFd !== null && (await syncAll(folderFd))) return;
  for (let i = 0; i < count; i++) {
    const fd = descriptor(i);
    if (fd !== null) await fsyncAsync(fd);
  }
}

/** false: the host cannot do it at once. */
async function syncAll(folderFd: number): Promise<boolean> {
  if (syncFileSystem === undefined) syncFileSystem = loadSyncfs();
  if (syncFileSystem === null) return false;
  await syncFileSystem(folderFd);
  return true;
}

/** null where there is no syncfs, or no koffi to call it with. */
function loadSyncfs(): SyncFileSystem | null {
  if (process.platform !== 'linux') return null;
  try {
    const koffi: typeof import('koffi') = createRequire(import.meta.url)('koffi');
    const syncfs = koffi.load(null).func('int syncfs(int)');
    return (fd) =>
      new Promise((resolve, reject) => {
        syncfs.async(fd, (error: Error | null, result: number) => {
          if (error) reject(error);
          else if (result !== 0) reject(new SyncError());
          else resolve();
        });
      });
  } catch {
    return null;
  }
}

/** The host's disk could not take all that was written. */
export class SyncError extends Error {
  readonly code = 'EIO';

  constructor() {
    super('the disk reported an error while data was written out');
    this.name = 'SyncError';
  }
}
