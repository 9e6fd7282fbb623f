/** Files that deserve suspicion, made byte by byte for tests. None of them does anything: they are headers and names. */

import { deflateRawSync } from 'node:zlib';
import type { ZipMember } from './zip.ts';
import { fileEntry, zipFile } from './zip.ts';

export function text(content: string): Buffer {
  return Buffer.from(content);
}

/** The headers of a Windows program (PE). */
export function windowsProgram(): Buffer {
  const bytes = Buffer.alloc(1024);
  bytes.write('MZ');
  bytes.writeUInt32LE(128, 60);
  bytes.write('PE\0\0', 128, 'latin1');
  return bytes;
}

export function linuxProgram(): Buffer {
  const bytes = Buffer.alloc(512);
  bytes.write('\x7fELF\x02\x01\x01', 'latin1');
  return bytes;
}

export interface LinkParts {
  /** Local, or \\server\share\... */
  target: string;
  parameters?: string;
  icon?: string;
}

/** A shortcut ([MS-SHLLINK]) with a link information structure and Unicode strings. */
export function shellLinkFile({ target, parameters = '', icon = '' }: LinkParts): Buffer {
  const header = Buffer.alloc(76);
  header.writeUInt32LE(76, 0);
  Buffer.from('0114020000000000c000000000000046', 'hex').copy(header, 4);
  header.writeUInt32LE(0x02 | (parameters ? 0x20 : 0) | (icon ? 0x40 : 0) | 0x80, 20);
  const isNetwork = target.startsWith('\\\\');
  const path = Buffer.from(`${target}\0`, 'latin1');
  const info = isNetwork ? networkInfo(path) : localInfo(path);
  return Buffer.concat([header, info, ...[parameters, icon].filter(Boolean).map(counted), Buffer.alloc(4)]);
}

function localInfo(path: Buffer): Buffer {
  const head = Buffer.alloc(28);
  head.writeUInt32LE(28 + path.length + 1, 0);
  head.writeUInt32LE(28, 4);
  head.writeUInt32LE(1, 8);
  head.writeUInt32LE(28, 16);
  head.writeUInt32LE(28 + path.length, 24);
  return Buffer.concat([head, path, Buffer.alloc(1)]);
}

function networkInfo(share: Buffer): Buffer {
  const network = Buffer.alloc(20);
  network.writeUInt32LE(20 + share.length, 0);
  network.writeUInt32LE(20, 8);
  const head = Buffer.alloc(28);
  head.writeUInt32LE(28 + network.length + share.length + 1, 0);
  head.writeUInt32LE(28, 4);
  head.writeUInt32LE(2, 8);
  head.writeUInt32LE(28, 20);
  head.writeUInt32LE(28 + network.length + share.length, 24);
  return Buffer.concat([head, network, share, Buffer.alloc(1)]);
}

function counted(value: string): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16LE(value.length, 0);
  return Buffer.concat([length, Buffer.from(value, 'utf16le')]);
}

/** A compound file ([MS-CFB], version 3) whose directory holds these names. */
export function compoundFile(names: readonly string[]): Buffer {
  const perSector = 4;
  const sectors = Math.max(1, Math.ceil((names.length + 1) / perSector));
  const bytes = Buffer.alloc(512 * (2 + sectors));
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes, 0);
  bytes.writeUInt16LE(9, 30);
  bytes.writeUInt32LE(1, 48);
  bytes.writeUInt32LE(0, 76);
  // Sector 0 is the allocation table, the directory follows.
  bytes.writeUInt32LE(0xfffffffd, 512);
  for (let i = 1; i <= sectors; i++) bytes.writeUInt32LE(i === sectors ? 0xfffffffe : i + 1, 512 + i * 4);
  ['Root Entry', ...names].forEach((name, i) => {
    const at = 1024 + i * 128;
    bytes.write(name, at, 'utf16le');
    bytes.writeUInt16LE((name.length + 1) * 2, at + 64);
  });
  return bytes;
}

/** A member with deflated content. */
export function deflated(name: string, content: string): ZipMember {
  return { name, content: deflateRawSync(content), method: 8, statedBytes: content.length };
}

/** A Word package with these members beside the obligatory ones. */
export function wordPackage(members: readonly ZipMember[]): Buffer {
  return zipFile([fileEntry('[Content_Types].xml', '<Types/>'), fileEntry('word/document.xml', '<w/>'), ...members]);
}

export function pdfFile(objects: string): Buffer {
  return text(`%PDF-1.7\n1 0 obj\n<< /Type /Catalog ${objects} >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n`);
}
