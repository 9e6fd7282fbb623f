/** The bytes of the file that is looked at: by ranges from this session's own address, the only one that the frame can reach. */

import type { FailureCode } from './protocol.ts';

const CONTENT = 'content';

/** Why a file cannot be shown. */
export class LookError extends Error {
  readonly code: FailureCode;

  constructor(code: FailureCode) {
    super(code);
    this.name = 'LookError';
    this.code = code;
  }
}

/** The address for media elements, which ask for ranges by themselves. */
export function contentAddress(): string {
  return new URL(CONTENT, document.baseURI).href;
}

/** Gives exactly the bytes from `from` to before `to`, which lie within the file. LookError `unreadable`. */
export async function readRange(from: number, to: number, signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>> {
  if (to <= from) return new Uint8Array(0);
  const bytes = await bytesOf(fetch(CONTENT, { headers: { Range: `bytes=${from}-${to - 1}` }, signal }), 206);
  if (bytes.length !== to - from) throw new LookError('unreadable');
  return bytes;
}

/** The whole of a file that is not larger than `limit`. LookError `too-large`, `unreadable`. */
export async function readWhole(sizeBytes: number, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  if (sizeBytes > limit) throw new LookError('too-large');
  return readRange(0, sizeBytes);
}

/** All bytes one after the other, as far as they are taken. LookError `unreadable`. */
export async function readStream(signal: AbortSignal): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  const response = await fetch(CONTENT, { signal }).catch(unreadable);
  if (response.status !== 200 || response.body === null) throw new LookError('unreadable');
  return response.body;
}

async function bytesOf(asked: Promise<Response>, status: number): Promise<Uint8Array<ArrayBuffer>> {
  const response = await asked.catch(unreadable);
  if (response.status !== status) throw new LookError('unreadable');
  return new Uint8Array(await response.arrayBuffer().catch(unreadable));
}

function unreadable(error: unknown): never {
  if (error instanceof DOMException && error.name === 'AbortError') throw error;
  throw new LookError('unreadable');
}

/** Waits no longer than `limitMs`. LookError `slow`. */
export async function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new LookError('slow')), limitMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
