/** LZNT1, the compression of NTFS files, after [MS-XCA] 2.5: chunks of 4096 bytes, each with a header of its own. */

import { damaged } from '../errno.ts';
import { u16le } from '../vfs/bytes.ts';

/** Bytes that a chunk yields, but for the last one. */
const CHUNK_BYTES = 4096;
/** Of a chunk's header: bits 0 to 11 are its size less 3, bits 12 to 14 are 3, bit 15 says that it is compressed. */
const SIZE_MASK = 0x0fff;
const COMPRESSED = 0x8000;
const SIGNATURE_MASK = 0x7000;
const SIGNATURE = 0x3000;

/** Fills `into` from compressed `data`; what the data do not reach, and the rest of a chunk that ends early, becomes zeros. EUCLEAN. */
export function decodeLznt1(data: Uint8Array, into: Uint8Array): void {
  let at = 0;
  let done = 0;
  while (done < into.length && at + 2 <= data.length) {
    const header = u16le(data, at);
    if (header === 0) break;
    const end = at + (header & SIZE_MASK) + 3;
    if ((header & SIGNATURE_MASK) !== SIGNATURE) {
      throw damaged('a compressed chunk has a wrong signature', {
        expected: 3,
        found: (header & SIGNATURE_MASK) >> 12,
      });
    }
    if (end > data.length)
      throw damaged('a compressed chunk ends behind its data', { expected: data.length, found: end });
    const target = into.subarray(done, Math.min(done + CHUNK_BYTES, into.length));
    const chunk = data.subarray(at + 2, end);
    const count = (header & COMPRESSED) !== 0 ? decodeChunk(chunk, target) : copyChunk(chunk, target);
    target.fill(0, count);
    done += target.length;
    at = end;
  }
  into.fill(0, done);
}

function copyChunk(chunk: Uint8Array, into: Uint8Array): number {
  const count = Math.min(chunk.length, into.length);
  into.set(chunk.subarray(0, count));
  return count;
}

/** Decodes one chunk; returns how many bytes it gave. `into` may be shorter than the chunk (at the end of a file): the rest is left out. */
function decodeChunk(chunk: Uint8Array, into: Uint8Array): number {
  let at = 0;
  let to = 0;
  while (at < chunk.length && to < into.length) {
    let flags = chunk[at++];
    for (let i = 0; i < 8 && at < chunk.length && to < into.length; i++, flags >>= 1) {
      if ((flags & 1) === 0) {
        into[to++] = chunk[at++];
        continue;
      }
      if (at + 2 > chunk.length) throw damaged('a compressed chunk ends within a reference');
      const word = u16le(chunk, at);
      at += 2;
      // How many of the word's bits are displacement grows with what is decoded: the smallest n >= 4 with 2^n >= to.
      const lengthBits = to <= 16 ? 12 : Math.clz32(to - 1) - 16;
      const from = to - (word >> lengthBits) - 1;
      if (from < 0) throw damaged('a compressed chunk refers to bytes before its start');
      const end = Math.min(to + (word & ((1 << lengthBits) - 1)) + 3, into.length);
      for (let source = from; to < end; ) into[to++] = into[source++];
    }
  }
  return to;
}
