/** The one channel to main: Electron's parent port in a utility process, the IPC channel in a Node child process. */

import type { FromWorker, ToWorker } from './contract.ts';

export interface Channel {
  send(message: FromWorker): void;
  listen(listener: (message: ToWorker) => void): void;
  /** Descriptors of the channel, where they are known. */
  fds: readonly number[];
}

/** Electron's process.parentPort, as far as it is used. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { data: unknown }) => void): void;
}

/** The descriptor that Node uses for IPC when it is asked for as the fourth entry of stdio. */
const NODE_CHANNEL_FD = 3;

export function channelToMain(): Channel {
  const port = (process as NodeJS.Process & { parentPort?: ParentPort }).parentPort;
  if (port) {
    return {
      send: (message) => port.postMessage(message),
      // Main is trusted; what it sends has the contract's types.
      listen: (listener) => port.on('message', (event) => listener(event.data as ToWorker)),
      fds: [],
    };
  }
  if (process.send === undefined) throw new Error('a kernel worker is started by Airlock, not by hand');
  process.on('disconnect', () => process.exit(0));
  return {
    send: (message) => void process.send?.(message),
    listen: (listener) => process.on('message', (message) => listener(message as ToWorker)),
    fds: [NODE_CHANNEL_FD],
  };
}
