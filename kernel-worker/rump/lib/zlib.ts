/** zlib streams (RFC 1950) and bare deflate data (RFC 1951), inflated by Node's own zlib: the only Node module that kernel code uses. */

import { inflateRawSync, inflateSync } from 'node:zlib';
import { damaged } from '../errno.ts';

/** Inflates a whole stream; its output is never larger than `maxBytes`. EUCLEAN, naming `what`, if it is larger or the stream is broken. */
export function inflateZlib(compressed: Uint8Array, maxBytes: number, what: string): Uint8Array {
  try {
    return inflateSync(compressed, { maxOutputLength: Math.max(1, maxBytes) });
  } catch (error) {
    throw damaged(`${what} cannot be inflated`, { found: error instanceof Error ? error.message : String(error) });
  }
}

/** Inflates bare deflate data; null where it is broken or larger than `maxBytes`. */
export function inflatedRaw(compressed: Uint8Array, maxBytes: number): Uint8Array | null {
  try {
    return inflateRawSync(compressed, { maxOutputLength: Math.max(1, maxBytes) });
  } catch {
    return null;
  }
}
