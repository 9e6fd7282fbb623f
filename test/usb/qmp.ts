/** A connection to QEMU's monitor (QEMU Machine Protocol reference): commands in, answers and events out, JSON lines. */

import { createConnection, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

export type MonitorEvent = { event: string; data?: Record<string, unknown> };

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

export class Monitor {
  private readonly socket: Socket;
  private readonly waiting = new Map<number, Waiting>();
  private readonly listeners = new Set<(event: MonitorEvent) => void>();
  private lastId = 0;

  private constructor(socket: Socket) {
    this.socket = socket;
    // What goes wrong with the socket closes it, and is told then.
    createInterface({ input: socket })
      .on('line', (line) => this.take(line))
      .on('error', () => {});
    socket.on('close', () => {
      for (const { reject } of this.waiting.values()) reject(new Error('QEMU has ended'));
      this.waiting.clear();
    });
    socket.on('error', () => {});
  }

  static async connect(path: string): Promise<Monitor> {
    const monitor = new Monitor(await connected(path));
    await monitor.command('qmp_capabilities');
    return monitor;
  }

  command(execute: string, parameters: Record<string, unknown> = {}): Promise<unknown> {
    this.lastId += 1;
    const id = this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject: (error) => reject(new Error(`${execute}: ${error.message}`)) });
      this.socket.write(`${JSON.stringify({ execute, arguments: parameters, id })}\n`);
    });
  }

  /** Returns what ends it. */
  onEvent(listener: (event: MonitorEvent) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  close(): void {
    this.socket.destroy();
  }

  private take(line: string): void {
    const message = JSON.parse(line) as Partial<MonitorEvent> & {
      id?: number;
      return?: unknown;
      error?: { desc: string };
    };
    if (message.event !== undefined) {
      for (const listener of this.listeners) listener({ event: message.event, data: message.data });
      return;
    }
    const waiting = this.waiting.get(message.id ?? 0);
    this.waiting.delete(message.id ?? 0);
    if (message.error) waiting?.reject(new Error(message.error.desc));
    else waiting?.resolve(message.return);
  }
}

/** QEMU takes a device away when its last request has come back. */
const DELETE_TIMEOUT_MS = 90_000;

/** Takes a device away; resolves when it is. */
export async function deleteDevice(monitor: Monitor, id: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let silence = () => {};
  const gone = new Promise<void>((resolve, reject) => {
    silence = monitor.onEvent(({ event, data }) => {
      if (event === 'DEVICE_DELETED' && data?.device === id) resolve();
    });
    timer = setTimeout(() => reject(new Error(`${id} is not let go of`)), DELETE_TIMEOUT_MS);
  });
  gone.catch(() => {});
  try {
    await monitor.command('device_del', { id });
    await gone;
  } finally {
    clearTimeout(timer);
    silence();
  }
}

/** QEMU makes its sockets a moment after it has started. */
export async function connected(path: string, tries = 500): Promise<Socket> {
  for (let left = tries; ; left -= 1) {
    try {
      return await new Promise<Socket>((resolve, reject) => {
        const socket = createConnection(path, () => resolve(socket));
        socket.once('error', reject);
      });
    } catch (error) {
      if (left === 0) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
