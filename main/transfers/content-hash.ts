/** The SHA-256 of a large file's content as it passes: in this thread, or in one of its own so that reading and writing go on meanwhile. */

import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';

export interface ContentHash {
  /** The next bytes. They must stay as they are until the promise resolves. */
  update(bytes: Uint8Array): Promise<void>;
  /** In hex. The next update begins another content. */
  digest(): Promise<string>;
  close(): void;
}

export function hashHere(): ContentHash {
  let hash = createHash('sha256');
  return {
    async update(bytes) {
      hash.update(bytes);
    },
    async digest() {
      const hex = hash.digest('hex');
      hash = createHash('sha256');
      return hex;
    },
    close() {},
  };
}

/** To the thread: a range of the shared memory, or the end of the content. */
export type HashOrder = { offset: number; length: number } | 'end';

/**
 * Measured with 1 GiB on two cores: 0.56 s for copy, sync and comparison with the hash in a thread of its own, 0.82 s without; SHA-256 alone takes 0.5 s.
 * `script`: the built hash-thread.js. `memory`: all bytes given to update lie in it.
 */
export function hashInThread(script: string, memory: SharedArrayBuffer): ContentHash {
  const thread = new Worker(script, { workerData: memory });
  const waiting: Array<{ resolve(answer: string): void; reject(error: Error): void }> = [];
  thread.on('message', (answer: string) => waiting.shift()?.resolve(answer));
  thread.on('error', (error) => {
    for (const { reject } of waiting.splice(0)) reject(error);
  });
  thread.unref();
  const ask = (order: HashOrder) =>
    new Promise<string>((resolve, reject) => {
      waiting.push({ resolve, reject });
      thread.postMessage(order);
    });
  return {
    update: async (bytes) => void (await ask({ offset: bytes.byteOffset, length: bytes.length })),
    digest: () => ask('end'),
    close: () => void thread.terminate(),
  };
}
