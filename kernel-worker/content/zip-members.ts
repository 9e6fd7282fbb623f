/** What a ZIP file is by the names of its members: an archive, an office document, a book, a program (APPNOTE.TXT; ISO/IEC 29500-2; ODF 1.3 part 2). */

import { latin1, u16le, u32le } from '../rump/vfs/bytes.ts';
import type { ContentType, JudgedFile } from './content-class.ts';

const LOCAL_HEADER = 0x04034b50;
const CENTRAL_HEADER = 0x02014b50;
const END_OF_CENTRAL = 0x06054b50;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
/** The end record stands before a comment of at most 65535 bytes; those who write documents write none, or a short one. */
const MAX_TAIL_BYTES = 4096;
/** Enough of the central directory to meet the names that tell documents: some 2000 members. */
const MAX_CENTRAL_BYTES = 128 * 1024;
/** ODF and EPUB say their media type in the first member, which is stored plainly. */
const MIMETYPE_MEMBER = 'mimetype';

const ZIP: ContentType = { mime: 'application/zip', class: 'archive' };

export function zipType(file: JudgedFile, head: Uint8Array): ContentType | null {
  if (head.length < 30 || u32le(head, 0) !== LOCAL_HEADER)
    return head.length >= END_BYTES && u32le(head, 0) === END_OF_CENTRAL ? ZIP : null;
  const stated = statedType(head);
  if (stated !== null) return stated;
  const names = memberNames(file);
  const has = (test: (name: string) => boolean) => names.some(test);
  if (names.includes('AndroidManifest.xml'))
    return { mime: 'application/vnd.android.package-archive', class: 'program' };
  if (names.includes('[Content_Types].xml')) return openXmlType(names);
  if (names.includes('META-INF/MANIFEST.MF')) return { mime: 'application/java-archive', class: 'program' };
  if (has((name) => /^Payload\/[^/]+\.app\//.test(name))) return { mime: 'application/x-ios-app', class: 'program' };
  return ZIP;
}

/** Of OpenDocument and EPUB. */
function statedType(head: Uint8Array): ContentType | null {
  const nameBytes = u16le(head, 26);
  const contentAt = 30 + nameBytes + u16le(head, 28);
  if (latin1(head, 30, nameBytes) !== MIMETYPE_MEMBER) return null;
  const sizeBytes = Math.min(u32le(head, 18), 100);
  const stated = latin1(head, contentAt, sizeBytes).trim();
  if (!/^application\/(vnd\.oasis\.opendocument\.|vnd\.sun\.xml\.|epub\+zip)/.test(stated)) return null;
  return { mime: stated.replace(/[^a-z0-9.+/-].*$/s, ''), class: 'document' };
}

function openXmlType(names: readonly string[]): ContentType {
  const has = (start: string) => names.some((name) => name.startsWith(start));
  const macros = names.some((name) => /(^|\/)vbaProject\.bin$/i.test(name));
  const office = (macro: string, plain: string): ContentType => ({
    mime: macros
      ? `application/vnd.ms-${macro}.macroEnabled.12`
      : `application/vnd.openxmlformats-officedocument.${plain}`,
    class: 'document',
  });
  if (has('word/')) return office('word.document', 'wordprocessingml.document');
  if (has('xl/')) return office('excel.sheet', 'spreadsheetml.sheet');
  if (has('ppt/')) return office('powerpoint.presentation', 'presentationml.presentation');
  if (names.some((name) => /(^|\/)FixedDocSeq\.fdseq$|FixedDocumentSequence\.fdseq$/i.test(name)))
    return { mime: 'application/vnd.ms-xpsdocument', class: 'document' };
  if (has('visio/')) return { mime: 'application/vnd.ms-visio.drawing', class: 'document' };
  if (has('AppxManifest.xml')) return { mime: 'application/appx', class: 'program' };
  return ZIP;
}

/** From the central directory, as far as it is looked at. None where there is no such directory at the end. */
function memberNames(file: JudgedFile): string[] {
  const tailBytes = Math.min(file.sizeBytes, MAX_TAIL_BYTES);
  const tail = file.read(file.sizeBytes - tailBytes, tailBytes);
  let end = tail.length - END_BYTES;
  while (end >= 0 && u32le(tail, end) !== END_OF_CENTRAL) end -= 1;
  if (end < 0) return [];
  const lengthBytes = Math.min(u32le(tail, end + 12), MAX_CENTRAL_BYTES);
  const central = file.read(u32le(tail, end + 16), lengthBytes);
  const names: string[] = [];
  for (let at = 0; at + CENTRAL_BYTES <= central.length && u32le(central, at) === CENTRAL_HEADER; ) {
    const nameBytes = u16le(central, at + 28);
    names.push(latin1(central, at + CENTRAL_BYTES, nameBytes));
    at += CENTRAL_BYTES + nameBytes + u16le(central, at + 30) + u16le(central, at + 32);
  }
  return names;
}
