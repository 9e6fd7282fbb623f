/**
 * The guest's unprivileged person in a local, active session, as libsystemd's sd-login reads it from /run/systemd (sd-login(3)); there is no logind, and polkit
 * is content with the files.
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { chownSync, mkdirSync, writeFileSync } from 'node:fs';

/** As prepare.ts wrote it into /etc/passwd. */
export const PERSON = { name: 'visitor', uid: 5100, home: '/home/visitor' };

const SEAT = 'seat0';
const SESSION = 'c1';
const SCOPE = `/sys/fs/cgroup/user.slice/user-${PERSON.uid}.slice/session-${SESSION}.scope`;
const RUNTIME = `/run/user/${PERSON.uid}`;

export interface Finished {
  code: number | null;
  signal: string | null;
  out: string;
  err: string;
  tookMs: number;
  /** As Date.now(). */
  endedMs: number;
}

export interface Running {
  child: ChildProcess;
  finished: Promise<Finished>;
}

const lines = (values: Record<string, string | number>) =>
  Object.entries(values)
    .map(([key, value]) => `${key}=${value}\n`)
    .join('');

export function startSession(): void {
  for (const folder of [SCOPE, RUNTIME, '/run/systemd/seats', '/run/systemd/sessions', '/run/systemd/users'])
    mkdirSync(folder, { recursive: true });
  for (const folder of [RUNTIME, PERSON.home]) chownSync(folder, PERSON.uid, PERSON.uid);
  const { name, uid } = PERSON;
  const session = { UID: uid, USER: name, SEAT, ACTIVE: 1, STATE: 'active', REMOTE: 0, TYPE: 'wayland', CLASS: 'user' };
  writeFileSync(`/run/systemd/sessions/${SESSION}`, lines({ ...session, IS_DISPLAY: 1, LEADER: process.pid }));
  const user = { NAME: name, STATE: 'active', DISPLAY: SESSION, SESSIONS: SESSION, ACTIVE_SESSIONS: SESSION };
  writeFileSync(
    `/run/systemd/users/${uid}`,
    lines({ ...user, ONLINE_SESSIONS: SESSION, SEATS: SEAT, ACTIVE_SEATS: SEAT }),
  );
  const seat = { IS_SEAT0: 1, CAN_GRAPHICAL: 1, ACTIVE: SESSION, ACTIVE_UID: uid, SESSIONS: SESSION, UIDS: uid };
  writeFileSync(`/run/systemd/seats/${SEAT}`, lines(seat));
}

/** Runs a program as that person. */
export function asPerson(command: string, args: string[]): Running {
  const drop = ['setpriv', `--reuid=${PERSON.uid}`, `--regid=${PERSON.uid}`, '--init-groups', '--inh-caps=-all'];
  const script = `echo $$ > ${SCOPE}/cgroup.procs && exec ${drop.join(' ')} -- "$@"`;
  const environment = { HOME: PERSON.home, USER: PERSON.name, XDG_RUNTIME_DIR: RUNTIME, XDG_SESSION_ID: SESSION };
  return start('bash', ['-c', script, 'bash', command, ...args], environment);
}

/** Somebody sits there who answers each question for a password so, after so many seconds. Resolves when polkit knows. */
export async function withAgent(
  answer: 'grant' | 'refuse' | 'dismiss',
  seconds: number,
  run: (questions: () => string[]) => Promise<void>,
): Promise<void> {
  const agent = asRoot('/usr/bin/python3', ['/airlock/test/usb/agent.py', answer, String(seconds), SESSION, SCOPE]);
  let told = '';
  await new Promise<void>((resolve, reject) => {
    agent.child.stdout?.on('data', (text: string) => {
      told += text;
      if (told.includes('ready\n')) resolve();
    });
    void agent.finished.then(({ err }) => reject(new Error(`the agent ended: ${err}`)));
  });
  try {
    await run(() => [...told.matchAll(/^asked for (.*)$/gm)].map((match) => match[1]));
  } finally {
    agent.child.kill();
    await agent.finished;
  }
}

export function asRoot(command: string, args: string[]): Running {
  return start(command, args, {});
}

function start(command: string, args: string[], environment: Record<string, string>): Running {
  const startedMs = Date.now();
  const child = spawn(command, args, {
    cwd: '/tmp',
    env: { PATH: process.env.PATH, LANG: 'C.UTF-8', HOME: '/root', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  const finished = new Promise<Finished>((resolve) => {
    const end = (code: number | null, signal: string | null) =>
      resolve({ code, signal, out, err, tookMs: Date.now() - startedMs, endedMs: Date.now() });
    child.on('error', (error) => {
      err += error.message;
      end(null, null);
    });
    child.on('close', end);
  });
  return { child, finished };
}
