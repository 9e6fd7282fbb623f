/** The hypercalls: all that the kernel may ask of its host, after NetBSD's rumpuser(3). Each implementation stands in a file of its own here. */

/** Block I/O on one medium (rumpuser_bio). */
export interface BlockHypercalls {
  /** Size of the medium in bytes, recorded when it was opened. */
  readonly sizeBytes: number;
  /** Logical sector size in bytes as the host reports it; 512 where nobody knows (image files). */
  readonly sectorSize: number;
  /**
   * pread(2): fills `into` from `byteOffset` as far as the medium gives bytes, and returns how many. The range lies inside `sizeBytes`.
   * A return of less than asked is how Linux answers after removal. Throws HypercallError.
   */
  pread(into: Uint8Array, byteOffset: number): number;
}

/** A hypercall failed: `code` is the host's errno name ('EIO', 'ENODEV', 'ENXIO' …). */
export class HypercallError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'HypercallError';
    this.code = code;
  }
}
