/** Files told apart by their bytes: signatures, containers by what is in them, text by its characters, and hostile or cut-off ones. */

import { describe, expect, test } from 'vitest';
import { fileEntry, zipFile } from '../../test/builders/zip.ts';
import { treeKernel } from '../../test/support/kernel-in-process.ts';
import type { ContentType } from './content-class.ts';
import { contentType } from './content-type.ts';

const bytes = (...parts: Array<string | number[] | Uint8Array>) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));

function judged(content: Uint8Array): ContentType {
  return contentType({
    sizeBytes: content.length,
    read: (offset, lengthBytes) => content.subarray(offset, offset + lengthBytes),
  });
}
const typeOf = (content: Uint8Array) => {
  const { mime, class: cls } = judged(content);
  return `${cls} ${mime}`;
};
const at = (offset: number, text: string, length = offset + text.length) => {
  const content = Buffer.alloc(length);
  content.write(text, offset, 'latin1');
  return content;
};
const utf16 = (text: string) => Buffer.from(text, 'utf16le');

describe('signatures', () => {
  test.each<[string, Uint8Array]>([
    ['picture image/jpeg', bytes([0xff, 0xd8, 0xff, 0xe0], 'JFIF')],
    ['picture image/png', bytes([0x89], 'PNG\r\n', [0x1a, 0x0a])],
    ['picture image/gif', bytes('GIF89a....')],
    ['picture image/webp', bytes('RIFF', [1, 2, 3, 4], 'WEBPVP8 ')],
    ['picture image/tiff', bytes('II*', [0, 8, 0, 0, 0])],
    ['picture image/heic', bytes([0, 0, 0, 0x18], 'ftypheic')],
    ['picture image/avif', bytes([0, 0, 0, 0x18], 'ftypavif')],
    ['picture image/bmp', bytes('BM', [0, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0])],
    ['picture image/vnd.microsoft.icon', bytes([0, 0, 1, 0, 1, 0, 16, 16, 0, 0, 1, 0, 32, 0, 9, 9, 0, 0, 22, 0, 0, 0])],
    ['sound audio/wav', bytes('RIFF', [1, 2, 3, 4], 'WAVEfmt ')],
    ['sound audio/mpeg', bytes('ID3', [4, 0, 0, 0, 0, 0, 0])],
    ['sound audio/mp4', bytes([0, 0, 0, 0x18], 'ftypM4A ')],
    ['sound audio/ogg', bytes('OggS', new Uint8Array(22), [1, 30], [1], 'vorbis')],
    ['video video/ogg', bytes('OggS', new Uint8Array(22), [1, 30], [0x80], 'theora')],
    ['video video/mp4', bytes([0, 0, 0, 0x18], 'ftypisom')],
    ['video video/quicktime', bytes([0, 0, 0, 0x14], 'ftypqt  ')],
    ['video video/quicktime', bytes([0, 0, 0, 8], 'wide')],
    ['video video/webm', bytes([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x82, 0x84], 'webm')],
    ['video video/x-matroska', bytes([0x1a, 0x45, 0xdf, 0xa3, 0xa3, 0x42, 0x82, 0x88], 'matroska')],
    ['document application/pdf', bytes('%PDF-1.7\n%', [0xe2, 0xe3])],
    ['document application/pdf', bytes([0, 1, 2], 'junk%PDF-1.4')],
    ['document application/rtf', bytes('{\\rtf1\\ansi')],
    ['program application/x-elf', bytes([0x7f], 'ELF', [2, 1, 1, 0])],
    [
      'program application/x-ms-shortcut',
      bytes([0x4c, 0, 0, 0, 1, 0x14, 2, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46]),
    ],
    ['program application/java-vm', bytes([0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 65])],
    ['program application/x-mach-binary', bytes([0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 2])],
    ['archive application/gzip', bytes([0x1f, 0x8b, 8, 0])],
    ['archive application/x-7z-compressed', bytes('7z', [0xbc, 0xaf, 0x27, 0x1c])],
    ['archive application/vnd.rar', bytes('Rar!', [0x1a, 7, 1, 0])],
    ['archive application/x-tar', at(257, 'ustar', 512)],
    ['archive application/vnd.efi.iso', at(32769, 'CD001', 40000)],
    ['other application/vnd.sqlite3', bytes('SQLite format 3', [0])],
    ['other application/x-empty', bytes()],
    ['other application/octet-stream', bytes([0, 1, 2, 3, 0xfe, 0xff])],
  ])('%s', (expected, content) => {
    expect(typeOf(content)).toBe(expected);
  });

  test('frames of MP3 without a tag count only where a second one follows', () => {
    const frame = new Uint8Array(417);
    frame.set([0xff, 0xfb, 0x90, 0x00]);
    expect(typeOf(bytes(frame, frame))).toBe('sound audio/mpeg');
    expect(typeOf(bytes(frame, new Uint8Array(417)))).toBe('other application/octet-stream');
  });

  test('programs of Windows with their header, and without one only where it is no text', () => {
    const portable = Buffer.alloc(256);
    portable.write('MZ');
    portable.writeUInt32LE(128, 60);
    portable.write('PE\0\0', 128);
    expect(typeOf(portable)).toBe('program application/vnd.microsoft.portable-executable');
    portable.writeUInt32LE(0xffffffff, 60);
    expect(typeOf(portable)).toBe('program application/x-dosexec');
    expect(typeOf(bytes('MZ is the code of a country. '.repeat(4)))).toBe('text text/plain');
  });
});

