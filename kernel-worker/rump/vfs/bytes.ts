/** Integers from bytes in either order. Plain functions over Uint8Array: V8 inlines them, and a hostile offset past the end gives 0 and not an exception. */

export function u16le(bytes: Uint8Array, at: number): number {
  return bytes[at] | (bytes[at + 1] << 8);
}

export function u32le(bytes: Uint8Array, at: number): number {
  return (bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24)) >>> 0;
}

export function i32le(bytes: Uint8Array, at: number): number {
  return bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16) | (bytes[at + 3] << 24);
}

/** As a number; values past 2^53 lose precision but stay larger than any medium, so that bounds checks refuse them. */
export function u64le(bytes: Uint8Array, at: number): number {
  return u32le(bytes, at + 4) * 0x1_0000_0000 + u32le(bytes, at);
}

export function u64leBig(bytes: Uint8Array, at: number): bigint {
  return (BigInt(u32le(bytes, at + 4)) << 32n) | BigInt(u32le(bytes, at));
}

export function i64leBig(bytes: Uint8Array, at: number): bigint {
  return BigInt.asIntN(64, u64leBig(bytes, at));
}

export function u16be(bytes: Uint8Array, at: number): number {
  return (bytes[at] << 8) | bytes[at + 1];
}

export function u32be(bytes: Uint8Array, at: number): number {
  return ((bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3]) >>> 0;
}

export function i32be(bytes: Uint8Array, at: number): number {
  return (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
}

/** As u64le. */
export function u64be(bytes: Uint8Array, at: number): number {
  return u32be(bytes, at) * 0x1_0000_0000 + u32be(bytes, at + 4);
}

export function u64beBig(bytes: Uint8Array, at: number): bigint {
  return (BigInt(u32be(bytes, at)) << 32n) | BigInt(u32be(bytes, at + 4));
}

export function i64beBig(bytes: Uint8Array, at: number): bigint {
  return BigInt.asIntN(64, u64beBig(bytes, at));
}

/** Latin-1 text of `length` bytes, cut at the first NUL. */
export function asciiAt(bytes: Uint8Array, at: number, length: number): string {
  let text = '';
  for (let i = at; i < at + length && i < bytes.length && bytes[i] !== 0; i++) text += String.fromCharCode(bytes[i]);
  return text;
}

const latin1Decoder = new TextDecoder('latin1');

/** Text of the bytes from `at` on, zeros too, each byte one character; of all of them without a length. The decoder takes 0x80 to 0x9f for Windows' letters. */
export function latin1(bytes: Uint8Array, at = 0, length = bytes.length): string {
  return latin1Decoder.decode(bytes.subarray(at, at + length));
}

/** Whether `text` (Latin-1) stands at `at`. */
export function hasText(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** Bytes as lower-case hexadecimal. */
export function hexOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0');
  return text;
}

/** 16 bytes as a UUID in the order of RFC 9562 (big-endian). */
export function uuidText(bytes: Uint8Array): string {
  return hexOf(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** 16 bytes as a Microsoft GUID (the first three fields little-endian). */
export function guidText(bytes: Uint8Array): string {
  const swapped = Uint8Array.of(
    bytes[3],
    bytes[2],
    bytes[1],
    bytes[0],
    bytes[5],
    bytes[4],
    bytes[7],
    bytes[6],
    ...bytes.subarray(8, 16),
  );
  return uuidText(swapped);
}
