/** The thread in which a copy's writing side works: calls of TargetSide come as messages, answers and progress go back. */

import { parentPort, workerData } from 'node:worker_threads';
import { errorCode } from '../host-error.ts';
import { localTargetSide } from './local-target-side.ts';
import type { TargetSide } from './orders.ts';

/** The calls that are answered. */
export type TargetCall = Exclude<keyof TargetSide, 'stop' | 'setPaused' | 'onProgress'>;

export type ToCopyThread =
  | { [Name in TargetCall]: { id: number; name: Name; args: Parameters<TargetSide[Name]> } }[TargetCall]
  | { name: 'setPaused'; paused: boolean }
  | { name: 'stop' };

/** An error loses its fields on the way: its code goes beside it. */
export type FromCopyThread =
  | { id: number; value: unknown }
  | { id: number; message: string; code: string | null }
  | { progressBytes: number };

/** How often progress is told: more often than anybody sees would cost more than the copying. */
const PROGRESS_INTERVAL_MS = 50;

/** `hashScript`: see content-hash.ts. */
export interface CopyThreadData {
  hashScript: string;
}

function serve(data: CopyThreadData): void {
  const side = localTargetSide(data);
  let progressBytes = 0;
  let toldAt = 0;
  const send = (message: FromCopyThread) => parentPort?.postMessage(message);
  const tell = () => {
    if (progressBytes > 0) send({ progressBytes });
    progressBytes = 0;
    toldAt = performance.now();
  };
  side.onProgress((bytes) => {
    progressBytes += bytes;
    if (performance.now() - toldAt > PROGRESS_INTERVAL_MS) tell();
  });
  parentPort?.on('message', async (message: ToCopyThread) => {
    if (message.name === 'stop') return side.stop();
    if (message.name === 'setPaused') return side.setPaused(message.paused);
    try {
      const call: (...args: never[]) => Promise<unknown> = side[message.name];
      const value = await call.apply(side, message.args as never[]);
      tell();
      send({ id: message.id, value });
    } catch (error) {
      const code = errorCode(error);
      send({ id: message.id, message: error instanceof Error ? error.message : String(error), code });
    }
  });
}

serve(workerData);
