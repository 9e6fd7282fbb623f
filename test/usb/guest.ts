/** Runs in the guest: starts the services of a desktop, then the scenarios one after the other, and counts. */

import { execFileSync, spawn } from 'node:child_process';
import { openSync, readdirSync, readFileSync } from 'node:fs';
import { restore } from './actions.ts';
import { latencyTable } from './latencies.ts';
import { type Counts, openLine } from './line.ts';
import { startSession } from './person.ts';
import { type Brief, eventually, Failed, type Scenario, type Stage, sleep } from './scenario.ts';
import { suiteOf } from './suites.ts';

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
const uptimeSeconds = () => Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]);
const counts: Counts = { passed: 0, failed: 0, skipped: 0 };

/** What went wrong, or null. */
async function attempt(scenario: Scenario, stage: Omit<Stage, 'note'>): Promise<string | null> {
  const notes: string[] = [];
  const startedMs = Date.now();
  let problem: string | null = null;
  const late = sleep(scenario.limitMs ?? SCENARIO_MS).then(() => {
    throw new Failed('it does not come to its end');
  });
  late.catch(() => {});
  try {
    await Promise.race([scenario.run({ ...stage, note: (text) => notes.push(text) }), late]);
  } catch (error) {
    problem = error instanceof Failed ? error.message : error instanceof Error ? (error.stack ?? error.message) : '?';
  }
  const seconds = ((Date.now() - startedMs) / 1000).toFixed(1);
  say(`${problem === null ? 'ok  ' : 'FAIL'} ${scenario.name} (${seconds} s)`);
  for (const note of notes) say(`       ${note}`);
  if (problem !== null) say(`       ${problem.replaceAll('\n', '\n       ')}`);
  return problem;
}

/** Far longer than any takes, unless it has a limit of its own. */
const SCENARIO_MS = 4 * 60_000;

async function run(scenario: Scenario, stage: Omit<Stage, 'note'>, endMs: number): Promise<void> {
  if (Date.now() > endMs) {
    counts.skipped += 1;
    say(`SKIPPED ${scenario.name}: there is no time left, this computer is slow`);
    return;
  }
  let problem = await attempt(scenario, stage);
  if (problem !== null) await restore(stage, scenario.startsBare ?? false);
  if (problem !== null && stage.tries > 1) {
    say('     once more:');
    problem = await attempt(scenario, stage);
    if (problem !== null) await restore(stage, false);
  }
  counts[problem === null ? 'passed' : 'failed'] += 1;
}

async function main(): Promise<void> {
  say(`the guest is up (${uptimeSeconds()} s)`);
  startSession();
  await startServices();
  say(`its services run (${uptimeSeconds()} s)`);
  const brief: Brief = JSON.parse(readFileSync('/airlock/stick.json', 'utf8'));
  const suite = suiteOf(process.argv[2]);
  line.send({ counts, left: suite.length });
  const endMs = Date.now() + brief.budgetMs;
  for (const [index, scenario] of suite.entries()) {
    await run(scenario, { ...brief, line }, endMs);
    if (index === suite.length - 1) for (const row of latencyTable()) say(row);
    line.send({ counts, left: suite.length - index - 1 });
  }
}

try {
  await main();
} catch (error) {
  say(`the guest has failed: ${error instanceof Error ? error.stack : error}`);
  for (const name of readdirSync('/tmp')) {
    if (name.endsWith('.log')) say(readFileSync(`/tmp/${name}`, 'utf8').slice(-2000));
  }
}
setTimeout(() => process.exit(0), 500);
