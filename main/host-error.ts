/** What the host calls an error: the name of its errno, as Node tells it in `code`. */

/** 'ENOENT', for one; null for what is no error of the host. */
export function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}