describe('containers', () => {
  const zip = (...names: string[]) => typeOf(zipFile(names.map((name) => fileEntry(name, 'x'))));

  test('a ZIP file is what its members say', () => {
    expect(zip('a.txt', 'b/c.txt')).toBe('archive application/zip');
    const openXml = 'application/vnd.openxmlformats-officedocument';
    expect(zip('_rels/.rels', 'word/document.xml', '[Content_Types].xml')).toBe(
      `document ${openXml}.wordprocessingml.document`,
    );
    expect(zip('[Content_Types].xml', 'xl/workbook.xml')).toBe(`document ${openXml}.spreadsheetml.sheet`);
    expect(zip('[Content_Types].xml', 'word/document.xml', 'word/vbaProject.bin')).toBe(
      'document application/vnd.ms-word.document.macroEnabled.12',
    );
    expect(zip('META-INF/MANIFEST.MF', 'Main.class')).toBe('program application/java-archive');
    expect(zip('AndroidManifest.xml', 'META-INF/MANIFEST.MF')).toBe('program application/vnd.android.package-archive');
    expect(
      typeOf(zipFile([fileEntry('mimetype', 'application/vnd.oasis.opendocument.text'), fileEntry('a', 'x')])),
    ).toBe('document application/vnd.oasis.opendocument.text');
    expect(typeOf(zipFile([fileEntry('mimetype', 'text/html'), fileEntry('a', 'x')]))).toBe('archive application/zip');
  });

  test('a ZIP file that is cut off or lies about its directory is an archive', () => {
    const whole = zipFile([fileEntry('[Content_Types].xml', 'x'), fileEntry('word/document.xml', 'x')]);
    expect(typeOf(whole.subarray(0, 60))).toBe('archive application/zip');
    const lying = Buffer.from(whole);
    lying.writeUInt32LE(0xfffffff0, lying.length - 6);
    expect(typeOf(lying)).toBe('archive application/zip');
  });

  const compound = (name: string, classId: number[] = []) => {
    const content = Buffer.alloc(512 * 3);
    content.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    content.writeUInt16LE(9, 30);
    content.writeUInt32LE(1, 48);
    content.fill(0xff, 76, 512);
    content.writeUInt32LE(0, 76);
    content.fill(0xfe, 512, 1024);
    for (const [i, entry] of ['Root Entry', name].entries()) {
      content.set(utf16(entry), 1024 + i * 128);
      content.writeUInt16LE(entry.length * 2 + 2, 1024 + i * 128 + 64);
    }
    content.set(classId, 1024 + 80);
    return content;
  };

  test('a compound file is what its streams or its class say; a looped chain ends', () => {
    expect(typeOf(compound('WordDocument'))).toBe('document application/msword');
    expect(typeOf(compound('Workbook'))).toBe('document application/vnd.ms-excel');
    expect(typeOf(compound('Unknown'))).toBe('other application/x-ole-storage');
    const installer = [0x84, 0x10, 0x0c, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46];
    expect(typeOf(compound('x', installer))).toBe('program application/x-msi');
    const looped = compound('Unknown');
    looped.writeUInt32LE(1, 512 + 4);
    expect(typeOf(looped)).toBe('other application/x-ole-storage');
  });
});

