/** Runs in the guest: starts the services of a desktop, then the scenarios one after the other, and counts. */

import { execFileSync, spawn } from 'node:child_process';
import { openSync, readdirSync, readFileSync } from 'node:fs';
import { openLine } from './line.ts';
import { LONG } from './long-scenarios.ts';
import { startSession } from './person.ts';
import { eventually, Failed, type KnownStick, type Scenario, type Stage } from './scenario.ts';
import { SHORT } from './scenarios.ts';

/** `full` is `npm run test:usb`, `short` is part of `npm test`; the others are for whoever works on one thing. */
const SUITES: Record<string, Scenario[]> = {
  short: SHORT,
  long: [...SHORT.slice(0, 1), ...LONG],
  passwords: [...SHORT.slice(0, 1), ...LONG.slice(0, 1)],
  yanks: [...SHORT.slice(0, 1), ...LONG.slice(-1)],
  full: [...SHORT, ...LONG],
};
const SERVICES = [
  { name: 'org.freedesktop.PolicyKit1', program: '/usr/lib/polkit-1/polkitd', args: ['--no-debug'] },
  { name: 'org.freedesktop.UDisks2', program: '/usr/libexec/udisks2/udisksd', args: [] },
];
const SERVICE_STARTS_MS = 90_000;

async function startServices(): Promise<void> {
  for (const { name, program, args } of SERVICES) {
    const log = openSync(`/tmp/${name}.log`, 'w');
    spawn(program, args, { stdio: ['ignore', log, log], detached: true }).unref();
    await eventually(`${name} is on the bus`, SERVICE_STARTS_MS, () => (isOnBus(name) ? true : null));
  }
}

function isOnBus(name: string): boolean {
  const call = ['--system', '--print-reply=literal', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus'];
  const answer = execFileSync('dbus-send', [...call, 'org.freedesktop.DBus.NameHasOwner', `string:${name}`]);
  return answer.toString().includes('true');
}

const line = openLine();
const say = (text: string) => line.send({ say: text });
const uptime = () => `${readFileSync('/proc/uptime', 'utf8').split(' ')[0]} s`;
const counts = { passed: 0, failed: 0, skipped: 0 };

async function run(scenario: Scenario, stage: Omit<Stage, 'note'>): Promise<void> {
  const notes: string[] = [];
  const startedMs = Date.now();
  let failure = '';
  try {
    await scenario.run({ ...stage, note: (text) => notes.push(text) });
    counts.passed += 1;
  } catch (error) {
    counts.failed += 1;
    failure = error instanceof Failed ? error.message : error instanceof Error ? (error.stack ?? error.message) : '';
  }
  const seconds = ((Date.now() - startedMs) / 1000).toFixed(1);
  say(`${failure === '' ? 'ok  ' : 'FAIL'} ${scenario.name} (${seconds} s)`);
  for (const note of notes) say(`       ${note}`);
  if (failure !== '') say(`       ${failure.replaceAll('\n', '\n       ')}`);
}

try {
  say(`the guest is up (${uptime()})`);
  startSession();
  await startServices();
  say(`its services run (${uptime()})`);
  const stick: KnownStick = JSON.parse(readFileSync('/airlock/stick.json', 'utf8'));
  const suite = SUITES[process.argv[2]];
  if (suite === undefined) throw new Error(`there is no suite ${process.argv[2]}`);
  for (const scenario of suite) await run(scenario, { line, ...stick });
} catch (error) {
  counts.failed += 1;
  say(`FAIL ${error instanceof Error ? error.stack : error}`);
  for (const name of readdirSync('/tmp')) {
    if (name.endsWith('.log')) say(readFileSync(`/tmp/${name}`, 'utf8').slice(-2000));
  }
}
line.send({ counts });
setTimeout(() => process.exit(0), 500);
