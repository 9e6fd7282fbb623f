/** Integers of structures that exist in both byte orders: picked once by the magic number, then handed around. */

import { i32be, i32le, u16be, u16le, u32be, u32le, u64be, u64le } from '../vfs/bytes.ts';

export interface ByteOrder {
  readonly name: 'little-endian' | 'big-endian';
  u16(bytes: Uint8Array, at: number): number;
  u32(bytes: Uint8Array, at: number): number;
  i32(bytes: Uint8Array, at: number): number;
  /** As u64le of vfs/bytes.ts: values past 2^53 lose precision but stay larger than any medium. */
  u64(bytes: Uint8Array, at: number): number;
  /** Signed; exact within 2^53, and never inside it where the true value is not. */
  i64(bytes: Uint8Array, at: number): number;
}

const TWO_32 = 0x1_0000_0000;

export const LITTLE_ENDIAN: ByteOrder = {
  name: 'little-endian',
  u16: u16le,
  u32: u32le,
  i32: i32le,
  u64: u64le,
  i64: (bytes, at) => i32le(bytes, at + 4) * TWO_32 + u32le(bytes, at),
};

export const BIG_ENDIAN: ByteOrder = {
  name: 'big-endian',
  u16: u16be,
  u32: u32be,
  i32: i32be,
  u64: u64be,
  i64: (bytes, at) => i32be(bytes, at) * TWO_32 + u32be(bytes, at + 4),
};
