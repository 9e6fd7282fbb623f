/** The list of a tar archive: V7, ustar and pax (IEEE Std 1003.1, pax), GNU's long names. Contents are passed over. */

import { type ArchiveEntry, MAX_ENTRIES, wallTimeMs } from '../../kernel-worker/content/archives/archive-entry.ts';
import { latin1 } from './bytes.ts';

export const BLOCK = 512;
/** A pax header or long name that is longer is none that a name needs. */
const MAX_HEADER_BYTES = 64 * 1024;

/** What comes next: so many bytes to be passed over, or to be given whole. */
export interface Wanted {
  kind: 'header' | 'long-name' | 'pax' | 'pass';
  lengthBytes: number;
}

/** Takes an archive piece by piece. `wanted` says what has to come; `take` gets exactly that, but for 'pass', where the bytes do not matter. */
export class TarReader {
  readonly entries: ArchiveEntry[] = [];
  wanted: Wanted = { kind: 'header', lengthBytes: BLOCK };
  /** The end was met: two empty blocks, of which one suffices here. */
  ended = false;
  damaged = false;
  private longName: string | null = null;
  private paxPath: string | null = null;
  private paxSize: number | null = null;
  private padding = 0;

  get isFull(): boolean {
    return this.entries.length >= MAX_ENTRIES;
  }

  take(bytes: Uint8Array): void {
    switch (this.wanted.kind) {
      case 'header':
        this.takeHeader(bytes);
        return;
      case 'long-name':
        this.longName = untilZero(bytes);
        this.pass(this.padding);
        return;
      case 'pax':
        this.takePax(bytes);
        this.pass(this.padding);
        return;
      case 'pass':
        this.wanted = { kind: 'header', lengthBytes: BLOCK };
    }
  }

  private pass(lengthBytes: number): void {
    this.wanted = lengthBytes > 0 ? { kind: 'pass', lengthBytes } : { kind: 'header', lengthBytes: BLOCK };
  }

  private takeHeader(header: Uint8Array): void {
    if (header.every((byte) => byte === 0)) {
      this.ended = true;
      return;
    }
    if (checksum(header) !== octal(header, 148, 8)) {
      this.damaged = true;
      return;
    }
    const type = String.fromCharCode(header[156]);
    const sizeBytes = number(header, 124, 12);
    const stored = isWithoutContent(type) ? 0 : (this.paxSize ?? sizeBytes);
    this.padding = (BLOCK - (stored % BLOCK)) % BLOCK;
    if ((type === 'L' || type === 'x') && sizeBytes > 0 && sizeBytes <= MAX_HEADER_BYTES) {
      this.wanted = { kind: type === 'L' ? 'long-name' : 'pax', lengthBytes: sizeBytes };
      this.padding = (BLOCK - (sizeBytes % BLOCK)) % BLOCK;
      return;
    }
    if (!'LKxgV'.includes(type)) this.add(header, type, stored);
    this.pass(stored + this.padding);
  }

  private add(header: Uint8Array, type: string, sizeBytes: number): void {
    const path = this.paxPath ?? this.longName ?? nameOf(header);
    const modified = number(header, 136, 12);
    this.entries.push({
      path,
      isFolder: type === '5' || path.endsWith('/'),
      sizeBytes,
      modifiedMs: modified > 0 ? wallTimeMs(modified * 1000) : null,
      encrypted: false,
    });
    this.longName = null;
    this.paxPath = null;
    this.paxSize = null;
  }

  /** Lines of 'LENGTH KEY=VALUE\n'. */
  private takePax(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      const length = Number.parseInt(latin1(bytes, at, 10), 10);
      if (!(length > 4) || at + length > bytes.length) return;
      const line = new TextDecoder().decode(bytes.subarray(at, at + length - 1));
      const [, key, value] = /^\d+ ([^=]+)=(.*)$/s.exec(line) ?? [];
      if (key === 'path') this.paxPath = value;
      if (key === 'size' && /^\d{1,15}$/.test(value)) this.paxSize = Number(value);
      at += length;
    }
  }
}

/** Links, devices, folders and pipes: their size says nothing about what follows. */
function isWithoutContent(type: string): boolean {
  return '123456'.includes(type);
}

function nameOf(header: Uint8Array): string {
  const name = untilZero(header.subarray(0, 100));
  const prefix = latin1(header, 257, 5) === 'ustar' && header[262] === 0 ? untilZero(header.subarray(345, 500)) : '';
  return prefix === '' ? name : `${prefix}/${name}`;
}

function untilZero(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end === -1 ? bytes : bytes.subarray(0, end));
}

/** Octal digits, or a number in base 256 where the first bit is set (GNU). */
function number(header: Uint8Array, at: number, lengthBytes: number): number {
  if ((header[at] & 0x80) === 0) return octal(header, at, lengthBytes);
  let value = header[at] & 0x3f;
  for (let i = 1; i < lengthBytes; i++) value = Math.min(value * 256 + header[at + i], Number.MAX_SAFE_INTEGER / 512);
  return Math.floor(value);
}

function octal(header: Uint8Array, at: number, lengthBytes: number): number {
  const digits = latin1(header, at, lengthBytes).replace(/[\0 ]+/g, '');
  return /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : 0;
}

function checksum(header: Uint8Array): number {
  let sum = 8 * 0x20;
  for (let i = 0; i < BLOCK; i++) if (i < 148 || i >= 156) sum += header[i];
  return sum;
}
