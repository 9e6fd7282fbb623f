/** Finds main: `window.airlock` where Electron's preload gave it, else the browser shell's WebSocket. */

import type { Bridge } from '../../main/contract.ts';
import { connectWebSocket, lostConnection, takeToken } from './websocket-bridge.ts';

declare global {
  interface Window {
    airlock?: Bridge;
  }
}

export function connect(onLost: () => void): Promise<Bridge> {
  if (window.airlock !== undefined) return Promise.resolve(window.airlock);
  const token = takeToken();
  if (token === null) return Promise.reject(lostConnection());
  return connectWebSocket(token, onLost);
}