describe('text', () => {
  test.each<[string, Uint8Array]>([
    ['utf-8', Buffer.from('Grüße aus Łódź\n')],
    ['utf-8', bytes([0xef, 0xbb, 0xbf], 'marked')],
    ['latin1', bytes('Gr', [0xfc, 0xdf], 'e')],
    ['utf-16le', bytes([0xff, 0xfe], utf16('日本語'))],
    ['utf-16be', bytes([0xfe, 0xff], utf16('日本').swap16())],
    ['utf-16le', utf16('without a mark')],
  ])('in %s', (charset, content) => {
    expect(judged(content)).toEqual({ mime: 'text/plain', class: 'text', charset });
  });

  test('whose character is cut where looking ends is still UTF-8; a fault in the middle makes it one-byte text', () => {
    expect(judged(Buffer.from('x'.repeat(4095) + 'ü'.repeat(100))).charset).toBe('utf-8');
    expect(judged(bytes('a', [0xc3], 'b')).charset).toBe('latin1');
  });

  test('with control bytes is none', () => {
    expect(typeOf(bytes('text', [0], 'text'))).toBe('other application/octet-stream');
    expect(typeOf(bytes('text', [8], 'text'))).toBe('other application/octet-stream');
    expect(typeOf(bytes('\x1b[1mcolour\x1b[0m\r\n\tx'))).toBe('text text/plain');
  });

  test.each([
    ['program text/x-shellscript', '#!/bin/sh\nrm -rf /\n'],
    ['program text/x-bat', '@echo off\r\nstart x'],
    ['program text/x-autorun', '; none\r\n[AutoRun]\r\nopen=x.exe'],
    ['program application/x-desktop', '# a\n[Desktop Entry]\nExec=x'],
    ['program application/x-mswinurl', '[InternetShortcut]\r\nURL=file:///x'],
    ['program application/hta', '<html><HTA:APPLICATION id="x"></html>'],
    ['picture image/svg+xml', '<?xml version="1.0"?>\n<!-- x --><svg xmlns="x">'],
    ['text text/html', '<!DOCTYPE html><title>x</title>'],
    ['text text/xml', '<?xml version="1.0"?><a/>'],
    ['text text/vcard', 'BEGIN:VCARD\r\n'],
  ])('that is %s by its first words', (expected, content) => {
    expect(typeOf(Buffer.from(content))).toBe(expected);
  });
});

test('the system call judges several files at once and tells which cannot be read', async () => {
  const file = (content: Uint8Array) => ({ type: 'file' as const, content });
  const { kernel, mount } = await treeKernel({
    type: 'dir',
    children: { 'photo.txt': file(bytes([0xff, 0xd8, 0xff, 0xe0])), link: { type: 'symlink', target: 'photo.txt' } },
  });
  const [photo, link, none] = await kernel.call('identify', mount, ['/photo.txt', '/link', '/none']);
  expect(photo).toEqual({ mime: 'image/jpeg', class: 'picture' });
  expect(link).toMatchObject({ class: 'other', failure: { errno: 'EINVAL' } });
  expect(none).toMatchObject({ class: 'other', failure: { errno: 'ENOENT' } });
  expect(await kernel.call('identify', mount, new Array(300).fill('/photo.txt'))).toHaveLength(256);
});
