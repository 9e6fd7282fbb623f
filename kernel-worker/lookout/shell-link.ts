/** Windows shortcuts ([MS-SHLLINK]): what they start. Every length in them is checked against what was read; nothing in them is followed. */

import { u16le, u32le } from '../rump/vfs/bytes.ts';
import { withoutTrailing } from '../rump/vfs/names.ts';

export interface ShellLink {
  /** The best that the file says: an unexpanded path, a local or network path, or the names of its item list. */
  target: string;
  arguments: string;
  workingFolder: string;
  icon: string;
}

/** Longer ones are made to hide something; the parts that matter come first. */
export const MAX_LINK_BYTES = 128 * 1024;
const HEADER_BYTES = 0x4c;
const CLASS_ID = [0x01, 0x14, 0x02, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46];
const FLAG = {
  idList: 0x01,
  linkInfo: 0x02,
  name: 0x04,
  relativePath: 0x08,
  workingFolder: 0x10,
  arguments: 0x20,
  icon: 0x40,
  unicode: 0x80,
};
const ENVIRONMENT_BLOCK = 0xa0000001;
const ICON_ENVIRONMENT_BLOCK = 0xa0000007;
/** ANSI characters of a path block, before the Unicode ones (2.5.4). */
const BLOCK_ANSI_BYTES = 260;
const BLOCK_UNICODE_BYTES = 520;
/** A path has fewer parts, and a file fewer blocks; more are made to take time. */
const MAX_ITEMS = 128;

/** null: not a shortcut. */
export function shellLink(bytes: Uint8Array): ShellLink | null {
  if (bytes.length < HEADER_BYTES || bytes[0] !== HEADER_BYTES || CLASS_ID.some((byte, i) => bytes[4 + i] !== byte))
    return null;
  const reader = new LinkBytes(bytes);
  const flags = reader.u32(20);
  let at = HEADER_BYTES;
  let items: string[] = [];
  if (flags & FLAG.idList) {
    const lengthBytes = reader.u16(at);
    items = itemNames(reader, at + 2, at + 2 + lengthBytes);
    at += 2 + lengthBytes;
  }
  let linked = '';
  if (flags & FLAG.linkInfo) {
    linked = linkInfoPath(reader, at);
    // A structure that states no length ends what can be read.
    at += Math.max(4, reader.u32(at));
  }
  const isUnicode = (flags & FLAG.unicode) !== 0;
  const text = (flag: number): string => {
    if (!(flags & flag)) return '';
    const count = reader.u16(at);
    const lengthBytes = isUnicode ? count * 2 : count;
    const value = isUnicode ? reader.utf16(at + 2, lengthBytes) : reader.ansi(at + 2, lengthBytes);
    at += 2 + lengthBytes;
    return value;
  };
  text(FLAG.name);
  const relativePath = text(FLAG.relativePath);
  const workingFolder = text(FLAG.workingFolder);
  const parameters = text(FLAG.arguments);
  const icon = text(FLAG.icon);
  const blocks = pathBlocks(reader, at);
  const target = blocks.target || linked || relativePath || items.join('\\');
  return {
    target,
    arguments: parameters,
    workingFolder,
    icon: blocks.icon || icon,
  };
}

/** File and drive names of an item list; items of other kinds have none (libfwsi documents their layouts). */
function itemNames(reader: LinkBytes, from: number, end: number): string[] {
  const names: string[] = [];
  for (let at = from, count = 0; at + 3 <= end && count < MAX_ITEMS; count++) {
    const lengthBytes = reader.u16(at);
    if (lengthBytes < 3) break;
    const type = reader.u8(at + 2);
    if ((type & 0x70) === 0x20) names.push(withoutTrailing(reader.ansi(at + 3, Math.min(22, lengthBytes - 3)), '\\'));
    else if ((type & 0x70) === 0x30)
      names.push(type & 0x04 ? reader.utf16(at + 14, lengthBytes - 14) : reader.ansi(at + 14, lengthBytes - 14));
    else if ((type & 0x70) === 0x40) names.push(reader.ansi(at + 5, lengthBytes - 5));
    at += lengthBytes;
  }
  return names.filter((name) => name !== '');
}

function linkInfoPath(reader: LinkBytes, at: number): string {
  const headerBytes = reader.u32(at + 4);
  const flags = reader.u32(at + 8);
  const hasUnicode = headerBytes >= 0x24;
  const textAt = (field: number, unicodeField: number): string => {
    if (hasUnicode && reader.u32(at + unicodeField) > 0) return reader.utf16(at + reader.u32(at + unicodeField));
    const offset = reader.u32(at + field);
    return offset === 0 ? '' : reader.ansi(at + offset);
  };
  const suffix = textAt(24, 32);
  if (flags & 1) return joined(textAt(16, 28), suffix);
  if (!(flags & 2)) return '';
  const network = at + reader.u32(at + 20);
  return joined(reader.ansi(network + reader.u32(network + 8)), suffix);
}

function joined(base: string, suffix: string): string {
  return base === '' || suffix === '' || base.endsWith('\\') ? base + suffix : `${base}\\${suffix}`;
}

function pathBlocks(reader: LinkBytes, from: number): { target: string; icon: string } {
  const found = { target: '', icon: '' };
  for (let at = from, count = 0; count < MAX_ITEMS; count++) {
    const lengthBytes = reader.u32(at);
    if (lengthBytes < 8) break;
    const signature = reader.u32(at + 4);
    const path = reader.utf16(at + 8 + BLOCK_ANSI_BYTES, BLOCK_UNICODE_BYTES) || reader.ansi(at + 8, BLOCK_ANSI_BYTES);
    if (signature === ENVIRONMENT_BLOCK && lengthBytes > 8 + BLOCK_ANSI_BYTES) found.target = path;
    if (signature === ICON_ENVIRONMENT_BLOCK && lengthBytes > 8 + BLOCK_ANSI_BYTES) found.icon = path;
    at += lengthBytes;
  }
  return found;
}

/** Bytes that end where they end: what lies behind them reads as zero. */
class LinkBytes {
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  u8(at: number): number {
    return this.bytes[at] ?? 0;
  }

  u16(at: number): number {
    return u16le(this.bytes, at);
  }

  u32(at: number): number {
    return u32le(this.bytes, at);
  }

  /** Up to a zero. */
  ansi(at: number, maxBytes = BLOCK_UNICODE_BYTES * 8): string {
    const part = this.bytes.subarray(at, at + Math.max(0, maxBytes));
    const zero = part.indexOf(0);
    return new TextDecoder('windows-1252').decode(zero < 0 ? part : part.subarray(0, zero));
  }

  utf16(at: number, maxBytes = BLOCK_UNICODE_BYTES * 8): string {
    const part = this.bytes.subarray(at, at + Math.max(0, maxBytes - (maxBytes % 2)));
    const text = new TextDecoder('utf-16le').decode(part);
    const zero = text.indexOf('\0');
    return zero < 0 ? text : text.slice(0, zero);
  }
}
