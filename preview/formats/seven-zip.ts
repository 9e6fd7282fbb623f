/** The list of a 7z archive where its header stands plainly (7zFormat.txt of the 7-Zip project); a packed header is told, and not unpacked. */

import { LookError } from '../file.ts';
import { u32le, u64le } from './bytes.ts';

const SIGNATURE_BYTES = 32;
const ENCODED_HEADER = 0x17;

export interface SevenZipFacts {
  version: string;
  /** Of its list. */
  headerBytes: number;
  /** The list itself is packed, or encrypted with everything else. */
  headerIsPacked: boolean;
}

/** LookError `damaged`. */
export async function sevenZipFacts(
  sizeBytes: number,
  read: (from: number, to: number) => Promise<Uint8Array>,
): Promise<SevenZipFacts> {
  if (sizeBytes < SIGNATURE_BYTES) throw new LookError('damaged');
  const start = await read(0, SIGNATURE_BYTES);
  const at = SIGNATURE_BYTES + u64le(start, 12);
  const headerBytes = u64le(start, 20);
  if (u32le(start, 0) !== 0xafbc7a37 || headerBytes === 0 || at + headerBytes > sizeBytes)
    throw new LookError('damaged');
  const [kind] = await read(at, at + 1);
  return { version: `${start[6]}.${start[7]}`, headerBytes, headerIsPacked: kind === ENCODED_HEADER };
}
