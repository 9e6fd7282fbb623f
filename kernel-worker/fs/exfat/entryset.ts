/** File entry sets (§7.4 to §7.7): the file entry, its stream extension, its name, and benign entries behind them that nobody must know. */

import { damaged, type KernelError, unsupported } from '../../rump/errno.ts';
import { u16le } from '../../rump/vfs/bytes.ts';
import { nameFromUnits } from '../../rump/vfs/names.ts';
import type { Dirent } from '../../rump/vfs/vnode.ts';
import { type Exnode, exnodeOf, fileidOf } from './exnode.ts';
import { ENTRY, ENTRY_BYTES, FILE, NAME_OFFSET, NAME_UNITS_PER_ENTRY, STREAM, setChecksum } from './format.ts';

export interface EntrySetRules {
  /** false: sets with a wrong checksum are read all the same. */
  needChecksum: boolean;
  /** Nothing can be longer than all clusters together. */
  maxBytes: number;
}

/** The file that the set at `at` describes, of `count` entries behind the first, all of them inside `entries`; or why it cannot be used. */
export function readEntrySet(
  rules: EntrySetRules,
  entries: Uint8Array,
  at: number,
  count: number,
  entryOffset: number,
): Dirent<Exnode> | KernelError {
  const stream = at + ENTRY_BYTES;
  if (count < 2 || entries[stream] !== ENTRY.stream) return unusable('has no stream extension', '', entryOffset);
  const units = entries[stream + STREAM.nameLength];
  const nameEntries = Math.ceil(units / NAME_UNITS_PER_ENTRY);
  if (units === 0 || nameEntries > count - 1) return unusable('has no whole name', '', entryOffset);
  for (let i = 0; i < nameEntries; i++) {
    if (entries[stream + (1 + i) * ENTRY_BYTES] !== ENTRY.name) return unusable('has no whole name', '', entryOffset);
  }
  const name = nameAt(entries, stream + ENTRY_BYTES, units);
  if (rules.needChecksum) {
    const checksum = setChecksum(entries, at, (count + 1) * ENTRY_BYTES);
    const told = u16le(entries, at + FILE.checksum);
    if (checksum !== told) return unusable('has a wrong checksum', name, entryOffset, checksum, told);
  }
  for (let i = 2 + nameEntries; i <= count; i++) {
    const type = entries[at + i * ENTRY_BYTES];
    // Critical entries that nobody knows may change what the others mean (§6.4.1.2.1); further name entries do not.
    if ((type & ENTRY.benign) === 0 && type !== ENTRY.name) {
      const what = `${quoted(name)} has a directory entry of the unknown critical type 0x${type.toString(16)}`;
      return unsupported(what, { byteOffset: entryOffset });
    }
  }
  const node = exnodeOf(entries, at, entryOffset, name);
  if (node.size > rules.maxBytes)
    return unusable('is longer than the volume', name, entryOffset, `at most ${rules.maxBytes}`, node.size);
  return { name, fileid: fileidOf(node), type: node.isDirectory ? 'dir' : 'file', node };
}

/** `units` UTF-16 units over the name entries from `at` on. As Linux reads it, a NUL ends the name. */
function nameAt(entries: Uint8Array, at: number, units: number): string {
  const name = new Uint16Array(units);
  let unit = at + NAME_OFFSET;
  let length = 0;
  for (; length < units; length++) {
    // Past the fifteenth: over the next entry's type and flags.
    if (length > 0 && length % NAME_UNITS_PER_ENTRY === 0) unit += NAME_OFFSET;
    const code = entries[unit] | (entries[unit + 1] << 8);
    if (code === 0) break;
    name[length] = code;
    unit += 2;
  }
  return nameFromUnits(name.subarray(0, length));
}

function unusable(
  what: string,
  name: string,
  byteOffset: number,
  expected?: string | number,
  found?: string | number,
): KernelError {
  const subject = name === '' ? 'a directory entry' : `the directory entry of ${quoted(name)}`;
  return damaged(`${subject} ${what}`, {
    byteOffset,
    ...(expected === undefined ? {} : { expected }),
    ...(found === undefined ? {} : { found }),
  });
}

function quoted(name: string): string {
  return JSON.stringify(name.toWellFormed());
}
