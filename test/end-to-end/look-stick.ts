/** A stick with files of every kind that can be looked into, and with those that are made to do harm. Photographs and film are made by Chromium (chromium-made.ts). */

import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { crc32, deflateSync, gzipSync } from 'node:zlib';
import { fatVolume, longSlots, shortSlot } from '../images/fat-volume.ts';

const CLUSTER = 65536;
const ARCHIVE = 0x20;
const VOLUME_LABEL = 0x08;
const encoder = new TextEncoder();
const utf8 = (text: string) => encoder.encode(text);

export interface LookFile {
  name: string;
  content: Uint8Array;
}

/** Writes a FAT16 image with these files in its root. Returns its path. */
export function placeLookStick(home: string, name: string, files: readonly LookFile[]): string {
  const needed = files.reduce((sum, file) => sum + Math.ceil(file.content.length / CLUSTER), 0);
  const volume = fatVolume({
    bits: 16,
    clusters: Math.max(5000, needed + 10),
    sectorsPerCluster: CLUSTER / 512,
    rootEntries: 1024,
  });
  let at = volume.put(volume.rootOffset, shortSlot({ name: 'LOOKING    ', attributes: VOLUME_LABEL }));
  let next = 2;
  files.forEach((file, i) => {
    const count = Math.ceil(file.content.length / CLUSTER);
    const chain = Array.from({ length: count }, (_, k) => next + k);
    if (count > 0) {
      volume.link(...chain);
      volume.bytes.set(file.content, volume.clusterOffset(next));
    }
    const short = {
      name: `F${String(i).padStart(7, '0')}   `,
      attributes: ARCHIVE,
      cluster: count > 0 ? next : 0,
      size: file.content.length,
    };
    at = volume.put(at, ...longSlots(file.name, short));
    next += count;
  });
  const path = join(home, name);
  writeFileSync(path, volume.bytes.subarray(0, volume.clusterOffset(next)));
  return path;
}

/** A PNG of RGB pixels; `said`: the size that its header says, where it lies. */
export function png(
  width: number,
  height: number,
  said: { width: number; height: number } = { width, height },
): Uint8Array {
  const raw = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      raw.set([(x * 255) / width, (y * 255) / height, 160], y * (1 + width * 3) + 1 + x * 3);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(said.width, 0);
  header.writeUInt32BE(said.height, 4);
  header.set([8, 2], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(raw)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}

/** 16-bit mono PCM of a tone. */
export function wav(seconds: number): Uint8Array {
  const samples = 8000 * seconds;
  const file = Buffer.alloc(44 + samples * 2);
  file.write('RIFF', 0);
  file.writeUInt32LE(36 + samples * 2, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(8000, 24);
  file.writeUInt32LE(16000, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(samples * 2, 40);
  for (let i = 0; i < samples; i++) file.writeInt16LE(Math.sin((i * 440 * 2 * Math.PI) / 8000) * 8000, 44 + i * 2);
  return file;
}

/** A PDF of pages with a heading and some lines each; `extra` are objects more, and `catalog` entries more of the catalog (ISO 32000-1, 7.5). */
export function pdf(pages: readonly string[], catalog = '', extra: readonly string[] = []): Uint8Array {
  const contents = pages.map((text) => {
    const lines = Array.from(
      { length: 24 },
      (_, i) => `0 -22 Td (Line ${i + 1} of this page, in plain words.) Tj`,
    ).join('\n');
    return `BT /F1 28 Tf 72 740 Td (${text}) Tj /F1 13 Tf 0 -16 Td\n${lines}\nET`;
  });
  const kids = pages.map((_, i) => `${4 + i * 2} 0 R`).join(' ');
  const objects = [
    `<< /Type /Catalog /Pages 2 0 R ${catalog} >>`,
    `<< /Type /Pages /Count ${pages.length} /Kids [${kids}] >>`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    ...contents.flatMap((content, i) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + i * 2} 0 R >>`,
      `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    ]),
    ...extra,
  ];
  let text = '%PDF-1.7\n';
  const offsets = objects.map((object, i) => {
    const offset = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`;
  return utf8(`${text}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`);
}

export interface ZipMember {
  name: string;
  content?: string;
  /** What the central directory says instead of the truth. */
  saidSize?: number;
  encrypted?: boolean;
}

/** A ZIP archive with stored members (APPNOTE.TXT 4.3). */
export function zip(members: readonly ZipMember[]): Uint8Array {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content = '', saidSize, encrypted = false } of members) {
    const bytes = Buffer.from(content);
    const nameBytes = Buffer.from(name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(encrypted ? 0x801 : 0x800, 6);
    local.writeUInt32LE(crc32(bytes), 14);
    local.writeUInt32LE(bytes.length, 18);
    local.writeUInt32LE(bytes.length, 22);
    local.writeUInt16LE(nameBytes.length, 26);
    const header = Buffer.alloc(46);
    header.writeUInt32LE(0x02014b50, 0);
    header.writeUInt16LE(encrypted ? 0x801 : 0x800, 8);
    header.writeUInt16LE((14 << 11) | (30 << 5), 12);
    header.writeUInt16LE((46 << 9) | (9 << 5) | 26, 14);
    header.writeUInt32LE(bytes.length, 20);
    header.writeUInt32LE(saidSize ?? bytes.length, 24);
    header.writeUInt16LE(nameBytes.length, 28);
    header.writeUInt32LE(offset, 42);
    locals.push(local, nameBytes, bytes);
    central.push(header, nameBytes);
    offset += 30 + nameBytes.length + bytes.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

/** A ustar archive (POSIX pax, "ustar Interchange Format"). */
export function tar(members: ReadonlyArray<{ name: string; content: string }>): Uint8Array {
  const blocks = members.flatMap(({ name, content }) => {
    const header = Buffer.alloc(512);
    header.write(name, 0);
    header.write('0000644\0', 100);
    header.write(`${Buffer.byteLength(content).toString(8).padStart(11, '0')}\0`, 124);
    header.write(`${(1_790_000_000).toString(8).padStart(11, '0')}\0`, 136);
    header.write('        0', 148);
    header.write('ustar\0', 257);
    header.write('00', 263);
    const sum = header.reduce((all, byte) => all + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    const body = Buffer.alloc(Math.ceil(Buffer.byteLength(content) / 512) * 512);
    body.write(content);
    return [header, body];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

/** A font that comes with a package of the project. */
export function fontFile(): Uint8Array {
  const folder = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  return readFileSync(join(folder, 'standard_fonts', 'LiberationSans-Regular.ttf'));
}

export function gzip(content: Uint8Array): Uint8Array {
  return gzipSync(content, { level: 1 });
}

/** A tar archive whose one member says that it has so many bytes, and has zeros. */
export function tarOfZeros(saidBytes: number, bytes: number): Uint8Array {
  const header = Buffer.from(tar([{ name: 'zeros.bin', content: '' }])).subarray(0, 512);
  header.write(`${saidBytes.toString(8).padStart(11, '0')}\0`, 124);
  header.fill(0x20, 148, 156);
  const sum = header.reduce((all, byte) => all + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, Buffer.alloc(bytes)]);
}

export const text = utf8;
