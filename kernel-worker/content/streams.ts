/** Sound and video whose beginning is a frame or a container page: MP3 and AAC frames, Ogg, Matroska, MPEG transport streams. */

import { hasText } from '../rump/vfs/bytes.ts';
import type { ContentType } from './content-class.ts';

const MP3: ContentType = { mime: 'audio/mpeg', class: 'sound' };
const AAC: ContentType = { mime: 'audio/aac', class: 'sound' };

/** kbit/s by index, ISO/IEC 11172-3 table of bitrate_index, for layers I, II, III, and ISO/IEC 13818-3 for layers I and II/III. */
const BITRATES = {
  v1: [
    [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
    [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
    [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  ],
  v2: [
    [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
    [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
    [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  ],
};
const SAMPLE_RATES = [44100, 48000, 32000];

export function streamType(head: Uint8Array): ContentType | null {
  if (hasText(head, 0, 'ID3') && head[3] < 0xff) return MP3;
  if (twoFrames(head, mpegFrameLength)) return MP3;
  if (twoFrames(head, adtsFrameLength)) return AAC;
  if (hasText(head, 0, 'OggS')) return oggType(head);
  if (head[0] === 0x1a && head[1] === 0x45 && head[2] === 0xdf && head[3] === 0xa3) return matroskaType(head);
  return isTransportStream(head, 188, 0) || isTransportStream(head, 192, 4)
    ? { mime: 'video/mp2t', class: 'video' }
    : null;
}

/** One frame's header is two bytes that also other content has; a second one right behind it is not chance. */
function twoFrames(head: Uint8Array, lengthOf: (head: Uint8Array, offset: number) => number): boolean {
  const first = lengthOf(head, 0);
  return first > 0 && lengthOf(head, first) > 0;
}

/** 0: no frame's header. */
function mpegFrameLength(head: Uint8Array, offset: number): number {
  const [sync, second, third] = head.subarray(offset, offset + 3);
  if (sync !== 0xff || third === undefined || (second & 0xe0) !== 0xe0) return 0;
  const version = (second >> 3) & 3;
  const layer = 4 - ((second >> 1) & 3);
  const sampleRate = SAMPLE_RATES[(third >> 2) & 3];
  if (version === 1 || layer === 4 || sampleRate === undefined) return 0;
  const isFirst = version === 3;
  const kbits = (isFirst ? BITRATES.v1 : BITRATES.v2)[layer - 1][third >> 4];
  if (kbits === undefined || kbits === 0) return 0;
  const rate = isFirst ? sampleRate : version === 2 ? sampleRate / 2 : sampleRate / 4;
  const padding = (third >> 1) & 1;
  if (layer === 1) return (Math.floor((12 * kbits * 1000) / rate) + padding) * 4;
  const samples = layer === 3 && !isFirst ? 72 : 144;
  return Math.floor((samples * kbits * 1000) / rate) + padding;
}

/** 0: no ADTS header (ISO/IEC 13818-7). */
function adtsFrameLength(head: Uint8Array, offset: number): number {
  const bytes = head.subarray(offset, offset + 6);
  if (bytes.length < 6 || bytes[0] !== 0xff || (bytes[1] & 0xf6) !== 0xf0) return 0;
  const length = ((bytes[3] & 3) << 11) | (bytes[4] << 3) | (bytes[5] >> 5);
  return length < 7 ? 0 : length;
}

/** The codec's own words begin the first packet, behind a page header with one segment (RFC 3533). */
function oggType(head: Uint8Array): ContentType {
  const at = 27 + (head[26] ?? 0);
  const isSound = hasText(head, at, '\x01vorbis') || hasText(head, at, 'OpusHead') || hasText(head, at, 'Speex');
  if (isSound || hasText(head, at, '\x7fFLAC')) return { mime: 'audio/ogg', class: 'sound' };
  return { mime: 'video/ogg', class: 'video' };
}

/** The document type stands in the first element (RFC 8794). */
function matroskaType(head: Uint8Array): ContentType {
  const header = String.fromCharCode(...head.subarray(0, 64));
  return { mime: header.includes('webm') ? 'video/webm' : 'video/x-matroska', class: 'video' };
}

/** Packets of 188 bytes that begin with 0x47; of 192 with a time stamp before, as camcorders write. */
function isTransportStream(head: Uint8Array, packetBytes: number, syncAt: number): boolean {
  const packets = [0, 1, 2, 3, 4].map((i) => head[i * packetBytes + syncAt]);
  return packets.every((byte) => byte === 0x47);
}
