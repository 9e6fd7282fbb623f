/**
 * Whether a medium is the one from which an interrupted copy was made: the same device by what it says of itself, of the same size, with the same file system in
 * the same state. A stick that was written to meanwhile is another one.
 */

import type { Job, Medium } from '../contract.ts';

/** All that is known of a medium and of one of its volumes, to be compared; null where the volume is not open. */
export function fingerprintOf(medium: Medium, volumeId: number): string | null {
  const volume = medium.volumes.find((candidate) => candidate.id === volumeId);
  if (medium.state !== 'open' || volume?.info == null) return null;
  const { kind, vendor, model, serial, name, sizeBytes } = medium;
  const place = kind === 'device' ? [vendor, model, serial, name] : [medium.location];
  const { partition, info, statvfs } = volume;
  const { fs, title, label, uuid, state, facts } = info;
  const extent = [partition?.number ?? 0, partition?.offsetBytes ?? 0, partition?.sizeBytes ?? sizeBytes];
  return JSON.stringify([kind, place, sizeBytes, extent, fs, title, label, uuid, state, facts, statvfs]);
}

export interface Interrupted {
  job: Job;
  /** As the medium was when the copy began. */
  fingerprint: string | null;
}

/** For an interrupted copy: the open medium with which it can go on; null if that is not there. */
export function mediumToResumeFrom({ job, fingerprint }: Interrupted, media: readonly Medium[]): Medium | null {
  if (fingerprint === null) return null;
  return media.find((medium) => fingerprintOf(medium, job.volume) === fingerprint) ?? null;
}
