/** Extended attributes of the host's own files, as the system gives them: getxattr(2). */

import { createRequire } from 'node:module';

const koffi: typeof import('koffi') = createRequire(import.meta.url)('koffi');

/** null: there is none, or this host has none at all. */
export function readAttribute(path: string, name: string): string | null {
  if (process.platform !== 'linux') return null;
  const getxattr = koffi.load(null).func('long getxattr(const char *, const char *, _Out_ uint8_t *, size_t)');
  const value = new Uint8Array(4096);
  const length = Number(getxattr(path, name, value, value.length));
  return length < 0 ? null : Buffer.from(value.subarray(0, length)).toString('utf8');
}
