/** The two IPC channels between preload and main. Nothing else is listened to. */

import type { EventName, RequestFailure } from '../contract.ts';

/** Renderer to main, answered: (name, arguments). */
export const REQUEST_CHANNEL = 'airlock:request';
/** Main to renderer: EventMessage. */
export const EVENT_CHANNEL = 'airlock:event';

/** An answer as a value, because an error loses its fields on the way. */
export type RequestAnswer = { value: unknown } | { failed: RequestFailure };

export interface EventMessage {
  name: EventName;
  payload: unknown;
}
