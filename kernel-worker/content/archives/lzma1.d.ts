/**
 * What is used of lzma1. Its own types are its source, which does not pass the stricter rules here. tsconfig.json names this file without its ending, so that
 * bundlers pass it by.
 */

/** Takes LZMA with a header of 13 bytes ("LZMA alone"). Throws where it is damaged; may give more than the header says. */
export function decompress(data: Uint8Array): Uint8Array;
/** Gives the same; `mode` from 1 (fast) to 9. */
export function compress(data: Uint8Array, mode?: 1 | 5 | 9): Uint8Array;
export const CRC32_TABLE: readonly number[];
