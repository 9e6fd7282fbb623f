/** Errors of the kernel: errno names as in NetBSD's errno(2), and the kinds of failure that a user is told apart. */

export type Errno =
  | 'EPERM'
  | 'ENOENT'
  | 'EIO'
  | 'ENXIO'
  | 'EBADF'
  | 'ENOMEM'
  | 'EACCES'
  | 'EBUSY'
  | 'EEXIST'
  | 'ENODEV'
  | 'ENOTDIR'
  | 'EISDIR'
  | 'EINVAL'
  | 'EMFILE'
  | 'EFBIG'
  | 'ENOSPC'
  | 'EROFS'
  | 'ENAMETOOLONG'
  | 'ELOOP'
  | 'EOPNOTSUPP'
  | 'EUCLEAN'
  | 'EFTYPE'
  | 'ENODATA'
  | 'ENOSYS'
  | 'ENOTEMPTY'
  | 'ETIMEDOUT';

/**
 * What kind of failure it is:
 * `medium`: the medium cannot be read there; `damage`: the file system contradicts itself or its specification;
 * `unsupported`: a feature that this kernel does not read; `removed`: the medium is gone; `request`: the caller asked for something that cannot be.
 */
export type FailureKind = 'medium' | 'damage' | 'unsupported' | 'removed' | 'request';

/** Where on the medium, in bytes from the start of the device that the failing layer reads; what stood there and what should have. */
export interface FailurePlace {
  byteOffset?: number;
  expected?: string | number;
  found?: string | number;
}

/** The plain form of a KernelError: what crosses process borders. */
export interface FailureReport extends FailurePlace {
  errno: Errno;
  kind: FailureKind;
  message: string;
}

/** The only error that kernel code throws on purpose. Anything else that escapes a driver is a bug of that driver. */
export class KernelError extends Error {
  readonly errno: Errno;
  readonly kind: FailureKind;
  /** Rebased from the file system to the whole medium when it passes the system call layer. */
  byteOffset: number | undefined;
  readonly expected: string | number | undefined;
  readonly found: string | number | undefined;

  constructor(errno: Errno, kind: FailureKind, message: string, place: FailurePlace = {}) {
    super(message);
    this.name = 'KernelError';
    this.errno = errno;
    this.kind = kind;
    this.byteOffset = place.byteOffset;
    this.expected = place.expected;
    this.found = place.found;
  }

  report(): FailureReport {
    const report: FailureReport = { errno: this.errno, kind: this.kind, message: this.message };
    if (this.byteOffset !== undefined) report.byteOffset = this.byteOffset;
    if (this.expected !== undefined) report.expected = this.expected;
    if (this.found !== undefined) report.found = this.found;
    return report;
  }
}

/** EIO: the medium did not give the bytes at `byteOffset`. */
export function mediumError(byteOffset: number, message = 'the medium cannot be read here'): KernelError {
  return new KernelError('EIO', 'medium', message, { byteOffset });
}

/** ENXIO: the medium was removed, or has shrunk below the size recorded at open. */
export function removedError(message = 'the medium was removed'): KernelError {
  return new KernelError('ENXIO', 'removed', message);
}

/** EUCLEAN: the file system is damaged. `what` names the structure and what is wrong with it in words. */
export function damaged(what: string, place: FailurePlace = {}): KernelError {
  return new KernelError('EUCLEAN', 'damage', what, place);
}

/** EOPNOTSUPP: a feature of the file system, named in words, that this kernel does not read. */
export function unsupported(feature: string, place: FailurePlace = {}): KernelError {
  return new KernelError('EOPNOTSUPP', 'unsupported', feature, place);
}

/** The request itself cannot be fulfilled: ENOENT, ENOTDIR, EINVAL … */
export function requestError(errno: Errno, message: string): KernelError {
  return new KernelError(errno, 'request', message);
}

/** Any thrown value as a KernelError; what is not one is a driver's bug and is reported as EIO with its message. */
export function asKernelError(thrown: unknown): KernelError {
  if (thrown instanceof KernelError) return thrown;
  const text = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return new KernelError('EFTYPE', 'damage', `the driver failed on these data (${text})`);
}
