/** Descriptor tags: the 16 bytes with which every UDF descriptor begins and by which it is recognised and checked. ECMA-167 3/7.2 and 4/7.2. */

import { damaged, type KernelError } from '../../rump/errno.ts';
import { crcItuT } from '../../rump/lib/crc-itu-t.ts';
import { u16le, u32le } from '../../rump/vfs/bytes.ts';

/** Tag identifiers: ECMA-167 3/7.2.1 (volume structures) and 4/7.2.1 (file structures); 0 is UDF's sparing table (UDF 2.60, 2.2.12). */
export const TAG = {
  sparingTable: 0,
  primaryVolume: 1,
  anchorVolumePointer: 2,
  volumePointer: 3,
  implementationUseVolume: 4,
  partition: 5,
  logicalVolume: 6,
  unallocatedSpace: 7,
  terminating: 8,
  logicalVolumeIntegrity: 9,
  fileSet: 256,
  fileIdentifier: 257,
  allocationExtent: 258,
  indirectEntry: 259,
  terminalEntry: 260,
  fileEntry: 261,
  extendedAttributeHeader: 262,
  unallocatedSpaceEntry: 263,
  spaceBitmap: 264,
  extendedFileEntry: 266,
} as const;

export const TAG_BYTES = 16;

/**
 * What is wrong with the tag at `at`, or null: checksum, CRC of the body (as far as the tag says that it covers it, and never past `end`) and, where
 * `location` is given, the block number that the descriptor claims to stand at. A CRC length of 0 means that no CRC was recorded.
 */
export function tagFault(bytes: Uint8Array, at: number, end: number, location: number | null): string | null {
  if (at + TAG_BYTES > end) return 'is cut off';
  let sum = 0;
  for (let i = at; i < at + TAG_BYTES; i++) sum += bytes[i];
  if (((sum - bytes[at + 4]) & 0xff) !== bytes[at + 4]) return 'has a tag with a wrong checksum';
  const version = u16le(bytes, at + 2);
  if (version !== 2 && version !== 3) return `has a tag of the unknown version ${version}`;
  const crcLength = u16le(bytes, at + 10);
  if (crcLength > end - at - TAG_BYTES) return 'has a tag whose CRC covers more than the descriptor';
  if (crcLength > 0 && crcItuT(bytes, at + TAG_BYTES, at + TAG_BYTES + crcLength) !== u16le(bytes, at + 8))
    return 'has a wrong CRC';
  const recorded = u32le(bytes, at + 12);
  if (location !== null && recorded !== location) return `says that it stands at block ${recorded}, not ${location}`;
  return null;
}

/** The tag's identifier. EUCLEAN, naming the structure `what`, if the tag is damaged or its identifier none of `expected`. */
export function checkedTag(
  bytes: Uint8Array,
  what: string,
  expected: readonly number[],
  place: { byteOffset: number; location: number | null },
): number {
  const identifier = u16le(bytes, 0);
  if (!expected.includes(identifier)) throw wrongTag(what, expected, identifier, place.byteOffset);
  const fault = tagFault(bytes, 0, bytes.length, place.location);
  if (fault !== null) throw damaged(`${what} ${fault}`, { byteOffset: place.byteOffset });
  return identifier;
}

function wrongTag(what: string, expected: readonly number[], found: number, byteOffset: number): KernelError {
  return damaged(`${what} is not where it should be`, {
    byteOffset,
    expected: `tag ${expected.join(' or ')}`,
    found: `tag ${found}`,
  });
}
