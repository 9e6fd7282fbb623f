/**
 * Encrypted names, shown as Linux shows them to who does not have the key.
 * Source: Linux Documentation/filesystems/fscrypt, "Without the key"; struct fscrypt_nokey_name: two words of directory hash, 149 bytes of the
 * encrypted name, and of a longer one the SHA-256 of the rest; all in base64url without padding.
 */

import { damaged } from '../../rump/errno.ts';
import { sha256 } from '../../rump/lib/sha256.ts';
import { u16le, u32le } from '../../rump/vfs/bytes.ts';
import { blockRun } from './bmap.ts';
import { dirHash } from './dirhash.ts';
import type { Ext2Mount } from './ext2mount.ts';
import { COMPAT } from './features.ts';
import { FLAG, type Inode } from './inode.ts';

const HASHES_SIZE = 8;
const SHOWN_BYTES = 149;
const DIGEST_SIZE = 32;
/** Before an encrypted target: its length. */
const TARGET_HEADER_SIZE = 2;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
/** dx_root_info.hash_version in the first block of an indexed directory. */
const HASH_VERSION_AT = 0x1c;

/** Shows the name `stored`, which is part of a directory entry that ends in `bytes` at `entryEnd`. */
export type NameShower = (stored: Uint8Array, bytes: Uint8Array, entryEnd: number) => string;

/** How the names of an encrypted directory are shown. */
export function noKeyNames(fs: Ext2Mount, dir: Inode): NameShower {
  // Names that also ignore case have a hash that needs the key; it stands behind the name (struct ext4_dir_entry_hash).
  if ((dir.flags & FLAG.casefold) !== 0) {
    return (stored, bytes, entryEnd) => {
      const at = stored.byteOffset - bytes.byteOffset + ((stored.length + 3) & ~3);
      return at + HASHES_SIZE <= entryEnd
        ? noKeyName(stored, u32le(bytes, at), u32le(bytes, at + 4))
        : noKeyName(stored, 0, 0);
    };
  }
  const version = hashVersion(fs, dir);
  if (version === null) return (stored) => noKeyName(stored, 0, 0);
  return (stored) => {
    const [major, minor] = dirHash(stored, version, fs.sb.hashUnsigned, fs.sb.hashSeed) ?? [0, 0];
    return noKeyName(stored, major, minor);
  };
}

/** Linux hashes names in indexed directories and in those that need no index yet; null: it does not. */
function hashVersion(fs: Ext2Mount, dir: Inode): number | null {
  if ((fs.sb.compat & COMPAT.dirIndex) === 0) return null;
  if ((dir.flags & FLAG.index) === 0) {
    const isSmall = (dir.flags & FLAG.inlineData) !== 0 || Math.floor(dir.attr.size / fs.sb.blockSize) === 1;
    return isSmall ? fs.sb.hashVersion : null;
  }
  const { physical } = blockRun(fs, dir, 0);
  return physical === null ? null : fs.device.bread(physical * fs.sb.blockSize + HASH_VERSION_AT, 1)[0];
}

/** Bytes that are shown of `length` encrypted ones. */
function shownSize(length: number): number {
  return HASHES_SIZE + (length > SHOWN_BYTES ? SHOWN_BYTES + DIGEST_SIZE : length);
}

function noKeyName(stored: Uint8Array, major: number, minor: number): string {
  const shown = Math.min(stored.length, SHOWN_BYTES);
  const bytes = new Uint8Array(shownSize(stored.length));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, major, true);
  view.setUint32(4, minor, true);
  bytes.set(stored.subarray(0, shown), HASHES_SIZE);
  if (stored.length > SHOWN_BYTES) bytes.set(sha256(stored.subarray(SHOWN_BYTES)), HASHES_SIZE + shown);
  return base64url(bytes);
}

function base64url(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const word = (bytes[at] << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const digits = Math.min(4, bytes.length - at + 1);
    for (let i = 0; i < digits; i++) text += ALPHABET[(word >>> (18 - 6 * i)) & 63];
  }
  return text;
}

/** The target of an encrypted symbolic link: 16 bits of length and the encrypted path (struct fscrypt_symlink_data). */
export function noKeyTarget(content: Uint8Array): string {
  const length = u16le(content, 0);
  if (content.length < TARGET_HEADER_SIZE || length === 0 || length > content.length - TARGET_HEADER_SIZE)
    throw damaged('an encrypted symbolic link has an impossible length', { found: length });
  return noKeyName(content.subarray(TARGET_HEADER_SIZE, TARGET_HEADER_SIZE + length), 0, 0);
}

/** How long the shown target of a link of `size` bytes is. */
export function noKeyTargetLength(size: number): number {
  return Math.ceil((shownSize(Math.max(0, size - TARGET_HEADER_SIZE)) * 4) / 3);
}
