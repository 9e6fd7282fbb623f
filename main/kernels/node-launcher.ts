/** Starts a kernel worker as a Node child process: the browser shell's and the command line's way. */

import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { WorkerHandle, WorkerLauncher } from './kernel-process.ts';

/** V8's own bound on its heap; buffers lie outside and are bounded by the watchdog. */
const MAX_HEAP_MIB = 256;
/** How much of a worker's stderr is kept: a stack trace. */
const MAX_LAST_WORDS = 4096;
/** Linux' page size for /proc/PID/statm; 4096 on all machines that Airlock is packaged for. */
const PAGE_BYTES = 4096;

/** `workerPath`: the built kernel-worker/worker.js. `inherit`: descriptors that the worker gets as 4, 5 … */
export function nodeLauncher(workerPath: string, inherit: readonly number[] = []): WorkerLauncher {
  return () => startWorker(workerPath, inherit);
}

function startWorker(workerPath: string, inherit: readonly number[]): WorkerHandle {
  const child = fork(workerPath, [], {
    // Nothing of the user's environment reaches the worker.
    env: {},
    execArgv: [`--max-old-space-size=${MAX_HEAP_MIB}`, '--disable-proto=throw'],
    serialization: 'advanced',
    cwd: dirname(workerPath),
    stdio: ['ignore', 'ignore', 'pipe', 'ipc', ...inherit],
  });
  let lastWords = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    lastWords = (lastWords + text).slice(-MAX_LAST_WORDS);
  });
  return {
    send: (message) => {
      if (child.connected) child.send(message, () => {});
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => {
      child.on('error', (error) => listener(error.message));
      // 'close' and not 'exit': by then stderr is read, which holds the stack trace of a driver's bug.
      child.on('close', (code, signal) => listener([signal ?? `exit code ${code}`, lastWords].join('\n').trim()));
    },
    kill: () => child.kill('SIGKILL'),
    residentBytes: () => (child.pid === undefined ? null : residentBytesOf(child.pid)),
  };
}

/** proc_pid_statm(5); null on systems without it. */
export function residentBytesOf(pid: number): number | null {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;
  } catch {
    return null;
  }
}
