/** The master file table: finding it from the boot sector, by its mirror where its start is damaged, and reading records from it. */

import { asKernelError, damaged, KernelError } from '../../rump/errno.ts';
import { readAttributeList } from './attributelist.ts';
import type { BootSector } from './bootsector.ts';
import { ATTRIBUTE_LIST, DATA, FILE_MFT } from './format.ts';
import { attributeOf, attributesOf, type FileRecord, parseFileRecord } from './record.ts';
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
  const mftOffset = boot.mftLcn < 0 ? -1 : boot.mftLcn * boot.clusterSize;
  let failure: KernelError | null = null;
  for (const offset of [mftOffset, mirrorOffset]) {
    if (offset < 0) continue;
    try {
      const mft = mftByRecord(clusters, boot, offset, mirrorOffset);
      if (offset === mirrorOffset)
        mft.notices.push('The start of the master file table is damaged; its mirror was used.');
      return mft;
    } catch (error) {
      const caught = asKernelError(error);
      if (caught.kind === 'removed') throw caught;
      failure ??= caught;
    }
  }
  throw failure ?? damaged('the boot sector does not say where the MFT is', { byteOffset: 48 });
}

/** The MFT as its record 0, at `offset`, describes it. */
function mftByRecord(clusters: ClusterDevice, boot: BootSector, offset: number, mirrorOffset: number): Mft {
  const { recordSize } = boot;
  const record = parseFileRecord(clusters.device.bread(offset, recordSize), FILE_MFT, offset);
  const extents = attributesOf(record, DATA).filter(({ name }) => name === '');
  if (extents.length === 0 || extents[0].isResident) {
    throw damaged('the MFT does not say where it is', { byteOffset: offset });
  }
  const isListed = attributeOf(record, ATTRIBUTE_LIST, '') !== null;
  const mft: Mft = {
    clusters,
    recordSize,
    stream: streamOf(clusters, extents, isListed ? 2 : extents.length),
    mirrorOffset,
    notices: [],
  };
  if (isListed) appendFurtherExtents(mft, record);
  return mft;
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
      const extension = readRecord(mft, entry.recordNumber);
      const extent = attributesOf(extension, DATA).find(
        ({ name, lowestVcn }) => name === '' && lowestVcn === entry.lowestVcn,
      );
      if (extent === undefined || extent.isResident || extension.baseNumber !== FILE_MFT) {
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
