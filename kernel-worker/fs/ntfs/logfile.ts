/** $LogFile, as far as it tells whether the volume was shut down cleanly (Linux-NTFS documentation, "$LogFile"). Its records are not replayed. */

import { KernelError } from '../../rump/errno.ts';
import { hasText, u16le, u32le, u64leBig } from '../../rump/vfs/bytes.ts';
import { withFixups } from './fixup.ts';
import { DATA, FILE_LOGFILE } from './format.ts';
import { openStream, systemInode } from './inode.ts';
import { readStream, type Stream } from './stream.ts';
import type { Volume } from './volume.ts';

/** The two restart pages have this size on all volumes that Windows makes. */
const RESTART_PAGE = 4096;
const RESTART_AREA_OFFSET = 24;
/** Of a restart area. */
const CURRENT_LSN = 0;
const CLIENTS_IN_USE = 12;
const FLAGS = 14;
const NO_CLIENT = 0xffff;
const IS_CLEAN = 0x0002;

/** Whether the log holds changes that may not be in the metadata yet. A log that is empty, or was reset, holds none. EUCLEAN, EIO. */
export function isLogPending(volume: Volume): boolean {
  const stream = openStream(volume, systemInode(FILE_LOGFILE), DATA);
  if (stream === null) return false;
  const pages = [restartPage(volume, stream, 0), restartPage(volume, stream, RESTART_PAGE)].filter(
    (page) => page !== null,
  );
  if (pages.length === 0) return false;
  const newest = pages.reduce((a, b) => (b.lsn > a.lsn ? b : a));
  return !newest.isClean;
}

/** null for a page that was never written, was reset by chkdsk, or is damaged (the other one then counts). */
function restartPage(volume: Volume, stream: Stream, offset: number): { lsn: bigint; isClean: boolean } | null {
  const raw = new Uint8Array(RESTART_PAGE);
  if (readStream(volume, stream, offset, raw) < RESTART_PAGE || !hasText(raw, 0, 'RSTR')) return null;
  try {
    const page = withFixups(raw, 'RSTR', stream.byteOffset);
    const area = u16le(page, RESTART_AREA_OFFSET);
    if (area + 16 > page.length || u32le(page, 16) > 65536) return null;
    return {
      lsn: u64leBig(page, area + CURRENT_LSN),
      isClean: u16le(page, area + CLIENTS_IN_USE) === NO_CLIENT || (u16le(page, area + FLAGS) & IS_CLEAN) !== 0,
    };
  } catch (error) {
    if (error instanceof KernelError && error.kind === 'damage') return null;
    throw error;
  }
}
