/**
 * What a file is by its bytes and not by its name: asked for when only documents and media are to be copied, for previews, and to find programs that
 * pose as something else. It looks at the first 4 KiB and, in ZIP, compound and image files, at some bounded places more.
 */

import { latin1, u32be, u32le } from '../rump/vfs/bytes.ts';
import { compoundFileType } from './compound-file.ts';
import { type ContentType, EMPTY, type JudgedFile, UNKNOWN } from './content-class.ts';
import { isoMediaType } from './iso-media.ts';
import { bySignature } from './magic.ts';
import { streamType } from './streams.ts';
import { textType } from './text-content.ts';
import { zipType } from './zip-members.ts';

/** Holds every signature but those of CD images, and enough text to judge it. */
const HEAD_BYTES = 4096;
/** Readers of PDF take the header within so many bytes (Adobe's implementation notes). */
const PDF_SEARCH_BYTES = 1024;
/** ECMA-119: the volume descriptors begin at sector 16. */
const VOLUME_DESCRIPTOR_OFFSET = 16 * 2048;
const DIB_HEADER_BYTES = [12, 40, 52, 56, 64, 108, 124];

/** Throws what `read` throws. */
export function contentType(file: JudgedFile): ContentType {
  if (file.sizeBytes === 0) return EMPTY;
  const head = file.read(0, Math.min(HEAD_BYTES, file.sizeBytes));
  return (
    programType(head) ??
    zipType(file, head) ??
    compoundFileType(file, head) ??
    bySignature(head) ??
    isoMediaType(head) ??
    streamType(head) ??
    pictureType(head) ??
    pdfType(head) ??
    tarType(head) ??
    textType(head, head.length === file.sizeBytes) ??
    discType(file) ??
    UNKNOWN
  );
}

/** Executables of DOS and Windows, and those that share a signature with Java. */
function programType(head: Uint8Array): ContentType | null {
  if (head[0] === 0x4d && head[1] === 0x5a && head.length >= 64) {
    const at = u32le(head, 60);
    if (at + 4 <= head.length && u32le(head, at) === 0x00004550)
      return { mime: 'application/vnd.microsoft.portable-executable', class: 'program' };
    // A text may begin with these two letters.
    if (textType(head, false) === null) return { mime: 'application/x-dosexec', class: 'program' };
  }
  if (u32be(head, 0) === 0xcafebabe && head.length >= 8) {
    // Both are a big-endian number: of architectures, of which nobody has 40, or a version, which begins at 45.
    const mime = u32be(head, 4) < 40 ? 'application/x-mach-binary' : 'application/java-vm';
    return { mime, class: 'program' };
  }
  return null;
}

/** Formats with short signatures, held against more of their header. */
function pictureType(head: Uint8Array): ContentType | null {
  if (head[0] === 0x42 && head[1] === 0x4d && head.length >= 18 && DIB_HEADER_BYTES.includes(u32le(head, 14)))
    return { mime: 'image/bmp', class: 'picture' };
  const icon = u32le(head, 0);
  if ((icon === 0x00010000 || icon === 0x00020000) && head.length >= 22) {
    const count = head[4] | (head[5] << 8);
    const firstAt = u32le(head, 18);
    if (count > 0 && count <= 256 && head[9] === 0 && firstAt === 6 + count * 16)
      return { mime: 'image/vnd.microsoft.icon', class: 'picture' };
  }
  if (
    head[0] === 0x50 &&
    head[1] >= 0x31 &&
    head[1] <= 0x36 &&
    /^P[1-6]\s+(?:#[^\n]*\n\s*)*\d+\s+\d+\s/.test(latin1(head, 0, 256))
  )
    return { mime: 'image/x-portable-anymap', class: 'picture' };
  return null;
}

function pdfType(head: Uint8Array): ContentType | null {
  return /%PDF-\d/.test(latin1(head, 0, PDF_SEARCH_BYTES)) ? { mime: 'application/pdf', class: 'document' } : null;
}

/** Old archives have no signature but a checksum over their first header (V7 tar). */
function tarType(head: Uint8Array): ContentType | null {
  if (head.length < 512) return null;
  const stated = Number.parseInt(latin1(head, 148, 8).replace(/[\0 ]/g, ''), 8);
  let sum = 8 * 0x20;
  for (let i = 0; i < 512; i++) if (i < 148 || i >= 156) sum += head[i];
  return head[0] !== 0 && stated === sum ? { mime: 'application/x-tar', class: 'archive' } : null;
}

function discType(file: JudgedFile): ContentType | null {
  if (file.sizeBytes < VOLUME_DESCRIPTOR_OFFSET + 2048) return null;
  const identifier = latin1(file.read(VOLUME_DESCRIPTOR_OFFSET, 6), 1, 5);
  const isDisc = identifier === 'CD001' || identifier === 'BEA01';
  return isDisc ? { mime: 'application/vnd.efi.iso', class: 'archive' } : null;
}
