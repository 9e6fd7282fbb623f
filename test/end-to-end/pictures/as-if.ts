/**
 * Answers of main that are not as they are but as a picture needs them: a copy at 42 percent, an image that looks like a stick, a home that is called the
 * same on every machine. Everything else goes through as it is.
 */

import type { Page } from 'playwright-core';
import type { Events, Job, Medium, RequestName, Requests, WireMessage } from '../../../main/contract.ts';

/** What becomes of an answer; null: main had none. */
export type AsIf = {
  [Name in RequestName]?: (answer: ReturnType<Requests[Name]> | null) => ReturnType<Requests[Name]>;
};

/** What is told as an event too. */
const EVENTS: Partial<Record<keyof Events, RequestName>> = {
  media: 'media.list',
  jobs: 'copy.list',
  imaging: 'imaging.list',
  lookouts: 'lookout.list',
};
/** What answers with one medium. */
const OF_MEDIUM: readonly RequestName[] = ['media.open', 'media.openImage', 'media.restart'];
export const SHOWN_HOME = '/home/ada';

/** Before the page is opened. `onToken` is told the token for the next connection: each serves once. Gives how many requests wait for their answer. */
export async function asIf(
  page: Page,
  home: string,
  changes: AsIf,
  onToken: (token: string) => void,
): Promise<() => number> {
  const changed = (name: RequestName, answer: unknown): unknown => {
    const change = changes[name] as ((answer: unknown) => unknown) | undefined;
    if (change !== undefined) return change(answer);
    const list = changes['media.list'];
    if (list === undefined || answer === null || !OF_MEDIUM.includes(name)) return answer;
    return list([answer as Medium])[0] ?? answer;
  };
  const names = new Map<number, RequestName>();
  await page.routeWebSocket(/\/bridge$/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((sent) => {
      const message = JSON.parse(String(sent)) as { id: number; name: RequestName };
      names.set(message.id, message.name);
      server.send(String(sent).replaceAll(SHOWN_HOME, home));
    });
    server.onMessage((sent) => {
      const message = JSON.parse(String(sent).replaceAll(home, SHOWN_HOME)) as WireMessage;
      socket.send(JSON.stringify(inPlace(message)));
    });
    const inPlace = (message: WireMessage): unknown => {
      if ('event' in message) {
        const name = EVENTS[message.event];
        return name === undefined ? message : { ...message, payload: changed(name, message.payload) };
      }
      if ('token' in message) {
        onToken(message.token);
        return message;
      }
      const name = names.get(message.id);
      names.delete(message.id);
      if (name === undefined) return message;
      if (!('failed' in message)) return { id: message.id, value: changed(name, message.value) };
      return changes[name] === undefined ? message : { id: message.id, value: changed(name, null) };
    };
  });
  return () => names.size;
}

/** Devices of the machine that takes the pictures are nobody's business; the image looks like this stick. */
export function stickInstead(changes: Partial<Medium> = {}): AsIf {
  return {
    'media.list': (media) =>
      (media ?? [])
        .filter(({ kind }) => kind === 'image')
        .map((medium) => ({
          ...medium,
          kind: 'device',
          name: 'SanDisk Ultra',
          location: '/dev/sdb',
          bus: 'USB',
          vendor: 'SanDisk',
          model: 'Ultra',
          serial: '4C530001230612109155',
          speedMbitPerSecond: 480,
          removable: true,
          ...changes,
        })),
  };
}

/** A copy from that stick, in work. */
export function job(changes: Partial<Job> = {}): Job {
  return {
    id: 'j',
    mediumId: 'stick',
    mediumName: 'SanDisk Ultra',
    volume: 0,
    target: `${SHOWN_HOME}/Airlock/SUMMER 26`,
    purpose: 'copy',
    only: 'all',
    state: 'copying',
    totalFiles: 113,
    totalBytes: 2_594_000_000,
    doneFiles: 64,
    doneBytes: 1_141_000_000,
    bytesPerSecond: 38_400_000,
    secondsLeft: 38,
    current: '/Boat trip.mp4',
    inWork: [{ path: '/Boat trip.mp4', sizeBytes: 1_630_000_000, doneBytes: 702_000_000 }],
    lastSettled: [],
    samples: Array.from({ length: 60 }, (_, i) => ({
      atMs: i * 500,
      bytesPerSecond: Math.round(
        38e6 + 6e6 * Math.sin(i / 5) + 4e6 * Math.sin(i * 1.7) - (i > 34 && i < 40 ? 17e6 : 0),
      ),
    })),
    conflict: null,
    copied: 64,
    failed: 0,
    skipped: 0,
    renamed: 1,
    missingFiles: 0,
    missingBytes: 0,
    canResume: false,
    canUndo: false,
    startedAtMs: 0,
    finishedAtMs: null,
    problem: null,
    ...changes,
  };
}
