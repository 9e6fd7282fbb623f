/** Reads the list of a 7z archive from its first byte to its last (7zFormat.txt of the LZMA SDK: numbers of one to nine bytes, vectors of bits). */

import { u32le } from '../../rump/vfs/bytes.ts';
import { ArchiveError } from './archive-error.ts';

/** Ids of the parts that the list consists of. */
export const PART = {
  end: 0x00,
  header: 0x01,
  archiveProperties: 0x02,
  additionalStreams: 0x03,
  mainStreams: 0x04,
  files: 0x05,
  packInfo: 0x06,
  unpackInfo: 0x07,
  subStreams: 0x08,
  size: 0x09,
  crc: 0x0a,
  folder: 0x0b,
  codersUnpackSize: 0x0c,
  unpackStreamCounts: 0x0d,
  emptyStreams: 0x0e,
  emptyFiles: 0x0f,
  names: 0x11,
  modified: 0x14,
  encodedHeader: 0x17,
} as const;

/** Whether the entry of this number is in a vector. */
export type Has = (index: number) => boolean;

export class SevenZipBytes {
  private readonly bytes: Uint8Array;
  private at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get remaining(): number {
    return this.bytes.length - this.at;
  }

  /** ArchiveError `damaged`, as all that follows, when there are not so many bytes. */
  take(lengthBytes: number): Uint8Array {
    if (lengthBytes > this.remaining) throw new ArchiveError('damaged');
    this.at += lengthBytes;
    return this.bytes.subarray(this.at - lengthBytes, this.at);
  }

  byte(): number {
    return this.take(1)[0];
  }

  /** Each leading 1 of the first byte says that a byte follows, the lowest first; what is left of the first byte is the highest part. At most 2^53. */
  number(): number {
    const first = this.byte();
    let value = 0;
    let scale = 1;
    let mask = 0x80;
    for (; (first & mask) !== 0 && mask > 0; mask >>= 1) {
      value += this.byte() * scale;
      scale *= 256;
    }
    if (mask > 0) value += (first & (mask - 1)) * scale;
    return Math.min(value, Number.MAX_SAFE_INTEGER);
  }

  /** A number of things of which each takes at least `leastBytes` of what follows. */
  count(leastBytes: number): number {
    const count = this.number();
    if (count * leastBytes > this.remaining) throw new ArchiveError('damaged');
    return count;
  }

  skip(): void {
    this.take(this.number());
  }

  expect(part: number): void {
    if (this.number() !== part) throw new ArchiveError('damaged');
  }

  bits(count: number): Has {
    const vector = this.take(Math.ceil(count / 8));
    return (index) => (vector[index >> 3] & (0x80 >> (index & 7))) !== 0;
  }

  /** Vector that is left out where all are in it. */
  optionalBits(count: number): Has {
    return this.byte() !== 0 ? () => true : this.bits(count);
  }

  /** Checksums of those that have one. Gives which have, and the first. */
  digests(count: number): { has: Has; first: number | null } {
    const has = this.optionalBits(count);
    let first: number | null = null;
    for (let i = 0; i < count; i++) {
      if (!has(i)) continue;
      const sum = u32le(this.take(4), 0);
      if (i === 0) first = sum;
    }
    return { has, first };
  }

  /** Whether what follows stands here and not in a stream of its own, which no program that is known writes. */
  expectHere(): void {
    if (this.byte() !== 0) throw new ArchiveError('codec');
  }
}
