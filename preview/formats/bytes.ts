/** Numbers in bytes from a file; what lies behind the end reads as zero. */

export function u16be(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

export function u16le(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
}

export function u24le(bytes: Uint8Array, at: number): number {
  return u16le(bytes, at) | ((bytes[at + 2] ?? 0) << 16);
}

export function u32be(bytes: Uint8Array, at: number): number {
  return u16be(bytes, at) * 0x10000 + u16be(bytes, at + 2);
}

export function u32le(bytes: Uint8Array, at: number): number {
  return u16le(bytes, at) + u16le(bytes, at + 2) * 0x10000;
}

/** Infinity-free: what is beyond 2^53 is cut to it, which no file has. */
export function u64le(bytes: Uint8Array, at: number): number {
  return Math.min(u32le(bytes, at) + u32le(bytes, at + 4) * 2 ** 32, Number.MAX_SAFE_INTEGER);
}

export function latin1(bytes: Uint8Array, at: number, lengthBytes: number): string {
  let text = '';
  for (let i = at; i < Math.min(at + lengthBytes, bytes.length); i++) text += String.fromCharCode(bytes[i]);
  return text;
}
