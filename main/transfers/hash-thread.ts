/** The thread of content-hash.ts: answers each range when it is hashed ('') and each end with the hash. */

import { createHash } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import type { HashOrder } from './content-hash.ts';

const memory: SharedArrayBuffer = workerData;
let hash = createHash('sha256');

parentPort?.on('message', (order: HashOrder) => {
  if (order === 'end') {
    parentPort?.postMessage(hash.digest('hex'));
    hash = createHash('sha256');
  } else {
    hash.update(new Uint8Array(memory, order.offset, order.length));
    parentPort?.postMessage('');
  }
});
