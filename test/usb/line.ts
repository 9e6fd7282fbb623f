/** The line between the scenarios in the guest and the rig outside: JSON lines over a virtio serial port. */

import { createReadStream, openSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** What the rig does with a stick. */
export type Order =
  | { do: 'plug' | 'yank'; stick: string }
  | { do: 'slow'; stick: string; bytesPerSecond: number }
  | { do: 'break'; stick: string; sectors: number[] }
  /** A card into a slot of a reader, in place of what is there, or out of it. */
  | { do: 'insert'; stick: string; slot: number; card: string }
  | { do: 'remove'; stick: string; slot: number }
  /** Every stick pulled out, whole and fast again. */
  | { do: 'reset' };

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export type FromGuest =
  | { say: string }
  /** After the services have come up and after each scenario, with how many are still to come. */
  | { counts: Counts; left: number }
  | { id: number; order: Order };

export interface ToGuest {
  id: number;
  problem: string | null;
}

export interface Line {
  send(message: FromGuest): void;
  /** Resolves when it is done. */
  order(order: Order): Promise<void>;
}

const PORTS = '/sys/class/virtio-ports';

/** The guest's end. */
export function openLine(): Line {
  const port = readdirSync(PORTS).find(
    (name) => readFileSync(`${PORTS}/${name}/name`, 'utf8').trim() === 'airlock.line',
  );
  if (port === undefined) throw new Error('this is no guest of the rig');
  const fd = openSync(`/dev/${port}`, 'r+');
  const waiting = new Map<number, (problem: string | null) => void>();
  let lastId = 0;
  const input = createReadStream('', { fd, autoClose: false });
  createInterface({ input }).on('line', (text) => {
    const { id, problem } = JSON.parse(text) as ToGuest;
    waiting.get(id)?.(problem);
    waiting.delete(id);
  });
  const send = (message: FromGuest) => {
    let rest = Buffer.from(`${JSON.stringify(message)}\n`);
    while (rest.length > 0) rest = rest.subarray(writeSync(fd, rest));
  };
  return {
    send,
    order: (order) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        waiting.set(lastId, (problem) => (problem === null ? resolve() : reject(new Error(`${order.do}: ${problem}`))));
        send({ id: lastId, order });
      }),
  };
}
