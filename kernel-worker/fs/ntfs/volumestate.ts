/** What the volume says of itself: $Volume, $LogFile and the hibernation file. */

import { asKernelError } from '../../rump/errno.ts';
import { asciiAt } from '../../rump/vfs/bytes.ts';
import { DATA, FILE_ROOT, FILE_VOLUME, VOLUME_INFORMATION } from './format.ts';
import { findName } from './indexlookup.ts';
import { findAttribute, newInode, openStream, systemInode } from './inode.ts';
import { isLogPending } from './logfile.ts';
import { readStream } from './stream.ts';
import type { Volume } from './volume.ts';
import { type VolumeLabel, volumeLabel } from './volumelabel.ts';

/** The newest version there is is 3.1. */
const NEWEST_MAJOR = 3;

/** Reads label and state; what is found goes into the volume's notices. Throws only when the medium is gone. */
export function readVolumeState(volume: Volume): VolumeLabel {
  const { notices } = volume;
  let state: VolumeLabel = { label: null, version: null, isDirty: false };
  noticed(notices, 'The label and the state of the volume cannot be read', () => {
    const inode = systemInode(FILE_VOLUME);
    // Both attributes are in the base record always; looking for one loads it.
    findAttribute(volume, inode, VOLUME_INFORMATION);
    if (inode.loaded !== null) state = volumeLabel(inode.loaded.record);
  });
  if (state.version !== null && Number.parseInt(state.version, 10) > NEWEST_MAJOR) {
    notices.push(
      `The volume says that it is of NTFS version ${state.version}, which is not known; some of it may be misread.`,
    );
  }
  if (state.isDirty) notices.push('The volume was not ejected cleanly, or waits for a check by Windows.');
  noticed(notices, 'The log of the volume cannot be read', () => {
    if (!isLogPending(volume)) return;
    notices.push('The log of the volume holds changes that are not replayed; what was written last may be missing.');
    state = { ...state, isDirty: true };
  });
  noticed(notices, 'Whether Windows is hibernated on this volume cannot be told', () => hibernation(volume, notices));
  return state;
}

/** The first bytes of hiberfil.sys say whether Windows, hibernated or shut down by "fast startup", has still to write to the volume. */
function hibernation(volume: Volume, notices: string[]): void {
  const entry = findName(volume, systemInode(FILE_ROOT), 'hiberfil.sys');
  if (entry === null) return;
  const stream = openStream(volume, newInode(entry.number, entry.sequence, FILE_ROOT), DATA);
  const first = new Uint8Array(4);
  if (stream === null || readStream(volume, stream, 0, first) < first.length) return;
  const magic = asciiAt(first, 0, 4).toLowerCase();
  if (magic === 'hibr') {
    notices.push('Windows is hibernated on this volume; what it had not written yet is missing.');
  } else if (magic === 'wake') {
    notices.push('Windows was woken from hibernation on this volume and may not have shut it down since.');
  }
}

/** Does `work`; a failure becomes a notice. */
function noticed(notices: string[], what: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind === 'removed') throw failure;
    notices.push(`${what} (${failure.message}).`);
  }
}
