/** Why the list of an archive cannot be read: it contradicts itself, is packed by a method that is not known here, or is larger than the reader was allowed. */

export type ArchiveErrorCode = 'damaged' | 'codec' | 'too-large';

export class ArchiveError extends Error {
  readonly code: ArchiveErrorCode;

  constructor(code: ArchiveErrorCode) {
    super(code);
    this.name = 'ArchiveError';
    this.code = code;
  }
}
