/** The master file table: finding it from the boot sector, by its mirror where its start is damaged, and reading records from it. */

import { asKernelError, damaged, KernelError } from '../../rump/errno.ts';
import { readAttributeList } from './attributelist.ts';
import type { BootSector } from './bootsector.ts';
import { ATTRIBUTE_LIST, DATA, FILE_MFT } from './format.ts';
import { type FileRecord, parseFileRecord } from './record.ts';
import { appendExtent } from './runlist.ts';
import { bmapStream, type ClusterDevice, type Stream, streamOf } from './stream.ts';

/** $MFTMirr holds the first four records, or as many as fit its cluster. */
const MIRRORED_RECORDS = 4;

export interface Mft {
  clusters: ClusterDevice;
  recordSize: number;
  /** The content of $MFT. */
  stream: Stream;
  /** Where $MFTMirr starts, or -1. */
  mirrorOffset: number;
  /** What was found wrong, in sentences for the user. */
  notices: string[];
}

/** EUCLEAN, EIO if neither the MFT nor its mirror can be read. */
export function openMft(clusters: ClusterDevice, boot: BootSector): Mft {
  const mirrorOffset = boot.mftMirrLcn < 0 ? -1 : boot.mftMirrLcn * boot.clusterSize;
  const notices: string[] = [];
  const record = firstRecord(clusters, boot, mirrorOffset, notices);
  const first = record.attributes.filter((attribute) => attribute.type === DATA && attribute.name === '');
  if (first.length === 0 || first[0].isResident) {
    throw damaged('the MFT does not say where it is', { byteOffset: record.byteOffset });
  }
  const stream = streamOf(clusters, first);
  const mft: Mft = { clusters, recordSize: boot.recordSize, stream, mirrorOffset, notices };
  if (record.attributes.some((attribute) => attribute.type === ATTRIBUTE_LIST)) appendFurtherExtents(mft, record);
  return mft;
}

/** Record 0 from the MFT's start or, where that is damaged, from the mirror. */
function firstRecord(clusters: ClusterDevice, boot: BootSector, mirrorOffset: number, notices: string[]): FileRecord {
  let failure: KernelError | null = null;
  const offsets = boot.mftLcn < 0 ? [mirrorOffset] : [boot.mftLcn * boot.clusterSize, mirrorOffset];
  for (const offset of offsets) {
    if (offset < 0) continue;
    try {
      const record = parseFileRecord(clusters.device.bread(offset, boot.recordSize), FILE_MFT, offset);
      if (offset === mirrorOffset) notices.push('The start of the master file table is damaged; its mirror was used.');
      return record;
    } catch (error) {
      const caught = asKernelError(error);
      if (caught.kind === 'removed') throw caught;
      failure ??= caught;
    }
  }
  throw failure ?? damaged('the boot sector does not say where the MFT is', { byteOffset: 48 });
}

/**
 * The MFT's extents behind those that record 0 holds. Each stands in a record that the extents before it cover, so they are added in turn; where
 * one cannot be had, the records behind it are lost and the rest is read.
 */
function appendFurtherExtents(mft: Mft, record: FileRecord): void {
  const { stream } = mft;
  try {
    const entries = readAttributeList(mft.clusters, record).filter(
      (entry) => entry.type === DATA && entry.name === '' && entry.lowestVcn >= stream.runs.endVcn,
    );
    for (const entry of entries.sort((a, b) => a.lowestVcn - b.lowestVcn)) {
      const extension = readRecord(mft, entry.reference.number);
      const extent = extension.attributes.find(
        (attribute) => attribute.type === DATA && attribute.name === '' && attribute.lowestVcn === entry.lowestVcn,
      );
      if (extent === undefined || extent.isResident || extension.base.number !== FILE_MFT) {
        throw damaged('a part of the MFT is not where its list says', { byteOffset: extension.byteOffset });
      }
      appendExtent(stream.runs, extent, mft.clusters.clusterCount);
    }
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind === 'removed') throw failure;
    mft.notices.push(`A part of the master file table cannot be found (${failure.message}); files in it are missing.`);
  }
}

/** How many records the MFT has. */
export function recordCount(mft: Mft): number {
  return Math.floor(mft.stream.initializedSize / mft.recordSize);
}

/** Record `number`, in use. EUCLEAN, EIO. The first four are taken from the mirror where need be. */
export function readRecord(mft: Mft, number: number): FileRecord {
  if (number >= recordCount(mft)) {
    throw damaged('a file reference lies behind the end of the MFT', { expected: recordCount(mft), found: number });
  }
  try {
    return recordAt(mft, number);
  } catch (error) {
    const failure = asKernelError(error);
    if (failure.kind === 'removed' || number >= MIRRORED_RECORDS || mft.mirrorOffset < 0) throw failure;
    return mirroredRecord(mft, number, failure);
  }
}

function recordAt(mft: Mft, number: number): FileRecord {
  const { clusters, recordSize, stream } = mft;
  const offset = number * recordSize;
  const run = bmapStream(clusters, stream, offset);
  if (run.deviceOffset === null)
    throw damaged(`record ${number} of the MFT is in a hole`, { byteOffset: stream.byteOffset });
  if (run.lengthBytes >= recordSize) {
    return parseFileRecord(clusters.device.bread(run.deviceOffset, recordSize), number, run.deviceOffset);
  }
  const raw = new Uint8Array(recordSize);
  for (let done = 0; done < recordSize; ) {
    const part = bmapStream(clusters, stream, offset + done);
    const count = Math.min(part.lengthBytes, recordSize - done);
    if (part.deviceOffset !== null) raw.set(clusters.device.bread(part.deviceOffset, count), done);
    done += count;
  }
  return parseFileRecord(raw, number, run.deviceOffset);
}

function mirroredRecord(mft: Mft, number: number, failure: KernelError): FileRecord {
  const offset = mft.mirrorOffset + number * mft.recordSize;
  try {
    const record = parseFileRecord(mft.clusters.device.bread(offset, mft.recordSize), number, offset);
    const notice = `Record ${number} of the master file table is damaged; its mirror was used.`;
    if (!mft.notices.includes(notice)) mft.notices.push(notice);
    return record;
  } catch (error) {
    if (error instanceof KernelError && error.kind === 'removed') throw error;
    throw failure;
  }
}
