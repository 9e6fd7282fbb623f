/** A mounted session as the parts of the driver share it: where it lies, which tree was chosen, and how its names are read. */

import { damaged } from '../../rump/errno.ts';
import type { FsDevice } from '../../rump/vfs/vnode.ts';
import type { IsoNode } from './node.ts';
import type { InflatedBlock } from './zisofs.ts';

/** Which name space is shown: of the primary tree with or without Rock Ridge, of Joliet, or of the enhanced descriptor of ISO 9660:1999. */
export type NameSpace = 'rockridge' | 'joliet' | 'enhanced' | 'plain';

/** How recorded identifiers become names, where Rock Ridge does not say them. */
export interface NameRules {
  /** Keep ';VERSION' and a trailing '.', as recorded. */
  raw: boolean;
  /** Keep ';VERSION' only, and show every version. */
  versions: boolean;
  lowerCase: boolean;
}

export interface Volume {
  /** User data sectors: the device itself, or its translation from raw sectors. */
  device: FsDevice;
  /** Whether content lies in whole blocks on the mounted device (not in a raw image). */
  mapped: boolean;
  blockSize: number;
  highSierra: boolean;
  nameSpace: NameSpace;
  rules: NameRules;
  showAssociated: boolean;
  /** Rock Ridge: bytes of each system use area that belong to somebody else (SUSP 'SP', LEN_SKP). */
  systemUseSkip: number;
  /** Where the system use area begins in the root's record of itself, which is not skipped into. */
  rootSystemUse: number;
  root: IsoNode;
  log(message: string): void;
  /** The zisofs block inflated last: reads go on where the one before stopped. */
  lastInflated: InflatedBlock | null;
  /** How many directory records with disagreeing byte orders were met so far. */
  disagreements: number;
}

/** Byte offset of a logical block on the volume's device. EUCLEAN if [block, + lengthBytes) is not inside it; `what` names who points there. */
export function blockOffset(volume: Volume, block: number, lengthBytes: number, what: string): number {
  const byteOffset = block * volume.blockSize;
  if (byteOffset + lengthBytes > volume.device.sizeBytes) {
    throw damaged(`${what} lies outside of the medium`, {
      byteOffset,
      expected: `at most ${volume.device.sizeBytes}`,
      found: byteOffset + lengthBytes,
    });
  }
  return byteOffset;
}
