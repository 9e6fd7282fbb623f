/** The Range header of a request for bytes (RFC 9110, section 14). */

export type AskedRange =
  | { kind: 'whole' }
  /** `to` is the byte behind the last one. */
  | { kind: 'part'; from: number; to: number }
  | { kind: 'unsatisfiable' };

/** 'bytes=first-last', 'bytes=first-' and 'bytes=-suffix length'. */
const ONE_RANGE = /^bytes=(\d{0,20})-(\d{0,20})$/;

/**
 * Which bytes of a file of `sizeBytes` are asked for. A header that is not understood is ignored, as the RFC has it, and so are several ranges at once,
 * which nothing here asks for.
 */
export function askedRange(header: string | null, sizeBytes: number): AskedRange {
  const match = header === null ? null : ONE_RANGE.exec(header.trim());
  if (match === null) return { kind: 'whole' };
  const [, first, last] = match;
  if (first === '') {
    if (last === '') return { kind: 'whole' };
    const suffix = Math.min(Number(last), sizeBytes);
    return suffix === 0 ? { kind: 'unsatisfiable' } : { kind: 'part', from: sizeBytes - suffix, to: sizeBytes };
  }
  const from = Number(first);
  const to = last === '' ? sizeBytes : Math.min(Number(last) + 1, sizeBytes);
  if (last !== '' && Number(last) < from) return { kind: 'whole' };
  return from >= sizeBytes ? { kind: 'unsatisfiable' } : { kind: 'part', from, to };
}
