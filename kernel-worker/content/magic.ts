/**
 * Signatures of formats at fixed places. Facts from the formats' own specifications (ISO, RFC, vendors' documents) and from IANA's registry of media types.
 * Those that need more than a look at fixed bytes stand in files of their own beside this one.
 */

import type { ContentClass, ContentType } from './content-class.ts';

interface Signature {
  offset: number;
  /** null: any byte. */
  bytes: Array<number | null>;
  type: ContentType;
}

/** `pattern`: hex bytes, '..' for any, and text in single quotes. */
function signature(cls: ContentClass, mime: string, pattern: string, offset = 0): Signature {
  const bytes: Array<number | null> = [];
  for (const [, quoted, hex] of pattern.matchAll(/'([^']*)'|([0-9A-F]{2}|\.\.)/g)) {
    if (quoted !== undefined) bytes.push(...Array.from(quoted, (character) => character.charCodeAt(0)));
    else bytes.push(hex === '..' ? null : Number.parseInt(hex, 16));
  }
  return { offset, bytes, type: { mime, class: cls } };
}

/** The first that fits holds. */
const SIGNATURES: readonly Signature[] = [
  signature('picture', 'image/jpeg', 'FF D8 FF'),
  signature('picture', 'image/png', "89 'PNG' 0D 0A 1A 0A"),
  signature('picture', 'image/gif', "'GIF87a'"),
  signature('picture', 'image/gif', "'GIF89a'"),
  signature('picture', 'image/webp', "'RIFF' .. .. .. .. 'WEBP'"),
  signature('picture', 'image/tiff', "'II' 2A 00"),
  signature('picture', 'image/tiff', "'MM' 00 2A"),
  signature('picture', 'image/tiff', "'II' 2B 00 08 00"),
  signature('picture', 'image/tiff', "'MM' 00 2B 00 08"),
  // Olympus, Panasonic and Fujifilm raw pictures.
  signature('picture', 'image/x-olympus-orf', "'IIRO' 08 00 00 00"),
  signature('picture', 'image/x-panasonic-rw2', "'IIU' 00"),
  signature('picture', 'image/x-fuji-raf', "'FUJIFILMCCD-RAW'"),
  signature('picture', 'image/vnd.adobe.photoshop', "'8BPS' 00 01"),
  signature('picture', 'image/vnd.adobe.photoshop', "'8BPS' 00 02"),
  signature('picture', 'image/jp2', "00 00 00 0C 'jP  ' 0D 0A 87 0A"),
  signature('picture', 'image/jp2', 'FF 4F FF 51'),
  signature('picture', 'image/jxl', "00 00 00 0C 'JXL ' 0D 0A 87 0A"),
  signature('picture', 'image/jxl', 'FF 0A'),
  signature('picture', 'image/x-xcf', "'gimp xcf '"),
  signature('picture', 'image/x-exr', '76 2F 31 01'),
  signature('picture', 'image/vnd.radiance', "'#?RADIANCE'"),
  signature('picture', 'image/vnd-ms.dds', "'DDS ' 7C 00 00 00"),
  signature('picture', 'image/qoi', "'qoif'"),
  signature('sound', 'audio/wav', "'RIFF' .. .. .. .. 'WAVE'"),
  signature('sound', 'audio/wav', "'RF64' .. .. .. .. 'WAVE'"),
  signature('sound', 'audio/flac', "'fLaC'"),
  signature('sound', 'audio/midi', "'MThd' 00 00 00 06"),
  signature('sound', 'audio/aiff', "'FORM' .. .. .. .. 'AIF'"),
  signature('sound', 'audio/basic', "'.snd' 00 00"),
  signature('sound', 'audio/amr', "'#!AMR'"),
  signature('sound', 'audio/x-ape', "'MAC ' .. 0F"),
  signature('sound', 'audio/x-wavpack', "'wvpk'"),
  signature('sound', 'audio/x-musepack', "'MPCK'"),
  signature('sound', 'audio/x-musepack', "'MP+'"),
  signature('video', 'video/x-msvideo', "'RIFF' .. .. .. .. 'AVI '"),
  signature('video', 'video/x-flv', "'FLV' 01"),
  signature('video', 'video/mpeg', '00 00 01 BA'),
  signature('video', 'video/mpeg', '00 00 01 B3'),
  signature('video', 'application/vnd.rn-realmedia', "'.RMF' 00 00 00"),
  // ASF's header object: sound or video, which only its streams say.
  signature('video', 'video/x-ms-asf', '30 26 B2 75 8E 66 CF 11 A6 D9 00 AA 00 62 CE 6C'),
  signature('document', 'application/rtf', "'{\\rtf'"),
  signature('document', 'application/postscript', "'%!PS'"),
  signature('document', 'application/postscript', 'C5 D0 D3 C6'),
  signature('document', 'image/vnd.djvu', "'AT&TFORM' .. .. .. .. 'DJV'"),
  signature('document', 'application/x-mobipocket-ebook', "'BOOKMOBI'", 60),
  signature('document', 'application/onenote', 'E4 52 5C 7B 8C D8 A7 4D AE B1 53 78 D0 29 96 D3'),
  signature('program', 'application/vnd.appimage', "7F 'ELF' .. .. .. .. 'AI'"),
  signature('program', 'application/x-elf', "7F 'ELF'"),
  signature('program', 'application/x-mach-binary', 'FE ED FA CE'),
  signature('program', 'application/x-mach-binary', 'FE ED FA CF'),
  signature('program', 'application/x-mach-binary', 'CE FA ED FE'),
  signature('program', 'application/x-mach-binary', 'CF FA ED FE'),
  signature('program', 'application/wasm', "00 'asm'"),
  signature('program', 'application/vnd.android.dex', "'dex' 0A"),
  // [MS-SHLLINK] 2.1: header size and class identifier.
  signature('program', 'application/x-ms-shortcut', '4C 00 00 00 01 14 02 00 00 00 00 00 C0 00 00 00 00 00 00 46'),
  signature('program', 'application/vnd.debian.binary-package', "'!<arch>' 0A 'debian-binary'"),
  signature('program', 'application/x-rpm', 'ED AB EE DB'),
  // Compiled HTML help can run what it holds.
  signature('program', 'application/vnd.ms-htmlhelp', "'ITSF' 03 00 00 00"),
  signature('archive', 'application/gzip', '1F 8B 08'),
  signature('archive', 'application/x-bzip2', "'BZh' .. '1AY&SY'"),
  signature('archive', 'application/x-bzip2', "'BZh' .. 17 72 45 38 50 90"),
  signature('archive', 'application/x-xz', "FD '7zXZ' 00"),
  signature('archive', 'application/zstd', '28 B5 2F FD'),
  signature('archive', 'application/x-lz4', '04 22 4D 18'),
  signature('archive', 'application/x-lzip', "'LZIP' 01"),
  signature('archive', 'application/x-compress', '1F 9D'),
  signature('archive', 'application/x-7z-compressed', "'7z' BC AF 27 1C"),
  signature('archive', 'application/vnd.rar', "'Rar!' 1A 07"),
  signature('archive', 'application/vnd.ms-cab-compressed', "'MSCF' 00 00 00 00"),
  signature('archive', 'application/x-tar', "'ustar'", 257),
  signature('archive', 'application/x-cpio', "'070701'"),
  signature('archive', 'application/x-cpio', "'070702'"),
  signature('archive', 'application/x-cpio', "'070707'"),
  signature('archive', 'application/x-cpio', 'C7 71'),
  signature('archive', 'application/x-arj', '60 EA .. .. .. .. .. .. .. .. 02'),
  signature('archive', 'application/x-lha', "'-lh' .. '-'", 2),
  signature('archive', 'application/x-xar', "'xar!' 00 1C"),
  signature('archive', 'application/x-archive', "'!<arch>' 0A"),
  signature('archive', 'application/x-ms-wim', "'MSWIM' 00 00 00"),
  signature('archive', 'application/vnd.squashfs', "'hsqs'"),
  signature('archive', 'application/x-qemu-disk', "'QFI' FB"),
  signature('archive', 'application/x-vhdx-disk', "'vhdxfile'"),
  signature('archive', 'application/x-vhd-disk', "'conectix'"),
  signature('other', 'application/vnd.sqlite3', "'SQLite format 3' 00"),
  signature('other', 'font/ttf', '00 01 00 00 00 .. .. .. .. ..'),
  signature('other', 'font/otf', "'OTTO' 00"),
  signature('other', 'font/collection', "'ttcf' 00"),
  signature('other', 'font/woff', "'wOFF'"),
  signature('other', 'font/woff2', "'wOF2'"),
];

export function bySignature(head: Uint8Array): ContentType | null {
  return SIGNATURES.find((each) => fits(head, each))?.type ?? null;
}

function fits(head: Uint8Array, { offset, bytes }: Signature): boolean {
  if (head.length < offset + bytes.length) return false;
  return bytes.every((byte, i) => byte === null || byte === head[offset + i]);
}
