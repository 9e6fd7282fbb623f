/** What kind of thing a file is by its content: a media type (RFC 6838) and the class under which people know it. */

import type { FailureReport } from '../rump/errno.ts';

/**
 * `document`: made to be read or printed by an office or reading program; `text`: plain text, whatever it means; `program`: a computer runs it, or is
 * led to something that it runs (shortcuts); `archive`: holds other files (also disk images); `other`: everything else and what is not known.
 */
export type ContentClass = 'document' | 'picture' | 'sound' | 'video' | 'text' | 'archive' | 'program' | 'other';

export interface ContentType {
  mime: string;
  class: ContentClass;
  /** Of text: how its characters are written. 'latin1' stands for any one-byte code page. */
  charset?: 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin1';
  /** The file cannot be read; then the class is `other`. */
  failure?: FailureReport;
}

/** A file as it is judged: its size and its bytes. `read` gives fewer bytes only at the end. */
export interface JudgedFile {
  sizeBytes: number;
  read(offset: number, lengthBytes: number): Uint8Array;
}

export const UNKNOWN: ContentType = { mime: 'application/octet-stream', class: 'other' };
export const EMPTY: ContentType = { mime: 'application/x-empty', class: 'other' };
