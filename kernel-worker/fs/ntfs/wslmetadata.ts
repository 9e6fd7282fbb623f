/** Unix metadata that WSL keeps in NTFS extended attributes: $LXUID, $LXGID, $LXMOD, $LXDEV (Microsoft, "File Permissions for WSL"; FILE_FULL_EA_INFORMATION: [MS-FSCC] 2.4.16). */

import { damaged } from '../../rump/errno.ts';
import { asciiAt, u16le, u32le } from '../../rump/vfs/bytes.ts';
import { EA } from './format.ts';
import { findAttribute, type Inode, openStream } from './inode.ts';
import { readWhole } from './stream.ts';
import type { Volume } from './volume.ts';

/** NTFS holds no more extended attributes than this on a file. */
const MAX_EA_BYTES = 65536;
const HEADER_BYTES = 8;

interface WslMetadata {
  uid: number | null;
  gid: number | null;
  /** Permission bits. */
  mode: number | null;
  rdev: { major: number; minor: number } | null;
}

const NONE: WslMetadata = { uid: null, gid: null, mode: null, rdev: null };

/** All null for a file without. EUCLEAN. */
export function wslMetadata(volume: Volume, inode: Inode): WslMetadata {
  if (findAttribute(volume, inode, EA) === null) return NONE;
  const stream = openStream(volume, inode, EA);
  if (stream === null) return NONE;
  const bytes = readWhole(volume, stream, MAX_EA_BYTES, 'the extended attributes of a file');
  const metadata = { ...NONE };
  for (let at = 0; at + HEADER_BYTES < bytes.length; ) {
    const nameLength = bytes[at + 5];
    const valueAt = at + HEADER_BYTES + nameLength + 1;
    const valueLength = u16le(bytes, at + 6);
    if (valueAt + valueLength > bytes.length) {
      throw damaged('an extended attribute is longer than all of them', {
        byteOffset: stream.byteOffset,
        found: valueLength,
      });
    }
    takeValue(metadata, asciiAt(bytes, at + HEADER_BYTES, nameLength), bytes.subarray(valueAt, valueAt + valueLength));
    const next = u32le(bytes, at);
    if (next < HEADER_BYTES) break;
    at += next;
  }
  return metadata;
}

function takeValue(metadata: WslMetadata, name: string, value: Uint8Array): void {
  if (name === '$LXDEV' && value.length >= 8) metadata.rdev = { major: u32le(value, 0), minor: u32le(value, 4) };
  if (value.length < 4) return;
  if (name === '$LXUID') metadata.uid = u32le(value, 0);
  if (name === '$LXGID') metadata.gid = u32le(value, 0);
  if (name === '$LXMOD') metadata.mode = u32le(value, 0) & 0o7777;
}
