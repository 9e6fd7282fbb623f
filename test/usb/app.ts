/**
 * The app as its window has it: the browser shell, started by the person in the session, and what it answers and tells over its WebSocket
 * (main/contract.ts, WireRequest and WireMessage).
 */

import { WebSocket } from 'ws';
import type { Events, Job, Medium, RequestName, Requests, WireMessage } from '../../main/contract.ts';
import { ENDS_MS, NODE } from './actions.ts';
import { asPerson, type Running } from './person.ts';
import { check, eventually, Failed, processesWith } from './scenario.ts';

const START = '/airlock/dist/main/start.js';

/** A refused request. */
export class Refused extends Error {}

export class App {
  private readonly running: Running;
  private readonly socket: WebSocket;
  private readonly waiting = new Map<number, (message: WireMessage & { id: number }) => void>();
  private readonly since = new Map<string, number>();
  private lastId = 0;
  media: Medium[] = [];
  jobs: Job[] = [];

  private constructor(running: Running, socket: WebSocket) {
    this.running = running;
    this.socket = socket;
    socket.on('message', (data) => this.take(JSON.parse(String(data)) as WireMessage));
    socket.on('error', () => {});
  }

  /** Started as the person; ends with `close`. */
  static async start(): Promise<App> {
    const running = asPerson(NODE, [START, '--browser', '--no-open']);
    let told = '';
    running.child.stdout?.on('data', (text: string) => {
      told += text;
    });
    const address = () => {
      check(running.child.exitCode === null, `the app has ended: ${told}`);
      return /http:\/\/(127\.0\.0\.1:\d+)\/#(\S+)/.exec(told);
    };
    const [, host, token] = await eventually('the app says where it is', ENDS_MS, address);
    const socket = new WebSocket(`ws://${host}/bridge`, ['airlock', token], { origin: `http://${host}` });
    const app = new App(running, socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    app.media = await app.request('media.list');
    return app;
  }

  /** Throws Refused with the problem's sentence; Failed where no answer comes. */
  async request<Name extends RequestName>(
    name: Name,
    ...args: Parameters<Requests[Name]>
  ): Promise<ReturnType<Requests[Name]>> {
    this.lastId += 1;
    const id = this.lastId;
    const answer = new Promise<WireMessage & { id: number }>((resolve) => this.waiting.set(id, resolve));
    this.socket.send(JSON.stringify({ id, name, args }));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Failed(`${name} is not answered within ${ENDS_MS / 1000} s`)), ENDS_MS);
    });
    const message = await Promise.race([answer, late]).finally(() => clearTimeout(timer));
    if ('failed' in message) {
      const { sentence, detail } = message.failed.problem;
      throw new Refused(`${name}: ${sentence} ${detail ?? ''}`);
    }
    // The service answers each name with that name's type.
    return ('value' in message ? message.value : null) as ReturnType<Requests[Name]>;
  }

  medium(id: string): Medium | undefined {
    return this.media.find((medium) => medium.id === id);
  }

  job(id: string): Job | undefined {
    return this.jobs.find((job) => job.id === id);
  }

  /** When an event first told of a medium in this state, as Date.now(). */
  toldMs(id: string, state: Medium['state']): number | null {
    return this.since.get(`${id} ${state}`) ?? null;
  }

  /** The stick whose node this is, as soon as the app shows it ready to be opened. */
  shown(disk: string, state: Medium['state'] = 'present'): Promise<Medium> {
    const find = () => this.media.find((medium) => medium.location === disk && medium.state === state) ?? null;
    return eventually(`the app shows ${disk}`, ENDS_MS, find);
  }

  /** Opened, with the number of the volume that was mounted. */
  async open(medium: Medium): Promise<{ volume: number }> {
    const opened = await this.request('media.open', medium.id);
    const volume = opened.volumes.find(({ info }) => info !== null);
    if (opened.state !== 'open' || volume === undefined)
      throw new Failed(`${opened.state} instead of open: ${JSON.stringify(opened.problem)}`);
    return { volume: volume.id };
  }

  /** A copy of everything on the volume. */
  copy(medium: Medium, volume: number, target: string): Promise<Job> {
    return this.request('copy.start', { mediumId: medium.id, volume, paths: ['/'], target, policy: 'skip' });
  }

  /** The copy, when it has come to its end. */
  ended(id: string): Promise<Job> {
    return eventually('the copy ends', ENDS_MS, () => {
      const job = this.job(id);
      return job !== undefined && job.finishedAtMs !== null ? job : null;
    });
  }

  async close(): Promise<void> {
    this.socket.terminate();
    this.running.child.kill('SIGTERM');
    await eventually('the app ends', ENDS_MS, () => processesWith(START).length === 0 || null);
  }

  private take(message: WireMessage): void {
    if ('id' in message) {
      this.waiting.get(message.id)?.(message);
      this.waiting.delete(message.id);
    } else if ('event' in message) {
      if (message.event === 'media') this.takeMedia(message.payload as Events['media']);
      if (message.event === 'jobs') this.jobs = message.payload as Events['jobs'];
    }
  }

  private takeMedia(media: Medium[]): void {
    this.media = media;
    for (const { id, state } of media) {
      const key = `${id} ${state}`;
      if (!this.since.has(key)) this.since.set(key, Date.now());
    }
  }
}

/** While `run` runs, the app does. */
export async function withApp(run: (app: App) => Promise<void>): Promise<void> {
  const app = await App.start();
  try {
    await run(app);
  } finally {
    await app.close();
  }
}
