/** The writing side of a copy in a thread of its own (copy-thread.ts), so that main stays free for its windows. */

import { Worker } from 'node:worker_threads';
import type { CopyThreadData, FromCopyThread, TargetCall, ToCopyThread } from './copy-thread.ts';
import type { TargetSide } from './orders.ts';

interface Waiting {
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** `copyScript` and `hashScript`: the built copy-thread.js and hash-thread.js. */
export function threadedTargetSide(copyScript: string, hashScript: string): TargetSide {
  const workerData: CopyThreadData = { hashScript };
  const thread = new Worker(copyScript, { workerData });
  const waiting = new Map<number, Waiting>();
  let listener: (bytes: number) => void = () => {};
  let lastId = 0;

  thread.on('message', (message: FromCopyThread) => {
    if ('progressBytes' in message) return listener(message.progressBytes);
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if ('message' in message) call?.reject(Object.assign(new Error(message.message), { code: message.code }));
    else call?.resolve(message.value);
  });
  /** Set once the thread is no more; every call then fails with it. */
  let ended: unknown = null;
  const broken = (error: unknown) => {
    ended ??= error;
    for (const call of waiting.values()) call.reject(ended);
    waiting.clear();
  };
  thread.on('error', broken);
  thread.on('exit', () => broken(new Error('the copying thread ended')));

  const ask =
    <Name extends TargetCall>(name: Name) =>
    (...args: Parameters<TargetSide[Name]>) =>
      new Promise<Awaited<ReturnType<TargetSide[Name]>>>((resolve, reject) => {
        if (ended !== null) {
          reject(ended);
          return;
        }
        lastId += 1;
        // The thread answers each name with that name's type.
        waiting.set(lastId, { resolve: (value) => resolve(value as Awaited<ReturnType<TargetSide[Name]>>), reject });
        thread.postMessage({ id: lastId, name, args } as ToCopyThread);
      });

  return {
    open: ask('open'),
    makeFolder: ask('makeFolder'),
    standing: ask('standing'),
    makeSymlink: ask('makeSymlink'),
    copySmall: ask('copySmall'),
    beginLarge: ask('beginLarge'),
    feedExtents: ask('feedExtents'),
    feedBytes: ask('feedBytes'),
    endLarge: ask('endLarge'),
    abandonLarge: ask('abandonLarge'),
    finish: ask('finish'),
    setPaused: (paused) => thread.postMessage({ name: 'setPaused', paused } satisfies ToCopyThread),
    stop: () => thread.postMessage({ name: 'stop' } satisfies ToCopyThread),
    close: async () => {
      try {
        await ask('close')();
      } finally {
        await thread.terminate();
      }
    },
    onProgress: (set) => {
      listener = set;
    },
  };
}
