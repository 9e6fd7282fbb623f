/** The bridge to main in the browser shell: a WebSocket to the page's own origin, one JSON text a frame (main/contract.ts, WireMessage). */

import type { Bridge, EventName, Events, RequestFailure, RequestName, WireMessage } from '../../main/contract.ts';
import { messages } from '../messages/messages.ts';

/** Where the token for the next connection waits: for this tab only, gone when it is closed. */
const TOKEN_KEY = 'airlock-token';

interface Waiting {
  resolve(value: unknown): void;
  reject(failure: RequestFailure): void;
}

/** Takes the token from the address (and out of it, so that it does not stay in the history), or the one kept for a reload. */
export function takeToken(): string | null {
  const fromAddress = window.location.hash.slice(1);
  if (fromAddress !== '') {
    window.history.replaceState(null, '', window.location.pathname);
    return fromAddress;
  }
  return window.sessionStorage.getItem(TOKEN_KEY);
}

/** What a request is answered with when main cannot be reached. */
export function lostConnection(): RequestFailure {
  return { problem: { sentence: messages.shell.lost, detail: null, canRestart: false }, failure: null };
}

/** Connects; rejects if main does not answer or refuses the token. `onLost` is called when the connection ends later. */
export function connectWebSocket(token: string, onLost: () => void): Promise<Bridge> {
  const address = new URL('/bridge', window.location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  address.hash = '';
  const socket = new WebSocket(address, ['airlock', token]);
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  let lastId = 0;

  const bridge: Bridge = {
    request(name: RequestName, ...args: unknown[]) {
      return new Promise<never>((resolve, reject) => {
        if (socket.readyState !== WebSocket.OPEN) {
          reject(lostConnection());
          return;
        }
        lastId += 1;
        waiting.set(lastId, { resolve: resolve as (value: unknown) => void, reject });
        socket.send(JSON.stringify({ id: lastId, name, args }));
      });
    },
    on<Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void) {
      const ofName = listeners.get(name) ?? new Set();
      listeners.set(name, ofName);
      ofName.add(listener);
      return () => ofName.delete(listener);
    },
  };

  function receive(message: WireMessage): void {
    if ('token' in message) {
      window.sessionStorage.setItem(TOKEN_KEY, message.token);
    } else if ('event' in message) {
      for (const listener of listeners.get(message.event) ?? []) listener(message.payload as never);
    } else {
      const asked = waiting.get(message.id);
      waiting.delete(message.id);
      if ('failed' in message) asked?.reject(message.failed);
      else asked?.resolve(message.value);
    }
  }

  return new Promise((resolve, reject) => {
    socket.addEventListener('message', (event) => receive(JSON.parse(String(event.data))));
    socket.addEventListener('open', () => resolve(bridge));
    socket.addEventListener('close', () => {
      reject(lostConnection());
      for (const asked of waiting.values()) asked.reject(lostConnection());
      waiting.clear();
      onLost();
    });
  });
}
