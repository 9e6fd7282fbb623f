/** Starts a kernel worker as Electron's utility process. */

import type { App, UtilityProcess, utilityProcess } from 'electron';
import type { WorkerHandle, WorkerLauncher } from '../kernels/kernel-process.ts';

/** V8's own bound on its heap; buffers lie outside and are bounded by the watchdog. */
const MAX_HEAP_MIB = 256;
/** How much of a worker's stderr is kept: a stack trace. */
const MAX_LAST_WORDS = 4096;

export interface UtilityParts {
  app: Pick<App, 'getAppMetrics'>;
  utilityProcess: Pick<typeof utilityProcess, 'fork'>;
}

/** `workerPath`: the built kernel-worker/worker.js, outside the archive. */
export function utilityLauncher(electron: UtilityParts, workerPath: string): WorkerLauncher {
  return () => {
    const child = electron.utilityProcess.fork(workerPath, [], {
      // Nothing of the user's environment reaches the worker.
      env: {},
      execArgv: [`--max-old-space-size=${MAX_HEAP_MIB}`, '--disable-proto=throw'],
      stdio: ['ignore', 'ignore', 'pipe'],
      serviceName: 'Airlock kernel',
    });
    return handleOf(electron.app, child);
  };
}

function handleOf(app: UtilityParts['app'], child: UtilityProcess): WorkerHandle {
  let lastWords = '';
  child.stderr?.on('data', (text: Buffer) => {
    lastWords = (lastWords + text.toString()).slice(-MAX_LAST_WORDS);
  });
  return {
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => void child.on('exit', (code) => listener(`exit code ${code}\n${lastWords}`.trim())),
    kill: () => void child.kill(),
    residentBytes: () => {
      const metric = app.getAppMetrics().find(({ pid }) => pid === child.pid);
      return metric === undefined ? null : metric.memory.workingSetSize * 1024;
    },
  };
}
